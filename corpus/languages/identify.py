"""The language of a text: script first, then the letters of few languages, then n-grams and stop words.

A declared language is believed unless the text speaks clearly against it, and the answer says what spoke.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus.article import UNDETERMINED
from corpus.languages.registry import base_code, has_pack, pack
from corpus.languages.scripts import ALONE, GROUPS, count_scripts, main_script

Evidence = Literal["script", "letters", "n-grams", "declared", "none"]

READ = 600
"""Characters of a text that are looked at: more add nothing."""
SURE = 0.9
"""The confidence above which a text contradicts what was declared."""
PLAINLY = 0.99
"""The confidence of a declared language that the text's common words bear out."""
ENOUGH = 24
"""Letters below which a text never contradicts the declared language by n-grams."""

_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis", "xx"})


@dataclass(frozen=True, slots=True)
class Identified:
    """A language code (`und` when nothing tells), how sure (0 to 1), and what spoke for it."""

    code: str
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Share:
    """A language of a text and its share of the text's letters (0 to 1)."""

    code: str
    share: float


def identify(text: str, *, declared: str | None = None, languages: Sequence[str] | None = None) -> Identified:
    """The language of a text, of which the first 600 characters are read.

    Args:
        text: any text; no letters gives the declared language, or `und` with confidence 0.
        declared: what the source says ("de", "de-AT"); contradicted only by script or with confidence above `SURE`.
        languages: codes to choose among; another one is answered only if none of them is written in the text's script.
            Without it, all packs and, where much better, the other languages that langdetect has profiles of.
    """
    said = _declared(declared)
    head = unicodedata.normalize("NFC", text[:READ])
    scripts, chars = count_scripts(head)
    letters = sum(scripts.values())
    script = main_script(scripts)
    if not script:
        return Identified(said or UNDETERMINED, 0.5 if said else 0.0, "declared" if said else "none")
    allowed = {base_code(code) for code in languages} if languages else None
    found = _by_script(script, chars, scripts) or _by_ngrams(script, head, allowed, said)
    if not said or said == found.code:
        return found
    if found.code == UNDETERMINED:
        return Identified(said, 0.5, "declared")
    if not _may_be(said, script):
        return Identified(found.code, found.confidence, "script")
    weak = found.evidence == "n-grams" and (letters < ENOUGH or not _is_known(said))
    if weak or found.confidence < SURE:
        return Identified(said, max(0.1, 1.0 - found.confidence), "declared")
    return found


def _declared(code: str | None) -> str:
    """The base code of what was declared, or "" where that is no language."""
    base = base_code(code) if code else ""
    return base if base.isalpha() and len(base) in (2, 3) and base not in _NO_LANGUAGE else ""


def _is_known(code: str) -> bool:
    """Whether a language can be recognised at all, so that its absence says something."""
    return code in ("zh", "ja") or code in ALONE.values() or any(code in group for group in GROUPS.values())


def _by_script(script: str, chars: Counter[str], scripts: dict[str, int]) -> Identified | None:
    """What script and letters alone decide: ja, zh, and languages alone in their script."""
    if script == "Japanese":
        return Identified("ja", 0.99, "script")
    if script == "Han":
        japanese, chinese = _eastern_letters(chars)
        if japanese > chinese:
            return Identified("ja", 0.95, "letters")
        if not chinese and _half_simplified(chars):
            return Identified("ja", 0.9, "letters")
        # Without a letter that only one of them has it could be a Japanese headline in Chinese characters.
        return Identified("zh", 0.97 if chinese else min(0.9, 0.5 + 0.05 * scripts["Han"]), "script")
    if script in ALONE:
        return Identified(ALONE[script], 0.99, "script")
    return None


@lru_cache(maxsize=16384)
def _east(char: str) -> int:
    """+1 for a character of Japanese character sets alone, -1 for Chinese alone, 0 for shared ones."""

    if _within("shift_jis", char):
        return 0 if _within("gb2312", char) or _within("big5", char) else 1
    return -1 if _within("gbk", char) or _within("big5", char) else 0


def _half_simplified(chars: Counter[str]) -> bool:
    """Whether some characters are only in the simplified set and others only in the traditional one (参院選): Japanese.

    Japan simplified other characters than China did, and a Chinese text keeps to one of the two.
    """
    han = [char for char in chars if "\u4e00" <= char <= "\u9fff"]
    return not _within("gb2312", han) and not _within("big5", han) and _within("shift_jis", han)


def _within(encoding: str, chars: Sequence[str]) -> bool:
    try:
        "".join(chars).encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _eastern_letters(chars: Counter[str]) -> tuple[int, int]:
    japanese = chinese = 0
    for char, count in chars.items():
        if "\u4e00" <= char <= "\u9fff":
            side = _east(char)
            japanese += count if side > 0 else 0
            chinese += count if side < 0 else 0
    return japanese, chinese


def _by_ngrams(script: str, text: str, allowed: set[str] | None, said: str) -> Identified:
    if script not in GROUPS:
        return Identified(UNDETERMINED, 0.0, "none")
    from corpus.languages.ngrams import model, plainly  # numpy: not for those who only want a pack

    if said and plainly(text, said, script):
        return Identified(said, PLAINLY, "n-grams")
    code, confidence = model(script).best(text, allowed, said)
    return Identified(code, confidence, "n-grams") if code else Identified(UNDETERMINED, 0.0, "none")


def _may_be(code: str, script: str) -> bool:
    """Whether a language may be written in a script; one that nothing is known of may be written in any."""
    for name, group in GROUPS.items():
        if code in group:
            return script == name
    if code in ("zh", "ja"):
        return script in ("Han", "Japanese")
    if code in ALONE.values():
        return ALONE.get(script) == code
    if has_pack(code):
        return pack(code).script in (script, "Other")
    return True


def languages_of(
    text: str, *, declared: str | None = None, languages: Sequence[str] | None = None
) -> tuple[Share, ...]:
    """The languages of a text's paragraphs with their shares of its letters, the largest first.

    A paragraph of fewer than 40 letters counts with the one before it; a language with under 5 % is left out.
    """
    letters: dict[str, int] = {}
    code, waiting = "", 0
    for paragraph in text.split("\n"):
        scripts, _ = count_scripts(paragraph)
        count = sum(scripts.values())
        short = (count < 40 and main_script(scripts) not in ("Han", "Japanese")) or count < 10
        if not short:
            found = identify(paragraph, declared=code or declared, languages=languages)
            code = found.code
        if code:
            letters[code] = letters.get(code, 0) + count + waiting
            waiting = 0
        else:
            waiting += count
    if not letters:
        whole = identify(text, declared=declared, languages=languages)
        return () if whole.code == UNDETERMINED else (Share(whole.code, 1.0),)
    total = sum(letters.values())
    kept = {code: count for code, count in letters.items() if count >= 0.05 * total}
    total = sum(kept.values())
    shares = (Share(code, count / total) for code, count in kept.items())
    return tuple(sorted(shares, key=lambda share: (-share.share, share.code)))
