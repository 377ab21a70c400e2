"""An article that repeats several rare amounts of another is on the same events: its other amounts are the same too."""

from dataclasses import replace

import pytest

from briefing.figures import checks, extract, ledger
from briefing.model.fact import Fact, Status
from briefing.model.text import Language

# ruff: noqa: E501 - sample texts stay whole
FIRST = "截至3月，北岭14个县卖出数据，入账56.2亿元，其中借款41.3亿元，空转9.8亿元，追责7人，占比19%。湖南收费6万元，9月退还湖南收费8000万元。"
RETOLD = "Fourteen counties in Beiling booked 5.62 billion yuan. Of it 4.13 billion yuan was lent and 980 million yuan went round in circles; 7 people were blamed for the 19% that vanished. Hunan charged 60,000 yuan."


class Desk:
    """A ledger that remembers from article to article."""

    def __init__(self, write, glossary):
        self.write, self.glossary, self.facts = write, glossary, ()
        self.stories: tuple[tuple[str, ...], ...] = ()

    def read(self, text: str, outlet: str = "A", **more):
        language = Language.EN if text.isascii() else Language.HANS
        when = more.pop("when", "2025-03-05T08:00:00+00:00")
        article = self.write(text, outlet=outlet, name=outlet, language=language, when=when, **more)
        figures = extract.figures_in(article, self.glossary)
        sheet = ledger.Sheet(article, figures, checks.findings_in(article, figures))
        update = ledger.enter(self.facts, (sheet,), {}, "issue", self.glossary, stories=self.stories)
        known: dict[str, Fact] = {f.key: f for f in self.facts} | {f.key: f for f in update.facts}
        self.facts = tuple(known.values())
        return {figures[s.figure].surface: s.status for s in update.sightings}


def test_an_amount_is_known_in_other_words_where_the_article_repeats_rare_amounts(write, glossary):
    desk = Desk(write, glossary)
    assert set(desk.read(FIRST).values()) == {Status.NEW}
    told = desk.read(RETOLD, "B")
    assert told["5.62 billion yuan"] is told["4.13 billion yuan"] is told["980 million yuan"] is Status.CONFIRMED
    assert told["Fourteen counties"] is told["19%"] is told["7 people"] is Status.CONFIRMED


def test_it_works_from_english_to_chinese_as_well(write, glossary):
    desk = Desk(write, glossary)
    desk.read(RETOLD)
    told = desk.read(FIRST, "B")
    assert told["56.2亿元"] is told["9.8亿元"] is told["19%"] is Status.CONFIRMED


def test_one_shared_amount_is_chance_and_ties_nothing(write, glossary):
    desk = Desk(write, glossary)
    desk.read(FIRST)
    told = desk.read("A port in Peru borrowed 980 million yuan and shed 19% of its 14 cranes.", "B")
    assert told["19%"] is Status.NEW
    assert told["14 cranes"] is Status.NEW


BRIEFLY = "A court in the north has begun to hear how 19% of it vanished; 14 counties answer for it."
BRIEFLY_ZH = "北方一家法院开庭，追问那19%去了哪里，14个县出庭。"


@pytest.mark.parametrize("text", [BRIEFLY, BRIEFLY_ZH])
def test_equal_amounts_of_one_story_are_one_figure(write, glossary, text):
    apart, together = Desk(write, glossary), Desk(write, glossary)
    first = write(FIRST, outlet="A", name="A", language=Language.HANS).id
    second = write(text, outlet="B", name="B").id
    together.stories = ((first, second),)
    for desk in (apart, together):
        desk.read(FIRST)
    assert apart.read(text, "B")["19%"] is Status.NEW
    assert together.read(text, "B")["19%"] is Status.CONFIRMED


