"""`whoosh.reading.IndexReader` over one segment."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.columns import TranslatingColumnReader
from whoosh.matching import NullMatcher
from whoosh.reading import IndexReader, ReaderClosed, TermInfo, TermNotFound

from indexer.engines.whoosh.arrays import Array
from indexer.engines.whoosh.expand import close_to
from indexer.engines.whoosh.segment import Segment
from indexer.engines.whoosh.strings import decode
from indexer.engines.whoosh.whoosh_matcher import PostingMatcher
from indexer.engines.whoosh.whoosh_schema import NUMBERS, NumberColumn, numbers
from indexer.engines.whoosh.whoosh_terms import Lexicon, lexicons, look_up, terms_from


class SegmentReader(IndexReader):  # type: ignore[misc]
    """See `whoosh.reading.IndexReader`; lengths of fields are exact."""

    def __init__(self, segment: Segment, schema: Any, generation: int) -> None:
        self._segment, self.schema, self._generation = segment, schema, generation
        self._closed = False

    @cached_property
    def _lexicons(self) -> dict[str, Lexicon]:
        return lexicons(self._segment, self.schema)

    def _lexicon(self, fieldname: str) -> Lexicon | None:
        if self._closed:
            raise ReaderClosed
        if fieldname not in self.schema:
            raise TermNotFound(f"No field {fieldname!r}")
        return self._lexicons.get(fieldname)

    def _number(self, fieldname: str, text: str | bytes) -> tuple[Lexicon, int] | None:
        lexicon = self._lexicon(fieldname)
        number = -1 if lexicon is None else look_up(lexicon, self._text_to_bytes(fieldname, text))
        return None if lexicon is None or number < 0 else (lexicon, number)

    def close(self) -> None:
        self._closed = True

    def generation(self) -> int:
        return self._generation

    def segment(self) -> Segment:
        return self._segment

    # terms

    def __contains__(self, term: tuple[str, str | bytes]) -> bool:
        return term[0] in self.schema and self._number(*term) is not None

    def indexed_field_names(self) -> Iterator[str]:
        return iter(sorted(self._lexicons))

    def all_terms(self) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name in self.indexed_field_names() for term in terms_from(self._lexicons[name], b""))

    def terms_from(self, fieldname: str, prefix: str | bytes) -> Iterator[tuple[str, bytes]]:
        """Terms of the field from this one on, then those of the fields that follow."""
        lexicon = self._lexicon(fieldname)
        key = self._text_to_bytes(fieldname, prefix)
        if lexicon is not None:
            yield from ((fieldname, term) for term in terms_from(lexicon, key))
        for name in self.indexed_field_names():
            if name > fieldname:
                yield from ((name, term) for term in terms_from(self._lexicons[name], b""))

    def lexicon(self, fieldname: str) -> Iterator[bytes]:
        lexicon = self._lexicon(fieldname)
        return iter(()) if lexicon is None else terms_from(lexicon, b"")

    def expand_prefix(self, fieldname: str, prefix: str | bytes) -> Iterator[bytes]:
        lexicon = self._lexicon(fieldname)
        key = self._text_to_bytes(fieldname, prefix)
        for term in () if lexicon is None else terms_from(lexicon, key):
            if not term.startswith(key):
                return
            yield term

    def terms_within(self, fieldname: str, text: str, maxdist: int, prefix: int = 0) -> Iterator[str]:
        field = self._segment.fields.get(fieldname)
        if field is None:
            yield from super().terms_within(fieldname, text, maxdist, prefix)
            return
        for number in close_to(field, text, maxdist, prefix)[0].tolist():
            yield decode(field.terms.raw(number))

    def cursor(self, fieldname: str) -> FieldCursor:
        return FieldCursor(self._lexicon(fieldname), self.schema[fieldname])

    def term_info(self, fieldname: str, text: str | bytes) -> Any:
        found = self._number(fieldname, text)
        if found is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        docs = found[0].docs(found[1])
        weights = found[0].weights(found[1], docs)
        lengths = self._lengths(fieldname)
        sizes = np.ones(1, np.int64) if lengths is None else lengths[docs]
        return TermInfo(
            weight=float(weights.sum()), df=len(docs), minlength=int(sizes.min()), maxlength=int(sizes.max()),
            maxweight=float(weights.max()), minid=int(docs[0]), maxid=int(docs[-1]),
        )  # fmt: skip

    def frequency(self, fieldname: str, text: str | bytes) -> float:
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0

    def doc_frequency(self, fieldname: str, text: str | bytes) -> int:
        found = self._number(fieldname, text)
        if found is None:
            return 0
        return found[0].holders(found[1])

    def postings(self, fieldname: str, text: str | bytes, scorer: Any = None) -> Any:
        found = self._number(fieldname, text)
        if found is None:
            raise TermNotFound(f"{fieldname}:{text!r}")
        term = fieldname, self._text_to_bytes(fieldname, text)
        kind = self.schema[fieldname]
        matcher = PostingMatcher(*found, self._segment.live, self._lengths(fieldname), kind, term, scorer)
        return matcher if matcher.is_active() else NullMatcher()

    # documents

    def doc_count_all(self) -> int:
        return self._segment.count

    def doc_count(self) -> int:
        return self._segment.live_count

    def has_deletions(self) -> bool:
        return self._segment.live is not None

    def is_deleted(self, docnum: int) -> bool:
        live = self._segment.live  # InverseMatcher asks for the number behind the last one too
        return live is not None and docnum < live.size and not live[docnum]

    def all_doc_ids(self) -> Iterator[int]:
        live = self._segment.live
        return iter(range(self._segment.count) if live is None else np.flatnonzero(live).tolist())

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Id, article, day, minute and facets, as `newsdex export --format whoosh` stores them."""
        segment = self._segment
        found = {
            "id": segment.ids.names.text(docnum), "article": segment.stored([docnum])[0],
            "day": int(segment.days[docnum]), "minute": int(segment.minutes[docnum]),
            **{name: facet.of(docnum) for name, facet in segment.facets.items()},
        }  # fmt: skip
        return {name: value for name, value in found.items() if name in self.schema}

    def iter_docs(self) -> Iterator[tuple[int, dict[str, Any]]]:
        return ((doc, self.stored_fields(doc)) for doc in self.all_doc_ids())

    def all_stored_fields(self) -> Iterator[dict[str, Any]]:
        return (self.stored_fields(doc) for doc in self.all_doc_ids())

    # lengths

    def _lengths(self, fieldname: str) -> Array | None:
        field = self._segment.fields.get(fieldname)
        return None if field is None else field.lengths

    def field_length(self, fieldname: str) -> int:
        field = self._segment.fields.get(fieldname)
        return 0 if field is None else field.total

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._lengths(fieldname)
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        field = self._segment.fields.get(fieldname)
        return 0 if field is None else field.longest

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._lengths(fieldname)
        return default if lengths is None else (int(lengths[docnum]) or default)

    # vectors and columns

    def has_vector(self, docnum: int, fieldname: str) -> bool:
        return False

    def vector(self, docnum: int, fieldname: str, format_: Any = None) -> Any:
        raise KeyError(f"no vectors are stored for field {fieldname!r}")

    def has_column(self, fieldname: str) -> bool:
        return fieldname in NUMBERS

    def column_reader(self, fieldname: str, column: Any = None, reverse: bool = False, translate: bool = True) -> Any:
        if fieldname not in NUMBERS:
            raise KeyError(f"no column for field {fieldname!r}")
        kind = self.schema[fieldname]
        found = NumberColumn(*numbers(self._segment, fieldname), kind)
        if reverse:
            found.set_reverse()
        return TranslatingColumnReader(found, kind.from_column_value) if translate else found


class FieldCursor:
    """Steps through the terms of a field (see `whoosh.codec.base.FieldCursor`); texts are as the field decodes them."""

    def __init__(self, lexicon: Lexicon | None, kind: Any) -> None:
        self._lexicon, self._kind, self._i = lexicon, kind, 0

    def is_valid(self) -> bool:
        return self._lexicon is not None and self._i < len(self._lexicon)

    def first(self) -> str | None:
        self._i = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        """Go to the first term that is not less."""
        key = string if isinstance(string, bytes) else self._kind.to_bytes(string)
        self._i = 0 if self._lexicon is None else self._lexicon.lower(key)
        return self.text()

    def next(self) -> str | None:
        self._i += 1
        return self.text()

    def term(self) -> str | None:
        """The term; Whoosh calls it by both names."""
        return self.text()

    def text(self) -> str | None:
        if self._lexicon is None or self._i >= len(self._lexicon):
            return None
        return str(self._kind.from_bytes(self._lexicon.term(self._i)))
