"""Tells the parts of a page dumped as text: navigation, section, date, title, byline, dateline, body.

    from corpus.layout import read_page
    read_page(text)[0].title

How it works, one question a module:
`unwrap`   which lines are one paragraph that a tool broke at a column
`markdown` what a converter's links, pictures and emphasis stand for
`oneline`  where to part a page that stands on one line, or paragraphs without a space between them
`lines`    what is on each line: words, punctuation, list marks, headings
`phrases`  which words of the language packs (share, related, cookie, …) mark a line as not the article's
`body`     which stretch of lines is the article: the maximum-scoring run
`stamps`   which lines bear a date, and which date is the article's
`head`     which lines above it are title and section
`authors`  who signs the article; `names`: what is a name
`told`     which title the page itself says twice, as its title element and as its heading (`repeated`: on one line)
`address`  which address its share buttons send: its own
`fragments` which lines are one sentence that a tool broke at its links
`split`    whether the page holds several articles
"""

from __future__ import annotations

from corpus.layout.address import own_address
from corpus.layout.dateline import agencies, find_dateline
from corpus.layout.names import byline_names
from corpus.layout.page import Field, Page, read_page
from corpus.layout.phrases import is_chrome_line

__all__ = ["Field", "Page", "agencies", "byline_names", "find_dateline", "is_chrome_line", "own_address", "read_page"]
