"""Categories: the two upper levels of IPTC Media Topics, and which of them an article belongs to.

An article's own code counts first, then the table of its source (`newsdex.yml`), then the section names of its
language's pack, then those of all packs. A section that nobody maps is told by `unmapped`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from corpus.article import Article
from corpus.errors import ConfigurationError
from corpus.languages import fold_key, pack_or_fallback, packs
from indexer.knowledge.base import Category
from indexer.knowledge.tables import table

OF_PART = 0.7
_PARTS = re.compile(r"\s*(?:[&/|>»›,+:]|\b(?:und|and|et|y|e|i|en|и|і|ды|та)\b)\s*")
SourceSections = Mapping[str, Mapping[str, str | None]]
"""Source → section → Media Topic code, or None for a section that is no topic."""


class Categories:
    """The tree of topics and the way from an article to its topic.

    Args:
        sources: the house's own tables, checked here.

    Raises:
        ConfigurationError: a table names a code that is no Media Topic of the two upper levels or below.
    """

    def __init__(self, sources: SourceSections | None = None) -> None:
        data = table("mediatopics.json")
        self._topics: dict[str, dict[str, object]] = data["topics"]
        self._upper = {f"medtop:{c}": upper for upper, codes in data["deeper"].items() for c in codes.split()}
        self._sources = {
            source.casefold(): {fold_key(section): self._checked(code, source) for section, code in rows.items()}
            for source, rows in (sources or {}).items()
        }

    def _checked(self, code: str | None, source: str) -> str | None:
        if code is None or self.known(code):
            return code
        raise ConfigurationError(
            f"{code!r} in the section table of {source!r} is no Media Topic; write medtop:11000000"
        )

    def __iter__(self) -> Iterator[str]:
        """Codes of the two upper levels, each top topic before its children."""
        return iter(self._topics)

    def known(self, code: str) -> bool:
        """Whether a code is a Media Topic of any level."""
        return code in self._topics or code in self._upper

    def of(self, article: Article) -> Category | None:
        """The topic of an article, or None when nothing says it."""
        if article.category:
            code = article.category if self.known(article.category) else self.find(article.category)
            if code:
                return Category(code, "declared", 1.0)
        if not article.section:
            return None
        found, code, sure = self._mapped(article.source, article.section, article.language)
        return Category(code, "rule", sure) if found and code else None

    def unmapped(self, article: Article) -> str | None:
        """The section of an article when no table knows it (a section known to be no topic is mapped)."""
        if not article.section or self.of(article):
            return None
        return None if self._mapped(article.source, article.section, article.language)[0] else article.section

    def _mapped(self, source: str | None, section: str, language: str) -> tuple[bool, str | None, float]:
        """Whether the section is known, its topic, how sure that is."""
        name = fold_key(section)
        own = self._sources.get((source or "").casefold()) or self._sources.get("*") or {}
        if name in own:
            return True, own[name], 1.0
        topics = pack_or_fallback(language).sections.topics
        if name in topics:
            return True, topics[name], 0.95
        known, code = _in_any_pack(name)
        if known:
            return True, code, 0.8
        return self._of_parts(section, topics)

    @staticmethod
    def _of_parts(section: str, topics: Mapping[str, str | None]) -> tuple[bool, str | None, float]:
        """The topic of the first part of a section that has several (`Technik & Motor`, `Sport > Tennis`)."""
        parts = [fold_key(part) for part in _PARTS.split(section)]
        found = [topics[part] if part in topics else _in_any_pack(part)[1] for part in parts] if len(parts) > 1 else []
        code = next((code for code in found if code), None)
        return code is not None, code, OF_PART

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The code itself, then the topics above it, the top one last."""
        chain = [code]
        while True:
            above = self._upper.get(chain[-1]) or self._topics.get(chain[-1], {}).get("broader")
            if not isinstance(above, str):
                return tuple(chain)
            chain.append(above)

    def children(self, code: str | None = None) -> tuple[str, ...]:
        """The topics right below one (of the two upper levels), or the top topics."""
        return tuple(c for c, row in self._topics.items() if row.get("broader") == code)

    def label(self, code: str, language: str = "en") -> str:
        """The topic's name in a language, else in English, else the code."""
        row = self._topics.get(code)
        if row is None:
            upper = self._upper.get(code)
            return self.label(upper, language) if upper else code
        labels = row["labels"]
        assert isinstance(labels, dict)
        return str(labels.get(language) or labels["en"])

    def translated_here(self, code: str, language: str) -> bool:
        """Whether the label was translated for newsdex, being no part of the vocabulary."""
        ours = self._topics.get(code, {}).get("ours", ())
        return isinstance(ours, list) and language in ours

    def find(self, name: str) -> str | None:
        """The code of a label in any language, of a code with or without `medtop:`, or of a section name."""
        code = name if name.startswith("medtop:") else f"medtop:{name}"
        if self.known(code):
            return code
        return _by_label().get(fold_key(name)) or _in_any_pack(fold_key(name))[1]


@lru_cache(maxsize=1)
def _by_label() -> dict[str, str]:
    """Folded label in any language → code, the higher topic first."""
    found: dict[str, str] = {}
    for code, row in table("mediatopics.json")["topics"].items():
        for label in row["labels"].values():
            found.setdefault(fold_key(str(label)), code)
    return found


@lru_cache(maxsize=4096)
def _in_any_pack(name: str) -> tuple[bool, str | None]:
    known = False
    for language in packs():
        if name in language.sections.topics:
            known = True
            if code := language.sections.topics[name]:
                return True, code
    return known, None
