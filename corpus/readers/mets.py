"""An issue of a newspaper by its METS file (https://www.loc.gov/standards/mets/): which blocks of which pages make up
which article, and what its MODS or Dublin Core say of the issue and of each article.

The pages that a METS file names belong to it: whoever lists files passes over them (`named_pages`), so that an issue
is read once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from corpus.article import Article, Rejection
from corpus.markup import local_name
from corpus.readers import xmlfile
from corpus.readers.altopage import Block, Words, blocks_of, fill, inner_ids, language_of
from corpus.readers.base import Source
from corpus.readers.draft import Draft
from corpus.readers.language import language_code
from corpus.readers.xmlfile import BrokenXmlError, find_all, text

_ARTICLE = re.compile(r"^(?:article|news|news_?item|obituary|letter|editorial|feuilleton|review|interview)$", re.I)
_WIDER = re.compile(r"^(?:section|text|chapter|contribution)$", re.I)
_HEADING = re.compile(r"head|title", re.I)
_MOST_STEPS = 5_000_000
"""Elements that are looked at for the articles of one issue; real ones have some ten thousand."""
_XLINKS = "{http://www.w3.org/1999/xlink}"
_XLINK = f"{_XLINKS}href"


@dataclass(slots=True)
class _Pages:
    """The blocks of an issue by file id and block id; a composed block stands for several."""

    blocks: dict[tuple[str, str], list[Block]] = field(default_factory=dict)
    whole: dict[str, tuple[str, list[Block], str]] = field(default_factory=dict)
    """By file id: name, blocks in order, language."""
    roots: dict[str, Any] = field(default_factory=dict)
    steps: int = 0
    words: dict[str, Words] = field(default_factory=dict)


def is_mets(head: bytes) -> bool:
    """Whether a file with this beginning is a METS file."""
    return b"mets" in head.lower() and xmlfile.root_name(head).lower() == "mets"


def named_pages(data: bytes) -> list[str]:
    """The ways, from the METS file's own folder, to the pages of text it names; none for one that cannot be read."""
    try:
        root, _ = xmlfile.parse(data)
    except BrokenXmlError:
        return []
    return [way.as_posix() for _, way in _files(root)]


def _files(root: Any) -> Iterator[tuple[str, PurePosixPath]]:
    """Id and way of each XML file that a METS file names; steps out of the folder are left out."""
    for node in find_all(root, "fileGrp", "file"):
        place = next((one.get(_XLINK) or "" for one in node.iter() if local_name(one) == "flocat"), "")
        way = PurePosixPath(unquote(re.sub(r"^file:/{0,3}", "", place)).replace("\\", "/"))
        if way.suffix.lower() == ".xml" and "://" not in place.removeprefix("file://"):
            yield node.get("ID") or "", PurePosixPath(*[part for part in way.parts if part not in ("..", "/", ".")])


def issue(root: Any, source: Source, reader: str, notes: list[str]) -> Iterator[Article | Rejection]:
    """Every article that the logical structure of a METS file names; every page where it names none."""
    pages, missing = _load(root, source)
    for name in missing:
        place = source.path.parent / name
        awaits = str(place) if source.budget is None and not place.exists() else None
        why = "a page that the METS file names cannot be read; put it beside"
        yield source.reject("damaged", why, member=name, awaits=awaits)
    divisions = _divisions(root)
    sections = {node.get("ID") or "": node for node in find_all(root, "dmdSec")}
    facts = _facts(root, sections, {name for node in divisions for name in _names(node)})
    if not divisions:
        yield from _pages(pages, facts, source, reader, notes)
        if not pages.whole and not missing:
            yield source.reject("no-text", "a METS file without articles in its structure and without pages of text")
        return
    linked = _linked(root)
    for number, division in enumerate(divisions, 1):
        heading, blocks = _parts(division, linked, pages)
        own = _described(sections, division)
        draft = Draft(source, reader, line=number, notes=list(notes))
        if blocks or heading:
            fill(draft, blocks, own.get("title") or division.get("LABEL") or heading)
        draft.set_authors([own.get("author", "")], "mets", path="mods/name")
        _set(draft, {**facts, **{key: own[key] for key in ("language", "date") if key in own}})
        yield draft.finish()


