from hypothesis import given
from hypothesis import strategies as st

from briefing.match import words


def test_word_triples_and_character_quadruples_are_the_shingles():
    assert list(words.shingles("the fee was paid back")) == ["the fee was", "fee was paid", "was paid back"]
    assert list(words.shingles("数据收费退还。")) == ["数据收费", "据收费退", "收费退还"]
    assert list(words.shingles("费")) == []


def test_chinese_marks_and_spaces_do_not_part_shingles():
    assert list(words.shingles("数据，收费")) == list(words.shingles("数据 收费"))


def test_a_chinese_text_with_latin_names_stays_chinese():
    assert words.is_chinese("使用 api 收费的单位")
    assert not words.is_chinese("the word 数据 means data")
    assert not words.is_chinese("2024")


def test_forms_of_one_word_share_their_stem():
    assert words.stemmed("licences") == words.stemmed("licence")
    assert words.stemmed("companies") == "company"
    assert words.stemmed("bus") == "bus"
    assert words.stemmed("class") == "class"
    assert words.stemmed("fee") == "fee"
    assert words.stemmed("sees") == "see" or words.stemmed("sees") == "sees"
    assert words.stemmed("using") == "using"
    assert words.stemmed("数据") == "数据"


def test_terms_are_stems_and_pairs():
    assert list(words.terms("the licences of 码头市 a")) == [words.stemmed("licences"), "码头", "头市"]
    assert list(words.terms("费")) == ["费"]
    assert words.content_words("the fees of 2024") == [words.stemmed("fees"), "2024"]


def test_grams_mark_the_edges_of_words():
    assert set(words.grams("fee 数据")) >= {"~_fe", "~fee", "~ee_", "~_fee_", "数", "数据"}
    assert "数据" in set(words.features("数据"))


def test_names_are_capitals_and_numbers_unless_all_is_capitals():
    assert words.names("Officials in Quay paid 12 million to The bank") == ["official", "quay", "12"]
    assert words.names("Quay Pays Back All The Fees") == []
    assert words.names("") == []


def test_a_pattern_has_edges_at_ascii_letters_only():
    found = words.pattern(("audit", "数据局"))
    assert found.search("an audit of")
    assert not found.search("auditors")
    assert found.search("国家数据局称")
    assert words.pattern(("audit*",)).search("auditors")
    assert not words.pattern(("audit*",)).search("unaudited")
    assert not words.pattern(()).search("anything")
    assert words.pattern(("parking data",)).search("a parking-data deal")
    assert words.pattern(("a", "桥")).findall("a banana, a 桥a") == ["a", "a", "桥", "a"]


def test_a_form_is_cut_only_inside_a_word():
    assert words.is_cut("quays", 4)
    assert not words.is_cut("quay city", 4)
    assert not words.is_cut("quay", 4)
    assert not words.is_cut("码头市场", 3)


@given(st.text(max_size=80))
def test_any_text_gives_units_without_failing(text):
    list(words.shingles(text))
    list(words.features(text))
    list(words.terms(text))
    words.names(text)
