"""Authority files of others: their forms, what they are joined to, and what they are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.errors import UsageError
from indexer.knowledge.authority import Authority
from indexer.knowledge.entities import EntityTable, Record
from indexer.knowledge.importing import read, take_in

TABLE = EntityTable(
    [
        Record(
            "person:sergei-lavrov",
            "person",
            {"en": "Sergei Lavrov"},
            {"en": {"Sergei Lavrov": 2}, "ru": {"Сергей Лавров": 3}},
        ),
        Record("person:anna-smith", "person", {"en": "Anna Smith"}, {"en": {"Anna Smith": 1}}),
        Record("person:anna-smith-2", "person", {"de": "Anna Smith"}, {"de": {"Anna Smith": 1}}),
        Record("organisation:un", "organisation", {"en": "UN"}, {"en": {"UN": 4}}, aliases=["United Nations"]),
    ]
)
WIKIDATA = {
    "id": "Q58217",
    "type": "human",
    "labels": {"ru": {"language": "ru", "value": "Сергей Лавров"}, "pl": {"value": "Siergiej Ławrow"}},
    "aliases": {"de": [{"value": "Sergei Wiktorowitsch Lawrow"}]},
}
SKOS = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="https://d-nb.info/gnd/2003930-1"><skos:prefLabel xml:lang="en">United Nations</skos:prefLabel>
<skos:altLabel xml:lang="de">Vereinte Nationen</skos:altLabel></skos:Concept></rdf:RDF>"""


@pytest.mark.parametrize(
    ("name", "content", "entity", "authority", "identifier", "alias"),
    [
        ("w.jsonl", json.dumps(WIKIDATA), "person:sergei-lavrov", "wikidata", "Q58217", "Siergiej Ławrow"),
        ("s.rdf", SKOS, "organisation:un", "gnd", "2003930-1", "Vereinte Nationen"),
        (
            "c.csv",
            "id,label,type,aliases\nQ1065,UN,organisation,ONU|ООН\n",
            "organisation:un",
            "wikidata",
            "Q1065",
            "ООН",
        ),
        (
            "g.jsonl",
            '{"gndIdentifier":"1","preferredName":"Sergei Lavrov","variantName":["Lavrov, S."]}',
            "person:sergei-lavrov",
            "local",
            "1",
            "Lavrov, S.",
        ),
    ],
)
def test_records_become_links_and_aliases(
    tmp_path: Path, name: str, content: str, entity: str, authority: str, identifier: str, alias: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    corrections = Authority()
    added = take_in(tmp_path / name, TABLE, corrections)
    assert added[0].do == "link"
    applied = corrections.applied(TABLE)
    assert applied.records[entity].links == {authority: identifier}
    assert applied.lookup(alias) == (entity,)
    assert take_in(tmp_path / name, applied, Authority()) == []


def test_names_that_two_bear_and_family_names_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "id,label,type\nQ1,Anna Smith,person\nQ2,Lavrov,person\nQ3,UN,person\n", encoding="utf-8"
    )
    assert take_in(tmp_path / "a.csv", TABLE, Authority()) == []


TURTLE = """@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
PREFIX gndo: <https://d-nb.info/standards/elementset/gnd#>
# people
<https://d-nb.info/gnd/118> a skos:Concept , gndo:DifferentiatedPerson ; skos:broader [ skos:prefLabel "not this" ] ;
  skos:prefLabel "Lavrov, Sergei, 1950-"@en ; skos:altLabel "Ławrow, Siergiej"@pl , \"\"\"Lawrow, "Sergei\"\"\"@de ;
  skos:exactMatch <http://www.wikidata.org/entity/Q58217> .
"""
JSON_LD = {
    "@context": {},
    "@graph": [
        {
            "@id": "https://d-nb.info/gnd/118",
            "@type": "gndo:DifferentiatedPerson",
            "skos:prefLabel": {"@language": "en", "@value": "Lavrov, Sergei, 1950-"},
            "altLabel": {"pl": ["Ławrow, Siergiej"]},
            "sameAs": [{"@id": "http://www.wikidata.org/entity/Q58217"}],
        }
    ],
}
TYPED = SKOS.replace("skos:Concept", "skos:Descriptor").replace("2003930-1", "118").replace(
    ">United Nations", ">Lavrov, Sergei, 1950-"
).replace(">Vereinte Nationen", ">Ławrow, Siergiej")  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "same"),
    [
        ("a.ttl", TURTLE, {"wikidata": "Q58217"}),
        ("a.jsonld", json.dumps(JSON_LD), {"wikidata": "Q58217"}),
        ("a.rdf", TYPED, {}),
        ("a.csv", "Name;ID;aliases\nLavrov, Sergei;gnd:118;Ławrow, Siergiej\n", {}),
    ],
)
def test_thesauri_turn_their_names(tmp_path: Path, name: str, content: str, same: dict[str, str]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    added = take_in(tmp_path / name, TABLE, Authority())
    links = {one.values["authority"]: one.values["identifier"] for one in added if one.do == "link"}
    assert links == {"gnd": "118", **same}
    assert {one.entity for one in added} == {"person:sergei-lavrov"}
    assert "Siergiej Ławrow" in {one.values["name"] for one in added if one.do == "alias"}


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.txt", "", r"\.csv"),
        ("a.csv", "title\nx\n", "id and label"),
        ("a.ttl", '<a> <b> "c', "a.ttl:1: cannot be read"),
        ("a.jsonld", "{", "not JSON"),
        ("a.jsonl", "{\n", "a.jsonl:1"),
        ("a.rdf", "<a", "cannot be read"),
    ],
)
def test_faults_are_told(tmp_path: Path, name: str, content: str, fault: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=fault):
        list(read(tmp_path / name))


@pytest.mark.parametrize(
    ("names", "merged"),
    [
        (("Oderbank", "Bank Nadodrzański", "奥得河银行"), ["organisation:nadodrzanski", "organisation:aodehe"]),
        (("Oderbank", "OB"), []),  # too short to tell
        (("Oderbank", "Bank Nadodrzański", "Hafenbank"), []),  # borne by two
        (("Oderbank", "Anna Smith"), []),
    ],
)
def test_a_record_joins_what_each_language_calls_otherwise(
    tmp_path: Path, names: tuple[str, ...], merged: list[str]
) -> None:
    rows = [
        ("organisation:oderbank", "de", "Oderbank", 5),
        ("organisation:nadodrzanski", "pl", "Bank Nadodrzański", 3),
        ("organisation:aodehe", "zh", "奥得河银行", 2),
        ("organisation:ob", "en", "OB", 2),
        ("organisation:hafenbank", "de", "Hafenbank", 1),
        ("organisation:hafenbank-2", "en", "Hafenbank", 1),
        ("person:anna-smith", "en", "Anna Smith", 1),
    ]
    table = EntityTable(
        Record(i, "person" if i[0] == "p" else "organisation", {language: name}, {language: {name: count}})
        for i, language, name, count in rows
    )
    path = tmp_path / "w.jsonl"
    path.write_text(json.dumps({"id": "Q1", "label": names[0], "aliases": list(names[1:])}), encoding="utf-8")
    corrections = Authority()
    take_in(path, table, corrections)
    assert [(one.entity, one.values["into"]) for one in corrections.corrections if one.do == "merge"] == [
        (one, "organisation:oderbank") for one in merged
    ]
    assert bool(corrections.corrections) is bool(merged)
