"""What a librarian may set in `newsdex.yml`, with good defaults for all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.errors import ConfigurationError
from corpus.yamlfile import read_yaml

SETTINGS_FILE = "newsdex.yml"
LANGUAGES_DIR = "languages"
"""Where an archive's own language packs are, unless newsdex.yml says otherwise."""


def _bounded(default: Any, **bounds: Any) -> Any:
    return field(default=default, metadata=bounds)


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A pile that belongs to the archive: `newsdex rebuild` and `newsdex watch` read it.

    Attributes:
        path: file or directory, in newsdex.yml relative to its directory; absolute once loaded.
        name: name of the house, for articles that do not say their source.
        language: of articles that do not declare theirs.
        sections: the house's own section → Media Topic, before the language packs' tables.
    """

    path: str
    name: str | None = None
    language: str | None = None
    sections: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexSettings:
    """How generations are made. `keep` old ones stay for a roll back; `workers` 0 is one a core.

    `segmenters` finds words in scripts without spaces: zh → jieba, ja → janome; pairs of characters elsewhere.
    `finders` finds mentions by a model: ru → natasha, en → spacy:en_core_web_sm; the rules elsewhere.
    """

    engine: str = _bounded("whoosh", one_of=("whoosh", "stock"))
    workers: int = _bounded(1, least=0, most=64)
    keep: int = _bounded(2, least=1, most=100)
    max_file_mb: int = _bounded(200, least=1)
    entities: bool = True
    guess_categories: bool = True
    stories: bool = True
    segmenters: Mapping[str, str] = field(default_factory=dict)
    finders: Mapping[str, str] = field(default_factory=dict)
    confidence: float = _bounded(0.6, least=0.0, most=1.0)


@dataclass(frozen=True, slots=True)
class ScoringSettings:
    """BM25F: saturation `k1`, length normalisation `b`, and a weight for each kind of field.

    Where hits are sorted by `recent`, the part `recency` of a score fades with age, half of it in `half_life` days.
    """

    k1: float = _bounded(1.0, least=0.0, most=10.0)
    b: float = _bounded(0.75, least=0.0, most=1.0)
    title: float = _bounded(1.2, least=0.0, most=100.0)
    body: float = _bounded(1.0, least=0.0, most=100.0)
    recency: float = _bounded(0.5, least=0.0, most=1.0)
    half_life: float = _bounded(30.0, least=0.01, most=100_000.0)

    def as_mapping(self) -> dict[str, float]:
        """The parameters as engines take them."""
        return {name: getattr(self, name) for name in ("k1", "b", "title", "body")}


@dataclass(frozen=True, slots=True)
class LimitSettings:
    """Bounds on the cost of one query; `seconds` is the time in which hits are looked for."""

    characters: int = _bounded(4096, least=1)
    clauses: int = _bounded(256, least=1)
    depth: int = _bounded(32, least=1)
    expansions: int = _bounded(512, least=1)
    window: int = _bounded(50, least=1)
    seconds: float = _bounded(0.7, least=0.01, most=3600.0)


@dataclass(frozen=True, slots=True)
class EmbedSettings:
    """Sites that may show `/embed` in a frame, as origins: `https://intranet.example`."""

    hosts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """The proxy before the page. `trusted`: its addresses, whose X-Forwarded headers are believed; none by default.

    `prefix` is the fixed sub-path (`/news`) for proxies that send no X-Forwarded-Prefix.
    """

    trusted: tuple[str, ...] = ()
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class LogoSettings:
    """The picture in the head of the page. `file`: its path, in newsdex.yml relative to its directory.

    `dark` is another for dark windows; `alt` is what the picture says, where the title beside it does not say the same.
    """

    file: str = ""
    dark: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class WebSettings:
    """The search page. `threads`: pages made at once. `cache_mb`: megabytes for finished pages, 0 makes each anew."""

    title: str = "newsdex"
    language: str | None = None
    languages: tuple[str, ...] = ("en", "de", "ru", "be", "es", "pl", "zh", "fr")
    page_size: int = _bounded(10, least=1, most=100)
    facet_size: int = _bounded(8, least=1, most=100)
    threads: int = _bounded(2, least=1, most=64)
    cache_mb: int = _bounded(16, least=0, most=10_000)
    librarians: bool = False
    colours: Mapping[str, str] = field(default_factory=dict)
    logo: LogoSettings = field(default_factory=LogoSettings)
    embed: EmbedSettings = field(default_factory=EmbedSettings)
    proxy: ProxySettings = field(default_factory=ProxySettings)


@dataclass(frozen=True, slots=True)
class Settings:
    """All of newsdex.yml.

    Attributes:
        languages: codes that articles may be identified as; empty is every built-in pack.
        languages_dir: directory of the owner's own language packs; absolute once loaded, None where there is none.
        source_aliases: another name of a house (case does not matter) → the name under which it is kept.
        sections: section → Media Topic for all houses, before the packs' tables.
    """

    sources: tuple[SourceSettings, ...] = ()
    languages: tuple[str, ...] = ()
    languages_dir: str | None = None
    source_aliases: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, str | None] = field(default_factory=dict)
    index: IndexSettings = field(default_factory=IndexSettings)
    scoring: ScoringSettings = field(default_factory=ScoringSettings)
    limits: LimitSettings = field(default_factory=LimitSettings)
    web: WebSettings = field(default_factory=WebSettings)

    def house(self, name: str | None) -> str | None:
        """The name under which a house is kept: the one `source_aliases` gives for it, else its own."""
        if not name or not self.source_aliases:
            return name
        known = {" ".join(alias.split()).casefold(): kept for alias, kept in self.source_aliases.items()}
        return known.get(" ".join(name.split()).casefold(), name)


def load_settings(archive: Path) -> Settings:
    """The settings of the archive directory; the defaults when it has no newsdex.yml.

    Raises:
        ConfigurationError: all faults, one `file:line:column: fault` a line.
    """
    path = archive / SETTINGS_FILE
    settings = read_yaml(path, Settings) if path.exists() else Settings()
    packs = (archive / (settings.languages_dir or LANGUAGES_DIR)).absolute()
    if settings.languages_dir and not packs.is_dir():
        raise ConfigurationError(
            f"{path}: languages_dir: {packs} is no directory; make it, or leave the setting out"
        )
    sources = tuple(replace(one, path=str((archive / one.path).absolute())) for one in settings.sources)
    logo = settings.web.logo
    placed = {key: str((archive / path).absolute()) for key in ("file", "dark") if (path := getattr(logo, key))}
    web = replace(settings.web, logo=replace(logo, **placed))
    return replace(settings, sources=sources, languages_dir=str(packs) if packs.is_dir() else None, web=web)
