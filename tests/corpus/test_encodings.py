"""Bytes to text: marks, declarations, guesses, mojibake."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import decode, mend_mojibake, python_name

GERMAN = "Die Brücke über die Elbe wird für 214 Millionen Euro größer.\nÄrger gibt es um die Straße."
POLISH = "Kopalnia soli pod Bochnią zamieni chodniki w magazyn gazu, twierdzą górnicy. Śnieg, żółw i źdźbło."
RUSSIAN = "Ледокол провёл через Енисейский залив караван из четырёх танкеров, сообщила администрация порта."
BELARUSIAN = "У Налібоцкай пушчы за зіму нарадзілася адзінаццаць зубрат, паведаміла заолаг."
UKRAINIAN = "Міський театр відкрив сезон виставою, яку зіграли на першій колії вокзалу між двома потягами."
CHINESE = "昆明至普洱高铁延伸段十五日上午在普洱市正式开工，全长一百一十二公里，项目负责人说施工难度很大。"
TAIWANESE = "昆明至普洱高鐵延伸段十五日上午在普洱市正式開工，這個項目的負責人說施工難度很大。"
JAPANESE = "大分県別府市の老舗旅館は八日、温泉の熱だけで暖房と給湯をまかなう新館を報道陣に公開した。"
ITALIAN = "“L’acqua è salita fino all’altezza del ponte”, ha detto l’assessore. Un’ora dopo è scesa."
FEW_LETTERS = "Der Fuß des Turms steht im Wasser, und der Turm steht schief. Das Rathaus von Riesa bleibt zu."
ARABIC = "استقبل ميناء صور اليوم الخميس أول سفينة شحن كبيرة بعد انتهاء أعمال توسعة الرصيف."

CZECH = "Loděnice v Děčíně letos spustí šest člunů, řekl ředitel Tomáš Žák. Těžší než loni už žádný nebude."
SLOVAK = "Prístav v Komárne otvoria až v máji, ľad poškodil dve žeriavové dráhy a päť lodí čaká na opravu."
HUNGARIAN = "A győri kikötőben tűz ütött ki, a tűzoltók két óra múlva megfékezték, senki sem sérült meg."
TURKISH = "Liman müdürü, fırtınanın ardından iki geminin açıkta beklediğini, yolcuların sağ olduğunu söyledi."
GREEK = "Το λιμάνι της Καβάλας έκλεισε για δύο ημέρες λόγω των ισχυρών ανέμων, είπε ο λιμενάρχης."
HEBREW = "נמל אשדוד נפתח מחדש ביום שני לאחר סערה שנמשכה יומיים, אמר מנהל הנמל לכתבים."
KOREAN = "부산항은 폭풍이 지나간 뒤 월요일에 다시 문을 열었다고 항만 관계자가 말했다."
SHORT_CHINESE = "省气象台说，大雾将于明天上午散去，渡轮恢复开航。"

GUESSED = [
    (CZECH, "cp1250", "cs"), (CZECH, "iso8859_2", "cs"), (SLOVAK, "iso8859_2", "sk"), (HUNGARIAN, "cp1250", "hu"),
    (TURKISH, "cp1254", "tr"), (GREEK, "cp1253", "el"), (HEBREW, "cp1255", "he"), (KOREAN, "cp949", "ko"),
    (SHORT_CHINESE, "gb18030", "zh"), (ARABIC, "iso8859_6", "ar"), (GERMAN, "mac_roman", "de"),
    (GERMAN, "cp1252", "de"), (POLISH, "cp1250", "pl"), (POLISH, "iso8859_2", "pl"), (RUSSIAN, "cp1251", "ru"),
    (RUSSIAN, "koi8_r", "ru"), (RUSSIAN, "cp866", "ru"), (BELARUSIAN, "cp1251", "be"), (UKRAINIAN, "cp1251", "uk"),
    (UKRAINIAN, "koi8_u", "uk"), (CHINESE, "gb18030", "zh"), (TAIWANESE, "big5", "zh"), (JAPANESE, "cp932", "ja"),
    (JAPANESE, "euc_jp", "ja"), (JAPANESE, "iso2022_jp", "ja"), (ITALIAN, "cp1252", "it"),
    (FEW_LETTERS, "cp1252", "de"), (ARABIC, "cp1256", "ar"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "encoding", "language"), GUESSED)
@pytest.mark.parametrize("hinted", [True, False])
def test_guess(text: str, encoding: str, language: str, hinted: bool) -> None:
    found = decode(text.encode(encoding), languages=(language, "en") if hinted else None)
    assert found.text == text
    assert found.how == "guessed"
    assert found.notes, "a guess is told"


@pytest.mark.parametrize("text", [GERMAN, RUSSIAN, CHINESE])
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("utf-8", lambda text: text.encode()),
        ("utf-8 bom", lambda text: codecs.BOM_UTF8 + text.encode()),
        ("utf-16", lambda text: text.encode("utf-16")),
        ("utf-16-be bom", lambda text: codecs.BOM_UTF16_BE + text.encode("utf-16-be")),
        ("utf-32", lambda text: text.encode("utf-32")),
        ("crlf", lambda text: text.replace("\n", "\r\n").encode()),
    ],
)
def test_certain(text: str, name: str, data: object) -> None:
    assert callable(data)
    found = decode(data(text))
    assert found.text == text
    assert not found.notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [GERMAN, RUSSIAN])
def test_utf16_without_a_mark(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1250", "koi8-r"])
@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (BELARUSIAN, "cp1251"), (UKRAINIAN, "cp1251"), (ARABIC, "cp1256")]
)
def test_a_declaration_that_the_letters_belie(text: str, encoding: str, declared: str) -> None:
    found = decode(text.encode(encoding), declared=declared)
    assert found.text == text
    assert found.notes[0].startswith(f"declared {declared}, but it reads as ")


@pytest.mark.parametrize(
    ("text", "encoding"), [(text, name) for text, name, _ in GUESSED if name not in ("iso2022_jp",)]
)
def test_a_true_declaration_stands(text: str, encoding: str) -> None:
    found = decode(text.encode(encoding), declared=encoding)
    assert (found.text, found.how) == (text, "declared")


def test_declared_wins_over_a_guess_but_not_over_utf8() -> None:
    assert decode(RUSSIAN.encode("koi8-r"), declared="KOI8-R").how == "declared"
    wrong = decode(GERMAN.encode(), declared="iso-8859-1")
    assert wrong.text == GERMAN
    assert "it is UTF-8" in wrong.notes[0]
    assert decode(GERMAN.encode("cp1252"), declared="no-such-thing").text == GERMAN


def test_labels_as_browsers_read_them() -> None:
    assert python_name("ISO-8859-1") == "cp1252"
    assert python_name("gb2312") == "gb18030"
    assert python_name("'utf-8'") == "utf-8"
    assert python_name("x-nonsense") is None


@pytest.mark.parametrize(("text", "wrong"), [(GERMAN, "cp1252"), (RUSSIAN, "cp1252"), (UKRAINIAN, "cp1251")])
def test_mojibake_is_put_right_and_told(text: str, wrong: str) -> None:
    spoilt = "".join(bytes([byte]).decode(wrong) if _decodes(byte, wrong) else chr(byte) for byte in text.encode())
    found = decode(spoilt.encode())
    assert found.text == text
    assert any("mojibake" in note for note in found.notes)


def _decodes(byte: int, encoding: str) -> bool:
    try:
        bytes([byte]).decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


@pytest.mark.parametrize("text", [text for text, _, _ in GUESSED] + ["Ã la carte, s'il vous plaît", "Â© 2020"])
def test_sound_text_is_left_alone(text: str) -> None:
    assert mend_mojibake(text) == (text, None)


def test_a_few_faulty_bytes_do_not_spoil_utf8() -> None:
    data = (RUSSIAN * 5).encode() + b"\xff" + RUSSIAN.encode()
    found = decode(data)
    assert found.encoding == "utf-8"
    assert "1 bytes are not UTF-8" in found.notes[0]


@given(st.binary(max_size=500))
def test_any_bytes_become_text(data: bytes) -> None:
    text = decode(data).text
    assert "\r" not in text
    assert "\x00" not in text
    text.encode("utf-8", "surrogatepass")
