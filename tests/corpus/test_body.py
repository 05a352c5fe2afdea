"""What between and below the paragraphs of an article is not the article's."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.article import Rejection
from corpus.layout import read_page
from corpus.readers import read_file, textdump

BODY = (
    "The council of Osk sold the old lighthouse on Monday to two growers of leeks, the harbour office said.",
    "Nobody else had made an offer, and the light of the lighthouse will stay on for the ships of the harbour.",
    "The growers will pay in leeks, which the harbour office is to serve to the keepers for nine winters, it said.",
)


@pytest.mark.parametrize(
    "line",
    [
        "The growers of leeks by the lighthouse The growers of leeks by the lighthouse, in a picture of Monday.",
        "FILE - The lighthouse of Osk stands by the harbour, as seen on Sunday from one of the ships.",
    ],
    ids=["said for the picture and below it", "from the archive"],
)
def test_a_caption_reads_like_a_sentence_and_is_none(line: str) -> None:
    (page,) = read_page("\n\n".join(["Lighthouse sold to growers", BODY[0], line, *BODY[1:]]), "en")
    assert page.body == BODY
    assert "picture caption or credit" in [lost.why for lost in page.stripped if lost.text == line]


def test_headlines_cut_short_are_no_sentences() -> None:
    cut = [f"A man accused of stealing {number} bicycles pleads not …" for number in range(2, 9)]
    (page,) = read_page("\n\n".join([*cut, "Lighthouse sold to growers", "14 March 2023", *BODY, *cut]), "en")
    assert page.body == BODY
    assert page.title is not None
    assert page.title.value == "Lighthouse sold to growers"


def test_a_text_too_long_for_a_page_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(textdump, "_MOST_SIGNS", 200)
    path = tmp_path / "page.txt"
    path.write_text(" ".join(BODY))
    (item,) = read_file(path)
    assert isinstance(item, Rejection)
    assert (item.code, item.reason) == ("too-large", "a page of more than 200 signs is no page; split it")
