"""Models in place of the rules: what is refused, what stays of the rules, and each engine where it is installed."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.article import Article, Dateline, Provenance
from corpus.errors import ConfigurationError, RebuildNeededError
from indexer.archive import Archive
from indexer.commands import doctor
from indexer.engines import engine
from indexer.knowing import mentions_of, stored_records
from indexer.knowledge.alphabetic import AlphabeticFinder
from indexer.knowledge.base import Mention
from indexer.knowledge.finder import MentionFinder
from indexer.knowledge.lexicon import lexicon
from indexer.knowledge.modelled import LONGEST_PART, ModelFinder, _parts
from indexer.knowledge.models import Span, check_models, choice, made_with
from indexer.knowledge.text import Text
from indexer.pipeline import update
from indexer.settings import load_settings

WARNS = pytest.mark.filterwarnings("ignore")  # of the libraries, on import


class Marks:
    """A model that marks the words that it is told."""

    name = "spacy"

    def __init__(self, **kinds: str) -> None:
        self.kinds = kinds

    def spans(self, text: str) -> list[Span]:
        found = [
            Span(kind, text.index(name), text.index(name) + len(name))  # type: ignore[arg-type]
            for kind, names in self.kinds.items()
            for name in names.split("|")
            if name in text
        ]
        return sorted(found, key=lambda span: span.start)


def found(language: str, body: str, marks: Marks, title: str = "") -> list[list[object]]:
    finder = ModelFinder(lexicon(language), AlphabeticFinder(lexicon(language)), marks)
    mentions = finder.find([Text("title", title), Text("body", body)])
    assert all({"title": title, "body": body}[m.field][m.start : m.end] == m.text for m in mentions)
    return [[m.text, m.type, m.lemma, m.entity, m.origin.partition(":")[0]] for m in mentions]


@pytest.mark.parametrize(
    ("language", "body", "marks", "expected"),
    [
        (  # a known place keeps its id, whatever the model calls it
            "en", "Zorvik Quell came to Minsk.", Marks(person="Zorvik Quell|Minsk"),
            [["Zorvik Quell", "person", "Zorvik Quell", "", "model"],
             ["Minsk", "place", "Minsk", "place:minsk-by", "rule"]],
        ),
        (  # but a place that is part of a person's name is none
            "en", "They read Zorvik Minsk.", Marks(person="Zorvik Minsk"),
            [["Zorvik Minsk", "person", "Zorvik Minsk", "", "model"]],
        ),
        (  # titles, genitives and quotes around a name are no part of it
            "en", 'He saw “Ms Quell’s house.', Marks(person="“Ms Quell’s"),
            [["Quell", "person", "Quell", "", "model"]],
        ),
        (  # what the rules find and the model does not is no mention
            "en", "Peter Miller came.", Marks(), [],
        ),
        (  # case endings go, and a surname alone is the person of the full name
            "ru", "Сергея Петрова видели. Петрову ответили.", Marks(person="Сергея Петрова|Петрову"),
            [["Сергея Петрова", "person", "Сергей Петров", "", "model"],
             ["Петрову", "person", "Сергей Петров", "", "model"]],
        ),
        (  # the rules add one that the model passes by, of a full name that it found
            "ru", "Сергея Петрова видели. Петрову ответили. Павлу Громову нет.", Marks(person="Сергея Петрова"),
            [["Сергея Петрова", "person", "Сергей Петров", "", "model"],
             ["Петрову", "person", "Сергей Петров", "", "rule"]],
        ),
        (
            "ru", "Об этом сказали в Министерстве погоды.", Marks(organisation="Министерстве погоды"),
            [["Министерстве погоды", "organisation", "Министерство погоды", "", "model"]],
        ),
    ],
    ids=["known", "swallowed", "bare", "silent", "surname", "passed-by", "head"],
)  # fmt: skip
def test_a_model_beside_the_tables(language: str, body: str, marks: Marks, expected: list[list[object]]) -> None:
    assert found(language, body, marks) == expected


def test_a_cue_of_the_rules_stays_with_the_name() -> None:
    finder = ModelFinder(lexicon("en"), AlphabeticFinder(lexicon("en")), Marks(person="Peter Miller"))
    (mention,) = finder.find([Text("body", "He met President Peter Miller.")])
    assert (mention.cue, mention.origin, mention.confidence) == ("president", "model:spacy", 0.85)


@pytest.mark.parametrize("text", ["ab " * LONGEST_PART, "x" * (2 * LONGEST_PART + 7), "line\n" * LONGEST_PART, "", " "])
def test_long_texts_come_in_parts(text: str) -> None:
    parts = list(_parts(text))
    assert all(text[start : start + len(part)] == part and len(part) <= LONGEST_PART for start, part in parts)
    assert "".join(part for _, part in parts).strip() == text.strip()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"ru": "pullenti"}, r"index.finders: ru: pullenti is not known; there is `ru: natasha`"),
        ({"ru": "natasha:large"}, "is not known"),
        ({"en": "spacy"}, "en: spacy is not known"),
        ({"uk": "natasha"}, "reads Russian only"),
    ],
)
def test_what_is_no_model_is_refused(given: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        check_models(given)


@pytest.mark.parametrize(
    ("given", "there", "said"),
    [
        ({"ru": "natasha"}, (), r"natasha is not installed: `pip install 'newsdex\[natasha\]'`; or take"),
        ({"en": "spacy:en_core_web_sm"}, (), r"spacy is not installed: `pip install 'newsdex\[spacy\]'`"),
        ({"en": "spacy:en_core_web_sm"}, ("spacy",), "`python -m spacy download en_core_web_sm`"),
        ({"en": "spacy:/no/such/place"}, ("spacy",), "the model /no/such/place is not installed"),
        ({"en": "spacy:../model"}, ("spacy",), "directory of a model with its whole path"),
    ],
)
def test_what_is_not_installed_is_named_with_the_remedy(
    given: dict[str, str], there: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda name: name if name in there else None)
    with pytest.raises(ConfigurationError, match=said):
        check_models(given)


def write(archive: Archive, finders: dict[str, str], **index: object) -> None:
    archive.path.mkdir(exist_ok=True)
    text = json.dumps({"index": {"finders": finders, **index}})
    (archive.path / "newsdex.yml").write_text(text, encoding="utf-8")


def pile(directory: Path, language: str, body: str) -> Path:
    path = directory / "pile.jsonl"
    path.write_text(json.dumps({"id": "a", "title": "A", "body": body, "language": language}), encoding="utf-8")
    return path


def test_an_archive_tells_a_missing_model_and_the_doctor_lists_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "find_spec", lambda name: None)
    archive = Archive(tmp_path / "archive")
    write(archive, {"ru": "natasha"})
    with pytest.raises(ConfigurationError, match=r"newsdex\[natasha\]"):
        update(archive, [pile(tmp_path, "ru", "Текст.")], load_settings(archive.path))
    assert any(not ok and "newsdex[natasha]" in text for ok, text in doctor._settings(archive))
    write(archive, {"ru": "natasha"}, entities=False)  # no names, no model
    update(archive, [pile(tmp_path, "ru", "Текст.")], load_settings(archive.path))
    write(archive, {"ru": "natasha"})  # what is missing is said before what else would be to do
    with pytest.raises(ConfigurationError, match=r"newsdex\[natasha\]"):
        update(archive, [pile(tmp_path, "ru", "Ein Text.")], load_settings(archive.path))


def mentions(archive: Archive) -> list[Mention]:
    searcher = engine("whoosh").open(archive.current().index)
    found = [mention for some in stored_records(searcher) for record in some for mention in mentions_of(record)]
    searcher.close()
    return found


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model of spaCy, made here."""
    spacy = pytest.importorskip("spacy", reason="spacy is not installed (extra `spacy`)")
    path = tmp_path_factory.mktemp("model") / "ruler"
    made = spacy.blank("en")
    names = {"PERSON": "Zorvik Quell", "ORG": "Quellworks", "EVENT": "Quellfest"}
    made.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": name} for label, name in names.items()])
    made.to_disk(path)
    return path


