"""Cases of one name are told from names of other people."""

from __future__ import annotations

import pytest

from indexer.knowledge.cases import cases

Row = tuple[str, int]


@pytest.mark.parametrize(
    ("language", "rows", "joined"),
    [
        ("ru", [("Винсент Виола", 4), ("Винсент Виолу", 4)], {"Винсент Виолу": "Винсент Виола"}),
        ("ru", [("Мелания", 2), ("Меланией", 2)], {"Меланией": "Мелания"}),
        (
            "ru",
            [("Барак Обамы", 1), ("Барак Обаме", 1), ("Барак Обаму", 1)],
            {"Барак Обамы": "Барак Обама", "Барак Обаме": "Барак Обама", "Барак Обаму": "Барак Обама"},
        ),
        ("ru", [("Андрей Карлов", 2), ("Андрея Карлова", 1)], {"Андрея Карлова": "Андрей Карлов"}),
        ("ru", [("Анна Белова", 1), ("Анны Беловой", 1)], {"Анны Беловой": "Анна Белова"}),
        ("ru", [("Александра Белова", 2), ("Александр Белов", 2)], {}),
        ("ru", [("Александра Лукаш", 2), ("Александр Лукаш", 2)], {}),
        ("ru", [("Иванова", 2), ("Иванов", 2)], {}),
        ("ru", [("Карла", 2), ("Карл", 2)], {}),
        ("pl", [("Jan Kowalski", 2), ("Jana Kowalska", 1)], {}),
        ("pl", [("Fidel Castro", 3), ("Fidela Castro", 1)], {"Fidela Castro": "Fidel Castro"}),
        ("pl", [("Jean-Claude Juncker", 5), ("Jean-Claude’a Junckera", 2)],
         {"Jean-Claude’a Junckera": "Jean-Claude Juncker"}),
        ("uk", [("Олена Шевченко", 2), ("Олену Шевченко", 1)], {"Олену Шевченко": "Олена Шевченко"}),
        ("be", [("Максім Варанцоў", 2), ("Максіма Варанцова", 1)], {"Максіма Варанцова": "Максім Варанцоў"}),
        ("ru", [("Паоло Росси", 1), ("Марио Росси", 1)], {}),
        ("pl", [("Wiktoryja Azaranka", 2), ("Wiktoryja Azaranki", 1)], {"Wiktoryja Azaranki": "Wiktoryja Azaranka"}),
        ("zh", [("尤里·图尔钦", 1), ("尤里·图尔钦直", 1), ("尤里·图尔钦斯", 1)], {"尤里·图尔钦直": "尤里·图尔钦"}),
        ("de", [("Anna Berg", 2), ("Anna Bergs", 1)], {}),
    ],
)  # fmt: skip
def test_names_in_several_cases(language: str, rows: list[Row], joined: dict[str, str]) -> None:
    names = [("person", language, text, "") for text, _ in rows]
    found = cases(names, [count for _, count in rows], range(len(rows)))
    assert {names[number][2]: case.printed for number, case in found.items()} == joined
    assert all(case.stands == number or case.stands not in found or found[case.stands].stands == case.stands
               for number, case in found.items())  # fmt: skip
