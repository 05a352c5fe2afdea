"""The address of a page as its own links give it: what its share buttons send, and where its feed of comments lies."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

_SIGN = r"(?:[^&\s()\[\]\"'<>]|(?<=-)\n\s*(?=[\w%]))"
"""A sign of an address, which converters break behind a hyphen."""
_SENT = re.compile(
    rf"[?&](?:u|url|uri|link|href|text|body|status|shareurl|canonicalurl)={_SIGN}{{0,200}}?"
    rf"(https?(?::|%3A){_SIGN}{{8,300}})",
    re.I,
)
_FEED = re.compile(rf"\b(https?://{_SIGN}{{8,300}}?)(?=/feed/?(?:[\s()\]]|$))", re.I)
_FILE = re.compile(r"\.(?:gif|jpe?g|png|svg|webp|css|js|ico|xml)$", re.I)
_MOST = 400_000
_LEAST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Address:
    """An address and the line, from 1, that gives it first."""

    value: str
    line: int

    @property
    def path(self) -> str:
        return _path(self.value)


def own_address(text: str) -> Address | None:
    """The address that a page's share buttons name most often; only one whose path has three words at least."""
    text = text[:_MOST]
    if "://" not in text and "%3A" not in text:
        return None
    named: Counter[str] = Counter()
    first: dict[str, int] = {}
    for pattern in (_SENT, _FEED):
        for found in pattern.finditer(text):
            address = _plain(found[1])
            if len(_WORD.findall(_path(address))) >= _LEAST_WORDS and not _FILE.search(address):
                named[address] += 1
                first.setdefault(address, found.start())
    if not named:
        return None
    address = named.most_common(1)[0][0]
    return Address(address, text.count("\n", 0, first[address]) + 1)


def _plain(sent: str) -> str:
    """An address without quoting, query and the slash at its end."""
    return (unquote(unquote("".join(sent.split()))).split() or [""])[0].split("?")[0].split("#")[0].rstrip("/")


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
