"""The title among what else stands above an article, and the date beside it."""

from __future__ import annotations

import pytest

from corpus.layout import read_page

BODY = """The council of Osk sold the old lighthouse on Monday to two growers of leeks, the harbour office said.

Nobody else had made an offer, and the light of the lighthouse will stay on for the ships of the harbour, it said."""


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        (
            "Lighthouse of Osk sold to growers\n\nThe council sold the lighthouse, and the light stays on for ships."
            "\n\n14 March 2023",
            "Lighthouse of Osk sold to growers",
            "2023-03-14",
        ),
        (
            "Lighthouse sold to growers of leeks\n\n“The light of the lighthouse will stay on for ships.”\n\n"
            "Anna Berg, 14 March 2023",
            "Lighthouse sold to growers of leeks",
            "2023-03-14",
        ),
        (
            "In Osk, by the harbour\n\nCouncil sells the lighthouse to two growers of leeks who keep its light on",
            "Council sells the lighthouse to two growers of leeks who keep its light on",
            None,
        ),
        (
            "Lighthouse of Osk sold to growers\n\nAnna Berg, our reporter in the north and at sea, 14 March 2023\n\n"
            + "\n\n".join(f"Tag {number}" for number in range(18)),
            "Lighthouse of Osk sold to growers",
            "2023-03-14",
        ),
        (
            "Lighthouse of Osk sold to growers\n\nOsk Courier | 14.03.2023 at 13:36 • It was brought up to date on the "
            "15.03.2023 at 20:13 | By Anna Berg (with Jan Thal in the harbour and on the sea)",
            "Lighthouse of Osk sold to growers",
            "2023-03-14",
        ),
        (
            "Lighthouse of Osk sold to growers\n\nBy\n\nAnna Berg\n\n14 March 2023\n\nShare\n\n"
            "The lighthouse and the ships that its light will stay on for",
            "Lighthouse of Osk sold to growers",
            "2023-03-14",
        ),
        (
            "Lighthouse of Osk sold to growers\n\nPublished:\n\nTuesday, 14 March 2023 at 13:36 hrs.",
            "Lighthouse of Osk sold to growers",
            "2023-03-14",
        ),
        (
            "Home / News / Lighthouse of Osk sold to growers of leeks\n\nLighthouse of Osk sold to growers of leeks\n\n"
            "The harbour office of Osk has sold the lighthouse to growers\n\n"
            "PUBLISHED: 14 March 2023 at 9:06 a.m. | UPDATED: 15 March 2023 at 9:26 a.m.",
            "Lighthouse of Osk sold to growers of leeks",
            "2023-03-14",
        ),
    ],
    ids=[
        "sentence below",
        "quotation below",
        "few words above",
        "date far above the body",
        "line of bars",
        "what is shown below the byline",
        "label on its own line",
        "path above and two dates",
    ],
)
def test_title_and_day(head: str, title: str, day: str | None) -> None:
    (page,) = read_page(f"Osk Courier\n\n{head}\n\n{BODY}", "en-GB")
    assert page.title is not None
    assert page.title.value == title
    assert (page.date.day if page.date else None) == day
    assert page.body[-2:] == tuple(BODY.split("\n\n"))


@pytest.mark.parametrize(
    ("lines", "authors"),
    [
        ("João Prado\nPublished on 14/03/2023 at 09:20", ("João Prado",)),
        ("By our correspondent Anna Berg\n14 March 2023", ("Anna Berg",)),
        ("Associated Press\n14 March 2023", ()),
        ("14 March 2023", ()),
    ],
)
def test_who_signs(lines: str, authors: tuple[str, ...]) -> None:
    (page,) = read_page(f"Osk Courier\nLighthouse of Osk sold to growers\n{lines}\nShare\n\n{BODY}", "en-GB")
    assert page.authors == authors


@pytest.mark.parametrize(
    ("text", "title", "published"),
    [
        (
            "Home News Lighthouse of Osk sold to growers by Anna Berg Published 14 March 2023, 09:20 Share",
            "Lighthouse of Osk sold to growers",
            "2023-03-14T09:20",
        ),
        (
            "Home Sport Society 14 March 2023, 09:20 Lighthouse sold to two growers OSK, 14 March (BelTA) –",
            "Lighthouse sold to two growers",
            "2023-03-14T09:20",
        ),
    ],
    ids=["byline and label", "dateline"],
)
def test_a_short_page_on_one_line(text: str, title: str, published: str) -> None:
    (page,) = read_page(f"{text} {' '.join(BODY.split())}", "en-GB")
    assert page.title is not None
    assert page.title.value == title
    assert page.date is not None
    assert page.date.iso == published
