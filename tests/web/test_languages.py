"""The interface in its languages: catalogues whole, chosen as they should be, plurals and dates by locale."""

from __future__ import annotations

import io
import re
from pathlib import Path

import lxml.html
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from indexer.query.notes import TEXTS, Note
from indexer.settings import Settings, WebSettings
from tests.web.fake import FakeSearch
from web import create_app, notes
from web.i18n import SHIPPED
from web.when import part, spoken

WEB = Path(__file__).parents[2] / "web"
TRANSLATED = [code for code in SHIPPED if code != "en"]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "rich": None}
_FIELD = re.compile(r"%\((\w+)\)s")


def messages() -> set[str | tuple[str, ...]]:
    """Every message that the sources and templates hold."""
    methods = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.xml", "jinja2")]
    found = extract_from_dir(WEB, methods, keywords=KEYWORDS)
    return {tuple(message[2]) if isinstance(message[2], list | tuple) else message[2] for message in found}


def catalogue(code: str):  # type: ignore[no-untyped-def]  # babel's Catalog has no stubs
    return read_po(io.BytesIO((WEB / "translations" / code / "LC_MESSAGES" / "messages.po").read_bytes()), locale=code)


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_catalogue_is_whole(code: str) -> None:
    told = {message.id: message for message in catalogue(code) if message.id}
    wanted = messages()
    assert len(wanted) > 150
    assert not wanted - set(told), "messages without a translation"
    assert not set(told) - wanted, "translations of messages that are gone"
    for message in told.values():
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy
        source = message.id if isinstance(message.id, tuple) else (message.id,)
        fields = {field for text in source for field in _FIELD.findall(text)}
        for form in forms:
            assert set(_FIELD.findall(form)) == fields, message.id


@pytest.mark.parametrize("code", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_text(code: str) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(code))
    shipped = (WEB / "translations" / code / "LC_MESSAGES" / "messages.mo").read_bytes()
    told, expected = (
        sorted((str(message.id), str(message.string)) for message in read_mo(io.BytesIO(data)) if message.id)
        for data in (shipped, compiled.getvalue())
    )
    assert told == expected, "run: pybabel compile -d web/translations"


def language_of(client: FlaskClient, address: str = "/", accept: str = "") -> str:
    answer = client.get(address, headers={"Accept-Language": accept} if accept else {})
    return str(lxml.html.document_fromstring(answer.get_data(as_text=True)).get("lang"))


def test_the_language_is_asked_for_or_the_browsers(client: FlaskClient) -> None:
    assert language_of(client) == "en"
    assert language_of(client, accept="pl,en;q=0.5") == "pl"
    assert language_of(client, accept="de-AT") == "de"
    assert language_of(client, accept="zh-CN,zh;q=0.9") == "zh"
    assert language_of(client, "/?ui=be", accept="pl") == "be"
    assert language_of(client, "/?ui=xx", accept="pl") == "pl"
    assert language_of(client, accept="tlh") == "en"


def test_the_language_can_be_set(search: FakeSearch) -> None:
    fixed = create_app(search, Settings(web=WebSettings(language="ru"))).test_client()
    assert language_of(fixed, accept="pl") == "ru"
    assert language_of(fixed, "/?ui=pl") == "pl"
    few = create_app(search, Settings(web=WebSettings(languages=("de", "fr", "xx")))).test_client()
    assert language_of(few, accept="pl") == "de"
    assert language_of(few, accept="fr") == "fr"


