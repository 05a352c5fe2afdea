"""A query as typed to the tree that engines take, with an account of every form that is searched.

    compiled = compile_query("Gespräche lang:de", languages=("de", "ru"), fields=searcher.fields)
    searcher.search(EngineRequest(query=compiled.node))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from indexer.analysis.folding import fold
from indexer.analysis.stemming import is_stop
from indexer.analysis.words import split
from indexer.query import proximity as near_by
from indexer.query.dates import days
from indexer.query.forms import Form, FormMaker, WordForms
from indexer.query.nodes import (
    And,
    Best,
    DayRange,
    Every,
    Facet,
    Filter,
    Fuzzy,
    Near,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Wildcard,
)  # fmt: skip
from indexer.query.parse import parse
from indexer.query.tree import Group, Must, Part, Quoted, Ranged, Without, Word, shown
from indexer.settings import LimitSettings

Limits = LimitSettings
Resolver = Callable[[str, str], Sequence[str]]
"""Facet name and what was typed → values of the facet column (`category`, `Politik` → `medtop:11000000`)."""

LONG_WORD = 6
"""Letters from which on a fuzzy word without a number may differ by two."""
LEAST_LETTERS = 2
"""Letters that a word with a wildcard must have."""
_FACETS = ("author", "entity", "category", "section", "source", "language", "id")


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """What to search.

    Attributes:
        node: for the engine.
        understood: the query as it was read.
        words: the words and phrases, with the forms of each, in order.
        notes: what was mended or left out.
        parsed: the user's tree, None for an empty query.
    """

    node: Node
    understood: str = ""
    words: tuple[WordForms, ...] = ()
    notes: tuple[str, ...] = ()
    parsed: Part | None = None

    def explain(self, count: Callable[[Node], int] | None = None) -> dict[str, Any]:
        """For people and `--json`: `understood`, `notes`, and per word its forms, with counts when `count` is given."""
        return {
            "understood": self.understood,
            "notes": list(self.notes),
            "words": [word.as_json(count) for word in self.words],
        }


def compile_query(
    text: str,
    *,
    any_word: bool = False,
    languages: Sequence[str],
    fields: frozenset[str],
    limits: LimitSettings | None = None,
    entity_lookup: Callable[[str], Sequence[str]] | None = None,
    resolver: Resolver | None = None,
    names: Callable[[str], Iterable[str]] | None = None,
    disabled: frozenset[str] = frozenset(),
    proximity: bool = True,
) -> CompiledQuery:
    """The tree for an engine; whatever a person types, this raises nothing.

    Args:
        any_word: any plain word is enough; filters such as `lang:`, and words with + or -, stay binding.
        languages: in whose stem fields to look: those the archive holds, or those the person picked.
        fields: fields that hold terms (`Searcher.fields`).
        entity_lookup: a name → ids of the entities that bear it.
        resolver: values of the other facets; without it the text itself is the value.
        names: spellings of a name in other scripts.
        disabled: keys of forms that are switched off.
        proximity: whether words side by side score more; it costs time and is of no use when sorting by date.
    """
    limits = limits or LimitSettings()
    parsed = parse(text, limits)
    if parsed.part is None:
        return CompiledQuery(Every(), notes=parsed.notes)
    maker = FormMaker(languages, fields, disabled, light=any_word and _has_content(parsed.part, languages), names=names)
    compiler = _Compiler(maker, any_word, limits, entity_lookup, resolver, proximity)
    compiler.notes.extend(parsed.notes)
    node = compiler.node(parsed.part)
    if isinstance(node, Not):
        node = And((Every(), node))
    notes = tuple(dict.fromkeys(compiler.notes))
    return CompiledQuery(node or Every(), shown(parsed.part), tuple(compiler.words), notes, parsed.part)


def _has_content(part: Part, languages: Sequence[str]) -> bool:
    """Whether a query has a word that is no stop word in some language."""
    if isinstance(part, Group):
        return any(_has_content(inner, languages) for inner in part.parts)
    if isinstance(part, Word) and part.field in (None, "title", "body"):
        return not any(is_stop(fold(part.text), language) for language in languages)
    return isinstance(part, Quoted)


@dataclass
class _Compiler:
    """Walks the user's tree; a part of which nothing is left gives None."""

    maker: FormMaker
    any_word: bool
    limits: LimitSettings
    entity_lookup: Callable[[str], Sequence[str]] | None
    resolver: Resolver | None
    proximity: bool = True
    words: list[WordForms] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def node(self, part: Part) -> Node | None:
        if isinstance(part, Group):
            return self._group(part)
        if isinstance(part, Without):
            inner = self._quietly(part.part)
            return Not(inner) if inner is not None else None
        if isinstance(part, Must):
            return self.node(part.part)
        if isinstance(part, Ranged):
            return self._range(part)
        if part.field in _FACETS:
            return self._facet(part.field, part.text)
        if part.field == "date":
            return self._range(Ranged(part.text, part.text, field="date"))
        return self._quoted(part) if isinstance(part, Quoted) else self._word(part)

    def _quietly(self, part: Part) -> Node | None:
        """The node of a part that must not match: its words are none that hits could be explained by."""
        words = self.words
        self.words = []
        try:
            return self.node(part)
        finally:
            self.words = words

    def _group(self, group: Group) -> Node | None:
        nodes: list[tuple[Part, Node]] = []
        for part in group.parts:
            node = self.node(part)
            if node is not None:
                nodes.append((part, node))
        if group.join == "OR":
            return _joined(Or, [_positive(node) for _, node in nodes])
        if group.join == "AND" or not self.any_word:
            found = _all([node for _, node in nodes])
            closer = near_by.whole(group.parts, self.maker.fields) if self.proximity else []
            return Or((found, *closer)) if found is not None and closer else found
        optional = [node for part, node in nodes if _optional(part)]
        if self.proximity and optional:
            optional += near_by.pairs(group.parts, self.maker.fields, self.maker.languages)
        binding = [node for part, node in nodes if not _optional(part)]
        if not optional:
            return _all(binding)
        positive = [node for node in binding if not isinstance(node, (Not, Facet, DayRange, Filter))]
        if positive:  # with a +word, the other words add to the score and are not needed
            return _all([Or((And(tuple(positive)), And((*positive, _joined(Or, optional) or Nothing())))), *binding])
        return _all([_joined(Or, optional) or Nothing(), *binding])

    def _word(self, word: Word) -> Node | None:
        if word.kind == "exact":
            return self._add(self.maker.exact(word.text, word.field))
        if word.kind in ("prefix", "wildcard", "fuzzy"):
            return self._pattern(word)
        if not self.any_word:
            return self._add(self.maker.word(word.text, word.field))
        nodes = [self._add(piece) for piece in self.maker.pieces(word.text, word.field)[: self.limits.clauses]]
        return _joined(Or, [node for node in nodes if node is not None])

    def _add(self, forms: WordForms) -> Node | None:
        if not forms.forms:
            if any(fold(forms.text[word.start : word.end]) for word in split(forms.text)):
                self.words.append(forms)  # the archive has no field to look in
                return Nothing()
            self.notes.append(f"Signs without letters ({forms.text[:20]}) were left out.")
            return None
        self.words.append(forms)
        return forms.node()

    def _quoted(self, quoted: Quoted) -> Node | None:
        if not any(c.isalnum() for c in quoted.text):
            self.notes.append(f'Signs without letters ("{quoted.text[:20]}") were left out.')
            return None
        forms = self.maker.phrase(quoted.text, quoted.field)
        if len(split(quoted.text)) > self.limits.clauses:
            self.notes.append(f"A phrase may have at most {self.limits.clauses} words; only those were used.")
            cut = split(quoted.text)[self.limits.clauses - 1].end
            forms = self.maker.phrase(quoted.text[:cut], quoted.field)
        if quoted.near is not None:
            near = quoted.near
            forms = WordForms(
                f"{forms.text}~{near}",
                forms.field,
                tuple(
                    Form(f"near:{near}:{f.text}", "near", None, f.text, _nearby(f.node, near), f.on)
                    for f in forms.forms
                ),
            )
        return self._add(forms)

    def _pattern(self, word: Word) -> Node | None:
        """Prefixes, wildcards and fuzzy words are looked for among written forms and in the layer."""
        letters = sum(c.isalnum() for c in word.text)
        pieces = split(word.text)
        if word.kind == "wildcard" and letters == 0:
            return Every()
        if word.kind != "fuzzy" and letters < LEAST_LETTERS and not any(p.single for p in pieces):
            self.notes.append(f"{shown(word)} needs at least {LEAST_LETTERS} letters and found nothing.")
            return Nothing()
        if word.kind != "wildcard" and (len(pieces) > 1 or any(p.single for p in pieces)):
            return self._add(self.maker.word(word.text, word.field))
        text = _fold_pattern(word.text)
        kinds = (word.field,) if word.field else ("title", "body")
        suffixes = ("folded",) if word.kind == "fuzzy" else ("folded", "layer")
        names = [f"{k}_{s}" for k in kinds for s in suffixes if f"{k}_{s}" in self.maker.fields]
        node = _joined(Or, [_pattern_leaf(word, name, text) for name in names]) or Nothing()
        key = f"{word.kind}:{text}"
        form = Form(key, word.kind, None, text, node, key not in self.maker.disabled)
        return self._add(WordForms(shown(word), word.field, (form,)))

    def _facet(self, name: str, text: str) -> Node | None:
        text = text.strip('"').strip()
        if name == "entity" and self.entity_lookup:
            values = list(self.entity_lookup(text))
        elif self.resolver and name != "id":
            values = list(self.resolver(name, text))
        else:
            values = [text]
        if not values:
            self.notes.append(f"No {name} is known as “{text}”.")
            return Nothing()
        return _joined(Or, [Facet(name, value) for value in values[: self.limits.expansions]])

    def _range(self, part: Ranged) -> Node | None:
        if part.field != "date":
            self.notes.append("A range needs the field date, as in date:[2024-03 TO 2024-06]; this one was left out.")
            return None
        start, end = (days(text) if text not in ("", "*") else None for text in (part.start, part.end))
        for text, read in ((part.start, start), (part.end, end)):
            if text not in ("", "*") and read is None:
                self.notes.append(f"“{text}” is no date; write 2024, 2024-06 or 2024-06-24. It was left out.")
                return None
        first = start and (start[1] + 1 if part.open_start else start[0])
        last = end and (end[0] - 1 if part.open_end else end[1])
        return DayRange(first, last)


