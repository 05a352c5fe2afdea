"""From bytes to text: byte order mark, what was declared, UTF-8, then a guess; and mojibake put right.

Browsers read `iso-8859-1` as windows-1252 and its kin likewise (WHATWG Encoding Standard), and so does this module.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from charset_normalizer import from_bytes

from corpus.languages import identify
from corpus.legibility import unlikely

How = Literal["bom", "declared", "utf-8", "guessed", "forced"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_AS_BROWSERS_DO = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "tis-620": "cp874",
}
_BY_LANGUAGE = {
    **dict.fromkeys(
        ("de", "en", "es", "fr", "it", "pt", "nl", "sv", "da", "no", "fi"), ("cp1252", "cp850", "mac_roman")
    ),
    **dict.fromkeys(("pl", "cs", "sk", "hu", "hr", "sl", "ro"), ("cp1250", "iso8859_2", "cp852")),
    **dict.fromkeys(("ru", "bg"), ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic")),
    "uk": ("cp1251", "koi8_u", "cp866"),
    "be": ("cp1251", "koi8_u", "cp866"),
    "zh": ("gb18030", "big5hkscs"),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "ar": ("cp1256", "iso8859_6"),
    "tr": ("cp1254",),
    "el": ("cp1253",),
    "he": ("cp1255",),
    "ko": ("cp949",),
}
_SAMPLE = 64 * 1024
_SHORT_SAMPLE, _LEAST_BEYOND, _PLAINLY = 8 * 1024, 20, 0.3
"""Bytes, and bytes beyond ASCII among them, that may belie a declared encoding; how much stranger it reads by that."""
_SINGLE_BYTES = re.compile(r"cp125\d|cp8\d\d|iso8859_\d+|koi8_[ru]|mac_\w+")
_ESCAPES = re.compile(rb"\x1b\$[@B(]")
"""How ISO 2022 changes to Japanese; its bytes are ASCII, and would pass for UTF-8."""
_NAMES = {
    "cp1252": "windows-1252",
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1256": "windows-1256",
    "cp932": "shift_jis",
    "iso2022_jp_2": "iso-2022-jp",
    "big5hkscs": "big5",
    "iso8859_2": "iso-8859-2",
    "koi8_r": "koi8-r",
    "koi8_u": "koi8-u",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with even line ends (`\\n`) and no NUL, and how it was got."""

    text: str
    encoding: str
    how: How
    notes: tuple[str, ...] = ()


def decode(data: bytes, *, declared: str | None = None, languages: Iterable[str] | None = None) -> Decoded:
    """Read bytes as text; never fails: what cannot be read becomes U+FFFD, and a note says so.

    `declared` is the encoding the input itself names; `languages` are the codes the text may be in.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _finish(data[len(mark) :], name, "bom")
    wide = _wide(data)
    if wide:
        return _finish(data, wide, "guessed")
    if _ESCAPES.search(data[:_SAMPLE]) and _strict(data, "iso2022_jp_2") is not None:
        told = "2022" in (declared or "")
        notes = () if told else ("its escape sequences are those of iso-2022-jp",)
        return _finish(data, "iso2022_jp_2", "declared" if told else "guessed", notes)
    claimed = python_name(declared) if declared else None
    utf8 = _strict(data, "utf-8")
    plain = utf8 is None or data.isascii()
    if claimed and claimed != "utf-8" and plain and _strict(data, claimed) is not None:
        other = _belied(data, claimed, languages)
        if other:
            note = f"declared {declared}, but it reads as {_NAMES.get(other, other)}"
            return _finish(data, other, "guessed", (note,))
        return _finish(data, claimed, "declared")
    if utf8 is not None:
        notes = (
            () if not claimed or claimed == "utf-8" or data.isascii() else (f"declared {declared}, but it is UTF-8",)
        )
        return _finish(data, "utf-8", "declared" if claimed == "utf-8" else "utf-8", notes)
    almost = _almost_utf8(data)
    if almost:
        return _finish(data, "utf-8", "forced", (f"{almost} bytes are not UTF-8 and were replaced by U+FFFD",))
    name = guess(data, languages)
    note = f"declared {declared}, but it cannot be read so" if declared else "no encoding declared"
    return _finish(data, name, "guessed", (f"{note}; taken for {_NAMES.get(name, name)}",))


def python_name(label: str | None) -> str | None:
    """Python's name of an encoding as browsers understand the label, or None for an unknown one."""
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in ("utf-16", "utf-32", "utf-7"):
        return None  # without a byte order mark such a label is mostly wrong; _wide looks at the bytes
    return _AS_BROWSERS_DO.get(name, name)


