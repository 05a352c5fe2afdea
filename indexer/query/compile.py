"""A query as typed to the tree that engines take, with an account of every form that is searched.

    compiled = compile_query("Gespräche lang:de", languages=("de", "ru"), fields=searcher.fields)
    searcher.search(EngineRequest(query=compiled.node))
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from corpus.languages import pack_or_fallback
from indexer.analysis.characters import has_singles
from indexer.analysis.folding import fold
from indexer.analysis.stemming import is_stop
from indexer.analysis.words import split
from indexer.query import naming, patterns, runs
from indexer.query import proximity as near_by
from indexer.query.common import needless
from indexer.query.forms import Form, FormMaker, Meant, WordForms
from indexer.query.joining import all_of, day_range, joined, nearby, positive
from indexer.query.nodes import (
    And,
    DayRange,
    Every,
    Facet,
    Filter,
    Node,
    Not,
    Nothing,
    Or,
    Term,
)  # fmt: skip
from indexer.query.notes import Note
from indexer.query.parse import parse
from indexer.query.tree import Group, Must, Part, Quoted, Ranged, Without, Word, shown
from indexer.settings import LimitSettings

Limits = LimitSettings
Resolver = Callable[[str, str], Sequence[str]]
"""Facet name and what was typed → values of the facet column (`category`, `Politik` → `medtop:11000000`)."""

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

    def explain(self, count: Callable[[Node], int | None] | None = None) -> dict[str, Any]:
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
    meant: Meant | None = None,
    disabled: frozenset[str] = frozenset(),
    proximity: bool = True,
    count: Callable[[Node], int] | None = None,
) -> CompiledQuery:
    """The tree for an engine; whatever a person types, this raises nothing.

    Args:
        any_word: any plain word is enough; filters such as `lang:`, and words with + or -, stay binding.
        languages: in whose stem fields to look: those the archive holds, or those the person picked.
        fields: fields that hold terms (`Searcher.fields`).
        entity_lookup: a name → ids of the entities that bear it.
        resolver: values of the other facets; without it the text itself is the value.
        names: spellings of a name in other scripts.
        meant: the entities that a name means, whole or a family name.
        disabled: keys of forms that are switched off.
        proximity: whether words side by side score more; it costs time and is of no use when sorting by date.
        count: articles that match a node; with it, a question in a script without spaces that stands in no article as
            it was typed is taken apart into words.
    """
    limits = limits or LimitSettings()
    parsed = parse(text, limits)
    if parsed.part is None:
        return _without_words(text, parsed.notes)
    maker = FormMaker(languages, fields, disabled, light=any_word and _has_content(parsed.part, languages), names=names)
    maker.meant = meant
    compiler = _Compiler(maker, any_word, limits, entity_lookup, resolver, proximity, count)
    compiler.notes.extend(parsed.notes)
    node = compiler.node(parsed.part)
    if isinstance(node, Not):
        node = And((Every(), node))
    notes = tuple(dict.fromkeys(compiler.notes))
    if node is None:
        return _without_words(text, notes)
    return CompiledQuery(node, shown(parsed.part), tuple(compiler.words), notes, parsed.part)


def _without_words(text: str, notes: tuple[str, ...]) -> CompiledQuery:
    """Nothing typed asks for everything; signs that say nothing must not."""
    if not text.strip():
        return CompiledQuery(Every(), notes=notes)
    return CompiledQuery(Nothing(), notes=(*notes, Note("no-word")))


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
    count: Callable[[Node], int] | None = None
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
            return day_range(part, self.notes)
        if part.field in _FACETS:
            return self._facet(part.field, part.text)
        if part.field == "date":
            return day_range(Ranged(part.text, part.text, field="date"), self.notes)
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
        for part in self._needed(group):
            node = self.node(part)
            if node is not None:
                nodes.append((part, node))
        if group.join == "OR":
            return joined(Or, [positive(node) for _, node in nodes])
        nodes = naming.with_entities(nodes, self.maker, self.words, self.any_word)
        if group.join == "AND" or not self.any_word:
            found = all_of([node for _, node in nodes])
            closer = near_by.whole(group.parts, self.maker.fields) if self.proximity else []
            return Or((found, *closer)) if found is not None and closer else found
        optional = [node for part, node in nodes if _optional(part)]
        if self.proximity and optional:
            optional += near_by.pairs(group.parts, self.maker.fields, self.maker.languages)
        binding = [node for part, node in nodes if not _optional(part)]
        if not optional:
            return all_of(binding)
        needed = [node for node in binding if not isinstance(node, (Not, Facet, DayRange, Filter))]
        if needed:  # with a +word, the other words add to the score and are not needed
            return all_of([Or((And(tuple(needed)), And((*needed, joined(Or, optional) or Nothing())))), *binding])
        return all_of([joined(Or, optional) or Nothing(), *binding])

    def _needed(self, group: Group) -> Sequence[Part]:
        """The parts of a group, less words of a question that articles need not have."""
        if group.join or self.any_word:
            return group.parts
        least = needless(group.parts, self.maker.languages, self.count, self.entity_lookup)
        if least:
            words = [shown(group.parts[i]).strip("¿¡'") for i in sorted(least)]
            self.notes.append(Note("common-words", words=", ".join(words)[:120]))
        return [part for i, part in enumerate(group.parts) if i not in least]

    def _word(self, word: Word) -> Node | None:
        if word.kind == "exact":
            return self._add(self.maker.exact(word.text, word.field))
        if word.kind in ("prefix", "wildcard", "fuzzy"):
            return self._pattern(word)
        if not self.any_word:
            whole = self.maker.word(word.text, word.field)
            return self._apart(whole) or self._add(whole)
        nodes = [self._add(piece) for piece in self.maker.pieces(word.text, word.field)[: self.limits.clauses]]
        found = joined(Or, [node for node in nodes if node is not None])
        single = self.maker.characters(word.text, word.field)[: self.limits.clauses]
        return And((found, Or(tuple(single)))) if found is not None and single else found

    def _apart(self, whole: WordForms) -> Node | None:
        """A long run of characters that no article has as typed, by its words; None when it need not be taken apart."""
        if self.count is None or len(whole.text) < runs.LONG - 1 or not has_singles(whole.text):
            return None
        if self.count(whole.node()):
            return None
        parts = runs.parts(whole.text, self.maker.languages, self._pairs, self.count(Every()))
        if not parts:
            return None
        self.notes.append(Note("taken-apart", text=whole.text[:40], parts=" ".join(parts)))
        return all_of([node for part in parts if (node := self._add(self.maker.word(part, whole.field))) is not None])

    def _pairs(self, pair: str) -> int:
        """How many articles hold two characters side by side, in any of the languages written so."""
        assert self.count is not None
        codes = [code for code in self.maker.languages if pack_or_fallback(code).cjk]
        return self.count(Or(tuple(Term(f"{kind}_{code}", pair) for code in codes for kind in ("title", "body"))))

    def _add(self, forms: WordForms) -> Node | None:
        if not forms.forms:
            if any(fold(forms.text[word.start : word.end]) for word in split(forms.text)):
                self.words.append(forms)  # the archive has no field to look in
                return Nothing()
            self.notes.append(Note("signs", text=forms.text[:20]))
            return None
        self.words.append(forms)
        return forms.node()

    def _quoted(self, quoted: Quoted) -> Node | None:
        if not any(c.isalnum() for c in quoted.text):
            self.notes.append(Note("signs", text=f'"{quoted.text[:20]}"'))
            return None
        forms = naming.phrase(quoted, self.maker)
        if len(split(quoted.text)) > self.limits.clauses:
            self.notes.append(Note("phrase-limit", number=self.limits.clauses))
            cut = split(quoted.text)[self.limits.clauses - 1].end
            forms = self.maker.phrase(quoted.text[:cut], quoted.field)
        if quoted.near is not None:
            near = quoted.near
            forms = WordForms(
                f"{forms.text}~{near}",
                forms.field,
                tuple(
                    Form(f"near:{near}:{f.text}", "near", None, f.text, nearby(f.node, near), f.on)
                    for f in forms.forms
                ),
            )
        return self._add(forms)

    def _pattern(self, word: Word) -> Node | None:
        if word.kind == "wildcard" and not patterns.letters(word):
            return Every()
        if patterns.too_short(word):
            self.notes.append(Note("too-short", text=shown(word), number=patterns.LEAST_LETTERS))
            return Nothing()
        if patterns.is_plain(word):
            return self._add(self.maker.word(word.text, word.field))
        return self._add(patterns.pattern_forms(word, self.maker))

    def _facet(self, name: str, text: str) -> Node | None:
        text = text.strip('"').strip()
        if name == "entity" and self.entity_lookup:
            values = list(self.entity_lookup(text))
        elif self.resolver and name != "id":
            values = list(self.resolver(name, text))
        else:
            values = [text]
        if not values:
            self.notes.append(Note(f"unknown-{name}", text=text))
            return Nothing()
        return joined(Or, [Facet(name, value) for value in values[: self.limits.expansions]])


def _optional(part: Part) -> bool:
    """Whether a part is one of the words of which any is enough."""
    if isinstance(part, (Must, Without, Ranged)):
        return False
    return isinstance(part, Group) or part.field in (None, "title", "body")
