"""The forms under which one word of a query is looked for, language by language; each can be switched off.

A form's key is stable: `stem:de:gesprach`, `bigrams:zh:谈判`, `exact:gesprach`, `variant:gespraech`,
`compound:de:minist`, `name:лукашенко`, `prefix:gespr`, `wildcard:…`, `fuzzy:…`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

from corpus.languages import has_pack, pack_or_fallback
from indexer.analysis import variants
from indexer.analysis.characters import has_singles
from indexer.analysis.compounds import COMPOUNDING
from indexer.analysis.folding import fold, speller
from indexer.analysis.segmenting import is_segmented, language_of, sizes
from indexer.analysis.stemming import is_stop, stem_words, written_in
from indexer.analysis.words import chains, signs, split
from indexer.query.nodes import Best, Facet, Filter, Node, Nothing, Phrase, Term
from indexer.query.spellings import other_spellings, parted, spaced, whole_enough

MAX_SPELLINGS = 4
TIE = 0.3
"""What the forms of a word besides the best add to its score."""
FIELD_TIE = 0.5
"""What the title adds to the body, or the body to the title: else articles without a title would be held back."""
NAMED = 2.0
"""What an article scores that names an entity in whatever way; the name as it was typed counts for more."""
WEIGHTS = {"folded": 0.75, "layer": 0.4}
"""How much written forms and the layer count beside stems; measured with `benchmarks/relevance.py`."""

JOINED = 0.2
"""How much joined words (well-known) count as a whole where each of them is enough."""
CHARACTER = 0.5
"""How much each character counts beside the pairs that it stands in."""

Meant = Callable[[str], Iterable[tuple[str, str, Sequence[str]]]]
"""A name as typed → (id, label, how it is written) of each entity that it means."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a word.

    Attributes:
        kind: stem | bigrams | word | exact | variant | compound | name | phrase | near | prefix | wildcard | fuzzy.
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
        return nodes[0] if len(nodes) == 1 else Best(nodes, TIE)

    def as_json(self, count: Callable[[Node], int | None] | None = None) -> dict[str, Any]:
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
        self.meant: Meant | None = None
        self.joined = 1.0

    def word(self, text: str, field: str | None) -> WordForms:
        """All forms of a plain word; of several, when signs join them (E-Mail) or its script has no spaces."""
        words = split(text)
        surfaces = [text[w.start : w.end] for w in words]
        folded = [fold(surface) for surface in surfaces]
        kinds = kinds_of(field)
        wanted: Iterable[_Wanted] = ()
        if len(words) == 1:
            sign = signs(text, words[0])
            if sign:
                term = variants.of_signed(surfaces[0], sign)
                return WordForms(text, field, tuple(self._forms([("variant", None, (term,), "layer")], kinds)))
            wanted = self._single(surfaces[0], folded[0], kinds)
        elif words:
            wanted = self._several(text, surfaces, [w.single for w in words], folded)
        forms = {form.key: form for form in self._forms(wanted, kinds)}
        if field is None and forms:
            forms = {form.key: form for form in self.entities(text)} | forms
        return WordForms(text, field, tuple(forms.values()))

    def entities(self, text: str) -> tuple[Form, ...]:
        """The entities that a name means, and the ways in which they are written, so that these can be marked."""
        found: list[Form] = []
        for entity_id, label, names in self.meant(text) if self.meant else ():
            key = f"name:{entity_id}"
            found.append(Form(key, "name", None, label, Facet("entity", entity_id, NAMED), key not in self.disabled))
            spelled = [tuple(fold(name[word.start : word.end]) for word in split(name)) for name in names]
            wanted: list[_Wanted] = [("name", None, terms, "folded") for terms in spelled if len(terms) > 1]
            found.extend(self._forms(wanted, kinds_of(None)))
        return tuple({form.key: form for form in found}.values())

    def exact(self, text: str, field: str | None) -> WordForms:
        """The written form alone, case and accents folded."""
        words = split(text)
        if len(words) == 1 and signs(text, words[0]):
            return self.word(text, field)
        folded = tuple(term for term in (fold(text[w.start : w.end]) for w in words) if term)
        return WordForms(text, field, tuple(self._forms([("exact", None, folded, "folded")], kinds_of(field))))

    def phrase(self, text: str, field: str | None) -> WordForms:
        """The words in this order, in the folded fields; ü and ue, E-Mail and email are tried both ways."""
        words = split(text)
        surfaces = [text[w.start : w.end] for w in words]
        spellings: list[tuple[str, ...]] = [()]
        for surface in surfaces:
            term = fold(surface)
            if not term:
                continue
            ways = [term, *other_spellings(surface, term)]
            spellings = [(*before, way) for before in spellings for way in ways][:MAX_SPELLINGS]
        kind = "phrase" if len(words) > 1 else "exact"
        wanted = [(kind if i == 0 else "variant", None, terms, "folded") for i, terms in enumerate(spellings) if terms]
        wanted.append((kind, None, parted(words, [fold(surface) for surface in surfaces]), "folded"))
        return WordForms(f'"{text}"', field, tuple(self._forms(wanted, kinds_of(field))))

    def pieces(self, text: str, field: str | None) -> list[WordForms]:
        """The pieces of a word of which any is enough.

        Pairs of characters where a script has no spaces; of words joined by signs the parts, and the whole for little.
        """
        words = split(text)
        single = [w.single for w in words]
        parts = [text[w.start : w.end] for w in words]
        if len(words) == 1 and signs(text, words[0]) and len(parts[0]) > 2:
            return [self.word(text, field), self.word(parts[0], field)]  # Print# and Print; C alone is not C++
        if not any(single):
            if len(words) < 2 or all(map(str.isdecimal, parts)):
                return [self.word(text, field)]
            self.joined = JOINED
            whole = self.word(text, field)
            self.joined = 1.0
            return [whole, *(self.word(part, field) for part in dict.fromkeys(parts))]
        if all(single) and is_segmented(language_of(text)):
            counts = sizes(parts, [fold(part) for part in parts], language_of(text))
            ends = accumulate(counts)
            found = ["".join(parts[end - count : end]) for end, count in zip(ends, counts, strict=True)]
            return [self.word(piece, field) for piece in dict.fromkeys(found)]
        pairs = [a.single and b.single and a.end == b.start for a, b in pairwise(words)]
        found = []
        for i, part in enumerate(parts):
            if i < len(pairs) and pairs[i]:
                found.append(part + parts[i + 1])
            elif not (i and pairs[i - 1]):
                found.append(part)
        return [self.word(piece, field) for piece in dict.fromkeys(found)]

    def characters(self, text: str, field: str | None) -> list[Node]:
        """What finds each character of a run that is looked for in pairs: they tell a little more than the pairs."""
        words = split(text)
        if not any(a.single and b.single and a.end == b.start for a, b in pairwise(words)):
            return []
        single = dict.fromkeys(fold(text[word.start : word.end]) for word in words if word.single)
        wanted: list[_Wanted] = [("exact", None, (term,), "folded") for term in single if term]
        return [form.node for form in self._forms(wanted, kinds_of(field), CHARACTER)]

    def _single(self, surface: str, folded: str, kinds: Sequence[str]) -> Iterable[_Wanted]:
        if not folded:
            return
        for language in self.languages:
            if not any(f"{kind}_{language}" in self.fields for kind in kinds):
                continue
            pack = pack_or_fallback(language)
            stem = stem_words([surface], language)[0]
            if not stem or pack.cjk:
                continue
            if written_in(folded, pack) or not has_pack(language):
                yield "stem", language, (stem,), language
            if pack.stemmer and written_in(folded, pack):
                kind = "compound" if language in COMPOUNDING else "variant"
                yield kind, language, (f"{language}:{stem}",), "layer"
        yield "exact", None, (folded,), "folded"
        if not has_singles(folded):  # numbers and words of another script have no other stem
            strange = (code for code in self.languages if not written_in(folded, pack_or_fallback(code)))
            yield from (("exact", None, (folded,), code) for code in strange)
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
                if is_segmented(language):
                    yield "word", language, spaced(surfaces, folded, language), language
                elif pack_or_fallback(language).cjk:
                    yield "bigrams", language, pairs, language
        elif not any(single):
            for language in self.languages:
                pack = pack_or_fallback(language)
                if pack.stemmer and any(written_in(term, pack) for term in terms):
                    stems = tuple(stem_words(surfaces, language))
                    if whole_enough(text, stems):
                        yield "stem", language, stems, language
        words = split(text)
        yield "exact", None, terms, "folded"
        yield "exact", None, parted(words, folded), "folded"
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

    def _forms(self, wanted: Iterable[_Wanted], kinds: Sequence[str], scale: float = 1.0) -> Iterable[Form]:
        """Forms with their nodes; nodes of one key in several fields are one form; a form without a field is none."""
        merged: dict[str, tuple[str, str | None, str, list[Node]]] = {}
        for kind, language, terms, suffix in wanted:
            if not any(terms):
                continue
            boost = WEIGHTS.get(suffix, 1.0) * (self.joined if len(terms) > 1 else 1.0) * scale
            if kind == "name" or (len(terms) > 1 and has_singles(terms[0])):
                boost /= len(terms)  # 明斯克 is three terms, but counts no more than Minsk
            nodes = [self._leaf(f"{k}_{suffix}", terms, boost) for k in kinds if f"{k}_{suffix}" in self.fields]
            if nodes:
                text = " ".join(filter(None, terms))
                shown = text.removeprefix(f"{language}:")
                key = ":".join(filter(None, (kind, language, shown)))
                merged.setdefault(key, (kind, language, shown, []))[3].extend(nodes)
        for key, (kind, language, text, nodes) in merged.items():
            node = nodes[0] if len(nodes) == 1 else Best(tuple(nodes), FIELD_TIE)
            yield Form(key, kind, language, text, node, key not in self.disabled)

    def _leaf(self, field: str, terms: tuple[str, ...], boost: float) -> Node:
        places = [i for i, term in enumerate(terms) if term]
        if len(places) > 1:
            gaps = tuple(b - a for a, b in pairwise(places))
            return Phrase(field, tuple(filter(None, terms)), 0, boost, gaps if max(gaps) > 1 else ())
        node = Term(field, terms[places[0]], boost)
        return Filter(node) if self.light and any(is_stop(node.text, code) for code in self.languages) else node


_Wanted = tuple[str, str | None, tuple[str, ...], str]
"""Kind, language, terms and the field's suffix."""


def kinds_of(field: str | None) -> tuple[str, ...]:
    """The kinds of fields that are searched for a word of this field."""
    return (field,) if field in ("title", "body") else ("title", "body")
