"""Names by any model of spaCy that marks them, installed as a package or kept in a directory."""

from __future__ import annotations

from typing import Any

from corpus.errors import ConfigurationError
from indexer.knowledge.models.base import Span, types

_NOT_FOR_NAMES = frozenset(
    ("parser", "senter", "tagger", "morphologizer", "attribute_ruler", "lemmatizer", "trainable_lemmatizer")
)
"""Parts of spaCy's own models that its tagger of names does without; patterns of a ruler may want them."""


class SpacyTagger:
    """One model.

    Args:
        model: name of its package, or its directory.
        where: the setting that names it, for messages.
    """

    name = "spacy"

    def __init__(self, model: str, where: str) -> None:
        import spacy

        try:
            self._model: Any = spacy.load(model)
        except (OSError, ValueError, ImportError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise ConfigurationError(
                f"{where}: spaCy {spacy.__version__} cannot load it: {reason}. "
                "Install the model's version for this spaCy (`python -m spacy validate`), or take the setting out"
            ) from error
        parts = self._model.pipe_names
        if not any("doc.ents" in self._model.get_pipe_meta(part).assigns for part in parts):
            raise ConfigurationError(f"{where}: it has no part that finds names ({', '.join(parts) or 'none at all'})")
        if not any(part.endswith("ruler") for part in parts if part not in _NOT_FOR_NAMES):
            self._model.select_pipes(disable=[part for part in parts if part in _NOT_FOR_NAMES])

    def spans(self, text: str) -> list[Span]:
        """The names whose labels mean a person, a place or an organisation; without lemmas."""
        kinds = types()
        return [
            Span(kinds[name.label_], name.start_char, name.end_char)
            for name in self._model(text).ents
            if name.label_ in kinds
        ]
