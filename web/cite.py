"""Citations of articles: a line for people; BibTeX, RIS, CSL-JSON and COinS for programs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from indexer.results import ArticleView, Hit

_BIBTEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """What a citation is made of; `link` leads to the article in this archive, `generation` is the index's version."""

    id: str
    title: str
    authors: Sequence[str]
    source: str | None
    published: str | None
    language: str
    url: str | None
    link: str
    archive: str
    generation: int


def web_address(url: str | None) -> str | None:
    """The address when it is one of the web's: an article may name anything, and links must not run scripts."""
    return url if url and url.lower().startswith(("http://", "https://")) else None


def of_hit(hit: Hit, link: str, archive: str, generation: int) -> Reference:
    return Reference(
        hit.id, hit.title, hit.authors, hit.source, hit.published, hit.language, web_address(hit.url), link, archive,
        generation,
    )  # fmt: skip


def of_view(view: ArticleView, link: str, archive: str) -> Reference:
    given = view.article
    return Reference(
        str(given["id"]), given.get("title") or "", tuple(given.get("authors") or ()), given.get("source"),
        given.get("published"), given.get("language") or "und", web_address(given.get("url")), link, archive,
        view.generation,
    )  # fmt: skip


def line(reference: Reference, version: str) -> Markup:
    """The citation that people copy: author: title. source, date. archive, version. address.

    `version` is the index's, in words; each part is kept apart from its neighbours' direction of writing.
    """
    authors = "; ".join(reference.authors)
    place = ", ".join(filter(None, (reference.source, (reference.published or "")[:10])))
    parts = [
        f"{authors}: {reference.title}" if authors else reference.title,
        place,
        f"{reference.archive}, {version}",
        reference.url or reference.link,
    ]
    told = [Markup("<bdi>{}</bdi>").format(part.rstrip(".")) for part in parts if part]
    return Markup(". ").join(told) + "."


def _tex(text: str) -> str:
    return "".join(_BIBTEX.get(letter, letter) for letter in " ".join(text.split()))


def _key(reference: Reference) -> str:
    return "newsdex-" + re.sub(r"[^A-Za-z0-9:.-]", "-", reference.id)


def bibtex(reference: Reference) -> str:
    """A BibTeX entry, special characters escaped: `@article` of the paper, `@misc` where no source is known."""
    date = (reference.published or "")[:10]
    fields = [
        ("title", "{" + _tex(reference.title) + "}"),
        ("author", " and ".join("{" + _tex(author) + "}" for author in reference.authors)),
        ("journal", _tex(reference.source or "")),
        ("year", date[:4]),
        ("month", str(int(date[5:7])) if len(date) >= 7 else ""),
        ("day", str(int(date[8:10])) if len(date) == 10 else ""),
        ("date", date),
        ("language", reference.language if reference.language != "und" else ""),
        ("url", _url(reference.url or reference.link)),
        ("note", f"{_tex(reference.archive)}, generation {reference.generation}"),
    ]
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    kind = "article" if reference.source else "misc"
    return f"@{kind}{{{_key(reference)},\n{body}}}\n"


def _url(address: str) -> str:
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")


def ris(reference: Reference) -> str:
    """An RIS record of type NEWS; lines end in CR LF as the format wants."""
    date = (reference.published or "")[:10]
    rows = [("TY", "NEWS"), ("TI", reference.title)]
    rows += [("AU", author) for author in reference.authors]
    rows += [
        ("T2", reference.source or ""),
        ("PY", date[:4]),
        ("DA", date.replace("-", "/")),
        ("LA", reference.language if reference.language != "und" else ""),
        ("UR", reference.url or reference.link),
        ("DB", f"{reference.archive}, generation {reference.generation}"),
        ("ID", reference.id),
    ]
    body = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in rows if value)
    return body + "ER  - \r\n\r\n"


def csl(reference: Reference) -> dict[str, Any]:
    """An item of CSL-JSON, which Zotero, Mendeley and pandoc read; names stay whole, as they were printed."""
    day = [int(part) for part in (reference.published or "")[:10].split("-") if part]
    item = {
        "id": reference.id,
        "type": "article-newspaper",
        "title": reference.title,
        "author": [{"literal": author} for author in reference.authors],
        "container-title": reference.source,
        "issued": {"date-parts": [day]} if day else None,
        "language": reference.language if reference.language != "und" else None,
        "URL": reference.url or reference.link,
        "archive": reference.archive,
        "archive_location": reference.link,
        "note": f"generation {reference.generation}",
    }
    return {name: value for name, value in item.items() if value}


def coins(reference: Reference) -> str:
    """A ContextObject in a span's title (COinS), which Zotero reads on pages with several articles."""
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "newspaperArticle"),
        ("rft.title", reference.title),
        *[("rft.creator", author) for author in reference.authors],
        ("rft.source", reference.source or ""),
        ("rft.date", (reference.published or "")[:10]),
        ("rft.language", reference.language),
        ("rft.identifier", reference.url or reference.link),
    ]
    return urlencode([pair for pair in pairs if pair[1]])
