"""Second 0 of Unix time stands where a program knew no date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("1970-01-01", None),
        ("1970-01-01T00:00:00Z", None),
        ("1969-12-31T19:00:00-05:00", None),
        ("1970-01-01T03:00:00+03:00", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("1. Januar 1970", "1970-01-01"),
        ("1970-01-01T12:30:00Z", "1970-01-01T12:30:00Z"),
        ("1970-01-02", "1970-01-02"),
        ("1970", "1970"),
    ],
)
def test_what_programs_write_for_no_date_is_left_out_and_said(date: str, published: str | None, tmp_path: Path) -> None:
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps({"title": "Wheat", "body": "Prices fell.", "date": date}), encoding="utf-8")
    article = next(iter(read([path])))
    assert isinstance(article, Article)
    assert article.published == published
    assert any("no date" in note for note in article.provenance.notes) == (published is None)
