"""How strange text is when its bytes are read by an encoding: what tells encodings apart where nothing is declared."""

from __future__ import annotations

import re

_ODD = re.compile(
    r"[\x80-\x9f\ue000-\uf8ff\u2500-\u25ff]|[a-zа-яёіў][A-ZÀ-ÞА-ЯЁІЎ]|[α-ώ][Α-Ϋ]|"
    r"[^\W\d_][¤¥¦§¨©ª«¬®¯°±²³´µ¶·¸¹º»¼½¾¿×÷†‡‰‹›ˆ˜™¢£¡][^\W\d_]|[A-Za-z][а-яА-Я]|[а-яА-Я][A-Za-z]|"
    r"[\u00c0-\u017f]{5}|[A-Za-z][\u0370-\u03ff\u0590-\u06ff]|[\u0370-\u03ff\u0590-\u06ff][A-Za-z]|"
    r"[a-z][\u3400-\u9fff\uac00-\ud7a3]|[\u3400-\u9fff\uac00-\ud7a3][a-z]|"
    r"[\uff61-\uff9f]|[А-Яа-я][À-ÿ]|[ØÞþÐðÝ]|[\u3400-\u4dbf]|[ЀЂЃЉЊЌЋЏђѓљњќћџѕјЈЅ]"
)
_MARKS = frozenset("„“”‘’‚–—…«»§°€¿¡ºª·£ ")
_WESTERN = ("äöüß", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "ãáàâçéêíóôõúü", "àèéìíîòóùú", "áèéêëïíóöü", "åäöé", "æøåéó")
"""The letters beyond ASCII of German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish."""
_CENTRAL = ("áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "ąćęłńóśźż", "áéíóöőúüű", "ăâîșşțţ", "čćđšž", "äöüß")
"""Those of Czech, Slovak, Polish, Hungarian, Romanian, Croatian, German."""
_ARABIC = ("ابتثجحخدذرزسشصضطظعغفقكلمنهويىئءآأإةؤًٌٍَُِّْ،؛؟ـ",)
_LETTERS = {
    **dict.fromkeys(("cp1252", "cp850", "mac_roman"), _WESTERN),
    **dict.fromkeys(("cp1250", "iso8859_2", "cp852"), _CENTRAL),
    **dict.fromkeys(("cp1256", "iso8859_6"), _ARABIC),
    "cp1254": ("ğışçöüâîû",),
    "cp1253": ("αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώ",),
    "cp1255": ("אבגדהוזחטיכךלמםנןסעפףצץקרשת",),
}
"""What text of these encodings holds beyond ASCII: the letters of one language, and marks."""
_SELDOM = frozenset(("cp850", "mac_roman", "cp852", "cp866", "iso8859_5", "mac_cyrillic", "iso8859_6"))
_WITHOUT_KANA = frozenset(("gb18030", "big5hkscs", "cp949"))
_KANA = re.compile("[\u3040-\u30ff]")
_EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_MUCH_KANA, _MOSTLY = 0.15, 0.8
_COMMON_HAN = re.compile("[的一是不了人在有我他这中大来上国个到说们为子和你地出道也时年這國個來說們為時的の]")
_VOWELS = re.compile(r"[аеёиоуыэюяіїєў]", re.I)
_LEAST_VOWELS = 0.3
"""Share of the letters of Cyrillic text; Hebrew that is read as Cyrillic has fewer."""
_USUAL_CYRILLIC = re.compile(r"[а-яёіїєґў]")


def unlikely(text: str, name: str) -> float:
    """How strange the text is when read by this encoding, and how seldom the encoding is met; lower is likelier."""
    score = _strangeness(text) + (0.07 if name in _SELDOM else 0.0)
    if name in _WITHOUT_KANA and len(_KANA.findall(text)) > _MUCH_KANA * len(_EAST.findall(text)):
        score += 0.1  # these hold kana too, but nobody writes Japanese in them
    if name == "cp949" and len(_HANGUL.findall(text)) < _MOSTLY * len(_EAST.findall(text)):
        score += 0.3  # Korean is written with few Chinese characters
    beyond = [char for char in text.lower() if char > "\x7f" and char not in _MARKS]
    if name in _LETTERS and beyond:
        known = max(sum(char in letters for char in beyond) for letters in _LETTERS[name])
        score += 0.5 * (1 - known / len(beyond))
    return score


def _strangeness(text: str) -> float:
    """Odd neighbours of letters per sign beyond ASCII; lower is likelier."""
    rare = sum(char > "\x7f" for char in text) or 1
    odd = len(_ODD.findall(text))
    score = odd / rare
    han = sum("\u4e00" <= char <= "\u9fff" for char in text)
    if han > 0.3 * rare:
        kana = sum("\u3040" <= char <= "\u30ff" for char in text)
        score += max(0.0, 0.5 - (4 * len(_COMMON_HAN.findall(text)) + 2 * kana) / (han + kana))
    cyrillic = sum("\u0400" <= char <= "\u04ff" for char in text)
    if cyrillic > 0.3 * rare:
        usual = len(_USUAL_CYRILLIC.findall(text))
        score += max(0.0, 0.8 - usual / cyrillic)
        score += 2 * max(0.0, _LEAST_VOWELS - len(_VOWELS.findall(text)) / cyrillic)
    return score
