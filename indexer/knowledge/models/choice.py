"""Which model finds the mentions of a language, as newsdex.yml says, and whether it can."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import ConfigurationError
from indexer.knowledge.models.base import Tagger

ENGINES = ("natasha", "spacy")
_PLACE = "newsdex.yml: index.finders"
_WAYS = "`ru: natasha`, or `en: spacy:en_core_web_sm` for any language that spaCy has a model of"


def check_models(chosen: Mapping[str, str]) -> None:
    """Whether every model can be used: language → `natasha`, or `spacy:` and a package or the directory of a model.

    Raises:
        ConfigurationError: one is not known, not for that language, or not installed.
    """
    for language, choice in chosen.items():
        check_model(language, choice)


def check_model(language: str, choice: str) -> None:
    """Whether one model can be used; raises as `check_models` does."""
    engine, _, model = choice.partition(":")
    where = f"{_PLACE}: {language}: {choice}"
    if engine not in ENGINES or (engine == "natasha" and model) or (engine == "spacy" and not model):
        raise ConfigurationError(f"{where} is not known; there is {_WAYS}. Without the setting, the rules find names")
    if engine == "natasha" and language != "ru":
        raise ConfigurationError(f"{where} reads Russian only; there is {_WAYS}")
    if find_spec(engine) is None:
        raise ConfigurationError(
            f"{where}: {engine} is not installed: `pip install 'newsdex[{engine}]'`; or take the setting out"
        )
    if engine == "spacy" and not _has(model):
        raise ConfigurationError(
            f"{where}: the model {model} is not installed: `python -m spacy download {model}`, or name the directory "
            "of a model with its whole path; or take the setting out"
        )


def _has(model: str) -> bool:
    if Path(model).is_absolute():
        return (Path(model) / "config.cfg").is_file()
    return model.isidentifier() and find_spec(model) is not None


def made_with(chosen: Mapping[str, str]) -> str:
    """The models with their versions, as a generation remembers them: `ru:natasha-1.6.0`; empty for the rules."""
    return "+".join(f"{language}:{_versioned(choice)}" for language, choice in sorted(chosen.items()))


def _versioned(choice: str) -> str:
    engine, _, model = choice.partition(":")
    found = f"{engine}-{_version(engine)}"
    return f"{found}:{model}" + (f"-{_version(model)}" if model.isidentifier() else "") if model else found


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # most archives use no model

    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


@lru_cache(maxsize=8)
def tagger(choice: str) -> Tagger:
    """The model, loaded once in a process; natasha takes three seconds.

    Raises:
        ConfigurationError: it cannot be loaded.
    """
    engine, _, model = choice.partition(":")
    if engine == "natasha":
        from indexer.knowledge.models.natasha import NatashaTagger

        return NatashaTagger()
    from indexer.knowledge.models.spacy import SpacyTagger

    return SpacyTagger(model, f"{_PLACE}: {choice}")
