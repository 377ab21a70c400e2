import pytest

from briefing.read.gaps import filled

BODY = "审计署公布结果\n审计署查出2.48亿元问题资金，已移送有关部门。\n4个项目暂停！\n全部收回"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("审计署查出2.��亿元问题资金", BODY, "审计署查出2.48亿元问题资金"),
        ("审计�公布结果", BODY, "审计署公布结果"),
        ("4个�钅吭萃�", BODY, "4个项目暂停！"),  # garbled from the lost byte on
        ("��收回", BODY, "全部收回"),
        ("Audit f�nds 248 million", "Today\n  Audit finds 248 million  \nmore", "Audit finds 248 million"),
        ("Audit ���", "Audit of a bridge", "Audit ���"),  # longer than what was lost
        ("审计署查出�亿元", "审计署查出2亿元，前年审计署查出3亿元。", "审计署查出�亿元"),  # two readings are none
        ("审计�", BODY, "审计�"),
        ("��", "短文", "��"),
        ("�a", "xa", "�a"),
        ("审计署公布结果", "审计署公布了结果", "审计署公布结果"),
        ("审计署查�出", "", "审计署查�出"),
        ("审计署查出�亿元", "审计署查出�亿元", "审计署查出�亿元"),
    ],
)
def test_a_gap_is_filled_from_the_entrys_own_words_or_not_at_all(title, text, expected):
    assert filled(title, "", text) == expected


def test_a_reading_that_stands_twice_is_one():
    assert filled("审计�公布结果", BODY, BODY) == "审计署公布结果"
