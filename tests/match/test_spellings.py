from invented import article_of

from briefing.match.glossary import Lexis, sounds
from briefing.match.profiles import profiles, text_likeness
from briefing.match.spellings import spelled
from briefing.model.text import Language

ENGLISH = "The town of Molan, as Molan's clerks put it on Friday, leased its lamp posts to a choir."
CHINESE = "莫澜镇的文员周五说，该镇把路灯租给了一个合唱团。"
ELSEWHERE = "北京的文员周五说，该市把路灯租给了一个合唱团。"


def test_a_character_is_spelled_as_its_sounds_without_tones():
    assert sounds("乐") >= {"le", "yue"}
    assert sounds("吕") == {"lu"}
    assert sounds("x") == frozenset()


def test_neighbours_that_no_dictionary_word_holds_spell_a_name():
    assert spelled("莫澜镇的文员")["molan"] == 1
    assert {"kangmai", "kangmaida"} <= set(spelled("康脉达公司"))
    assert "wenyuan" not in spelled("文员")
    assert not spelled("plain words, and 澜 alone")


def test_a_chinese_name_and_its_english_spelling_bring_two_reports_together():
    english = article_of("e", "Lamps leased", ENGLISH)
    pairs = [
        profiles([english, article_of("z", "路灯出租", text, language=Language.HANS)], {}, Lexis())
        for text in (CHINESE, ELSEWHERE)
    ]
    (_, named), (_, other) = pairs
    assert named.common["molan"] == 1
    assert "molan" not in other.common
    met, unmet = (float(text_likeness(pair)[0, 1]) for pair in pairs)
    assert met > unmet + 0.05


def test_a_spelling_that_no_english_text_names_changes_nothing():
    english = article_of("e", "Lamps leased", "The town leased its lamp posts to a choir on Friday.")
    _, chinese = profiles([english, article_of("z", "路灯出租", CHINESE, language=Language.HANS)], {}, Lexis())
    assert "molan" not in chinese.common
