"""Words of a question that articles need not have: `what is a`, `wer ist`, `кто такой`.

Where all words are needed, stop words beside others are left out, and the reader is told. A word that is a stop word of
one language and a word like any other of another (German `war`, English `war`) stays needed when that language's
articles hold a good part of its occurrences. Whoever needs a stop word puts + or = before it, or quotes around it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from corpus.languages import pack_or_fallback
from indexer.analysis.folding import fold
from indexer.analysis.stemming import is_stop, stem_words, written_in
from indexer.analysis.words import split
from indexer.query.naming import parts_of_names
from indexer.query.nodes import Node, Or, Term
from indexer.query.tree import Group, Must, Part, Quoted, Word

CONTENT_SHARE = 0.1
"""The part of the articles with a word in which it has to be no stop word for it to stay needed."""


def needless(
    parts: Sequence[Part],
    languages: Sequence[str],
    count: Callable[[Node], int] | None,
    named: Callable[[str], Sequence[str]] | None = None,
) -> set[int]:
    """The numbers of those parts, words side by side, that articles need not have; none when nothing else is asked.

    What is a part of somebody's name is needed; `named` says whose whole name a text is, if anybody's.
    """
    known = {part: _is_common(part, languages, count) for part in dict.fromkeys(parts)}
    found = {i for i, part in enumerate(parts) if known[part]}
    if found and named:
        found -= parts_of_names(parts, named)
    return found if any(i not in found and _has_words(part) for i, part in enumerate(parts)) else set()


def _is_common(part: Part, languages: Sequence[str], count: Callable[[Node], int] | None) -> bool:
    if not isinstance(part, Word) or part.kind != "plain" or part.field is not None:
        return False
    words = split(part.text)
    if len(words) != 1 or words[0].single:
        return False
    word = fold(part.text[words[0].start : words[0].end])
    stops = [is_stop(word, code) for code in languages]
    if not any(stops):
        return False
    others = [code for code, stop in zip(languages, stops, strict=True) if not stop]
    return count is None or not others or not _says_something(word, others, count)


def _says_something(word: str, languages: Sequence[str], count: Callable[[Node], int]) -> bool:
    """Whether a good part of the articles with a word are in languages of which it is no stop word."""
    written = [code for code in languages if written_in(word, pack_or_fallback(code))]
    terms = [
        Term(f"{kind}_{code}", stem)
        for code, stem in ((code, stem_words([word], code)[0]) for code in written)
        for kind in ("title", "body")
        if stem
    ]
    own = count(Or(tuple(terms))) if terms else 0
    return own > 1 and own >= CONTENT_SHARE * count(Or((Term("title_folded", word), Term("body_folded", word))))


def _has_words(part: Part) -> bool:
    """Whether a part asks for words, and does not only filter or shut out."""
    if isinstance(part, Group):
        return any(map(_has_words, part.parts))
    if isinstance(part, Must):
        return _has_words(part.part)
    return isinstance(part, (Word, Quoted)) and part.field in (None, "title", "body")