def _divisions(root: Any) -> list[Any]:
    """The outermost divisions that are articles; sections and texts count only where nothing in them is one."""
    named = [node for node in find_all(root, "div") if node.get("TYPE")]
    for kind in (_ARTICLE, _WIDER):
        found = [node for node in named if kind.match(node.get("TYPE"))]
        kept = set(found)
        if found:
            return [node for node in found if not any(up in kept for up in node.iterancestors())]
    return []


def _pages(
    pages: _Pages, facts: Mapping[str, str], source: Source, reader: str, notes: list[str]
) -> Iterator[Article | Rejection]:
    for number, (name, blocks, language) in enumerate(pages.whole.values(), 1):
        if not blocks:
            continue
        draft = Draft(source, reader, line=number, notes=[*notes, f"the METS file names no articles: the page {name}"])
        fill(draft, blocks, None)
        _set(draft, {**facts, "language": language or facts.get("language", "")})
        yield draft.finish()


def _set(draft: Draft, facts: Mapping[str, str]) -> None:
    draft.set_date(facts.get("date", ""), "mets", path="dateIssued")
    draft.set("source", facts.get("title", ""), "mets", path="titleInfo/title")
    draft.set("language", language_code(facts.get("language", "")), "mets", path="languageTerm")


def _load(root: Any, source: Source) -> tuple[_Pages, list[str]]:
    """The pages of text beside a METS file, and the names of those that cannot be read."""
    pages, missing = _Pages(), []
    for number, (name, way) in enumerate(_files(root)):
        path = source.path.parent / Path(*way.parts)
        try:
            if path.stat().st_size > source.options.max_bytes:
                raise OSError
            page, _ = xmlfile.parse(path.read_bytes())
        except (OSError, BrokenXmlError):
            missing.append(way.as_posix())
            continue
        if local_name(page) != "alto":
            continue
        blocks = blocks_of(page)
        pages.roots[name] = page
        pages.whole[name or str(number)] = (way.name, list(blocks.values()), language_of(page))
        pages.blocks.update({(name, key): [block] for key, block in blocks.items()})
        for key, held in inner_ids(page):
            pages.blocks.setdefault((name, key), [blocks[one] for one in held if one in blocks])
    return pages, missing


def _parts(division: Any, linked: Mapping[str, list[Any]], pages: _Pages) -> tuple[str, list[Block]]:
    """Heading and blocks that the areas of a division point to, in order, each block once."""
    heading: list[str] = []
    blocks: list[Block] = []
    seen: set[int] = set()
    inside = {node.get("ID") for node in division.iter() if node.get("ID")}
    held = [division, *(area for name in inside for area in linked.get(name, ()))]
    for area in (node for part in dict.fromkeys(held) for node in part.iter()):
        pages.steps += 1
        if pages.steps > _MOST_STEPS:
            break
        if local_name(area) not in ("area", "fptr"):
            continue
        fresh = [one for one in _pointed_at(area, pages) if id(one) not in seen]
        seen.update(map(id, fresh))
        around = next((up for up in area.iterancestors() if local_name(up) == "div"), None)
        kind = "" if around is None else around.get("TYPE") or ""
        kind = (around.get("LABEL") or "") if around is not None and kind.lower() == "pagearea" else kind
        if _HEADING.search(kind) and len(heading) < 3:
            heading += [block.text for block in fresh]
        else:
            blocks += fresh
    return " ".join(heading), blocks


def _pointed_at(area: Any, pages: _Pages) -> list[Block]:
    """The blocks that an area names: a whole page, a block, or what is between two words."""
    name, begin, end = area.get("FILEID") or "", area.get("BEGIN") or "", area.get("END") or ""
    if not begin:
        return pages.whole[name][1] if name in pages.whole else []
    if (name, begin) not in pages.blocks or end not in ("", begin):
        if name not in pages.words and name in pages.roots:
            pages.words[name] = Words(pages.roots[name])
        between = (name, f"{begin}-{end}")
        if name in pages.words and between not in pages.blocks:
            pages.blocks[between] = pages.words[name].between(begin, end or begin)
        return pages.blocks.get(between, [])
    return pages.blocks[(name, begin)]