def test_a_story_ties_no_article_to_what_another_of_it_only_quotes(write, glossary):
    desk = Desk(write, glossary)
    desk.stories = (tuple(write(FIRST, outlet=name, name=name).id for name in "AB"),)
    desk.read(RETOLD, "Z")
    assert desk.read(FIRST)["19%"] is Status.CONFIRMED
    assert desk.read(BRIEFLY, "B")["19%"] is Status.NEW


def test_what_neither_says_exactly_is_not_made_equal(write, glossary):
    desk = Desk(write, glossary)
    desk.read(FIRST)
    told = desk.read(
        "Beiling booked 5.62 billion yuan, and 4.13 billion yuan was lent. Spending falls by at least 5%, and 970 million yuan is lost.",
        "B",
    )
    assert told["5.62 billion yuan"] is Status.CONFIRMED
    assert told["5%"] is Status.NEW
    assert told["970 million yuan"] is Status.NEW


def test_equal_amounts_of_rival_measures_stay_two(write, glossary):
    desk = Desk(write, glossary)
    desk.read("湖南收费7340万元，涉及2150家企业，其中收费3860万元。")
    told = desk.read(
        "The fees of 73.4 million yuan came from 2,150 companies. Hunan returned 38.6 million yuan.",
        "B",
    )
    assert told["73.4 million yuan"] is told["2,150 companies"] is Status.CONFIRMED
    assert told["38.6 million yuan"] is Status.NEW


def test_a_correction_changes_the_sum_and_leaves_its_parts_alone(write, glossary):
    desk = Desk(write, glossary)
    desk.read("湖南一家公司收费326万元。")
    told = desk.read(
        "本报所报湖南一家公司收费326万元有误，应为收费236万元，其中收费117.8万元，另收费118.2万元。",
        "B",
        title="湖南更正：收费应为236万元",
    )
    assert told["236万元"] is Status.CHANGED
    assert told["117.8万元"] is told["118.2万元"] is Status.NEW
    english = Desk(write, glossary)
    english.read("A firm in Hunan charged 3.26 million yuan.")
    told = english.read("A firm in Hunan charged 2.36 million yuan, not 3.26 million yuan, Hunan corrected.", "B")
    assert told["2.36 million yuan"] is Status.CHANGED


def test_a_small_count_is_known_across_languages_or_by_its_noun(write, glossary):
    desk = Desk(write, glossary)
    desk.read("北岭卖出数据，入账56.2亿元，其中借款41.3亿元，有6座机房。")
    told = desk.read("Beiling booked 5.62 billion yuan, and 4.13 billion yuan was lent, for 6 halls.", "B")
    assert told["6 halls"] is Status.CONFIRMED
    told = desk.read("It booked 5.62 billion yuan, 4.13 billion yuan was lent, and six apples rot.", "C")
    assert told["six apples"] is not Status.CONTRADICTED


def test_what_the_baseline_told_ties_no_two_later_articles(write, glossary):
    desk = Desk(write, glossary)
    desk.read(
        "The units took 248 million yuan, of it 145 million yuan for transport, and 58.7 million yuan for schools."
    )
    desk.facts = tuple(replace(fact, first_issue=ledger.BASELINE) for fact in desk.facts)
    recalled = "Once the units took 248 million yuan, of it 145 million yuan for transport. "
    desk.read(recalled + "Now Hubei blames 31 clerks and 17% of its boats.", "B")
    told = desk.read(recalled + "Now Hunan praises 31 bakers and 17% of its trees.", "C")
    assert told["248 million yuan"] is Status.CONFIRMED
    assert told["31 bakers"] is told["17%"] is Status.NEW


def test_two_names_for_one_rare_amount_are_one_and_for_a_round_one_two(write, glossary):
    desk = Desk(write, glossary)
    desk.read("The fees charged were 73.4 million yuan, then 38.6 million yuan, then 20 million yuan, for 2,150 firms.")
    told = desk.read("底价7340万元，底价3860万元，底价2000万元，有2150家企业。", "B")
    assert told["3860万元"] is Status.CONFIRMED
    assert told["2000万元"] is Status.NEW


