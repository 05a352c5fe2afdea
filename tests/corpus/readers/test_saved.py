"""Pages as browsers and their extensions save them: one file with all inside, or a page and a folder beside it."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read

ADDRESS = "https://hafenbote.example/kran"
BODY = (
    "Der Stadtrat von Karlskrona hat am Montag beschlossen, den alten Kran stehen zu lassen, wo er steht.\n\n"
    "Die Füße würden keinen Winter mehr tragen, sagten Prüfer. Nun zahlt die Stadt für neue Bolzen im Fundament."
)
PAGE = (
    '<html lang="de"><head><meta charset="utf-8"><title>Kran bleibt stehen</title></head><body><article>'
    f"<h1>Kran bleibt stehen</h1><p>vor 3 Stunden</p><p>{'</p><p>'.join(BODY.split(chr(10) * 2))}</p></article>"
    "</body></html>"
)
QUOTED = quopri.encodestring(PAGE.encode()).decode()
PACKED = base64.encodebytes(PAGE.encode()).decode()
DATE = "Date: Tue, 7 May 2024 10:00:00 +0200\nMIME-Version: 1.0\n"
SAVED = {
    "chrome.mhtml": f"From: <Saved by Blink>\nSnapshot-Content-Location: {ADDRESS}\nSubject: Kran\n{DATE}"
    'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--b--"\n\n----b--\nContent-Type: text/html\n'
    f"Content-Transfer-Encoding: quoted-printable\nContent-Location: {ADDRESS}\n\n{QUOTED}\n----b----\n",
    "unmht.mht": f'From: "Saved by UnMHT"\nSubject: Kran\n{DATE}Content-Type: multipart/related; boundary="b"\n\n--b\n'
    'Content-Type: text/html; charset="utf-8"\nContent-Transfer-Encoding: base64\n'
    f"Content-Location: {ADDRESS}\n\n{PACKED}\n--b--\n",
    "explorer.mht": f'From: "Saved by Windows Internet Explorer 8"\nSubject: Kran\n{DATE}Content-Type: text/html;\n'
    '\tcharset="utf-8"\nContent-Transfer-Encoding: quoted-printable\n'
    f"Content-Location: {ADDRESS}\n\n{QUOTED}",
    "singlefile.html": f"<!DOCTYPE html> <!--\n Page saved with SingleFile \n url: {ADDRESS} \n"
    f" saved date: Tue May 07 2024 10:00:00 GMT+0200 (CEST)\n-->{PAGE}",
}


@pytest.mark.parametrize("name", SAVED)
def test_a_page_in_one_file(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(SAVED[name], encoding="utf-8")
    (found,) = read([tmp_path])
    assert isinstance(found, Article), found
    assert (found.title, found.url, found.published) == ("Kran bleibt stehen", ADDRESS, "2024-05-07T07:00+02:00")
    assert BODY in found.body


@pytest.mark.parametrize("folder", ["Kran_files", "Kran-Dateien", "Kran_файлы"])
def test_the_folder_beside_a_page_is_no_source(folder: str, tmp_path: Path) -> None:
    (tmp_path / "Kran.html").write_text(f"<!-- saved from url=(0030){ADDRESS} -->\n{PAGE}", encoding="utf-8")
    for name in (folder, "Kran-2024"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "frame.html").write_text(PAGE, encoding="utf-8")
    found = list(read([tmp_path]))
    assert all(isinstance(one, Article) for one in found)
    assert [Path(one.provenance.file).name for one in found if isinstance(one, Article)] == ["frame.html", "Kran.html"]
    assert [one.url for one in found if isinstance(one, Article)] == [None, ADDRESS]