@pytest.mark.parametrize("code", SHIPPED)
def test_every_page_is_made_in_every_language(client: FlaskClient, code: str) -> None:
    for path in ("/", "/?q=Berlin", "/?q=Nebel&language=zh", "/article/ar-1", "/facet/entity", "/entity/place:berlin",
                 "/help", "/embed", "/feed.atom", "/nowhere"):  # fmt: skip
        answer = client.get(path + ("&" if "?" in path else "?") + f"ui={code}")
        assert answer.status_code == (404 if path == "/nowhere" else 200)
        assert "%(" not in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    ("code", "total", "said"),
    [("ru", 1, "1 статья"), ("ru", 3, "3 статьи"), ("ru", 11, "11 статей"), ("pl", 22, "22 artykuły"),
     ("pl", 5, "5 artykułów"), ("be", 21, "21 артыкул"), ("zh", 2, "2 篇文章"), ("fr", 0, "0 article"),
     ("de", 2, "2 Artikel"), ("es", 1, "1 artículo"), ("en", 1234, "1,234 articles"), ("de", 1234, "1.234 Artikel")],
)  # fmt: skip
def test_plurals_and_numbers(settings: Settings, code: str, total: int, said: str) -> None:
    article = {"title": "x", "body": "", "language": "en", "published": None, "entities": [], "category": None}
    client = create_app(FakeSearch([{**article, "id": str(n)} for n in range(total)], {}), settings).test_client()
    tree = lxml.html.document_fromstring(client.get(f"/?ui={code}").get_data(as_text=True))
    assert tree.cssselect("#found strong")[0].text_content().replace("\u202f", " ").replace("\xa0", " ") == said


@pytest.mark.parametrize(
    ("stamp", "code", "style", "said"),
    [
        ("2024", "de", "long", "2024"), ("2024-06", "ru", "long", "июнь 2024 г."),
        ("2024-06-24", "de", "long", "24. Juni 2024"), ("2024-06-24", "be", "short", "24 чэр 2024"),
        ("2024-06-24T16:28", "pl", "long", "24 czerwca 2024, 16:28"), ("2024-06-24", "zh", "short", "2024年6月24日"),
        ("2024-06-24T16:28", "zh", "long", "2024年6月24日 16:28"),
        ("2024-06-24T16:28+03:00", "en", "long", "24 June 2024, 16:28"),
        ("2024-06-24", "be", "long", "24 чэрвеня 2024 г."),
        ("2024-13-40", "en", "long", "2024-13-40"), ("soon", "en", "long", "soon"),
    ],
)  # fmt: skip
def test_dates(stamp: str, code: str, style: str, said: str) -> None:
    assert spoken(stamp, code, style).replace("\u202f", " ").replace("\xa0", " ") == said


def test_parts_of_dates_stand_alone() -> None:
    assert [part("2024-06", code) for code in ("de", "ru", "pl")] == ["Juni", "Июнь", "Czerwiec"]
    assert part("2024-06-05", "en") == "5"


def test_every_note_on_a_query_is_translated(client: FlaskClient) -> None:
    with client:
        client.get("/?ui=pl")
        assert set(notes.translated()) == set(TEXTS)
        assert not {code for code, text in notes.translated().items() if text == TEXTS[code]}
        assert notes.told(Note("cut", number=12)) == notes.Told("Zapytanie ucięto po 12 znakach.")
        assert notes.told("No such note.") == notes.Told("No such note.", foreign=True)
        client.get("/?ui=en")
        assert dict(notes.translated()) == dict(TEXTS)


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/?from=24.6.&ui=pl", 400, "„24.6.” to nie data"), ("/?sort=best&ui=de", 400, "„sort=best“"),
        ("/?from=2024&to=2023&ui=fr", 400, "2024 est postérieur à 2023"), ("/?view=x&ui=ru", 400, "view может быть"),
        ("/nowhere?ui=be", 404, "Такой старонкі"), ("/facet/source?page=0&ui=es", 400, "Esta"),
        ("/?q=" + "a" * 17000 + "&ui=zh", 414, "此地址过长"),
        ("/?" + "&".join(f"source={n}" for n in range(101)) + "&ui=pl", 400, "najwyżej 100"),
    ],
)  # fmt: skip
def test_refusals_in_the_readers_language(client: FlaskClient, address: str, status: int, said: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    tree = lxml.html.document_fromstring(answer.get_data(as_text=True))
    assert said in tree.cssselect("main")[0].text_content()
    assert tree.cssselect("main form input[name=q]")


def test_months_are_in_the_language_of_their_page_whichever_was_first() -> None:
    part.cache_clear()
    told = {code: part("2024-05", code) for code in ("zh", "fr", "de", "es", "en", "be", "ru", "pl", "zh")}
    assert told == {
        "zh": "五月", "fr": "Mai", "de": "Mai", "es": "Mayo", "en": "May", "be": "Май", "ru": "Май", "pl": "Maj",
    }  # fmt: skip
