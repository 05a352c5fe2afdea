"""Names in Russian texts by natasha (slovnet's tagger trained on news, pymorphy2's dictionary)."""

from __future__ import annotations

from typing import Any

from indexer.knowledge.models.base import Span, types


class NatashaTagger:
    """natasha's tagger of names, and of words for their nominative."""

    name = "natasha"

    def __init__(self) -> None:
        from natasha import Doc, MorphVocab, NewsEmbedding, NewsMorphTagger, NewsNERTagger, Segmenter

        embedding = NewsEmbedding()
        self._doc: Any = Doc
        self._segmenter, self._vocabulary = Segmenter(), MorphVocab()
        self._names, self._words = NewsNERTagger(embedding), NewsMorphTagger(embedding)

    def spans(self, text: str) -> list[Span]:
        """The names; people and places in the nominative where natasha knows it.

        Organisations come without: natasha would bend all their words, not the head alone.
        """
        doc = self._doc(text)
        doc.segment(self._segmenter)
        doc.tag_ner(self._names)
        doc.sents = [sentence for sentence in doc.sents or () if sentence.spans]  # the others' words need no tags
        if doc.sents:
            doc.tag_morph(self._words)
        return [Span(types()[span.type], span.start, span.stop, self._lemma(span)) for span in doc.spans]

    def _lemma(self, span: Any) -> str:
        if types()[span.type] == "organisation":
            return ""
        span.normalize(self._vocabulary)
        normal, written = str(span.normal), str(span.text)
        return "" if normal == written.replace("ё", "е") else normal
