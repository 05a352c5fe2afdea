"""Names joined over an archive: across languages, stable over runs and updates, open to corrections."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import ConfigurationError, DamagedArchiveError, UsageError
from indexer.knowledge.authority import Authority
from indexer.knowledge.base import Mention
from indexer.knowledge.entities import EntityTable
from indexer.knowledge.match import match
from indexer.knowledge.resolver import Resolution, Resolver

NAMES = [
    ("de", "Sergej Lawrow"),
    ("en", "Sergei Lavrov"),
    ("ru", "Сергей Лавров"),
    ("pl", "Siergiej Ławrow"),
    ("be", "Сяргей Лаўроў"),
    ("es", "Serguéi Lavrov"),
    ("zh", "谢尔盖·拉夫罗夫"),
]


def person(name: str, confidence: float = 0.9) -> Mention:
    return Mention(name, 0, len(name), "body", "person", name, "rule:test", confidence)


def resolve(rows: list[tuple[str, str]], previous: EntityTable | None = None) -> Resolution:
    resolver = Resolver(previous)
    for number, (language, name) in enumerate(rows):
        resolver.add(str(number), language, [person(name)])
    return resolver.finish()


def ids(resolution: Resolution, rows: list[tuple[str, str]]) -> list[str | None]:
    return [resolution.entity_id(person(name), language) for language, name in rows]


def test_one_minister_in_seven_languages_is_one_entity() -> None:
    assert set(ids(resolve(NAMES), NAMES)) == {"person:sergei-lavrov"}


def test_the_order_of_articles_changes_nothing() -> None:
    rows = [*NAMES, ("de", "Anna Schmidt"), ("en", "Anna Smith"), ("ru", "Иван Петров")]
    assert resolve(rows).table.as_json() == resolve(rows[::-1]).table.as_json()


def test_a_family_name_alone_joins_nobody() -> None:
    rows = [("de", "Lawrow"), ("en", "Sergei Lavrov"), ("ru", "Анна Лаврова")]
    assert len(set(ids(resolve(rows), rows))) == 3


def test_unsure_mentions_stay_out() -> None:
    resolver = Resolver()
    resolver.add("1", "de", [person("Erste Hilfe", 0.3)])
    assert len(resolver.finish().table) == 0


def test_ids_stay_over_updates() -> None:
    before = resolve(NAMES[2:3]).table
    assert list(before.records) == ["person:sergei-lavrov"]
    after = resolve([*NAMES, ("en", "Sergei Lavrov")], before)
    assert set(ids(after, NAMES)) == {"person:sergei-lavrov"}


def test_two_earlier_entities_that_become_one_leave_a_track() -> None:
    before = EntityTable(
        [*resolve(NAMES[1:2]).table.records.values(), *resolve([("ru", "Пётр Сидоров")]).table.records.values()]
    )
    split = before.records["person:sergei-lavrov"]
    split.forms = {"en": {"Sergei Lavrov": 2}}
    before.records["person:old"] = type(split)(
        "person:old", "person", {"ru": "Сергей Лавров"}, {"ru": {"Сергей Лавров": 1}}
    )
    after = resolve([*NAMES, ("en", "Sergei Lavrov")], EntityTable(before.records.values())).table
    assert after.current("person:old") == "person:sergei-lavrov"


def test_lookup_takes_any_name_folded_and_the_family_name() -> None:
    table = resolve(NAMES).table
    for name in (
        "sergej lawrow",
        "ЛАВРОВ",
        "Ławrow",
        "lawrow",
        "Serguei Lavrov",
        "谢尔盖·拉夫罗夫",
        "person:sergei-lavrov",
    ):
        assert table.lookup(name) == ("person:sergei-lavrov",), name
    assert table.lookup("nobody") == ()


def test_a_table_survives_the_disk(tmp_path: Path) -> None:
    table = resolve(NAMES).table
    table.save(tmp_path / "entities.json")
    assert EntityTable.load(tmp_path / "entities.json").as_json() == table.as_json()
    (tmp_path / "entities.json").write_text("[]")
    with pytest.raises(DamagedArchiveError, match=r"entities\.json"):
        EntityTable.load(tmp_path / "entities.json")


def test_corrections_apply_and_can_be_undone(tmp_path: Path) -> None:
    rows = [*NAMES, ("de", "S. W. Lawrow-Petrow"), ("en", "Lage Smith")]
    table = resolve(rows).table
    other = table.lookup("S. W. Lawrow-Petrow")[0]
    authority = Authority()
    authority.add("merge", other, into="person:sergei-lavrov")
    authority.add("rename", "person:sergei-lavrov", language="de", label="Sergei Wiktorowitsch Lawrow")
    authority.add("suppress", table.lookup("Lage Smith")[0])
    authority.add("alias", "person:sergei-lavrov", name="Mr Njet")
    authority.add("split", "person:sergei-lavrov", forms=["Siergiej Ławrow"], into="person:other")
    authority.save(tmp_path)
    read = Authority.load(tmp_path)
    assert [c.as_json() for c in read.corrections] == [c.as_json() for c in authority.corrections]
    corrected = read.applied(table)
    assert corrected.lookup("S. W. Lawrow-Petrow") == ("person:sergei-lavrov",) == corrected.lookup("mr njet")
    assert corrected.records["person:sergei-lavrov"].labels["de"] == "Sergei Wiktorowitsch Lawrow"
    assert corrected.lookup("Lage Smith") == ()
    assert read.hidden(table.lookup("Lage Smith")[0])
    assert corrected.lookup("Siergiej Ławrow") == ("person:other",)
    assert set(read.merged_into("person:sergei-lavrov")) == {"person:sergei-lavrov", other}
    assert read.undo(1).do == "merge"
    assert read.current(other) == other
    assert table.as_json() == resolve(rows).table.as_json()
    with pytest.raises(UsageError):
        read.add("merge", "person:x")


def test_every_fault_of_an_authority_file_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("corrections:\n- {do: merge, entity: a}\n- {do: jump, entity: b}\n")
    with pytest.raises(ConfigurationError) as caught:
        Authority.load(tmp_path)
    assert "a.yml:2:3: merge needs into" in str(caught.value)
    assert "a.yml:3:3:" in str(caught.value)


MATCHES = [
    ("Donald Trump", "Дональд Трамп", "en", "ru", True),
    ("Xi Jinping", "习近平", "en", "zh", True),
    ("Ван И", "Wang Yi", "ru", "en", True),
    ("Ван І", "王毅", "be", "zh", True),
    ("Ван И", "Wang Li", "ru", "en", False),
    ("Си Цзиньпин", "Xi Jinping", "ru", "en", True),
    ("Angela Merkel", "Ангела Меркель", "de", "ru", True),
    ("Wladimir Putin", "Уладзімір Пуцін", "de", "be", True),
    ("セルゲイ・ラブロフ", "Sergey Lavrov", "ja", "en", True),
    ("Anna Schmidt", "Anna Schmitz", "de", "de", False),
    ("Ivan Petrov", "Иван Сидоров", "en", "ru", False),
    ("Maria Iwanowa", "Анна Иванова", "de", "ru", False),
]


@pytest.mark.parametrize(("a", "b", "la", "lb", "same"), MATCHES)
def test_match(a: str, b: str, la: str, lb: str, same: bool) -> None:
    found = match(a, b, la, lb)
    assert found.same is same, found
    assert match(b, a, lb, la).same is same


@pytest.mark.parametrize(
    ("articles", "joined"),
    [
        ([["Harbour Pilots Union", "HPU"], ["HPU"]], True),  # half of its articles explain it
        ([["Harbour Pilots Union", "HPU"], ["HPU"], ["HPU"]], False),
        ([["Harbour Pilots Union", "HPL"]], False),
        ([["Harbour Pilots Union", "Helsinki Port Unit", "HPU"]], False),  # either
    ],
)
def test_an_abbreviation_is_what_its_articles_spell_out(articles: list[list[str]], joined: bool) -> None:
    resolver = Resolver()
    names = {name for row in articles for name in row}
    bodies = {name: Mention(name, 0, 0, "body", "organisation", name, "rule:test", 0.9) for name in names}
    for number, row in enumerate(articles):
        resolver.add(str(number), "en", [bodies[name] for name in row])
    found = resolver.finish()
    short, whole = bodies[articles[0][-1]], bodies["Harbour Pilots Union"]
    assert (found.entity_id(short, "en") == found.entity_id(whole, "en")) is joined


def test_an_abbreviation_may_be_that_of_a_known_organisation() -> None:
    resolver = Resolver()
    whole = Mention("International Energy Agency", 0, 0, "body", "organisation", "International Energy Agency", "table",
                    0.9, "organisation:iea")  # fmt: skip
    short = Mention("IEAG", 0, 0, "body", "organisation", "IEAG", "rule:acronym", 0.9)
    named = Mention("IEA Gas", 0, 0, "body", "organisation", "International Energy Agency Group", "table", 0.9,
                    "organisation:iea")  # fmt: skip
    resolver.add("1", "en", [whole, named, short])
    found = resolver.finish()
    assert found.entity_id(short, "en") == "organisation:iea"
    assert [join.form for join in found.table.records["organisation:iea"].joins] == ["IEAG"]


def entities_of(articles: list[tuple[str, list[tuple[str, str, str]]]]) -> list[list[str | None]]:
    """What the (type, name, known id) of each article, with its language, mean."""
    rows = [
        (language, [Mention(name, 0, 0, "body", kind, name, "rule:test", 0.9, known) for kind, name, known in row])  # type: ignore[arg-type]
        for language, row in articles
    ]
    resolver = Resolver()
    for number, (language, row) in enumerate(rows):
        resolver.add(str(number), language, row)
    found = resolver.finish()
    return [[found.entity_id(one, language) for one in row] for language, row in rows]


WHOLE, ALONE, OTHER = ("person", "Shen Boyuan", ""), ("person", "Shen", ""), ("person", "Shen Ming", "")


@pytest.mark.parametrize(("articles", "joined"), [
    ([[WHOLE, ALONE]], True), ([[WHOLE], [ALONE]], False), ([[WHOLE, OTHER, ALONE]], False),
    ([[WHOLE, ALONE], [ALONE]], False),
])  # fmt: skip
def test_a_family_name_beside_the_whole_name(articles: list[list[tuple[str, str, str]]], joined: bool) -> None:
    found = entities_of([("de", row) for row in articles])
    assert (found[0][-1] == found[0][0] if len(articles[0]) > 1 else found[1][0] == found[0][0]) is joined


@pytest.mark.parametrize(
    ("known", "name", "joined"),
    [("place:no", "Нирендорф", True), ("place:no", "Нирендаль", False), ("place:minsk-by", "Нирендорф", False)],
)
def test_a_place_that_the_tables_know_in_other_languages(known: str, name: str, joined: bool) -> None:
    """What they call a place in the language of a name (Минск) tells that another name is another place."""
    _, (found,) = entities_of([("de", [("place", "Nirendorf", known)]), ("ru", [("place", name, "")])])
    assert (found == known) is joined


def test_one_name_is_of_one_kind() -> None:
    body, taken = ("organisation", "Naviera Costazul", ""), ("person", "Naviera Costazul", "")
    found = entities_of([("es", [body]), ("de", [body]), ("es", [taken])])
    assert {one for row in found for one in row} == {"organisation:naviera-costazul"}
    found = entities_of([("es", [body]), ("es", [taken])])
    assert len({one for row in found for one in row}) == 2


@pytest.mark.parametrize(("written", "joined"), [("МЕРА", True), ("МИРА", False)])
def test_abbreviations_of_two_scripts_letter_by_letter(written: str, joined: bool) -> None:
    ((one,), (two,)) = entities_of([("de", [("organisation", "MERA", "")]), ("ru", [("organisation", written, "")])])
    assert (one == two) is joined


@pytest.mark.parametrize(
    ("written", "joined"),
    [
        ("Nordlicht Werft AG", True), ("Nordlicht Werft GmbH & Co. KG", True), ("ООО «Nordlicht Werft»", True),
        ("Nordlicht Werft, S.A.", True), ("Nordlicht Werft Trust", False), ("Nordlicht AG", False),
    ],
)  # fmt: skip
def test_a_firm_with_its_legal_form_is_the_firm(written: str, joined: bool) -> None:
    body, other = ("organisation", "Nordlicht Werft", ""), ("organisation", written, "")
    found = entities_of([("de", [body]), ("de", [body]), ("ru", [other])])
    assert (found[0] == found[2]) is joined
