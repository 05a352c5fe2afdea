"""The forms under which one word of a query is looked for, language by language; each can be switched off.

A form's key is stable: `stem:de:gesprach`, `bigrams:zh:谈判`, `exact:gesprach`, `variant:gespraech`,
`compound:de:minist`, `name:лукашенко`, `prefix:gespr`, `wildcard:…`, `fuzzy:…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from corpus.languages import has_pack, pack_or_fallback
from indexer.analysis import variants
from indexer.analysis.compounds import COMPOUNDING
from indexer.analysis.folding import fold, speller
from indexer.analysis.stemming import is_stop, stem_words, written_in
from indexer.analysis.words import chains, signs, split
from indexer.query.nodes import Best, Filter, Node, Nothing, Or, Phrase, Term

MAX_SPELLINGS = 4


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word.

    Attributes:
        kind: stem | bigrams | exact | variant | compound | name | phrase | near | prefix | wildcard | fuzzy.
        language: whose form it is; None for forms of all languages.
        text: the term, or the terms with spaces between.
        node: what finds it.
        on: False when the request switched it off.
    """

    key: str
    kind: str
    language: str | None
    text: str
    node: Node
    on: bool = True


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word or phrase as typed, the field it was asked for in, and its forms."""

    text: str
    field: str | None
    forms: tuple[Form, ...]

    def node(self) -> Node:
        """The best of the forms that are switched on."""
        nodes = tuple(form.node for form in self.forms if form.on)
        if not nodes:
            return Nothing()
        return nodes[0] if len(nodes) == 1 else Best(nodes)

    def as_json(self, count: Callable[[Node], int] | None = None) -> dict[str, Any]:
        """For `explain`; `count` gives the number of articles of a form."""
        return {
            "word": self.text,
            "field": self.field,
            "forms": [
                {"key": f.key, "kind": f.kind, "language": f.language, "text": f.text, "on": f.on}
                | ({"count": count(f.node)} if count else {})
                for f in self.forms
            ],
        }


class FormMaker:
    """Makes the forms of words for an archive's languages and fields.

    Args:
        languages: codes, in the order in which explain shows them.
        fields: index fields that hold terms.
        disabled: keys of forms to switch off.
        light: whether stop words add nothing to the score (any word is enough, and questions have many).
        names: other spellings of a name, in any script.
    """

    def __init__(
        self,
        languages: Sequence[str],
        fields: frozenset[str],
        disabled: frozenset[str] = frozenset(),
        *,
        light: bool = False,
        names: Callable[[str], Iterable[str]] | None = None,
    ) -> None:
        self.languages = tuple(languages)
        self.fields = fields
        self.disabled = disabled
        self.light = light
        self.names = names

    def word(self, text: str, field: str | None) -> WordForms:
        """All forms of a plain word; of several, when signs join them (E-Mail) or its script has no spaces."""
        words = split(text)
        surfaces = [text[w.start : w.end] for w in words]
        folded = [fold(surface) for surface in surfaces]
        kinds = _kinds(field)
        wanted: Iterable[_Wanted] = ()
        if len(words) == 1:
            sign = signs(text, words[0])
            if sign:
                term = variants.of_signed(surfaces[0], sign)
                return WordForms(text, field, tuple(self._forms([("variant", None, (term,), "layer")], kinds)))
            wanted = self._single(surfaces[0], folded[0], kinds)
        elif words:
            wanted = self._several(text, surfaces, [w.single for w in words], folded)
        return WordForms(text, field, tuple(self._forms(wanted, kinds)))

    def exact(self, text: str, field: str | None) -> WordForms:
        """The written form alone, case and accents folded."""
        words = split(text)
        if len(words) == 1 and signs(text, words[0]):
            return self.word(text, field)
        folded = tuple(term for term in (fold(text[w.start : w.end]) for w in words) if term)
        return WordForms(text, field, tuple(self._forms([("exact", None, folded, "folded")], _kinds(field))))

    def phrase(self, text: str, field: str | None) -> WordForms:
        """The words in this order, in the folded fields; ü and ue, E-Mail and email are tried both ways."""
        words = split(text)
        surfaces = [text[w.start : w.end] for w in words]
        spellings: list[tuple[str, ...]] = [()]
        for surface in surfaces:
            term = fold(surface)
            if not term:
                continue
            ways = [term, *_other_spellings(surface, term)]
            spellings = [(*before, way) for before in spellings for way in ways][:MAX_SPELLINGS]
        kind = "phrase" if len(words) > 1 else "exact"
        wanted = [(kind if i == 0 else "variant", None, terms, "folded") for i, terms in enumerate(spellings) if terms]
        return WordForms(f'"{text}"', field, tuple(self._forms(wanted, _kinds(field))))

    def run(self, text: str) -> list[str]:
        """The pieces of a word of which any may match: pairs of characters where a script has no spaces, else all."""
        words = split(text)
        if not any(w.single for w in words):
            return [text]
        pieces: list[str] = []
        for i, word in enumerate(words):
            before = words[i - 1] if i else None
            after = words[i + 1] if i + 1 < len(words) else None
            if word.single and after and after.single and word.end == after.start:
                pieces.append(text[word.start : after.end])
            elif not (word.single and before and before.single and before.end == word.start):
                pieces.append(text[word.start : word.end])
        return list(dict.fromkeys(pieces))

    def _single(self, surface: str, folded: str, kinds: Sequence[str]) -> Iterable[_Wanted]:
        if not folded:
            return
        for language in self.languages:
            if not any(f"{kind}_{language}" in self.fields for kind in kinds):
                continue
            pack = pack_or_fallback(language)
            stem = stem_words([surface], language)[0]
            if not pack.cjk and (written_in(folded, pack) or not has_pack(language)):
                yield "stem", language, (stem,), language
            if pack.stemmer and not pack.cjk and written_in(folded, pack):
                kind = "compound" if language in COMPOUNDING else "variant"
                yield kind, language, (f"{language}:{stem}",), "layer"
        yield "exact", None, (folded,), "folded"
        yield "variant", None, (folded,), "layer"
        other = speller()(surface)
        if other:
            yield "variant", None, (other,), "folded"
        for name in self.names(surface) if self.names else ():
            term = fold(name)
            if term and term != folded:
                yield "name", None, (term,), "folded"

    def _several(self, text: str, surfaces: list[str], single: list[bool], folded: list[str]) -> Iterable[_Wanted]:
        terms = tuple(term for term in folded if term)
        if all(single):
            pairs = tuple(a + b for a, b in pairwise(terms))
            for language in self.languages:
                if pack_or_fallback(language).cjk:
                    yield "bigrams", language, pairs, language
        elif not any(single):
            for language in self.languages:
                pack = pack_or_fallback(language)
                if pack.stemmer and any(written_in(term, pack) for term in terms):
                    stems = tuple(stem for stem in stem_words(surfaces, language) if stem)
                    yield "stem", language, stems, language
        yield "exact", None, terms, "folded"
        words = split(text)
        if any(chain == (0, len(words) - 1) for chain in chains(text, words)):
            yield from self._chain(text[words[0].start : words[-1].end])

    def _chain(self, chain: str) -> Iterable[_Wanted]:
        """E-Mail written as one word, and numbers with one sign before decimals."""
        for term in variants.of_chain(chain)[:1] if "-" in chain else variants.of_chain(chain):
            yield "variant", None, (term,), "layer"
            yield "variant", None, (term,), "folded"
        for whole in list(variants.joined(chain))[:1]:
            for language in self.languages:
                pack = pack_or_fallback(language)
                if pack.stemmer and not pack.cjk and written_in(whole, pack):
                    stem = stem_words([whole], language)[0]
                    yield "variant", language, (f"{language}:{stem}",), "layer"
                    yield "stem", language, (stem,), language

    def _forms(self, wanted: Iterable[_Wanted], kinds: Sequence[str]) -> Iterable[Form]:
        """Forms with their nodes; nodes of one key in several fields are one form; a form without a field is none."""
        merged: dict[str, tuple[str, str | None, str, list[Node]]] = {}
        for kind, language, terms, suffix in wanted:
            if not terms:
                continue
            nodes = [self._leaf(f"{k}_{suffix}", terms, language) for k in kinds if f"{k}_{suffix}" in self.fields]
            if nodes:
                text = " ".join(terms)
                shown = text.removeprefix(f"{language}:")
                key = ":".join(filter(None, (kind, language, shown)))
                merged.setdefault(key, (kind, language, shown, []))[3].extend(nodes)
        for key, (kind, language, text, nodes) in merged.items():
            node = nodes[0] if len(nodes) == 1 else Or(tuple(nodes))
            yield Form(key, kind, language, text, node, key not in self.disabled)

    def _leaf(self, field: str, terms: tuple[str, ...], language: str | None) -> Node:
        if len(terms) > 1:
            return Phrase(field, terms)
        node = Term(field, terms[0])
        return Filter(node) if self.light and self._stops(terms[0], language) else node

    def _stops(self, term: str, language: str | None) -> bool:
        return any(is_stop(term, code) for code in ((language,) if language else self.languages))


_Wanted = tuple[str, str | None, tuple[str, ...], str]
"""Kind, language, terms and the field's suffix."""


def _kinds(field: str | None) -> tuple[str, ...]:
    return (field,) if field in ("title", "body") else ("title", "body")


def _other_spellings(surface: str, folded: str) -> Iterable[str]:
    """Müller → mueller, and back: Mueller → muller; behind a vowel or q, ue is no ü (neue, Quelle)."""
    other = speller()(surface)
    if other:
        yield other
    contracted = "".join(_contract(folded))
    if contracted != folded:
        yield contracted


def _contract(folded: str) -> Iterable[str]:
    before, i = "q", 0
    while i < len(folded):
        yield folded[i]
        umlaut = folded[i : i + 2] in ("ae", "oe", "ue") and before not in "aeiouq"
        before = "e" if umlaut else folded[i]
        i += 2 if umlaut else 1
