"""A text told again sentence by sentence in other words is a copy; the same sentences in another order are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import article_of

from briefing.match.duplicates import copies
from briefing.match.likeness import EVEN_NEAR
from briefing.model.judgement import Memory
from briefing.model.story import Disposition
from briefing.model.text import Language

TOLD = (
    "The harbour office of Quay shut its records hall on Monday.",
    "Pilots had waited outside in the rain since early morning.",
    "A clerk told them that the price list was void.",
    "Nobody had approved the fees in eleven years, auditors wrote.",
    "Small freight agents paid most of what was charged.",
    "The province wants the money back before the winter.",
    "Its notice names three halls along the lower river.",
    "Two of them have begun to send out letters.",
    "The third hall says that its ledgers were lost.",
    "A flood of 2019 carried the old cellar away.",
    "Copies may lie with the customs house uphill.",
    "The court will hear the agents in the spring.",
)
RETOLD = (
    "On Monday Quay's harbour office shut its records hall for good.",
    "Since dawn, several pilots had waited outside without shelter.",
    "They learned from somebody at the desk the price list did not hold.",
    "According to auditors, nobody had approved the charges for over a decade.",
    "It was mainly small freight agents who bore them.",
    "Provincial leaders want the money back by December.",
    "Three halls along the lower banks are listed in their letter.",
    "A pair of them have begun to write to customers.",
    "As for the third hall, its books cannot be found, it says.",
    "They went when a flood of 2019 reached the basement.",
    "The customs house uphill might still hold duplicates.",
    "Judges will hear the agents next year.",
)
TOLD_ZH = (
    "码头市港务局周一关闭了档案大厅。",
    "引航员清早起就在雨里等候开门。",
    "窗口职员说原来的价目表已经作废。",
    "审计人员写道，十一年来无人批准收费。",
    "小型货运代理承担了大部分费用。",
    "省里要求在入冬以前退还全部款项。",
    "通知点名了下游沿岸的三个大厅。",
    "其中两个大厅已经开始寄出信件。",
    "第三个大厅声称自己的账册遗失了。",
    "旧地下室在2019年的洪水中被冲毁。",
    "山上的海关大楼也许还存有副本。",
    "法院将在明年春天审理代理商的诉讼。",
)
RETOLD_ZH = (
    "周一，码头市港务局宣布停用其档案大厅。",
    "冒着大雨，多名引航员从清早便守在门外。",
    "据柜台人员讲，过去的价目表不再有效。",
    "审计方指出，收费长达十一年未获任何部门准许。",
    "付钱最多的是那些小型货运代理。",
    "按省里的意思，入冬以前钱要如数退回。",
    "下游沿岸共有三处场所被通知点名。",
    "两处已着手办理，开始寄出告知书。",
    "余下一处则称账册遗失，无从查起。",
    "2019年的洪水毁掉了它过去的库房。",
    "海关大楼位于山上，或可找到副本。",
    "诉讼定于明年春天由法院开庭。",
)


def judged(first, second, language):
    glue = "" if language is Language.HANS else " "
    one = article_of("a", "", glue.join(first), outlet="wire", language=language)
    two = article_of("b", "", glue.join(second), outlet="post", minutes=5, language=language)
    return copies((one, two), {}, Memory())


@pytest.mark.parametrize(
    ("told", "retold", "language"), [(TOLD, RETOLD, Language.EN), (TOLD_ZH, RETOLD_ZH, Language.HANS)]
)
def test_a_text_told_again_sentence_by_sentence_is_a_copy(told, retold, language):
    (copy,) = judged(told, retold, language)
    assert copy.original == "a"
    assert copy.disposition is Disposition.COPY
    assert copy.likeness < EVEN_NEAR
    assert "sentence after sentence" in copy.reason.en
    assert "逐句" in copy.reason.zh


@pytest.mark.parametrize(
    ("told", "retold", "language"), [(TOLD, RETOLD, Language.EN), (TOLD_ZH, RETOLD_ZH, Language.HANS)]
)
def test_the_same_matter_in_another_order_is_a_report_of_its_own(told, retold, language):
    assert judged(told, retold[6:] + retold[:6], language) == ()
    assert judged(told, retold[::-1], language) == ()


def test_a_short_or_much_shorter_text_is_never_a_retelling():
    assert judged(TOLD[:8], RETOLD[:8], Language.EN) == ()
    assert judged(TOLD, RETOLD[:-3], Language.EN) == ()


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(TOLD))))
def test_only_the_told_order_makes_a_retelling(order):
    found = judged(TOLD, [RETOLD[n] for n in order], Language.EN)
    moved = sum(place != n for place, n in enumerate(order))
    assert bool(found) is (moved == 0) or 0 < moved <= 4
