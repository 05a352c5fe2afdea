"""Names of firms without their legal form: Nordlicht Werft AG is Nordlicht Werft."""

from __future__ import annotations

import re
from functools import cache

from corpus.expressions import any_of
from corpus.languages import packs

LEGAL_FORM = 0.9, ("the same name", "one of them with its legal form")
_QUOTES = "«»„“”\"' ,"
_LEAST = 3
_LONGEST_WORD = 4


def without_legal_form(name: str) -> str:
    """A firm's name as it is without AG, Inc. or ООО; the name itself where too little would be left."""
    rest = _pattern().sub("", name).strip(_QUOTES)
    return rest if sum(map(str.isalpha, rest)) >= _LEAST else name


@cache
def _pattern() -> re.Pattern[str]:
    """Legal forms of all languages, as they end a name or begin it; `Trust` and other words may be parts of one."""
    forms = {form for pack in packs() for form in pack.entities.legal_forms}
    telling = (form for form in forms if len(form) <= _LONGEST_WORD or not (form[1:].islower() and form.isalpha()))
    either = any_of(telling)
    return re.compile(rf"(?:[\s,]+(?:{either}))+$|^(?:(?:{either})\s+)+(?![a-zа-я])")
