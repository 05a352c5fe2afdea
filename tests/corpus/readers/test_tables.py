"""Tables as people export them: separators that are told, dates whose order only other rows tell, dates in parts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Article, Rejection
from corpus.readers import read


def rows(path: Path, text: str, encoding: str = "utf-8") -> list[Article]:
    path.write_bytes(text.encode(encoding))
    return [item for item in read([path]) if isinstance(item, Article)]


@pytest.mark.parametrize(
    ("days", "published"),
    [
        (("05/06/2024", "05/25/2024"), ["2024-05-06", "2024-05-25"]),
        (("05/06/2024", "25/05/2024"), ["2024-06-05", "2024-05-25"]),
    ],
)
def test_the_order_of_day_and_month_is_the_columns(tmp_path: Path, days: tuple[str, ...], published: list[str]) -> None:
    lines = [f"Boat {number} came home,{day}" for number, day in enumerate(days)]
    found = rows(tmp_path / "a.csv", "\n".join(["headline,date", *lines]))
    assert [one.published for one in found] == published


def test_year_month_and_day_apart(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", "Headline,Year,Month,Day\nBoat 1,2024,5,6\nBoat 2,2024,5,\nBoat 3,,,7\n")
    assert [one.published for one in found] == ["2024-05-06", "2024-05", None]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_line_that_tells_the_separator_is_no_header(tmp_path: Path, encoding: str) -> None:
    (found,) = rows(tmp_path / "a.csv", "sep=;\r\nÜberschrift;Text\r\nStürme, überall;Der Hafen; zu\r\n", encoding)
    assert (found.title, found.body, found.provenance.line) == ("Stürme, überall", "Der Hafen", 3)


def test_a_column_without_a_name_counts_rows(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", ",headline,text\n0,Boat 1,It came.\n1,Boat 2,It went.\n")
    assert [one.title for one in found] == ["Boat 1", "Boat 2"]


def test_without_a_header_the_remedy_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("N1\tsports\tThe eight wins the regatta\n")
    (item,) = read([tmp_path / "a.tsv"])
    assert isinstance(item, Rejection)
    assert "columns.yaml" in item.reason
