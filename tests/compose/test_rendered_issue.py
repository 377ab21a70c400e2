import pytest

from briefing.compose import render
from briefing.compose.trial import LINKS
from briefing.model.issue import PERSONAL


def test_the_subject_is_the_finding_and_names_the_issue(first, second):
    assert render.subject(first, "en") == (
        "Fees charged for government data without approval: 248 million yuan, or 10 times that?"
        " · Data finance & audit #1"
    )
    assert render.subject(second, "zh") == "衡阳公共数据特许经营权重新挂牌，底价9.2亿元 · 数据财政与审计 #2"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_form_tells_the_same_figures(second, language):
    forms = [draw(second, language, LINKS) for draw in (render.html, render.text, render.page)]
    amounts = {"en": ("920 million yuan", "96.3 million yuan"), "zh": ("9.2亿元", "9630万元")}[language]
    for amount in amounts:
        assert all(amount in form for form in forms)


def test_the_readers_token_has_its_place_in_mail_and_text_only(second):
    assert render.html(second, "en", LINKS).count(PERSONAL) == 2
    assert render.text(second, "en", LINKS).count(PERSONAL) == 2
    assert PERSONAL not in render.page(second, "en", LINKS)