def _linked(root: Any) -> dict[str, list[Any]]:
    """Divisions that the structural links join: id of the one → the other ones, whole pages left out."""
    by_name = {node.get("ID"): node for node in find_all(root, "div") if node.get("ID")}
    groups = [
        [(one.get(_XLINK) or "").lstrip("#") for one in find_all(group, "smLocatorLink")]
        for group in find_all(root, "smLinkGrp")
    ]
    groups += [[link.get(f"{_XLINKS}from") or "", link.get(f"{_XLINKS}to") or ""] for link in find_all(root, "smLink")]
    found: dict[str, list[Any]] = {}
    for first, *others in filter(None, groups):
        areas = [by_name[name] for name in others if name in by_name]
        found.setdefault(first, []).extend(one for one in areas if (one.get("TYPE") or "").lower() != "page")
    return {name: list(dict.fromkeys(areas)) for name, areas in found.items()}


def _names(division: Any) -> list[str]:
    return (division.get("DMDID") or "").split()


def _described(sections: Mapping[str, Any], division: Any) -> dict[str, str]:
    """What the sections of description that a division names say of its article."""
    found: dict[str, str] = {}
    for name in _names(division):
        if name in sections:
            found = {**_values(sections[name]), **found}
    return found


def _facts(root: Any, described: Mapping[str, Any], of_articles: set[str]) -> dict[str, str]:
    """Title, date and language of the issue, by the sections of description that are none of its articles'."""
    sections = [node for name, node in described.items() if name not in of_articles]
    found: dict[str, str] = {}
    for section in sections or [root]:
        values = _values(section)
        host = next((text(one) for one in find_all(section, "relatedItem", "titleInfo", "title") if text(one)), "")
        if host:
            found.setdefault("host", host)
        for key, value in values.items():
            found.setdefault(key, value)
    found["title"] = found.pop("host", "") or found.get("title", "")
    return found


def _values(section: Any) -> dict[str, str]:
    """Title, date, language and author in MODS or Dublin Core; dates of the digital copy are none of the issue."""
    found: dict[str, str] = {}
    titles = [one for one in find_all(section, "title") if text(one) and not _inside(one, "relateditem")]
    dates = [one for name in ("dateIssued", "date") for one in find_all(section, name) if text(one)]
    dates = [one for one in dates if not _of_copy(one)]
    dates.sort(key=lambda one: (one.get("keyDate") != "yes", not one.get("encoding")))
    languages = [one for name in ("languageTerm", "language") for one in find_all(section, name) if text(one)]
    for key, nodes in (("date", dates), ("language", languages)):
        if nodes:
            found[key] = text(nodes[0])
    if titles:
        found["title"] = _whole_title(titles[0])
    for name in find_all(section, "name"):
        roles = " ".join(text(one).lower() for one in find_all(name, "roleTerm"))
        parts = [text(one) for one in find_all(name, "namePart") if one.get("type") != "date" and text(one)]
        if parts and ("aut" in roles or not roles):
            given = [text(one) for one in find_all(name, "namePart") if one.get("type") == "given"]
            found.setdefault("author", " ".join([*given, *(part for part in parts if part not in given)]))
    return found


def _whole_title(node: Any) -> str:
    """A title with its article and what comes below it: MODS keeps `The` and `Statesman` apart."""
    info = node.getparent() if local_name(node.getparent()) == "titleinfo" else None
    parts = {local_name(one): text(one) for one in info if text(one)} if info is not None else {"title": text(node)}
    below = parts.get("subtitle", "")
    return f"{parts.get('nonsort', '')} {parts['title']}{f': {below}' if below else ''}".strip()


def _inside(node: Any, name: str) -> bool:
    return any(local_name(up) == name for up in node.iterancestors())


def _of_copy(node: Any) -> bool:
    around = next((up for up in node.iterancestors() if local_name(up) == "origininfo"), None)
    if around is None:
        return local_name(node) == "date" and _inside(node, "recordinfo")
    kind = f"{around.get('eventType') or ''} {around.get('displayLabel') or ''}".lower()
    return "digit" in kind or "electronic" in kind or "[electronic" in text(around).lower()
