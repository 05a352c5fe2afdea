"""Models that find mentions where newsdex.yml chooses them (`index.finders`): one file an engine, loaded when used.

    check_models({"ru": "natasha"})     # raises ConfigurationError with the remedy
    tagger("natasha").spans("Сергея Лаврова видели в Минске.")
"""

from indexer.knowledge.models.base import Span, Tagger
from indexer.knowledge.models.choice import check_model, check_models, made_with, tagger

__all__ = ["Span", "Tagger", "check_model", "check_models", "made_with", "tagger"]