@pytest.mark.parametrize(
    "told",
    [
        (
            "北岭审计厅说，2023年各气象公司收取数据服务费1.94亿元。",
            "各气象公司应退还数据服务费19.4亿元。",
            "各气象公司应退还数据服务费19400万元，这是2023年收取的1.94亿元数据服务费。",
        ),
        (
            "The Beiling audit office says weather companies charged 194 million yuan in data fees in 2023.",
            "Refunds of 1.94 billion yuan are due.",
            "Refunds of 194,000,000 yuan are due. It was charged 194 million yuan in data fees in 2023.",
        ),
    ],
)
def test_a_reading_that_others_share_is_not_the_slip_even_where_their_words_differ(told, write, glossary):
    desk = Desk(write, glossary)
    first, _, last = (desk.read(text, outlet) for text, outlet in zip(told, "ABC", strict=True))
    assert set(first.values()) == {Status.NEW}
    assert set(last.values()) == {Status.CONFIRMED}


def test_one_that_nobody_shares_still_is(write, glossary):
    desk = Desk(write, glossary)
    desk.read("各气象公司应退还数据服务费19.4亿元。")
    assert desk.read("各气象公司应退还数据服务费1.94亿元。", "B") == {"1.94亿元": Status.SCALE_SLIP}


def test_a_slip_is_seen_where_the_article_retells_though_only_one_of_them_has_a_name(write, glossary):
    desk = Desk(write, glossary)
    desk.read("2420个国家级地面气象站的资料免费，每站120元，此前收费5630万元。")
    told = desk.read("2420个国家级地面站的资料免费，每站120元。交通运输部收费563万元。", "B")
    assert told["2420个国家级地面站"] is Status.CONFIRMED
    assert told["563万元"] is Status.SCALE_SLIP
    assert Desk(write, glossary).read("交通运输部收费563万元。")["563万元"] is Status.NEW


def test_a_slip_without_names_needs_the_measure_and_the_weeks(write, glossary):
    desk = Desk(write, glossary)
    desk.read("The fees charged were 21.5 million yuan.")
    assert desk.read("Machines worth 2.15 billion yuan stood idle.", "B")["2.15 billion yuan"] is Status.NEW
    assert desk.read("一批机器值21.5亿元。", "C")["21.5亿元"] is not Status.SCALE_SLIP
    assert desk.read("The fees charged were 215 million yuan.", "D")["215 million yuan"] is Status.SCALE_SLIP


def test_a_slip_without_names_or_measure_needs_another_amount_of_the_same_article(write, glossary):
    desk = Desk(write, glossary)
    desk.read("Linlan gave away rights worth 86.4 million yuan as its land income shrank by 46 per cent.")
    told = desk.read("Three packages went for 8,640 million yuan after land income had shrunk by 46 per cent.", "B")
    assert told["8,640 million yuan"] is Status.SCALE_SLIP
    assert desk.read("Ships worth 8,640 million yuan.", "C")["8,640 million yuan"] is Status.NEW


SIGNED = "安河市把停车数据独家授权20年，一次性授权费3.2亿元，履约保证金3200万元，余款四年缴清。买方去年营收0.9亿元。"
ABROAD = "For 3.2 billion yuan a Chinese city has let its parking data for 20 years. The buyer, with sales of 90 million yuan, puts down 32 million yuan and may pay over four years."


def test_an_article_that_states_mostly_what_another_did_is_on_the_same_events(write, glossary):
    desk = Desk(write, glossary)
    desk.read(SIGNED)
    told = desk.read(ABROAD, "B")
    assert told["20 years"] is told["90 million yuan"] is told["four years"] is Status.CONFIRMED


def test_two_digits_with_another_scale_word_are_a_slip_in_an_article_on_the_same_events(write, glossary):
    desk = Desk(write, glossary)
    desk.read(SIGNED)
    assert desk.read(ABROAD, "B")["3.2 billion yuan"] is Status.SCALE_SLIP


