"""Newsletters that tell several stories, each under a heading with a link to its article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from corpus.markup import text_of

_MARK = "\ue000"
_HEADING = re.compile(f"{_MARK}(\\d+){_MARK}")
_SENTENCE = re.compile(r"[.!?…。！？؟][\"'»”’)]*$")
_LEAST_TEXT, _LONGEST_TITLE, _LONGEST_BUTTON = 40, 200, 40


@dataclass(frozen=True, slots=True)
class Story:
    """One of the stories of a newsletter: its heading, the address that it links to, its text."""

    title: str
    url: str
    text: str


def stories(root: Any) -> tuple[list[Story], str]:
    """The stories of a message, and what stands before the first; no stories where it tells fewer than two."""
    headings = [node for node in root.iter("h1", "h2", "h3", "h4") if 0 < len(text_of(node)) <= _LONGEST_TITLE]
    titles = [" ".join(text_of(node).split()) for node in headings]
    buttons = _buttons(root, headings)
    linked = [_link(node) for node in headings]
    for number, node in enumerate(headings):
        node.text = f"{_MARK}{number}{_MARK}"
        for child in list(node):
            node.remove(child)
    intro, *parts = _HEADING.split(text_of(root))
    found = [
        story
        for number, text in zip(map(int, parts[::2]), parts[1::2], strict=True)
        if (story := _story(titles[number], linked[number], text, buttons[number])) is not None
    ]
    told = sum(len(story.text) for story in found)
    whole = told >= 0.5 * (len(intro) + sum(map(len, parts[1::2])))
    return (found, intro.strip()) if len(found) >= 2 and whole else ([], "")


def _story(title: str, link: str, text: str, buttons: dict[str, str]) -> Story | None:
    """A story, if its text has a sentence and its heading, or a line of its own (`Read more`), a link."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    pressed = [line for line in lines if len(line) <= _LONGEST_BUTTON and is_web(buttons.get(line.strip(), ""))]
    prose = [line for line in lines if line not in pressed]
    url = link or (buttons[pressed[0].strip()] if pressed else "")
    if not is_web(url) or not any(len(line) >= _LEAST_TEXT and _SENTENCE.search(line) for line in prose):
        return None
    return Story(title, url, _paragraphs(prose))


def is_web(url: str) -> bool:
    return url.startswith(("http://", "https://"))


def _paragraphs(lines: Sequence[str]) -> str:
    return "\n\n".join(" ".join(line.split()) for line in lines)


def _buttons(root: Any, headings: Sequence[Any]) -> list[dict[str, str]]:
    """For each heading the links below it, up to the next one: text → address."""
    found: list[dict[str, str]] = [{} for _ in headings]
    place = {node: number for number, node in enumerate(headings)}
    current = -1
    for node in root.iter("a", "h1", "h2", "h3", "h4"):
        current = place.get(node, current)
        if node.tag == "a" and current >= 0:
            found[current].setdefault(" ".join(text_of(node).split()), node.get("href") or "")
    return found


def _link(heading: Any) -> str:
    """The address that a heading links to, from within or from around it."""
    around = (one for one in heading.iterancestors() if one.tag == "a")
    return next((one.get("href") or "" for one in (*heading.iter("a"), *around)), "")
