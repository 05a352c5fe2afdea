"""A page's own address, as its share buttons give it, and the day and title that it tells."""

from __future__ import annotations

import pytest

from corpus.layout import own_address, read_page

OWN = "https://osk.example/2023/03/14/lighthouse-sold-to-growers"
QUOTED = "https%3A%2F%2Fosk.example%2F2023%2F03%2F14%2Flighthouse-sold-to-growers%2F"


@pytest.mark.parametrize(
    ("text", "address", "line"),
    [
        (f"Osk\n[Tweet](https://social.example/share?text=Sold&url={QUOTED}&via=osk)", OWN, 2),
        (f"Osk\n\n 12. https://social.example/sharer.php?u={OWN}/", OWN, 3),
        (f"Osk\n 3. {OWN}/feed/\n 4. https://osk.example/comments/feed/", OWN, 2),
        ("[Share](https://s.example/?u=https://osk.example/lighthouse-\nsold-to-growers)",
         "https://osk.example/lighthouse-sold-to-growers", 1),
        ("[Share](https://s.example/?u=https://osk.example/)", None, None),
        ("[Picture](https://s.example/?url=https://osk.example/two-old-lights.jpg)", None, None),
        ("No links.", None, None),
    ],
)  # fmt: skip
def test_the_address_that_is_shared(text: str, address: str | None, line: int | None) -> None:
    found = own_address(text)
    assert (found.value if found else None) == address
    assert (found.line if found else None) == line


def test_a_day_in_the_address_counts_where_the_page_shows_none() -> None:
    body = (
        "The council of Osk sold the old lighthouse on Monday to two growers of leeks, the harbour office said.\n" * 2
    )
    text = f"Lighthouse sold to growers\n\n{body}\n[Tweet](https://social.example/share?url={QUOTED})"
    (page,) = read_page(text, "en", address=own_address(text))
    assert page.date is not None
    assert page.date_field is not None
    assert (page.date.iso, page.date_field.rule, page.date_field.line) == ("2023-03-14", "address of the page", 6)
    (page,) = read_page(text.replace("growers\n\n", "growers\n\n12 March 2023\n\n"), "en", address=own_address(text))
    assert page.date is not None
    assert page.date.iso == "2023-03-12"