def guess(data: bytes, languages: Iterable[str] | None = None) -> str:
    """The likeliest encoding of text that is not UTF-8, among those in use for the languages (or for all known)."""
    wanted = languages if languages is not None else _BY_LANGUAGE
    names = list(dict.fromkeys(name for code in wanted for name in _BY_LANGUAGE.get(code, ()))) or ["cp1252"]
    sample = _sample(data)
    ranked = sorted(
        (unlikely(sample.decode(name, "ignore"), name), place, name)
        for place, name in enumerate(names)
        if _strict(sample, name, cut=True) is not None
    )
    if not ranked:
        return names[0]
    close = [name for score, _, name in ranked if score <= ranked[0][0] + 0.02]
    if len(close) > 1:
        told = identify(sample.decode(close[0], "ignore")).code
        usual = [name for name in close if name in _BY_LANGUAGE.get(told, ())]
        if usual:
            return usual[0]
    if len(close) > 1 and "cp1252" not in close:
        found = from_bytes(sample, cp_isolation=close, threshold=0.5, enable_fallback=False).best()
        if found is not None:
            return str(found.encoding)
    return "cp1252" if "cp1252" in close else ranked[0][2]


def _belied(data: bytes, claimed: str, languages: Iterable[str] | None) -> str | None:
    """The encoding that text plainly has, where that is another than the one of single bytes that it declares."""
    sample, claimed = _sample(data)[:_SHORT_SAMPLE], claimed.replace("-", "_")
    if not _SINGLE_BYTES.fullmatch(claimed) or sum(byte > 0x7F for byte in sample) < _LEAST_BEYOND:
        return None
    strange = unlikely(sample.decode(claimed, "ignore"), claimed)
    if strange < _PLAINLY:
        return None
    likelier = guess(data, languages)
    better = strange - unlikely(sample.decode(likelier, "ignore"), likelier) >= _PLAINLY
    return likelier if better else None


def _wide(data: bytes) -> str | None:
    """UTF-16 without its mark: nearly every other byte of the beginning is NUL (or, for Cyrillic, 4)."""
    head = data[:4096]
    if len(head) < 8 or len(data) % 2:
        return None
    for name, high in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        low = head[0::2] if name == "utf-16-le" else head[1::2]
        if high.count(0) + high.count(4) > 0.7 * len(high) and high.count(0) > 0 and low.count(0) < 0.1 * len(low):
            return name if _strict(data[: len(data) // 2 * 2], name) is not None else None
    return None


def _strict(data: bytes, name: str, *, cut: bool = False) -> str | None:
    try:
        if cut:
            return codecs.getincrementaldecoder(name)().decode(data, False)
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _almost_utf8(data: bytes) -> int:
    """The number of faulty bytes of text that is UTF-8 but for a few, else 0."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for char in text[:_SAMPLE] if char > "\x7f" and char != "\ufffd")
    return bad if good > 20 * bad else 0


def _sample(data: bytes) -> bytes:
    """Lines that hold more than ASCII, up to a bound: the only ones that tell encodings apart."""
    if b"\x1b$" in data[:_SAMPLE]:
        return data[:_SAMPLE]
    lines = [line for line in data[: 16 * _SAMPLE].splitlines(keepends=True) if not line.isascii()]
    return b"".join(lines)[:_SAMPLE] or data[:_SAMPLE]


_MOJIBAKE = re.compile(
    "[ÃÂÐÑ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|[РС][\u0080-\u00bfЂЃѓ‚„…†‡€‰‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є«¬®Ї°±Ііґµ¶·ё№є»јЅѕї]"
)


def mend_mojibake(text: str) -> tuple[str, str | None]:
    """Undo UTF-8 that was read as windows-1252 or windows-1251 and saved again; the second value names which, or None.

    A line is changed only when the whole of it goes back without loss; one with both kinds of letters stays.
    """
    if len(_MOJIBAKE.findall(text)) < 3:
        return text, None
    for wrong in ("cp1252", "cp1251"):
        lines, mended = text.split("\n"), 0
        for number, line in enumerate(lines):
            back = _backwards(line, wrong) if _MOJIBAKE.search(line) else None
            if back is not None:
                lines[number] = back
                mended += 1
        after = "\n".join(lines)
        if mended and len(_MOJIBAKE.findall(after)) * 4 < len(_MOJIBAKE.findall(text)):
            return after, _NAMES[wrong]
    return text, None


def _backwards(line: str, wrong: str) -> str | None:
    raw = bytearray()
    for char in line:
        try:
            raw += char.encode(wrong)
        except UnicodeEncodeError:
            if not "\x80" <= char <= "\x9f":
                return None
            raw.append(ord(char))  # the five bytes windows-1252 leaves open pass through most programs
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _finish(data: bytes, name: str, how: How, notes: tuple[str, ...] = ()) -> Decoded:
    text = data.decode(name, "replace")
    if how == "bom" and "\ufffd" in text:
        notes = (*notes, "some bytes cannot be read and were replaced by U+FFFD")
    text, wrong = mend_mojibake(text)
    if wrong:
        notes = (*notes, f"mojibake put right: UTF-8 had been read as {wrong} and saved again")
    elif len(_MOJIBAKE.findall(text[:_SAMPLE])) >= 3:
        notes = (*notes, "mojibake: some letters were lost before the text was saved")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    return Decoded(text, _NAMES.get(name, name), how, notes)
