"""Identification: short and long texts of our own, declared languages, odd input, and the shared set where it lies."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.languages import BUILT_IN, Share, identify, languages_of
from corpus.languages.ngrams import plainly
from corpus.languages.scripts import count_scripts, main_script

SET = Path(__file__).parents[3].parent / "shared" / "data" / "language_id"

TEXTS = [
    ("be", "Міністр адкрыў у Гродне новы мост праз Нёман, які будавалі тры гады."),
    ("be", "Гэта толькі пачатак"),
    ("be", "Надвор'е на заўтра: дождж і моцны вецер"),
    ("ru", "Министр открыл в Гродно новый мост через Неман, который строили три года."),
    ("ru", "Цены на хлеб выросли на пять процентов"),
    ("uk", "Міністр відкрив у Гродні новий міст через Німан, який будували три роки."),
    ("uk", "Ціни на хліб зросли на п'ять відсотків"),
    ("en", "The minister opened a new bridge over the river, which took three years to build."),
    ("en", "Bread prices rise again"),
    ("de", "Der Minister eröffnete eine neue Brücke über den Fluss, an der drei Jahre gebaut wurde."),
    ("de", "Brotpreise steigen erneut um fünf Prozent"),
    ("es", "El ministro inauguró un puente nuevo sobre el río, que tardó tres años en construirse."),
    ("es", "El precio del pan vuelve a subir"),
    ("pl", "Minister otworzył nowy most przez rzekę, który budowano trzy lata."),
    ("pl", "Ceny chleba znowu rosną"),
    ("fr", "Le ministre a inauguré un nouveau pont sur le fleuve, qui a été construit en trois ans."),
    ("fr", "Le prix du pain augmente encore"),
    ("it", "Il ministro ha inaugurato un nuovo ponte sul fiume, costruito in tre anni."),
    ("it", "Il prezzo del pane aumenta ancora"),
    ("pt", "O ministro inaugurou uma nova ponte sobre o rio, que demorou três anos a construir."),
    ("pt", "Preço do pão volta a subir"),
    ("nl", "De minister opende een nieuwe brug over de rivier, waaraan drie jaar is gebouwd."),
    ("nl", "Broodprijzen stijgen opnieuw"),
    ("zh", "部长为新桥剪彩，该桥历时三年建成。"),
    ("zh", "部長為新橋剪綵，該橋歷時三年建成。"),
    ("zh", "iPhone 15 Pro Max 今日发售"),
    ("zh", "市長剪綵，新橋通車"),
    ("ja", "参院選公示、三党首が第一声"),
    ("ja", "内閣支持率低下"),
    ("ja", "最高裁、違憲判断"),
    ("ja", "大臣は三年かけて建設された新しい橋の開通式に出席した。"),
    ("ja", "東京駅前で気温上昇、県内各地で発表"),
    ("ja", "令和6年度予算案を閣議決定、過去最大の総額に"),
    ("ar", "افتتح الوزير جسرا جديدا على النهر استغرق بناؤه ثلاث سنوات."),
    ("ko", "장관은 강을 가로지르는 새 다리를 개통했다."),
    ("el", "Ο υπουργός εγκαινίασε τη νέα γέφυρα."),
    ("cs", "Ministr otevřel nový most přes řeku, který se stavěl tři roky a stál příliš mnoho peněz."),
    ("sv", "Ministern invigde en ny bro över floden, som det tog tre år att bygga och som kostade mycket."),
    ("tr", "Bakan, yapımı üç yıl süren yeni köprüyü açtı ve herkese teşekkür etti."),
    ("bg", "Министърът откри новия мост над реката, който беше строен три години."),
    ("bg", "Цената на хляба отново се повишава"),
    ("sr", "Министар је отворио нови мост преко реке, који се градио три године."),
    ("sr", "Цене хлеба поново расту због већих трошкова"),
    ("mk", "Министерот го отвори новиот мост преку реката, кој се градеше три години."),
    ("kk", "Министр өзен үстіндегі жаңа көпірді ашты, оның құрылысы үш жылға созылды."),
    ("ca", "El ministre va inaugurar un pont nou sobre el riu, que s'ha trigat tres anys a construir."),
    ("ca", "El preu del pa torna a pujar amb els nous impostos"),
    ("gl", "O ministro inaugurou unha nova ponte sobre o río, que tardou tres anos en construírse."),
    ("ro", "Ministrul a inaugurat un nou pod peste râu, care a fost construit în trei ani."),
    ("hr", "Ministar je otvorio novi most preko rijeke, koji se gradio tri godine."),
    ("sk", "Minister otvoril nový most cez rieku, ktorý sa staval tri roky."),
    ("da", "Ministeren indviede en ny bro over floden, som det tog tre år at bygge."),
    ("no", "Ministeren åpnet en ny bro over elven, som det tok tre år å bygge."),
    ("is", "Ráðherrann opnaði nýja brú yfir ána, sem þrjú ár tók að byggja."),
    ("eu", "Ministroak ibaiaren gaineko zubi berria inauguratu du, eta hiru urte behar izan dira."),
    ("fi", "Ministeri avasi uuden sillan joen yli, ja sen rakentaminen kesti kolme vuotta."),
    ("hu", "A miniszter átadta az új hidat a folyó felett, amely három évig épült."),
    ("lt", "Ministras atidarė naują tiltą per upę, kuris buvo statomas trejus metus."),
    ("lv", "Ministrs atklāja jauno tiltu pār upi, kuru būvēja trīs gadus."),
    ("et", "Minister avas uue silla üle jõe, mille ehitamine kestis kolm aastat."),
]


@pytest.mark.parametrize(("code", "text"), TEXTS, ids=[f"{code}-{i}" for i, (code, _) in enumerate(TEXTS)])
def test_texts(code: str, text: str) -> None:
    found = identify(text)
    assert found.code == code
    assert 0.3 < found.confidence <= 1.0
    assert identify(text, declared=code).code == code
    assert identify(text.upper()).code == code


@pytest.mark.parametrize(("code", "text"), TEXTS[:31])
def test_declared_wrongly(code: str, text: str) -> None:
    """A full sentence contradicts another declared language."""
    if len(text) > 60 or code in ("zh", "ja", "ar"):
        for wrong in ("en-US", "ru", "it", "zh"):
            assert identify(text, declared=wrong).code == code


@pytest.mark.parametrize(
    ("text", "declared", "code", "evidence"),
    [
        ("", None, "und", "none"),
        ("", "de", "de", "declared"),
        ("2024 – 16:28 (3,5 %)", None, "und", "none"),
        ("2024 – 16:28 (3,5 %)", "be", "be", "declared"),
        ("😀 🎉", "xx", "und", "none"),
        ("\ud800\udfff\udc80", None, "und", "none"),
        ("\ud800 Der Minister eröffnete \udc80 die neue Brücke.", None, "de", "n-grams"),
        ("Berlin", "pl", "pl", "declared"),  # too short to contradict anything
        ("Minsk", "de-AT", "de", "declared"),
        ("Минск", "de", "ru", "script"),  # but a script contradicts at once
        ("北京", "de", "zh", "script"),
        ("ƻ", "be", "be", "declared"),
        ("東京", "ja", "ja", "declared"),  # nothing in it is Chinese alone
        ("东京发生地震", "ja", "zh", "script"),
        ("Le ministre a inauguré un pont sur le fleuve.", "oc", "oc", "declared"),  # no profile: nothing to compare
        ("Le ministre a inauguré un pont sur le fleuve.", "und", "fr", "n-grams"),
        ("Le ministre a inauguré un pont sur le fleuve.", "mul", "fr", "n-grams"),
    ],
)
def test_declared_and_odd_input(text: str, declared: str | None, code: str, evidence: str) -> None:
    found = identify(text, declared=declared)
    assert (found.code, found.evidence) == (code, evidence)


PLAIN = {
    "be": "Яна сказала, што гэта не так, але мы ўсе ведалі, як гэта было і хто з нас быў там у той дзень.",
    "ru": "Она сказала, что это не так, но мы все знали, как это было и кто из нас был там в тот день.",
    "uk": "Вона сказала, що це не так, але ми всі знали, як це було і хто з нас був там у той день.",
    "en": "She said that it was not so, but we all knew how it had been and which of us was there on that day.",
    "de": "Sie sagte, dass es nicht so war, aber wir alle wussten, wie es war und wer von uns an dem Tag da war.",
    "nl": "Ze zei dat het niet zo was, maar wij wisten allemaal hoe het was en wie van ons er op die dag was.",
    "es": "Ella dijo que no era así, pero todos nosotros sabíamos cómo era y quién de nosotros estaba allí en ese día.",
    "pt": "Ela disse que não era assim, mas todos nós sabíamos como era e quem de nós estava lá nesse dia.",
    "fr": "Elle a dit que ce n'était pas le cas, mais nous savions tous comment cela était et qui de nous était là.",
    "pl": "Ona powiedziała, że tak nie było, ale my wszyscy wiedzieliśmy, jak to było i kto z nas tam był w tym dniu.",
}


@pytest.mark.parametrize("code", PLAIN)
def test_a_declared_language_borne_out_by_common_words(code: str) -> None:
    """Only the right one is borne out at a glance; a wrong one is weighed, and contradicted."""
    script = main_script(count_scripts(PLAIN[code])[0])
    assert {said for said in PLAIN if plainly(PLAIN[code], said, script)} == {code}
    assert {identify(PLAIN[code], declared=said).code for said in PLAIN} == {code}


def test_candidates() -> None:
    text = "O ministro inaugurou a ponte."
    assert identify(text, languages=["pt", "es"]).code == "pt"
    assert identify(text, languages=["es", "de"]).code == "es"
    assert identify("Министр открыл мост", languages=["es", "de"]).code == "ru"  # no candidate writes so
    assert identify(text, languages=["es"], declared="pt").code == "pt"


def test_mixed_scripts_go_by_weight() -> None:
    scripts, _ = count_scripts("Apple iPhone 新機種が発売")
    assert scripts == {"Latin": 11, "Han": 5, "Kana": 1}
    assert main_script(scripts) == "Japanese"
    assert main_script({}) == ""


def test_languages_of_a_mixed_article() -> None:
    german = "Der Minister eröffnete eine neue Brücke über den Fluss, an der drei Jahre gebaut wurde."
    russian = "Министр открыл новый мост через реку, который строили три года и который дорого обошёлся."
    shares = languages_of("\n\n".join([german, "MINSK", german, russian]))
    assert [share.code for share in shares] == ["de", "ru"]
    assert sum(share.share for share in shares) == pytest.approx(1.0)
    assert 0.5 < shares[0].share < 0.75
    assert languages_of(german) == (Share("de", 1.0),)
    assert languages_of("") == ()
    assert languages_of("123", declared="de") == (Share("de", 1.0),)
    assert languages_of("Kurz") == (Share(identify("Kurz").code, 1.0),)


@given(st.text(max_size=700))
def test_any_text_gets_an_answer(text: str) -> None:
    found = identify(text)
    assert 2 <= len(found.code) <= 3
    assert 0.0 <= found.confidence <= 1.0
    assert found == identify(text)  # no chance in it
    assert sum(share.share for share in languages_of(text)) == pytest.approx(1.0) or not languages_of(text)


@given(st.text(st.characters(categories=["Cs", "Mn", "Lo", "Nd"]), max_size=80), st.sampled_from(BUILT_IN))
def test_a_declared_language_is_never_lost_to_nothing(text: str, declared: str) -> None:
    assert identify(text, declared=declared).code != "und"


def cases(articles: bool) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for code in BUILT_IN:
        lines = [line for line in (SET / f"{code}.txt").read_text(encoding="utf-8").splitlines() if line.strip()]
        if articles:
            found += [(code, " ".join(lines[i : i + 8])) for i in range(0, len(lines) - 7, 8)]
        else:
            found += [(code, " ".join(line.split()[:8])) for line in lines]
    return found


@pytest.mark.skipif(not SET.is_dir(), reason="../shared/data/language_id is not beside the project")
@pytest.mark.parametrize(("articles", "goal"), [(True, 0.995), (False, 0.97)], ids=["articles", "titles"])
def test_goals_on_the_shared_set(articles: bool, goal: float) -> None:
    rows = cases(articles)
    right = sum(identify(text).code == code for code, text in rows)
    assert right / len(rows) >= goal
