"""An issue of a newspaper (METS and its ALTO pages) is read once, wherever it lies, and with all that it says."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read


def _alto(page: int, *blocks: str) -> str:
    """A page whose lines are parted by `|`; a word that ends in `~` is parted by a hyphen element."""

    def line(text: str) -> str:
        words = [f'<String CONTENT="{w.rstrip("~")}"/>{"<HYP/>" if w.endswith("~") else "<SP/>"}' for w in text.split()]
        return f"<TextLine>{''.join(words)}</TextLine>"

    inside = "".join(
        f'<TextBlock ID="P{page}_TB{number}">{"".join(map(line, text.split("|")))}</TextBlock>'
        for number, text in enumerate(blocks, 1)
    )
    return f"<alto><Layout><ComposedBlock>{inside}</ComposedBlock></Layout></alto>"


DESCRIBED = """<mets xmlns="http://www.loc.gov/METS/" xmlns:x="http://www.w3.org/1999/xlink">
<dmdSec ID="D1"><mods><titleInfo><title>Der Hafenbote</title></titleInfo>
<language><languageTerm>ger</languageTerm></language>
<originInfo eventType="digitization"><dateIssued>2012</dateIssued></originInfo>
<originInfo><dateIssued encoding="iso8601">1893-05-12</dateIssued></originInfo></mods></dmdSec>
<dmdSec ID="D2"><mods><titleInfo><title>Die Fähre</title></titleInfo>
<name><namePart type="family">Ohm</namePart><namePart type="given">Karl</namePart></name></mods></dmdSec>
<fileSec><fileGrp>
<file ID="A1"><FLocat x:href="file://./alto/1.xml"/></file><file ID="A2"><FLocat x:href="alto/2.xml"/></file>
</fileGrp></fileSec>"""
STRUCTURE = """<structMap><div TYPE="ISSUE"><div TYPE="SECTION"><div TYPE="ARTICLE" DMDID="D2">
<div TYPE="HEADING"><fptr><area FILEID="A1" BEGIN="P1_TB1"/></fptr></div>
<div TYPE="BODY"><fptr><area FILEID="A1" BEGIN="P1_TB2"/><area FILEID="A2" BEGIN="P2_TB1"/></fptr></div></div>
<div TYPE="ARTICLE" LABEL="Wetter"><fptr><area FILEID="A2" BEGIN="P2_TB2"/></fptr></div></div></div></structMap>"""
PAGES = {
    "alto/1.xml": _alto(1, "Die Fähre", "Gestern wurde die Schwebe~|fähre eröffnet."),
    "alto/2.xml": _alto(2, "Der Magistrat war zugegen.", "Morgen wird es regnen."),
}
ISSUE = {"mets.xml": f"{DESCRIBED}{STRUCTURE}</mets>", **PAGES}


def _folder(path: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path


def _zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as out:
        for name, text in files.items():
            out.writestr(f"1893/{name}", text)
    return path.with_suffix(".zip")


def _tarred(path: Path, files: dict[str, str]) -> Path:
    with tarfile.open(path.with_suffix(".tar.gz"), "w:gz") as out:
        for name, text in files.items():
            entry = tarfile.TarInfo(f"1893/{name}")
            entry.size = len(text.encode())
            out.addfile(entry, io.BytesIO(text.encode()))
    return path.with_suffix(".tar.gz")


PACKED = pytest.mark.parametrize("pack", [_folder, _zipped, _tarred])


@PACKED
def test_an_issue_is_its_articles_once(tmp_path: Path, pack: Callable[[Path, dict[str, str]], Path]) -> None:
    items = list(read([pack(tmp_path / "pile", {**ISSUE, "alto/3.xml": _alto(3, "Eine Beilage ohne Verzeichnis.")})]))
    seen = [(item.title, item.body, item.published, item.source, item.authors) for item in items]  # type: ignore[union-attr]
    day, house = "1893-05-12", "Der Hafenbote"
    text = "Gestern wurde die Schwebefähre eröffnet.\n\nDer Magistrat war zugegen."
    assert sorted(seen) == [
        ("", "Eine Beilage ohne Verzeichnis.", None, None, ()),
        ("Die Fähre", text, day, house, ("Karl Ohm",)),
        ("Wetter", "Morgen wird es regnen.", day, house, ()),
    ]


@PACKED
def test_without_articles_each_page_is_one(tmp_path: Path, pack: Callable[[Path, dict[str, str]], Path]) -> None:
    items = list(read([pack(tmp_path / "pile", {"mets.xml": f"{DESCRIBED}</mets>", **PAGES})]))
    assert (
        [item.published for item in items if isinstance(item, Article)]
        == ["1893-05-12"] * 2
        == ["1893-05-12"] * len(items)
    )


def test_a_page_that_is_missing_is_told(tmp_path: Path) -> None:
    items = list(read([_zipped(tmp_path / "pile", {name: ISSUE[name] for name in ("mets.xml", "alto/1.xml")})]))
    assert [item.member for item in items if not isinstance(item, Article)] == ["alto/2.xml", "1893/mets.xml"]


def test_a_page_named_alone_is_read_alone(tmp_path: Path) -> None:
    (item,) = read([_folder(tmp_path, ISSUE) / "alto/1.xml"])
    assert isinstance(item, Article)
    assert item.body.endswith("Gestern wurde die Schwebefähre eröffnet.")


LINKED = """<mets xmlns:x="http://www.w3.org/1999/xlink">
<dmdSec ID="D2"><mods><titleInfo><nonSort>The</nonSort><title>Ferry</title></titleInfo></mods></dmdSec>
<fileSec><fileGrp><file ID="A1"><FLocat x:href="1.xml"/></file></fileGrp></fileSec>
<structMap TYPE="PHYSICAL"><div TYPE="page" ID="p1"><fptr FILEID="A1"/>
<div ID="a1" TYPE="pagearea" LABEL="Headline"><fptr><area FILEID="A1" BEGIN="w1" END="w2"/></fptr></div>
<div ID="a2" TYPE="pagearea" LABEL="Textblock"><fptr><area FILEID="A1" BEGIN="w3" END="w6"/></fptr></div>
<div ID="a3" TYPE="pagearea" LABEL="Textblock"><fptr><area FILEID="A1" BEGIN="w7" END="w9"/></fptr></div></div>
</structMap><structMap TYPE="LOGICAL"><div TYPE="issue"><div ID="art1" TYPE="article" DMDID="D2"/>
<div ID="art2" TYPE="article"/></div>
</structMap><structLink>{groups}</structLink></mets>"""


@pytest.mark.parametrize("way", ["group", "link"])
def test_words_that_links_give_to_an_article(tmp_path: Path, way: str) -> None:
    """The British Library's issues: articles are linked to areas of pages, and areas are runs of words."""
    told = ["The", "Ferry", "It", "sails", "at", "noon", "It", "will", "rain"]
    words = [f'<String ID="w{number}" CONTENT="{word}"/>' for number, word in enumerate(told, 1)]
    lines = [f"<TextLine>{''.join(part)}</TextLine>" for part in (words[:2], words[2:6], words[6:])]
    page = f"<alto><TextBlock>{''.join(lines[:1])}</TextBlock><TextBlock>{''.join(lines[1:])}</TextBlock></alto>"
    pairs = {"art1": ("a1", "a2"), "art2": ("a3",)}
    if way == "group":
        inner = [[f'<smLocatorLink x:href="#{name}"/>' for name in (one, *areas)] for one, areas in pairs.items()]
        groups = "".join(f"<smLinkGrp>{''.join(links)}</smLinkGrp>" for links in inner)
    else:
        groups = "".join(f'<smLink x:from="{one}" x:to="{area}"/>' for one, areas in pairs.items() for area in areas)
        groups += '<smLink x:from="art2" x:to="p1"/>'
    items = list(read([_folder(tmp_path, {"mets.xml": LINKED.format(groups=groups), "1.xml": page})]))
    seen = [(item.title, item.body) for item in items if isinstance(item, Article)]
    assert seen == [("The Ferry", "It sails at noon"), ("", "It will rain")]
