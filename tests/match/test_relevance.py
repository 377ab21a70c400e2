import pytest

from briefing.match.feedback import reweighted
from briefing.match.topic import relevance
from briefing.model.article import Part
from briefing.model.topic import Relevance, Term

RULES = Relevance(
    terms=(
        Term(("public data", "公共数据"), 0.6),
        Term(("fee*", "收费"), 0.5, contexts=("data", "数据")),
        Term(("审计", "audit*"), 0.5, unless=("审计大学",), without=("篮球",)),
        Term(("@bureau",), 0.3),
        Term(("refund*",), 0.4, contexts=("@bureau",), near=1),
    ),
    exclusions=(Term(("phone plan", "套餐"), -0.9),),
    required=(("@quay", "china", "省"),),
    neighbours=(Term(("data exchange", "交易所"), 0.6),),
)


def test_two_terms_reach_the_threshold_in_either_language(made, glossary):
    english = relevance(made("a", "Quay City puts a fee on public data"), RULES, glossary)
    chinese = relevance(made("b", "码头市对公共数据收费"), RULES, glossary)
    assert english.on_topic
    assert chinese.on_topic
    assert english.score >= 0.5
    assert "'public data' +0.9" in english.reason.en
    assert "“公共数据”+0.9" in chinese.reason.zh
    assert english.evidence[0].quote == "Quay City puts a fee on public data"


def test_a_term_counts_only_in_its_context(made, glossary):
    found = relevance(made("a", "Quay City", "The fee for parking rises."), RULES, glossary)
    assert found.terms == ()
    assert found.reason.en == "None of the topic's terms was found."


def test_a_context_may_stand_in_the_next_sentence(made, glossary):
    text = "Refunds begin in May. The Records Bureau pays. Nothing else changes."
    found = relevance(made("a", "Quay City", text), RULES, glossary)
    assert dict(found.terms) == {"@bureau": 0.3, "refund*": 0.4}


def test_every_further_group_must_have_a_word_near(made):
    rules = Relevance((Term(("records", "档案"), 1.0, contexts=("fee", "收费"), also=(("bureau", "局"),), near=1),))
    assert relevance(made("a", "x", "The bureau keeps them. A fee is put on records."), rules).on_topic
    assert relevance(made("b", "x", "市局出了通知。查档案要收费。"), rules).on_topic
    assert not relevance(made("c", "x", "A shop keeps them. A fee is put on records."), rules).on_topic
    assert not relevance(made("d", "x", "The bureau speaks. Then it rained. A fee is put on records."), rules).on_topic
    alone = Relevance((Term(("records",), 1.0, also=(("bureau",),)),))
    assert relevance(made("e", "Records of the bureau"), alone).on_topic


def test_a_hit_inside_a_longer_word_is_hidden(made, glossary):
    rules = Relevance((Term(("审计",), 1.0, unless=("审计大学",)),))
    assert not relevance(made("a", "南京审计大学夺冠"), rules).on_topic
    assert relevance(made("b", "南京审计大学介绍审计结果"), rules).on_topic


def test_a_sentence_with_a_voiding_word_does_not_count(made):
    assert not relevance(made("a", "篮球队接受审计"), Relevance((Term(("审计",), 1.0, without=("篮球",)),))).on_topic


def test_an_exclusion_takes_away_and_is_named(made, glossary):
    found = relevance(made("a", "China phone plan: a fee for public data"), RULES, glossary)
    assert not found.on_topic
    assert "against it 'phone plan' -0.9" in found.reason.en
    assert ("phone plan", -0.9) in found.terms


def test_what_is_required_is_named_when_it_is_missing(made, glossary):
    found = relevance(made("a", "A fee on public data"), RULES, glossary)
    assert not found.on_topic
    assert not found.adjacent
    assert found.score < 0.5
    assert "no 'quay' or the like" in found.reason.en


def test_a_neighbouring_subject_is_adjacent_but_never_on_topic(made, glossary):
    found = relevance(made("a", "China opens a data exchange"), RULES, glossary)
    assert found.adjacent
    assert not found.on_topic
    assert found.evidence[0].quote.startswith("China opens")
    named = relevance(made("b", "China audits itself"), RULES, glossary)
    assert named.adjacent
    assert "neighbouring subject" in named.reason.en


def test_too_little_is_said_to_be_too_little(made, glossary):
    found = relevance(made("a", "China", "The Records Bureau is closed."), RULES, glossary)
    assert not found.adjacent
    assert "Too little" in found.reason.en


def test_feedback_multiplies_a_weight(made, glossary):
    article = made("a", "Public data in China", "A fee for data.")
    assert relevance(article, RULES, glossary).on_topic
    assert not relevance(article, RULES, glossary, {"public data": 0.5}).on_topic


def test_a_threshold_of_nothing_takes_everything(made):
    rules = Relevance((Term(("x",), 1.0),), threshold=0.0)
    assert relevance(made("a", "anything"), rules).score == 1.0
    assert relevance(made("b", "phone"), Relevance((), (Term(("phone",), 1.0),), threshold=0.0)).score == 0.0


def test_an_unknown_name_matches_nothing(made):
    assert not relevance(made("a", "@nobody"), Relevance((Term(("@nobody",), 2.0),))).on_topic


@pytest.mark.parametrize(
    ("kept", "dropped", "expected"),
    [
        ([["audit*", "public data"]] * 3, [], {"public data": 1.429}),
        ([], [["审计"]] * 40, {"审计": 0.5}),
        ([["审计"]] * 40, [["审计"]] * 40, {"审计": 1.0}),
        ([["unheard of"]], [], {}),
    ],
)
def test_keeping_and_dropping_move_weights_within_bounds(kept, dropped, expected):
    assert reweighted(RULES, kept, dropped) == expected


def test_a_title_counts_more_than_the_text(made):
    rules = Relevance((Term(("public data",), 1.0),))
    assert relevance(made("a", "Public data"), rules).score == 0.75
    assert relevance(made("b", "x", "Public data"), rules).score == 0.5
    assert made("b", "x", "Public data").sentences[1].part is Part.TEXT


def test_a_neighbour_without_a_term_of_the_topic_says_by_which_words_it_is_one(made, glossary):
    found = relevance(made("a", "Quay City opens a data exchange"), RULES, glossary)
    assert found.adjacent
    assert found.reason.en == "A neighbouring subject, by 'data exchange'; none of the topic's own terms was found."
    assert "“交易所”" in relevance(made("b", "码头市设立数字交易所"), RULES, glossary).reason.zh


def test_a_word_that_two_terms_know_is_named_once_with_both_weights(made):
    rules = Relevance((Term(("fees", "费用"), 0.5), Term(("records", "fees", "费用"), 0.4)))
    assert relevance(made("a", "Quay City", "On the fees."), rules).reason.en.count("'fees' +0.9") == 1
    assert relevance(made("b", "码头市", "谈谈费用。"), rules).reason.zh.count("“费用”+0.9") == 1
