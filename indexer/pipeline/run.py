"""One run: read the sources, compare with what the archive holds, build a generation and make it live."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.article import Rejection
from corpus.errors import DamagedArchiveError, UsageError
from corpus.languages import use_directory
from corpus.readers import find_sources
from corpus.readers.base import Source
from indexer.analysis import BulkAnalyzer, analyser_seal, analyser_version, use_segmenters
from indexer.analysis.compounds import COMPOUNDING, ArchiveCompounds
from indexer.archive import Archive
from indexer.engines import engine
from indexer.engines.base import Searcher
from indexer.generation import Generation
from indexer.knowing import (
    COMPOUNDS,
    ENTITIES,
    KNOWN,
    STORIES,
    decode_record,
    load_entities,
    load_stories,
    stored_records,
)
from indexer.knowledge.authority import Authority
from indexer.knowledge.entities import EntityTable
from indexer.ledger import Ledger
from indexer.pipeline.brief import brief_of
from indexer.pipeline.building import BATCH, build
from indexer.pipeline.collecting import rarely_collected
from indexer.pipeline.held import Held
from indexer.pipeline.inputs import INPUTS, load_inputs, save_inputs, unchanged, vanished
from indexer.pipeline.knowing import Knowledge, Named, models_of, save_stories
from indexer.pipeline.merging import Changes
from indexer.pipeline.reading import FileResult, Spool, briefs, known_again, loaded, read_all
from indexer.pipeline.report import Progress, Report, silent
from indexer.settings import Settings
from indexer.tables import use_tables


def update(
    archive: Archive, sources: Sequence[str | Path], settings: Settings, *,
    prune: bool = False, workers: int | None = None, fresh: bool = False, command: str = "index",
    progress: Progress = silent,
) -> Report:  # fmt: skip
    """Read the sources and bring the archive up to date; `fresh` reads everything and builds from nothing.

    Raises:
        UsageError: no sources. LockedError: another process writes. RebuildNeededError: another analyser built it.
    """
    if not sources or not all(str(one) for one in sources):
        raise UsageError("no sources given, and newsdex.yml names none. Name the files or directories to read.")
    for one in sources:
        if Path(os.path.abspath(one)).is_relative_to(os.path.abspath(archive.path)):
            raise UsageError(f"{one}: lies in the archive itself. Name the files that the archive is to be made of.")
    return _run(archive, sources, settings, prune, workers, fresh, command, progress)


def correct(archive: Archive, settings: Settings, *, progress: Progress = silent) -> Report:
    """Bring the authority files to bear on the archive; reads no source. Counts what was `renamed`."""
    return _run(archive, (), settings, False, 1, False, "entities", progress)


def _run(
    archive: Archive, sources: Sequence[str | Path], settings: Settings, prune: bool, workers: int | None, fresh: bool,
    command: str, progress: Progress,
) -> Report:  # fmt: skip
    start = time.monotonic()
    lock, said = archive.lock(create=True), [str(one) for one in sources]
    with rarely_collected(), lock, Ledger(archive.ledger_path, command, said) as ledger:
        run = _Run(archive, settings, ledger, workers, progress, fresh)
        try:
            run.read(sources, prune=prune)
            number = run.publish(sources)
        finally:
            run.close()
        ledger.end({"generation": number, **run.changes.counts})
    return Report(number, run.changes.counts, time.monotonic() - start, ledger.path, run.changes.first_rejected)


class _Run:
    def __init__(
        self, archive: Archive, settings: Settings, ledger: Ledger, workers: int | None, progress: Progress, fresh: bool
    ) -> None:
        self.archive, self.settings, self.progress = archive, settings, progress
        use_directory(settings.languages_dir)
        use_segmenters(settings.index.segmenters)
        self.workers = settings.index.workers if workers is None else workers
        if self.workers == 0:
            self.workers = os.cpu_count() or 1
        # a rebuild is a remedy, so it takes what is whole of a damaged archive
        self.live = archive.whole() if fresh else archive.current() if archive.current_number is not None else None
        if self.live is not None:
            use_tables(self.live.path)
        self.base = None if fresh else self.live
        if self.base is not None:
            self.base.check_sizes()
            self.base.check_analyser(analyser_version())
            self.base.check_finders(models_of(settings))
        self.draft = archive.begin()
        self.work = self.draft.path / "work"
        self.work.mkdir()
        self.searcher = self._open_live(ledger, fresh)
        inputs = load_inputs(self.base.path / INPUTS) if self.base else {}
        self.know = Knowledge(settings)
        spool = Spool(self.work / "merged.jsonl", self.know)
        self.changes = Changes(inputs, self._stored_in_base, spool, ledger)

    def _open_live(self, ledger: Ledger, fresh: bool) -> Searcher | None:
        """The live generation's articles; a rebuild does without them when they are damaged."""
        if self.live is None:
            return None
        try:
            return engine(self.live.manifest["engine"]).open(self.live.index)
        except DamagedArchiveError as error:
            if not fresh:
                raise
            ledger.write("note", reason=f"articles whose files are gone cannot be taken over: {error}")
            return None

    def _stored_in_base(self, article_id: str) -> dict[str, Any] | None:
        return self._stored(article_id) if self.base else None

    def _stored(self, article_id: str) -> dict[str, Any] | None:
        doc = self.searcher.doc(article_id) if self.searcher else None
        if self.searcher is None or doc is None:
            return None
        return decode_record(self.searcher.stored([doc])[0])

    def read(self, sources: Sequence[str | Path], *, prune: bool) -> None:
        """First and second stage."""
        todo = list(self._to_read(sources))
        parts = read_all(todo, self.work, self.settings, self.workers)
        total = sum(_size(source.path) for source in todo)
        for part in self.progress(parts, what="Reading", total=total, unit="B", weigh=_advance):
            if isinstance(part, FileResult):
                self.changes.read(part)
        for entry in list(vanished(self.changes.inputs, sources)):
            self.changes.vanished(entry, prune=prune)
        if self.base is None and self.live is not None:
            self._take_over(self.live)

    def _take_over(self, live: Generation) -> None:
        """A rebuild loses no article: those whose files are gone come from the live generation."""
        for entry in load_inputs(live.path / INPUTS).values():
            if Path(entry.key).exists():
                continue
            records = [record for article_id in entry.articles if (record := self._stored(article_id))]
            self.changes.kept(entry, [known_again(record, self.know) for record in records])

    def _to_read(self, sources: Sequence[str | Path]) -> Iterator[Source]:
        most = self.settings.index.max_file_mb * 1_000_000
        seen: set[str] = set()
        for found in find_sources(sources, languages=self.settings.languages or None, max_bytes=most):
            if isinstance(found, Rejection):
                self.changes.rejected(found)
                continue
            key = os.path.abspath(found.path)
            if key in seen:
                continue
            seen.add(key)
            known = self.changes.inputs.get(key)
            if unchanged(known, found.path, found.path.stat()):
                assert known is not None
                self.changes.unchanged(known)
            else:
                yield found

    def publish(self, sources: Sequence[str | Path]) -> int | None:
        """Third stage: build, switch, collect. A run that changes nothing makes no generation."""
        changes, know = self.changes, self.know
        authority = Authority.load(self.archive.authority_path)
        mark = authority_mark(authority)
        same_authority = self.base is not None and self.base.manifest.get("authority") == mark
        if not changes.any and self.base is not None and same_authority and not changes.inputs_changed:
            self.draft.abandon()
            return self.base.number
        changes.flush()
        held = self._held(know)
        named = Named(held.join(load_entities(self.base.path) if self.base else EntityTable()), authority)
        named.guess = held.guess
        meaning = [named.meant(name) for name in held.register.names]
        stories = held.stories(meaning)
        named.stories = {member.id: story.id for story in stories for member in story.members}
        for article_id in self._moved(held, meaning, named.stories):
            staying = self._stored(article_id)
            assert staying is not None
            changes.again(staying)
        changes.close()
        pending = list(changes.pending.values())
        kind = engine(self.settings.index.engine)
        builder = kind.builder(
            self.draft.path / "index",
            base=self.base.index if self.base else None,
            scoring=self.settings.scoring.as_mapping(),
        )
        builder.delete(changes.deleted)
        compounds = self._compounds()
        steps = build(pending, builder, BulkAnalyzer(compounds), know, named)
        total = -(-len(pending) // BATCH)
        for _ in self.progress(steps, what="Indexing", total=total, unit=" batches"):
            pass
        counts = builder.commit()
        named.found.table.save(self.draft.path / ENTITIES)
        save_stories(self.draft.path / STORIES, stories)
        held.save(self.draft.path / KNOWN, meaning)
        compounds.save(self.draft.path / COMPOUNDS)
        save_inputs(self.draft.path / INPUTS, changes.inputs.values())
        shutil.rmtree(self.work)
        return self._switch({**counts, "authority": mark}, sources)

    def _held(self, know: Knowledge) -> Held:
        """The columns of all articles of the new generation, those to be indexed last."""
        pending, gone = self.changes.pending, self.changes.pending.keys() | self.changes.deleted
        held = Held.load(self.base.path / KNOWN, self.settings) if self.base else None
        if held is None:
            held = Held(self.settings)
            count = self.searcher.count if self.base and self.searcher else 0
            for one in self.progress(self._staying(), what="Going through the archive", total=count, unit=" articles"):
                held.take_over(brief_of(one, know), one)
        else:
            for article_id in gone:
                if old := self._stored(article_id):
                    held.teach(brief_of(old, know), -1)
            held.remove(gone)
        new = self.progress(briefs(pending.values()), what="Joining names", total=len(pending), unit=" articles")
        for brief in new:
            held.take(brief)
        return held

    def _moved(self, held: Held, meaning: Sequence[str | None], stories: Mapping[str, str]) -> list[str]:
        """The articles that stay but mean other entities, or tell another story."""
        if self.base is None:
            return []
        staying = held.register.ids[: len(held.register) - len(self.changes.pending)]
        told = load_stories(self.base.path).items()
        before = {member[0]: story for story, members in told for member in members}
        moved = held.moved(meaning, len(staying))
        return [one for one in staying if one in moved or before.get(one) != stories.get(one)]

    def _compounds(self) -> ArchiveCompounds:
        """What splits compounds: the words of the archive as it was, unless this run makes it another archive."""
        known = self.base.path / COMPOUNDS if self.base else None
        if known and known.exists() and self.searcher and len(self.changes.pending) <= self.searcher.count:
            return ArchiveCompounds.load(known)
        pending = list(self.changes.pending.values())
        both = zip(pending, briefs(pending), strict=True)
        wanted = (one for one, brief in both if brief.language in COMPOUNDING)
        articles = (one["article"] for one in loaded(wanted))
        return ArchiveCompounds.learn((f"{one['title']}\n{one['body']}", one["language"]) for one in articles)

    def _staying(self) -> Iterator[dict[str, Any]]:
        """The records of the base that this run leaves as they are."""
        if self.base is None or self.searcher is None:
            return
        gone = self.changes.pending.keys() | self.changes.deleted
        for some in stored_records(self.searcher, gone):
            yield from some

    def _switch(self, counts: Mapping[str, Any], sources: Sequence[str | Path]) -> int:
        known = list(self.live.manifest.get("sources", ())) if self.live else []
        tops = [*known, *(os.path.abspath(one) for one in sources if Path(one).exists())]
        generation = self.draft.finish(
            analyser=analyser_version(),
            engine=self.settings.index.engine,
            counts={
                **counts, "finders": models_of(self.settings), "analyser_seal": analyser_seal(),
                "sources": list(dict.fromkeys(tops)),
            },
            base=self.base,
        )
        self.archive.switch(generation.number)
        self.archive.collect(self.settings.index.keep)
        return generation.number

    def close(self) -> None:
        self.changes.close()
        if self.searcher is not None:
            self.searcher.close()
        self.draft.abandon()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _advance(part: int | FileResult) -> int:
    return part if isinstance(part, int) else part.advance


def authority_mark(authority: Authority) -> str:
    """Tells one state of the corrections from another."""
    rows = json.dumps([one.as_json() for one in authority.corrections], sort_keys=True, default=str)
    return hashlib.sha256(rows.encode()).hexdigest()[:16]


def sources_of(archive: Archive, settings: Settings) -> list[str]:
    """What `rebuild` and `watch` read: the sources of newsdex.yml, and all that were indexed before."""
    named = [one.path for one in settings.sources]
    live = archive.whole()
    return list(dict.fromkeys([*named, *(live.manifest.get("sources", ()) if live else ())]))