def _pattern_leaf(word: Word, field: str, text: str) -> Node:
    if word.kind == "prefix":
        return Prefix(field, text)
    if word.kind == "wildcard":
        return Wildcard(field, text)
    return Fuzzy(field, text, word.distance or (1 if len(text) < LONG_WORD else 2))


def _fold_pattern(text: str) -> str:
    """Folds the letters of a pattern and leaves its signs."""
    pieces: list[str] = []
    run = ""
    for c in text:
        if c in "*?":
            pieces += [fold(run), c]
            run = ""
        else:
            run += c
    return "".join([*pieces, fold(run)])


def _nearby(node: Node, near: int) -> Node:
    if isinstance(node, Phrase):
        return Near(node.field, node.texts, near + len(node.texts) - 1, node.boost)
    if isinstance(node, Best):
        return Best(tuple(_nearby(inner, near) for inner in node.nodes), node.tie)
    return node


def _optional(part: Part) -> bool:
    """Whether a part is one of the words of which any is enough."""
    if isinstance(part, (Must, Without, Ranged)):
        return False
    return isinstance(part, Group) or part.field in (None, "title", "body")


def _positive(node: Node) -> Node:
    return And((Every(), node)) if isinstance(node, Not) else node


def _joined(kind: type[Or] | type[Best], nodes: Sequence[Node]) -> Node | None:
    if len(nodes) < 2:
        return nodes[0] if nodes else None
    return kind(tuple(nodes))


def _all(nodes: Sequence[Node]) -> Node | None:
    if not nodes:
        return None
    if all(isinstance(node, Not) for node in nodes):
        return And((Every(), *nodes))
    return nodes[0] if len(nodes) == 1 else And(tuple(nodes))
