"""Second stage: what the results of all files mean for the archive: added, updated, unchanged or removed articles.

An article that several files hold is kept once, with one provenance for each file, that of its text first. Of its
versions the newest counts, whatever the order of the files (`versions.py`); a file that has changed replaces what it
said before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from corpus.article import Rejection
from indexer.ledger import Ledger
from indexer.pipeline.inputs import Input
from indexer.pipeline.reading import FileResult, Record, Spool, briefs
from indexer.pipeline.versions import rank

MOST_TOLD = 3
"""Rejections that a run tells at once; the ledger has them all."""

Stored = Callable[[str], dict[str, Any] | None]


class Changes:
    """Collects the results of the files of one run.

    Attributes:
        pending: article id → the record to be indexed, in the order of reading.
        deleted: ids to be taken out.
        inputs: key → entry, for the new generation.
        counts: read, added, updated, unchanged, removed, rejected, missing.
        first_rejected: the first few rejections.
        inputs_changed: whether `inputs` are other ones than those of the base.
    """

    def __init__(self, base: Mapping[str, Input], stored: Stored, spool: Spool, ledger: Ledger) -> None:
        self.inputs = dict(base)
        self.pending: dict[str, Record] = {}
        self.deleted: set[str] = set()
        self.counts: Counter[str] = Counter()
        self.first_rejected: list[Rejection] = []
        self.inputs_changed = False
        # a tuple for each article, as millions of sets would fill the memory
        self._holders: dict[str, tuple[str, ...]] = {}
        self._sole: dict[str, tuple[str]] = {}
        for entry in base.values():
            for article_id in entry.articles:
                self._hold(article_id, entry.key)
        self._in_base = set(self._holders)
        self._stored = stored
        self._spool = spool
        self._ledger = ledger

    def _hold(self, article_id: str, key: str) -> None:
        held = self._holders.get(article_id)
        if held is None:  # most have one, and share it
            self._holders[article_id] = self._sole.setdefault(key, (key,))
        elif key not in held:
            self._holders[article_id] = (*held, key)

    @property
    def any(self) -> bool:
        return bool(self.pending or self.deleted)

    def unchanged(self, entry: Input) -> None:
        """A file that is as it was: its articles stay, its rejections are told again."""
        self.counts["read"] += len(entry.articles)
        self.counts["unchanged"] += len(entry.articles)
        self._reject(entry.rejected)

    def rejected(self, rejection: Rejection) -> None:
        """An input that could not even be opened."""
        self._reject((rejection,))

    def _reject(self, rejections: tuple[Rejection, ...]) -> None:
        for rejection in rejections:
            self.counts["rejected"] += 1
            self._ledger.rejection(rejection)
            if len(self.first_rejected) < MOST_TOLD:
                self.first_rejected.append(rejection)

    def read(self, result: FileResult) -> None:
        """A file that is new or has changed."""
        entry = result.entry
        if entry is None:
            self._reject(result.rejected)
            return
        before = self.inputs.get(entry.key)
        had = dict(before.articles) if before else {}
        self.inputs[entry.key] = entry
        self.inputs_changed |= entry != before
        self._reject(result.rejected)
        seen: set[str] = set()
        for record, brief in zip(result.records, briefs(result.records), strict=True):
            self.counts["read"] += 1
            if record.id in seen or record.fingerprint != entry.articles[record.id]:
                self.counts["unchanged"] += 1  # again in this file: the newest version in it counts
                continue
            seen.add(record.id)
            if had.get(record.id) == record.fingerprint:
                self.counts["unchanged"] += 1
            else:
                self._take(record, entry.key, brief.provenance)
            self._hold(record.id, entry.key)
        for article_id in had.keys() - seen:
            self._drop(article_id, entry)

    def kept(self, entry: Input, records: list[dict[str, Any]]) -> None:
        """A file that is gone, whose articles are taken over from the generation before."""
        self.inputs[entry.key] = entry
        self.inputs_changed = True
        for loaded in records:
            article_id = loaded["article"]["id"]
            self.counts["read"] += 1
            if article_id in self.pending:
                self.counts["unchanged"] += 1
                continue
            self.pending[article_id] = self._spool.append(loaded, entry.articles[article_id])
            self._hold(article_id, entry.key)
            self.counts["added"] += 1
            notes = ["the file is gone; taken over from the generation before"]
            self._ledger.write("added", file=entry.file, id=article_id, notes=notes)

    def again(self, loaded: dict[str, Any]) -> None:
        """An article that stays, but whose entities are other ones now."""
        article_id = loaded["article"]["id"]
        self.pending[article_id] = self._spool.append(loaded, "")
        self._ledger.write("renamed", id=article_id)
        self.counts["renamed"] += 1

    def _take(self, record: Record, key: str, provenance: Mapping[str, Any]) -> None:
        others = [other for other in self._holders.get(record.id, ()) if other != key]
        if others and (older := self._version(record.id)):
            record, provenance = self._merge(record, older)
        known = record.id in self._in_base
        again = record.id in self.pending
        self.pending[record.id] = record
        self.deleted.discard(record.id)
        event = "updated" if known else "added"
        if again:
            self.counts["unchanged"] += 1
            event = "joined"
        else:
            self.counts[event] += 1
        self._ledger.write(event, id=record.id, **provenance)

    def _version(self, article_id: str) -> dict[str, Any] | None:
        if article_id in self.pending:
            self._spool.flush()
            return self.pending[article_id].load()
        return self._stored(article_id)

    def _merge(self, record: Record, old: dict[str, Any]) -> tuple[Record, dict[str, Any]]:
        """The record of the version that counts, with the provenances of all; and that of the file just read."""
        new = record.load()
        (told,) = new["provenances"]
        holder, *_ = old["provenances"]
        rest = [one for one in old["provenances"] if one["file"] != told["file"]]
        wins = holder["file"] == told["file"] or rank(new) > rank(old)
        merged = {**new, "provenances": [told, *rest]} if wins else {**old, "provenances": [*rest, told]}
        return self._spool.append(merged, record.fingerprint), told

    def _drop(self, article_id: str, entry: Input) -> None:
        """A file no longer holds an article: it goes, unless another file has it too."""
        self._holders[article_id] = tuple(key for key in self._holders.get(article_id, ()) if key != entry.key)
        if not self._holders[article_id]:
            self.pending.pop(article_id, None)
            self.deleted.add(article_id)
            self.counts["removed"] += 1
            self._ledger.write("removed", file=entry.file, id=article_id)
        elif version := self._version(article_id):
            rest = [one for one in version["provenances"] if one["file"] != entry.file]
            if rest and len(rest) < len(version["provenances"]):
                record = self._spool.append({**version, "provenances": rest}, "")
                self.pending[article_id] = record
                self.counts["updated"] += 1
                self._ledger.write("updated", file=entry.file, id=article_id, notes=["this file no longer holds it"])

    def vanished(self, entry: Input, *, prune: bool) -> None:
        """A file that is no longer there: reported, and with `prune` its articles are taken out."""
        if prune:
            del self.inputs[entry.key]
            self.inputs_changed = True
            for article_id in entry.articles:
                self._drop(article_id, entry)
        else:
            self.counts["missing"] += len(entry.articles)
            self._ledger.write("missing", file=entry.file, articles=len(entry.articles))

    def flush(self) -> None:
        """Make every record readable."""
        self._spool.flush()

    def close(self) -> None:
        self._spool.close()
