import string
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.compose.places import nearest, packaged_templates
from briefing.compose.wording import both, day, local, words
from briefing.compose.wrap import WIDTH, columns, width, wrapped
from briefing.errors import TemplateError
from briefing.model.text import Bilingual


def test_dates_are_told_as_each_language_tells_them():
    assert day("2024-07-16", "en") == "16 Jul 2024"
    assert day("2024-07-16", "zh-Hans") == "2024年7月16日"
    assert day("2024-07", "en") == "Jul 2024"
    assert day("2024-07", "zh") == "2024年7月"
    assert day("2024", "zh") == "2024年"
    assert day(date(2024, 8, 30), "en", "long") == "Friday 30 August 2024"
    assert day("2024-08-30", "zh", "long") == "2024年8月30日 星期五"


@pytest.mark.parametrize(
    "words_", ["past six years", "2024-13-01", "2024-02-30", "24", "", "2024-1-1-1", "-", "20240716"]
)
def test_what_is_no_date_stays_as_it_is(words_):
    assert day(words_, "en") == words_


def test_the_day_is_that_of_the_issues_zone():
    late = datetime(2024, 8, 29, 20, tzinfo=UTC)
    assert local(late, "Asia/Shanghai") == date(2024, 8, 30)
    assert local(late, "America/New_York") == date(2024, 8, 29)


def test_english_counts_in_singular_and_plural_and_chinese_in_one_form():
    english, chinese = words("en"), words("zh-Hant")
    assert english.say("story.copies", n=1) == "1 copy"
    assert english.say("story.copies", n=1200) == "1,200 copies"
    assert chinese.say("story.copies", n=1) == "1篇转载"
    assert english.say("count.stories", n="many") == "new stories"


def test_values_are_put_in_the_language_of_the_sentence():
    said = both("headline.for_one", label=Bilingual("Fees", "收费"), value="x")
    assert said == Bilingual("Fees: x.", "收费：x。")
    english = words("en")
    assert english.put(date(2024, 7, 16)) == "16 Jul 2024"
    assert english.put(datetime(2024, 7, 16, 1, tzinfo=UTC)) == "16 Jul 2024"


def test_both_languages_have_the_same_wordings_and_ask_for_the_same_values():
    def asked(entry):
        text = entry if isinstance(entry, str) else entry["other"]
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english, chinese = words("en").entries, words("zh").entries
    assert english.keys() == chinese.keys()
    for key in english:
        assert asked(chinese[key]) <= asked(english[key]) | {"n"}, key


def test_a_missing_wording_or_value_names_file_and_key():
    with pytest.raises(TemplateError, match=r"words/en\.toml has no wording 'no\.such'"):
        words("en").say("no.such")
    with pytest.raises(TemplateError, match=r"'mast\.issue' asks for what it is not given"):
        words("en").say("mast.issue")


def test_a_desks_own_wording_wins(tmp_path):
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.toml").write_text('[mast]\nbrand = "Harbour Watch"\n', "utf-8")
    assert words("en", (tmp_path,)).say("mast.brand") == "Harbour Watch"
    assert words("en", (tmp_path,)).say("head.figures") == "Key figures"
    assert words("zh", (tmp_path,)).say("mast.brand") == "简报"


@pytest.mark.parametrize("text", ["[mast\n", 'brand = "x"\n', b"\xff\xfe"])
def test_a_broken_words_file_is_named(tmp_path, text):
    (tmp_path / "words").mkdir()
    file = tmp_path / "words" / "en.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TemplateError, match=r"en\.toml"):
        words("en", (tmp_path,))


def test_the_installed_templates_win_over_the_repositorys(tmp_path):
    (tmp_path / "installed").mkdir()
    assert nearest(tmp_path / "installed", tmp_path / "repository") == tmp_path / "installed"
    assert nearest(tmp_path / "absent", tmp_path / "repository") == tmp_path / "repository"
    assert (packaged_templates() / "issue.mjml").is_file()


def test_a_chinese_character_is_two_columns_wide():
    assert width("abc") == 3
    assert width("数据abc") == 7
    assert width("e\u0301") == 1
    assert width("，") == 2


def test_lines_are_wrapped_by_what_they_look_like():
    english = wrapped("word " * 40)
    chinese = wrapped("数据" * 60)
    assert all(width(row) <= WIDTH for row in (english + chinese).splitlines())
    assert len(chinese.splitlines()) == 4


def test_no_line_opens_with_a_closing_mark_or_ends_with_an_opening_one():
    text = wrapped("数" * 38 + "。" + "据" * 37 + "（甲）")
    rows = text.splitlines()
    assert rows[0].endswith("。")
    assert all(row[0] not in "。）" and row[-1] != "（" for row in rows)


def test_an_address_is_never_broken():
    address = "https://desk.example.org/" + "a" * 120
    assert address in wrapped(f"    Read it: <{address}>").replace("\n", " ")


def test_signed_lines_and_table_columns_hang():
    signed = wrapped("+ " + "word " * 30)
    assert signed.splitlines()[1].startswith("  word")
    dated = wrapped(columns("16 Jul 2024", "", 0, 16) + "word " * 30)
    assert dated.splitlines()[1].startswith(" " * 16 + "word")


def test_a_table_line_aligns_wide_labels():
    assert columns("交通运输", "1.45", 100) == "交通运输" + " " * 22 + " " * 8 + "1.45  " + "#" * 20
    assert width(columns("Transport", "145", 0)) == width(columns("交通运输", "145", 0))


@given(st.text(max_size=300))
def test_wrapping_loses_no_letter(text):
    kept = [c for c in wrapped(text, 20) if not c.isspace()]
    assert kept == [c for row in text.splitlines() for c in row if not c.isspace()]