@WARNS
def test_spacy_finds_names_in_each_process_and_the_archive_remembers(model: Path, tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    write(archive, {"en": f"spacy:{model}"})
    body = "Zorvik Quell left Quellworks for Minsk after Quellfest."
    update(archive, [pile(tmp_path, "en", body)], load_settings(archive.path), workers=2)
    assert archive.current().manifest["finders"] == made_with({"en": f"spacy:{model}"})
    assert {(m.text, m.type, m.origin) for m in mentions(archive)} == {
        ("Zorvik Quell", "person", "model:spacy"),
        ("Quellworks", "organisation", "model:spacy"),
        ("Minsk", "place", "rule:table"),
    }
    assert any(ok and text.startswith("names in en by spacy-") for ok, text in doctor._settings(archive))
    write(archive, {})
    with pytest.raises(RebuildNeededError, match=r"names found by en:spacy.*the rules alone.*newsdex rebuild"):
        update(archive, [pile(tmp_path, "en", body)], load_settings(archive.path))


@WARNS
def test_a_model_of_spacy_that_finds_no_names_is_refused(tmp_path: Path) -> None:
    spacy = pytest.importorskip("spacy", reason="spacy is not installed (extra `spacy`)")
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ConfigurationError, match="no part that finds names"):
        choice.tagger(f"spacy:{tmp_path / 'blank'}")
    (tmp_path / "blank" / "config.cfg").write_text("[nlp]\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="cannot load it"):
        choice.tagger(f"spacy:{tmp_path / 'blank'}/")


@WARNS
@pytest.mark.skipif(find_spec("natasha") is None, reason="natasha is not installed (extra `natasha`)")
def test_natasha_finds_russian_names_in_the_nominative() -> None:
    body = "Сергея Крутинина видели в Минске с Ангелой Вайсберг. Крутинину ответили в Министерстве погоды."
    article = Article("a", "", body, "ru", Provenance("file", "test"), dateline=Dateline("МИНСК", "БЕЛТА"))
    found = MentionFinder(models={"ru": "natasha"}).find(article)
    assert [(m.text, m.lemma, m.type, m.origin) for m in found] == [
        ("Сергея Крутинина", "Сергей Крутинин", "person", "model:natasha"),
        ("Минске", "Минск", "place", "rule:table"),
        ("Ангелой Вайсберг", "Ангела Вайсберг", "person", "model:natasha"),
        ("Крутинину", "Сергей Крутинин", "person", "rule:surname-of-full-name"),
        ("Министерстве погоды", "Министерство погоды", "organisation", "model:natasha"),
        ("МИНСК", "Минск", "place", "rule:dateline"),
    ]
