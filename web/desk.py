"""The librarians' desk: corrections of entities, made from the page. Only there when `web.librarians` is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.errors import NewsdexError
from indexer.archive import Archive
from indexer.knowledge.authority import Authority, Correction
from indexer.pipeline import correct
from indexer.search import ArchiveSearch
from indexer.settings import Settings
from web.i18n import gettext
from web.refused import Refused


@dataclass(frozen=True, slots=True)
class Noted:
    """A correction that touches an entity, in words."""

    number: int
    says: str


class Desk:
    """Writes corrections into the archive's authority file and brings them to bear."""

    def __init__(self, search: ArchiveSearch, settings: Settings) -> None:
        self.search = search
        self.archive: Archive = search.archive
        self.settings = settings

    def add(self, do: str, entity: str, values: Mapping[str, Any]) -> str:
        """Make one correction; the id under which the entity is found afterwards.

        Raises:
            UsageError: something is missing. Refused: a name means no entity or several.
            LockedError: another run writes.
        """
        authority = Authority.load(self.archive.authority_path)
        given = dict(values)
        if do == "merge":
            given["into"] = self._one(str(given.get("into") or ""), entity)
        authority.add(do, entity, **given)
        self._bring_to_bear(authority)
        return str(given["into"]) if do == "merge" else entity

    def undo(self, number: int) -> None:
        """Take one correction back.

        Raises:
            UsageError: there is none with that number. LockedError: another run writes.
        """
        authority = Authority.load(self.archive.authority_path)
        authority.undo(number)
        self._bring_to_bear(authority)

    def noted(self, entity: str) -> list[Noted]:
        """The corrections that touch an entity."""
        authority = Authority.load(self.archive.authority_path)
        return [Noted(one.id, _in_words(one)) for one in authority.touching(entity)]

    def _one(self, name: str, entity: str) -> str:
        found: Sequence[str] = self.search.opened().entities.lookup(name) if name.strip() else ()
        if not found:
            raise Refused(gettext("No entity is called “%(name)s”.", name=name))
        if len(found) > 1:
            ids = ", ".join(found[:8])
            raise Refused(gettext("“%(name)s” may be %(ids)s; give the id.", name=name, ids=ids))
        if found[0] == entity:
            raise Refused(gettext("These are one already."))
        return str(found[0])

    def _bring_to_bear(self, authority: Authority) -> None:
        before = Authority.load(self.archive.authority_path)
        authority.save(self.archive.authority_path)
        try:
            correct(self.archive, self.settings)
        except NewsdexError:
            before.save(self.archive.authority_path)
            raise
        self.search.renew()


def _in_words(correction: Correction) -> str:
    values = correction.values
    if correction.do == "merge":
        return gettext("%(entity)s merged into %(into)s", entity=correction.entity, into=values["into"])
    if correction.do == "split":
        return gettext("split off: %(forms)s", forms=", ".join(map(str, values["forms"])))
    if correction.do == "rename":
        return gettext("renamed: %(label)s", label=values["label"])
    if correction.do == "suppress":
        return gettext("hidden: %(entity)s", entity=correction.entity)
    return f"{correction.do}: {values.get('name') or values.get('identifier') or ''}"
