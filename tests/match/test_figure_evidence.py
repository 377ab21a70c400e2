from decimal import Decimal

from invented import article_of, figure_of

from briefing.match.anchors import anchors, described, stale_keys
from briefing.match.figures import (
    absent,
    agree,
    distinct,
    figure_key,
    is_rare,
    is_twin,
    new_numbers,
    shared,
    significant,
)
from briefing.match.glossary import Lexis
from briefing.match.vetoes import marks, veto
from briefing.model.fact import Fact, Status, Witness
from briefing.model.figure import Kind
from briefing.model.judgement import Memory
from briefing.model.source import Tier
from briefing.model.text import Bilingual, Language


def test_closing_zeros_are_not_significant():
    assert significant(Decimal(248000000)) == 3
    assert significant(Decimal("0.05")) == 1
    assert significant(Decimal(0)) == 0


def test_three_digits_or_two_of_money_are_rare():
    assert is_rare(figure_of("248000000"))
    assert is_rare(figure_of("12"))
    assert not is_rare(figure_of("5"))
    assert is_rare(figure_of("1930", Kind.COUNT))
    assert not is_rare(figure_of("13", Kind.COUNT))
    assert not is_rare(figure_of("20240905", Kind.DATE))


def test_readings_agree_within_the_digits_written():
    precise, rounded = figure_of("58657000", half="500"), figure_of("58660000", half="5000")
    assert agree(precise.quantity, rounded.quantity)
    assert not agree(precise.quantity, figure_of("58900000").quantity)
    assert not agree(precise.quantity, figure_of("58657000", currency="USD").quantity)


def test_each_figure_is_shared_once():
    one = (figure_of("100"), figure_of("100"), figure_of("7", Kind.DATE))
    assert len(shared(one, (figure_of("100"),))) == 1
    assert len(distinct((*one, figure_of("8", Kind.DATE)))) == 1


def test_the_guard_names_numbers_that_are_new_or_more_frequent():
    original = article_of("a", "Fees of 12", "The fee is 1,930 yuan. There are 10 of them.")
    copy = article_of("b", "Fees of 12", "The fee is 1930 yuan. There are 10 of them, or 10.")
    assert new_numbers(copy, original) == ("10",)
    retitled = article_of("c", "Fees of 77", "The fee is 1930 yuan.")
    assert new_numbers(retitled, original) == ("77",)


def test_a_figure_in_digits_is_new_only_with_a_new_number():
    old = (figure_of("5"),)
    assert absent((figure_of("6", surface="6 yuan"),), old, ("6",)) == (0,)
    assert absent((figure_of("6", surface="6 yuan"),), old, ()) == ()
    assert absent((figure_of("6", surface="六元"),), old, ()) == (0,)
    assert absent((figure_of("5", surface="５元"),), old, ("5",)) == ()


def test_twins_share_their_form_and_not_their_figures():
    one = tuple(figure_of(v) for v in ("1240", "980", "730"))
    two = tuple(figure_of(v) for v in ("1150", "1020", "860"))
    assert is_twin(one, two)
    assert not is_twin(one, one)
    assert not is_twin(one[:2], two)
    assert not is_twin(None, two)
    assert is_twin(one[:1], two[1:2], likeness=0.4)
    assert not is_twin(one[:1], two[1:2], likeness=0.6)
    assert not is_twin(one[:1], one[:1], likeness=0.4)


def test_anchors_are_figures_days_and_names_with_headings_first(glossary):
    lexis = Lexis(glossary)
    article = article_of("a", "Quay City, River Province", "The Records Bureau pays by 31 December 2025.")
    figures = (figure_of("248000000", half="1"), figure_of("7", Kind.COUNT), figure_of("0", Kind.COUNT))
    found = anchors(article, figures, lexis)
    assert found["name quay"] == 1.0
    assert "name river" not in found
    assert 0 < found["name bureau"] < 0.5
    assert found["day 12-31"] == 0.5
    assert found[figure_key(figures[0].quantity)] == 1.0
    assert found[figure_key(figures[1].quantity)] == 0.1
    assert figure_key(figures[2].quantity) not in found
    stale = anchors(article, figures, lexis, frozenset({figure_key(figures[0].quantity)}))
    assert stale[figure_key(figures[0].quantity)] == 0.15


def test_two_outlets_round_one_amount_to_one_key():
    assert figure_key(figure_of("58657000").quantity) == figure_key(figure_of("58660000").quantity)


def test_an_anchor_is_described_as_it_is_printed(glossary):
    lexis = Lexis(glossary)
    figure = figure_of("248000000", surface="2.48亿元")
    assert described("name quay", (), lexis) == Bilingual("Quay City", "码头市")
    assert described(figure_key(figure.quantity), (figure,), lexis).zh == "2.48亿元"
    assert described("day 12-31", (figure,), lexis).en == "12-31"


def test_figures_of_the_baseline_are_stale():
    figure = figure_of("248000000")
    article = article_of("a", "t")
    witness = Witness("a", "o", Tier.NEWSROOM, "", article.dates.first_seen, figure, "", issue="baseline")
    fact = Fact("k", Bilingual("", ""), figure.quantity, (witness,), Status.NEW)
    later = Fact("m", Bilingual("", ""), figure_of("5").quantity, (), Status.NEW)
    assert stale_keys(Memory(facts=(fact, later))) == {figure_key(figure.quantity)}


def vetoed(one, other, glossary, figures=((), ()), likeness=0.5):
    lexis = Lexis(glossary)
    return veto(marks(one, figures[0], lexis), marks(other, figures[1], lexis), likeness)


def test_another_place_is_another_event(glossary):
    quay, hill = article_of("a", "Quay City sells data"), article_of("b", "山城市出让数据", language=Language.HANS)
    assert "places" in vetoed(quay, hill, glossary).en
    assert vetoed(quay, article_of("c", "River Province sells data"), glossary) is None
    knows = article_of("d", "Hill City sells data", "As Quay City did.")
    assert vetoed(quay, knows, glossary) is None
    assert vetoed(quay, article_of("e", "A city sells data"), glossary) is None


def test_another_year_or_number_of_a_series_is_another_event(glossary):
    assert "years" in vetoed(article_of("a", "2022 audit report"), article_of("b", "2023 audit report"), glossary).en
    assert "不同年度" not in vetoed(article_of("a", "2022年度报告"), article_of("b", "2023年度报告"), glossary).zh
    assert "series" in vetoed(article_of("a", "Trial, day 2"), article_of("b", "Trial, day 21"), glossary).en
    assert "期次" in vetoed(article_of("a", "第2批名单"), article_of("b", "第3批名单"), glossary).zh


def test_figures_that_all_differ_part_forms_of_one_template(glossary):
    figures = tuple(figure_of(v) for v in ("1240", "980", "730")), tuple(figure_of(v) for v in ("1150", "1020", "860"))
    one, two = article_of("a", "t"), article_of("b", "t")
    assert "figures" in vetoed(one, two, glossary, figures).en
    assert vetoed(one, two, glossary, figures, likeness=0.1) is None
