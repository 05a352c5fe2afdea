"""What agencies say of an item beside its text: whether it may be used, which version it is, its codes, its end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read
from corpus.readers.agency import newest, topic

G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:boat" version="{version}"><itemMeta>
<versionCreated>2024-05-06T10:00:00Z</versionCreated>{embargo}<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><headline>Boat {version} came home</headline></contentMeta><contentSet><inlineXML><body><p>It came.</p>
</body></inlineXML></contentSet></newsItem>"""
NEWSML = """<NewsML><NewsItem><Identification><ProviderId>b.example</ProviderId><NewsItemId>boat</NewsItemId>
<RevisionId>{version}</RevisionId></Identification>
<NewsManagement><Status FormalName="{status}"/>{embargo}</NewsManagement>
<NewsComponent><NewsLines><HeadLine>Boat {version} came home</HeadLine></NewsLines><ContentItem><DataContent>It came.
</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"""
NITF = """<nitf><head><docdata management-status="{status}">{embargo}</docdata></head><body><body.head><hedline>
<hl1>Boat {version} came home</hl1></hedline></body.head><body.content><p>It came.</p></body.content></body></nitf>"""


def ninjs(version: str, status: str, embargo: str) -> str:
    item = {"uri": "urn:boat", "version": version, "pubstatus": status, "versioncreated": "2024-05-06T10:00:00Z"}
    return json.dumps({**item, "headline": f"Boat {version} came home", "body_text": "It came.", "embargoed": embargo})


EMBARGO = {
    "g2": "<embargoed>{}</embargoed>",
    "newsml": '<StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>{}</DateAndTime></StatusWillChange>',
    "nitf": '<date.release norm="{}"/>',
    "ninjs": "{}",
}
FORMATS = pytest.mark.parametrize("kind", EMBARGO)


def item(kind: str, version: str = "1", status: str = "usable", embargo: str = "") -> str:
    told = EMBARGO[kind].format(embargo) if embargo else ""
    if kind == "ninjs":
        return ninjs(version, status, told)
    shape = {"g2": G2, "newsml": NEWSML, "nitf": NITF}[kind]
    return shape.format(version=version, status=status, embargo=told)


def read_text(path: Path, text: str) -> list[Article | Rejection]:
    path.write_text(text, encoding="utf-8")
    return list(read([path]))


@FORMATS
@pytest.mark.parametrize(
    ("status", "embargo", "reason"),
    [
        ("usable", "", None),
        ("canceled", "", "withdrawn by its agency"),
        ("withheld", "", "held back by its agency"),
        ("embargoed", "2024-05-06T18:00:00Z", None),
        ("embargoed", "2199-01-01T00:00:00Z", "under embargo until 2199-01-01T00:00:00Z"),
        ("embargoed", "", "without an end"),
    ],
)
def test_what_may_not_be_used_is_rejected(
    tmp_path: Path, kind: str, status: str, embargo: str, reason: str | None
) -> None:
    suffix = ".json" if kind == "ninjs" else ".xml"
    (found,) = read_text(tmp_path / f"boat{suffix}", item(kind, status=status, embargo=embargo))
    if reason is None:
        assert isinstance(found, Article)
        assert found.title == "Boat 1 came home"
        assert ("the embargo ended 2024-05-06T18:00:00Z" in found.provenance.notes) == bool(embargo)
    else:
        assert isinstance(found, Rejection)
        assert reason in found.reason


@pytest.mark.parametrize("kind", ["g2", "newsml", "ninjs"])
def test_the_newest_version_in_a_file_counts(tmp_path: Path, kind: str) -> None:
    texts = [item(kind, version) for version in ("2", "10", "9")]
    bare = "".join(text.removeprefix("<NewsML>").removesuffix("</NewsML>") for text in texts)
    whole = {
        "g2": f"<newsMessage><itemSet>{''.join(texts)}</itemSet></newsMessage>",
        "newsml": f"<NewsML>{bare}</NewsML>",
        "ninjs": f"[{','.join(texts)}]",
    }[kind]
    items = read_text(tmp_path / ("boat.json" if kind == "ninjs" else "boat.xml"), whole)
    assert [one.title if isinstance(one, Article) else one.line for one in items] == [1, "Boat 10 came home", 3]


def test_a_killed_version_takes_those_before_it_along(tmp_path: Path) -> None:
    texts = [item("g2", "1"), item("g2", "2", status="canceled")]
    items = read_text(tmp_path / "boat.xml", f"<newsMessage><itemSet>{''.join(texts)}</itemSet></newsMessage>")
    assert [isinstance(one, Rejection) for one in items] == [True, True]


def test_items_without_an_id_are_no_versions_of_each_other() -> None:
    assert newest([("", "1"), ("", "2")]) == {}
    assert newest([("a", "1"), ("b", "1"), ("a", "")]) == {2: "1"}


@pytest.mark.parametrize(
    ("code", "scheme", "found"),
    [
        ("subj:15054000", "", "medtop:15000000"),
        ("02008000", "", "medtop:02000000"),
        ("medtop:20000256", "", "medtop:20000256"),
        ("http://cv.iptc.org/newscodes/mediatopic/20000256", "medtop", "medtop:20000256"),
        ("TT:11000000:POL", "", "medtop:11000000"),
        ("dpacat:12345678", "", ""),
        ("F01001000", "", ""),
        ("99000000", "", ""),
        ("wi", "", ""),
    ],
)
def test_codes_become_media_topics(code: str, scheme: str, found: str) -> None:
    assert topic(code, scheme) == found


@pytest.mark.parametrize("end", ["asl/tib/pid", "dpa al rmo hct", "ends", "___", "(SDA/mf ba)", "==Reuters"])
def test_how_an_agency_signs_off_is_no_news(tmp_path: Path, end: str) -> None:
    (found,) = read_text(tmp_path / "boat.xml", item("nitf").replace("</body.content>", f"<p>{end}</p></body.content>"))
    assert isinstance(found, Article)
    assert found.body == "It came."
    assert [lost.text for lost in found.provenance.stripped] == [end]


def test_a_package_of_names_says_where_to_look(tmp_path: Path) -> None:
    text = '<packageItem><groupSet><group><itemRef residref="urn:boat:1"/></group></groupSet></packageItem>'
    (found,) = read_text(tmp_path / "pack.xml", text)
    assert isinstance(found, Rejection)
    assert "urn:boat:1" in found.reason


def test_a_text_in_two_languages_is_two_articles(tmp_path: Path) -> None:
    lines = [("en", "The boat came home at last"), ("de", "Das Boot kam endlich heim")]
    heads = "".join(f'<headline xml:lang="{tag}">{text}</headline>' for tag, text in lines)
    texts = "".join(f'<inlineData xml:lang="{tag}">{text}, and so on.</inlineData>' for tag, text in lines)
    whole = f"<newsItem><contentMeta>{heads}</contentMeta><contentSet>{texts}</contentSet></newsItem>"
    items = read_text(tmp_path / "boat.xml", whole)
    assert [(one.language, one.title) for one in items if isinstance(one, Article)] == lines
