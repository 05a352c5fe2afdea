"""The id of an article: stable over runs, machines and file names, safe in an address.

An id is sixteen hexadecimal digits of the SHA-256 of a labelled text. The label names the rule, so that ids made by
two rules never meet by accident, and the version of the rules, which changes only together with the ids:

    1. `url`      the canonical address, when it leads to one page (its path is not empty)
    2. `title`    source + title + day of publication, when all three are known
    3. `content`  title + body, white space made even
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

VERSION = 1
_DIGITS = 16
_PORTS = {"http": 80, "https": 443}
_TRACKING = re.compile(
    r"utm_.*|fbclid|gclid|dclid|yclid|msclkid|igshid|mc_[ce]id|_ga|wt_?mc.*|at_(?:medium|campaign|custom.*)|"
    r"ref|ref_src|referrer|cmpid|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|ito|smid|spm|openstat",
    re.IGNORECASE,
)


def canonical_address(url: str) -> str | None:
    """The address in one spelling, or None when it cannot name one page.

    Scheme, `www.`, default port, fragment, tracking parameters and a slash at the end do not tell pages apart; letters
    of the host are small, parameters are sorted. An address without path and query is the front page of a house.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in _PORTS or not parts.hostname:
        return None
    host = parts.hostname.removeprefix("www.").rstrip(".")
    if port and port != _PORTS[parts.scheme.lower()]:
        host += f":{port}"
    path = unquote(re.sub(r"/(?:index\.(?:html?|php))?$", "", re.sub(r"/{2,}", "/", parts.path)))
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    if not path and not query:
        return None
    return f"{host}{path}?{query}" if query else f"{host}{path}"


def host_of(url: str | None) -> str | None:
    """The host of an address without `www.`, or None: the name of a source that has no better one."""
    try:
        host = urlsplit((url or "").strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def article_id(
    *, url: str | None = None, source: str | None = None, title: str = "", published: str | None = None, body: str = ""
) -> str:
    """The id by the first rule that applies; `published` is ISO 8601, of which the first ten characters count."""
    address = canonical_address(url) if url else None
    if address:
        return _digest("url", address)
    if source and title and published and len(published) >= 10:
        return _digest("title", _even(source), _even(title), published[:10])
    return _digest("content", _even(title), _even(body))


def _even(text: str) -> str:
    return " ".join(text.casefold().split())


def _digest(rule: str, *parts: str) -> str:
    text = "\x1f".join((f"newsdex-{VERSION}", rule, *parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
