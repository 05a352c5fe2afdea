"""The lines of a dumped page and what can be said of each by itself."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from corpus.dates import FoundDate
from corpus.layout import markdown
from corpus.layout.fragments import mended
from corpus.layout.unwrap import unwrap, without_browser_marks, without_line_ends
from corpus.markup import looks_like_markup, text_of_markup

_LONGEST = 20_000
"""A line beyond so many characters is looked at for its words alone."""
_BULLET = re.compile(
    r"^(?:[*+•·‣▪■●○◦▶►»›→❖✓✔☆★#|>-]|[–—](?=\s))+\s+|^\d{1,2}[.)]\s+(?=\S{1,60}$)"
    r"|^\d{1,4}\.\s+(?=(?:https?|ftp|mailto|file|javascript|tel|app):\S*$|\S+\.html?$)"
)
_HEADING = re.compile(r"^(#{1,6})\s+(?=\S)")
_UNDERLINE = re.compile(r"^[=\-_*~—–]{4,}$")
_BOLD = re.compile(r"(?<!\*)\*\*(?=\S)([^*]{1,200}?)(?<=\S)\*\*(?!\*)|(?<!\w)__(?=\S)([^_]{1,200}?)(?<=\S)__(?!\w)")
_END_MARK = re.compile(r"(?<=[.!?…»”\"])\s*(?:-\s?[03]?0\s?-|-{2,3}0-{2,3})$")
"""What wires put behind a story's last sentence."""
_GLUED = re.compile(r"\b((?:19|20)\d\d)(\d{1,2}:\d\d)")
_SENTENCE_END = re.compile(r"[.!?…。！？؟۔](?:[\"'»“”’)\]」』）]|\s*\[\d+\])*\s*$|[:：]\s*$|[\"»”]$")
_INNER_END = re.compile(r"[.!?…]\s+[^\W\d_]|[。！？]\S")
_MOST_CUT = 15
"""Words of a headline that a list of others cut short (`The man charged in last …`): that is no sentence's end."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_BARS = re.compile(r"\s[|•·]\s")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")


@dataclass(slots=True)
class Line:
    """One line that is not empty.

    Attributes:
        number: in the input, from 1.
        raw: as it stands there; text: without list marks, link marks and leftover markup.
        words: a count of words; two Chinese or Japanese characters count as one.
        stops: share of the words that are stop words of the language; counted: whether they could be told.
        level: 1 to 4 for a marked heading, else 0.
        gap: empty lines before it; ruled: whether a line of dashes or stars stands there.
        kind: the reason to take it for page chrome, or "".
        score: for (+) or against (−) its being part of an article.
        dates: those on it, once they were looked for.
        source, paragraph: of a piece of a longer line, the number of that line in the input and of the paragraph in
            it that the piece belongs to; else 0.
    """

    number: int
    raw: str
    text: str
    words: int = 0
    stops: float = 0.0
    bullet: bool = False
    level: int = 0
    gap: int = 0
    ruled: bool = False
    linked: float = 0.0
    ends: bool = False
    sentences: bool = False
    counted: bool = False
    kind: str = ""
    score: float = 0.0
    dates: list[FoundDate] | None = None
    source: int = 0
    paragraph: int = 0

    @property
    def prose(self) -> bool:
        """Whether it reads like a sentence or more of running text."""
        if self.linked > 0.6 or (self.words < 40 and len(_BARS.findall(self.text)) >= 2):
            return False
        if self.words >= 25:
            return self.stops >= 0.15 or ((self.ends or self.sentences) and (self.stops >= 0.08 or not self.counted))
        return self.words >= 8 and self.ends and (self.stops >= 0.12 or self.words >= 12 or self.sentences)


def split_lines(text: str, stop_words: Collection[str] = (), *, broken: bool = True) -> list[Line]:
    """The lines of a page that are not empty, numbered as they stand there.

    Paragraphs broken at a column or at links are one line, unless it is known that nothing is `broken`.
    """
    found: list[Line] = []
    gap, ruled = 0, False
    marked = markdown.is_markdown(text)
    if marked:
        numbered = markdown.logical_lines(text)
    else:
        numbered = mended(unwrap(text), stop_words) if broken else list(enumerate(text.split("\n"), 1))
    shown = without_browser_marks("\x00".join(raw for _, raw in numbered)).split("\x00")
    for (number, kept), raw in zip(numbered, shown, strict=True):
        if not raw.strip():
            gap += 1
            continue
        if _UNDERLINE.match(raw.strip()):
            if found and raw.strip()[0] in "=-" and gap == 0 and not found[-1].level and found[-1].words <= 30:
                found[-1].level = 1 if raw.strip()[0] == "=" else 2
            else:
                ruled = True
            gap += 1
            continue
        line = _line(number, raw, stop_words, marked)
        line.gap, line.ruled, line.raw = gap, ruled, kept
        gap, ruled = 0, False
        if line.text:
            found.append(line)
    return found


def _line(number: int, raw: str, stop_words: Collection[str], marked: bool) -> Line:
    text = markdown.one_line(raw) if marked else without_line_ends(raw)
    if len(text) > _LONGEST:
        line = Line(number, raw, text)
        measure(line, stop_words)
        return line
    heading = _HEADING.match(text)
    bullet = None if heading else _BULLET.match(text)
    text = text[heading.end() if heading else bullet.end() if bullet else 0 :]
    linked = 0.0
    if "](" in text or (marked and len(text) > 1):
        text, linked = markdown.plain(text)
    if looks_like_markup(text) or "&nbsp;" in text or "&quot;" in text or "&amp;" in text or "&#" in text:
        text = " ".join(text_of_markup(text).split())
    text = _GLUED.sub(r"\1 \2", _END_MARK.sub("", text) if text.endswith("-") else text)
    text = _BOLD.sub(lambda found: found.group(1) or found.group(2), text)
    line = Line(
        number,
        raw,
        text.strip(" \t|"),
        bullet=bool(bullet),
        level=len(heading.group(1)) if heading else 0,
        linked=linked,
    )
    measure(line, stop_words)
    return line


def measure(line: Line, stop_words: Collection[str]) -> None:
    """Fill in the counts of a line."""
    cjk = len(_CJK.findall(line.text))
    words = [] if cjk > len(line.text) / 2 else _WORD.findall(line.text.casefold())
    line.words = cjk // 2 + (0 if cjk and not words else len(words))
    if words and stop_words:
        line.counted = True
        line.stops = sum(word in stop_words for word in words) / len(words)
    line.sentences = bool(_INNER_END.search(line.text))
    cut = line.words <= _MOST_CUT and not line.sentences and line.text.endswith(("...", "…"))
    line.ends = not cut and bool(_SENTENCE_END.search(line.text))
