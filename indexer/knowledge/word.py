"""One capitalised word and all that it can be in a name."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.knowledge.gazetteer import Known


@dataclass(slots=True)
class Word:
    """One capitalised word and all that it can be.

    `compound` is a noun only for being made of nouns, `names_next` a German one before names of firms, `body` an
    institution by itself, `adjective` a Slavic adjective, `opens` one or a noun by which an institution's name begins;
    `heads` are the known names of several words that begin with it. `odds`, `forms` and `likeness` are filled
    when `SingleNames`, `surname_forms` and `Lexicon.likeness` are asked.
    """

    text: str
    low: str
    folded: str
    key: str
    given: bool = False
    part: bool = False
    stop: bool = False
    office: bool = False
    honorific: bool = False
    organisation: bool = False
    legal: bool = False
    place_word: bool = False
    initial: bool = False
    capitals: bool = False
    common: bool = False
    surname_like: bool = False
    numeral: bool = False
    compound: bool = False
    adjective: bool = False
    names_next: bool = False
    body: bool = False
    opens: bool = False
    odds: float | None = None
    camel: bool = False
    frequent: bool = False
    famous: bool = False
    likeness: float | None = None
    known: Known | None = None
    heads: tuple[tuple[tuple[str, ...], Known, str], ...] = ()
    forms: tuple[str, ...] = ()

    @property
    def title(self) -> bool:
        return self.office or self.honorific
