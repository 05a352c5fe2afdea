"""Newsletters as they come: what surrounds the news, what is forwarded, mailboxes that escape too little."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.readers import read
from corpus.readers.letter import unwrapped

NEWS = (
    "The storm came in from the sea on Monday and closed the harbour.\n\nTwo boats were lost, the harbour master said."
)


def message(text: str = "", html: str = "", subject: str = "Storm") -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = "Harbour Courier <news@courier.example>", subject
    made["Date"] = "Mon, 6 May 2024 10:00:00 +0200"
    if text:
        made.set_content(text)
    if html and text:
        made.add_alternative(html, subtype="html")
    elif html:
        made.set_content(html, subtype="html")
    return made


def letters(path: Path, data: bytes) -> list[Article]:
    path.write_bytes(data)
    return [item for item in read([path]) if isinstance(item, Article)]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("View this email in your browser: https://c.example/w", "Unsubscribe: https://c.example/u"),
        ("Im Browser ansehen", "Newsletter abbestellen\n\nSie erhalten diese Mail, weil Sie Leser sind."),
        ("Voir en ligne", "Se désabonner"),
        ("Открыть в браузере", "Отписаться от рассылки"),
        ("", "© 2024 Harbour Courier. All rights reserved."),
    ],
)
def test_what_surrounds_the_news_is_stripped(tmp_path: Path, above: str, below: str) -> None:
    (found,) = letters(tmp_path / "a.eml", message(f"{above}\n\n{NEWS}\n\n{below}\n").as_bytes())
    assert found.body == NEWS
    assert "\n\n".join(lost.text for lost in found.provenance.stripped) == f"{above}\n\n{below}".strip()


def test_a_line_for_the_mailbox_alone_is_not_read(tmp_path: Path) -> None:
    html = f'<div style="display:none">Hidden line</div><p>{NEWS.replace(chr(10) * 2, "</p><p>")}</p>'
    (found,) = letters(tmp_path / "a.eml", message(html=html).as_bytes())
    assert found.body == NEWS


@pytest.mark.parametrize(
    ("mark", "names"),
    [
        ("---------- Forwarded message ---------", ("From", "Date", "Subject", "To")),
        ("-----Ursprüngliche Nachricht-----", ("Von", "Gesendet", "Betreff", "An")),
        ("-------- Пересылаемое сообщение --------", ("От", "Дата", "Тема", "Кому")),
    ],
)
def test_a_forwarded_message_is_the_article(tmp_path: Path, mark: str, names: tuple[str, ...]) -> None:
    values = ("Tide Times <t@tide.example>", "2024-05-05 09:00", "High water", "<x@y.example>")
    head = "\n".join(f"{name}: {value}" for name, value in zip(names, values, strict=True))
    (found,) = letters(
        tmp_path / "a.eml", message(f"FYI\n\n{mark}\n{head}\n\n{NEWS}", subject="Fwd: High water").as_bytes()
    )
    assert (found.title, found.source, found.published, found.body) == (
        "High water",
        "Tide Times",
        "2024-05-05T09:00",
        NEWS,
    )


def test_a_message_that_only_carries_another_gives_way(tmp_path: Path) -> None:
    outer = message("See below.", subject="Look")
    outer.add_attachment(message(NEWS, subject="High water"))
    (found,) = letters(tmp_path / "a.eml", outer.as_bytes())
    assert (found.title, found.body) == ("High water", NEWS)


def test_from_in_a_text_parts_no_messages(tmp_path: Path) -> None:
    text = "It came.\n\n>From the sea, they said.\n\nFrom here on nobody knows.\n"
    head = "From a@c.example Mon May  6 10:00:00 2024\nFrom: Courier <a@c.example>\nSubject: {}\n\n"
    found = letters(tmp_path / "a.mbox", f"{head.format('One')}{text}\n{head.format('Two')}It went.\n".encode())
    assert [one.title for one in found] == ["One", "Two"]
    assert found[0].body == "It came.\n\nFrom the sea, they said.\n\nFrom here on nobody knows."


def test_a_letter_of_before_mime_is_mail(tmp_path: Path) -> None:
    head = "From: Courier <a@c.example>\nTo: l@c.example\nSubject: Storm\nDate: Mon, 06 May 2024 10:00:00 +0200\n\n"
    (found,) = letters(tmp_path / "a.txt", f"{head}{NEWS}\n".encode())
    assert (found.title, found.body, found.provenance.reader) == ("Storm", NEWS, "mail")


def test_lines_wrapped_for_mail_are_whole_again_and_lists_stay() -> None:
    text = "The storm came in from the sea on Monday and closed the\nharbour.\nBoats:\n"
    text += "- One of them is called the Osprey and is new\n- Two"
    assert unwrapped(text).split("\n\n") == [
        "The storm came in from the sea on Monday and closed the harbour.",
        "Boats:",
        "- One of them is called the Osprey and is new",
        "- Two",
    ]


STORY = "<h2>{title}</h2><p>{text}</p><p><a href='https://courier.example/{page}'>Read more</a></p>"
STORIES = (
    ("Harbour closed", "The storm closed the harbour on Monday, said the harbour master.", "harbour"),
    ("School opens late", "The school of Karlskrona opens a week late because of water in it.", "school"),
)


@pytest.mark.parametrize("linked", [False, True])
def test_a_newsletter_of_several_stories_gives_an_article_each(tmp_path: Path, linked: bool) -> None:
    html = "".join(STORY.format(title=title, text=text, page=page) for title, text, page in STORIES)
    if linked:
        for title, _, page in STORIES:
            html = html.replace(f"<h2>{title}</h2>", f"<h2><a href='https://courier.example/{page}'>{title}</a></h2>")
        html = html.replace("Read more", "")
    html = f"<p>Good morning, dear readers.</p>{html}<p>Unsubscribe</p>"
    found = letters(tmp_path / "a.eml", message(html=html, subject="The week").as_bytes())
    assert [(one.title, one.body, one.url) for one in found] == [
        (title, text, f"https://courier.example/{page}") for title, text, page in STORIES
    ]
    assert {one.published for one in found} == {"2024-05-06T10:00+02:00"}
    assert {one.source for one in found} == {"Harbour Courier"}
    assert found[0].provenance.stripped[-1].text == "Good morning, dear readers."


@pytest.mark.parametrize(
    "html",
    [
        "<h1>Storm</h1><p>{0}</p><h2>What comes next</h2><p>{1}</p><h2>What was lost</h2><p>{1}</p>",
        "<h2>Harbour closed</h2><p>{0} See <a href='https://courier.example/a'>our map</a>.</p><h2>Rest</h2><p>{1}</p>",
    ],
)
def test_subheadings_of_one_story_are_no_stories(tmp_path: Path, html: str) -> None:
    text = message(html=html.format(STORIES[0][1], STORIES[1][1]))
    assert len(letters(tmp_path / "a.eml", text.as_bytes())) == 1