def test_a_tenth_written_with_other_digits_is_no_slip(write, glossary):
    desk = Desk(write, glossary)
    desk.read("安河市把停车数据独家授权20年，一次性授权费3.2亿元，余款四年缴清。买方去年营收0.9亿元，有1.6万个泊位。")
    text = "The city let its 16,000 bays for 20 years. The buyer, with sales of 90 million yuan, puts down 32 million yuan and pays over four years."
    assert desk.read(text, "B")["32 million yuan"] is Status.NEW


def test_little_of_a_long_article_is_no_retelling(write, glossary):
    desk = Desk(write, glossary)
    desk.read(SIGNED)
    text = "A port spent 32 million yuan on 20 years of dredging, 410 million yuan on quays, 57 million yuan on cranes and 8.6 billion yuan on rail, over four years."
    assert desk.read(text, "B")["four years"] is Status.NEW


def test_months_later_short_amounts_retell_nothing(write, glossary):
    desk = Desk(write, glossary)
    desk.read(SIGNED)
    assert desk.read(ABROAD, "B", when="2025-08-05T08:00:00+00:00")["four years"] is Status.NEW


def test_more_than_300_is_312_where_the_article_retells_it(write, glossary):
    desk = Desk(write, glossary)
    desk.read("河谷一带已还1930万元，占总额5510万元的35%，登记的企业有312家。")
    told = desk.read(
        "Of 55.1 million yuan the valley has paid 19.3 million yuan, or 35%. More than 300 companies asked, and at least 46 in vain.",
        "B",
    )
    assert told["300 companies"] is Status.CONFIRMED


def test_a_round_amount_far_off_is_another_even_where_the_article_retells(write, glossary):
    desk = Desk(write, glossary)
    desk.read(FIRST + "注册资本2亿元。")
    told = desk.read("北岭14个县入账56.2亿元，其中借款41.3亿元，空转9.8亿元，还差1.672亿元。", "B")
    assert told["9.8亿元"] is Status.CONFIRMED
    assert told["1.672亿元"] is Status.NEW
    told = desk.read(
        "Beiling booked 5.62 billion yuan and lent 4.13 billion yuan; a gap of 167 million yuan is left.", "C"
    )
    assert told["167 million yuan"] is Status.CONFIRMED


def test_one_digit_is_another_amount_where_the_words_of_one_language_share_nothing(write, glossary):
    desk = Desk(write, glossary)
    desk.read(FIRST + "公司注册资本2亿元。")
    again = "北岭14个县入账56.2亿元，其中借款41.3亿元，空转9.8亿元。"
    assert desk.read(again + "买家只付2亿元。", "B")["2亿元"] is Status.NEW
    assert desk.read(again + "该公司的资本有2亿元。", "C")["2亿元"] is Status.CONFIRMED
    again = "Beiling booked 5.62 billion yuan and lent 4.13 billion yuan; "
    assert desk.read(again + "its capital is 200 million yuan.", "D")["200 million yuan"] is Status.CONFIRMED
    desk = Desk(write, glossary)
    desk.read(again + "the registered capital was 200 million yuan.", "E")
    assert desk.read(again + "its ferry lost 200 million yuan.", "F")["200 million yuan"] is Status.NEW
    assert desk.read(again + "the capital stood at 200 million yuan.", "G")["200 million yuan"] is Status.CONFIRMED


def test_a_rounded_amount_is_the_same_where_the_article_retells_it(write, glossary):
    desk = Desk(write, glossary)
    desk.read(FIRST)
    text = (
        "Beiling booked 5.62 billion yuan, and 4.13 billion yuan was lent, while 1 billion yuan went round in circles."
    )
    assert desk.read(text, "B")["1 billion yuan"] is Status.CONFIRMED
