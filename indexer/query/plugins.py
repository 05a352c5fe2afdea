"""Our syntax as plugins of Whoosh's query parser."""

from __future__ import annotations

import re
from typing import Any

from whoosh.qparser import plugins, syntax
from whoosh.qparser.taggers import RegexTagger

from indexer.query.tree import FIELDS


class Beside(syntax.AndGroup):  # type: ignore[misc]
    """Parts that stand side by side, or in parentheses, with no operator between."""


class Must(syntax.Wrapper):  # type: ignore[misc]
    """`+part`."""


class QuotedNode(syntax.TextNode):  # type: ignore[misc]
    """Words in quotes, with the number behind a tilde."""

    def __init__(self, text: str, near: int | None) -> None:
        super().__init__(text)
        self.near = near


class QuoteTagger(RegexTagger):  # type: ignore[misc]
    def create(self, parser: Any, match: re.Match[str]) -> QuotedNode:
        near = match.group("near")
        return QuotedNode(match.group("text"), int(near[:6]) if near else None)


class RangeTagger(RegexTagger):  # type: ignore[misc]
    def create(self, parser: Any, match: re.Match[str]) -> Any:
        # quotation marks and what they kept from being paired say nothing in a range
        start, end = (re.sub(r'["()]+', " ", match.group(name)).strip() for name in ("start", "end"))
        return syntax.RangeNode(start, end, match.group("left") == "{", match.group("right") == "}")


class WordTagger(RegexTagger):  # type: ignore[misc]
    def create(self, parser: Any, match: re.Match[str]) -> Any:
        return syntax.WordNode(match.group())


class TextPlugin(plugins.Plugin):  # type: ignore[misc]
    """Tags quotations, ranges and words."""

    def taggers(self, parser: Any) -> list[tuple[RegexTagger, int]]:
        return [
            (QuoteTagger(r'"(?P<text>[^"]*)"(?:~(?P<near>[0-9]+))?'), 0),
            (
                RangeTagger(
                    r"(?P<left>[\[{])(?P<start>[^\[\]{}]{0,40}?)(?<![^\s\[{])TO(?![^\s\]}])"
                    r"(?P<end>[^\[\]{}]{0,40}?)(?P<right>[\]}]|\Z)"
                ),
                0,
            ),
            (WordTagger(r'[^\s()"]+'), 50),
        ]


def operators() -> Any:
    """AND, OR, NOT, `-` and `+`; operators are written in capitals, so that they stay words in small letters."""
    tag = plugins.OperatorsPlugin.OpTagger
    without = r"(?<![^\s(])(?:NOT(?=[\s(])|[-–−](?=[^\s)\-]))"
    return plugins.OperatorsPlugin(
        ops=[
            (tag(without, syntax.NotGroup, syntax.PrefixOperator, memo="not"), 0),
            (tag(r"(?<![^\s(])\+(?=[^\s)+])", Must, syntax.PrefixOperator, memo="must"), 0),
            (tag(r"(?<![^\s()])AND(?![^\s()])", syntax.AndGroup, memo="and"), 0),
            (tag(r"(?<![^\s()])OR(?![^\s()])", syntax.OrGroup, memo="or"), 0),
        ],
        clean=True,
    )


def fields() -> Any:
    """`field:` before a word, quotation, range or group; only names that are fields."""
    names = "|".join(sorted(FIELDS, key=len, reverse=True))
    return plugins.FieldsPlugin(rf"(?<![^\s(+\-])(?P<text>(?i:{names})):", remove_unknown=False)
