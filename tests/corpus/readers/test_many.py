"""Files of thousands of small parts are read in a time that grows with them, not with their square."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.readers import read

MAIL = "From: a@c.example\nTo: l@c.example\nSubject: s\nDate: Mon, 6 May 2024 10:00:00 +0200\nMIME-Version: 1.0\n\n"
LINE = "The ferry to Hiiumaa will sail twice a day from May, the harbour office said. "
COMPONENT = (
    "<NewsComponent><NewsLines><HeadLine>x</HeadLine></NewsLines><ContentItem><DataContent>y</DataContent></ContentItem>"
    "</NewsComponent>"
)
MANY = {
    "components.xml": f"<NewsML><NewsItem>{COMPONENT * 1500}</NewsItem></NewsML>",
    "contents.xml": "<NewsML><NewsItem><NewsComponent>"
    + "<ContentItem><DataContent>y</DataContent></ContentItem>" * 5_000
    + "</NewsComponent></NewsItem></NewsML>",
    "divisions.xml": "<TEI><text>"
    + '<div type="news"><div type="article"><p>x</p></div></div>' * 1500
    + "</text></TEI>",
    "links.xml": '<mets xmlns:x="http://www.w3.org/1999/xlink"><div ID="a">'
    + '<div TYPE="article" ID="q"/>' * 800
    + "</div><smLinkGrp>"
    + '<smLocatorLink x:href="#q"/><smLocatorLink x:href="#a"/>' * 800
    + "</smLinkGrp></mets>",
    "dashes.eml": MAIL + ("-" * 3000 + "x\n") * 1000,
    "lines.eml": MAIL + f"{LINE}\n" * 20_000,
    "wire.iptc": "lbr0003 3 i 95  dpa 0045\n\nTitle here =\n\n" + f"{LINE}\n" * 20_000,
}


@pytest.mark.parametrize("name", MANY)
def test_time_grows_with_the_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MANY[name])
    start = time.process_time()
    assert list(read([tmp_path / name]))
    assert time.process_time() - start < 5
