import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markupsafe import Markup

from briefing.compose.escaping import address, clean, line, link, markup, own, plain_link, sturdy
from briefing.compose.render import engine
from briefing.errors import TemplateError
from briefing.model.issue import PERSONAL

SHELL = "<mjml><mj-body><mj-section><mj-column><mj-text>{}</mj-text></mj-column></mj-section></mj-body></mjml>"


def through_the_engine(text):
    """The text as a reader's mail program reads it, from the body and from an attribute."""
    made = engine(SHELL.format(f'<p title="{markup(text)}">{markup(text)}</p>'))
    paragraph = lxml_html.fromstring(made).xpath("//p[@title]")[0]
    return paragraph.text_content(), paragraph.get("title")


@pytest.mark.parametrize(
    "text",
    [
        "年>2019年", "a & b < c > d", "it's \"quoted\" \\ back", "全角　空格", "zero\u200bwidth\ufe0f",
        "{{ 7*7 }} {% if %}",
        "ภาษาไทย", "각주\u3164한글", "e\u0301 combining", "𠮷野家😀", "عنوان 248", "</mj-text><script>", "&amp; &nbsp;",
    ],
)  # fmt: skip
def test_published_text_comes_out_of_the_engine_as_it_went_in(text):
    assert through_the_engine(text) == (text, text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_goes_through_the_engine(text):
    shown, title = through_the_engine("[" + text + "]")
    assert shown == title == clean("[" + text + "]")


def test_what_no_mail_may_hold_is_taken_out():
    assert clean("a\x00b\x1bc\ufffed\ud800e\U0001ffff") == "abcde"
    assert clean("one\ntwo\tthree\u2028four") == "one two three four"
    assert clean("\u202e842\u202c") == "842"
    assert clean(f"evil {PERSONAL}\u3000") == "evil \u3000"
    assert clean(f"plain{PERSONAL}") == "plain"


def test_markup_is_left_alone_and_everything_else_escaped():
    assert markup(Markup("<b>")) == "<b>"
    assert markup("<b>'\"&\\") == "&lt;b&gt;&#39;&#34;&amp;&#92;"
    assert markup(248) == "248"
    assert line("<b>\n") == "<b>"
    assert line(Markup("a\nb")) == "a\nb"


def test_only_addresses_that_a_reader_can_follow_are_linked():
    assert link("https://a.example/?x=1&y=2") == "https://a.example/?x=1&amp;y=2"
    assert plain_link("https://a.example/?x=1&y=2") == "https://a.example/?x=1&y=2"
    assert link("https://例え.example/路") == "https://%E4%BE%8B%E3%81%88.example/%E8%B7%AF"
    assert link("mailto:desk@example.org") == "mailto:desk@example.org"
    for bad in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//a.example",
        "",
        "https:",
        "http://[",
        "https://a/" + "x" * 2000,
    ):
        assert link(bad) == ""


def test_a_published_address_cannot_plant_the_readers_token():
    assert PERSONAL not in link(f"https://evil.example/?{PERSONAL}")
    assert PERSONAL in own(f"https://desk.example/u/{PERSONAL}")
    assert address("../index.html?a=1&b=2") == "../index.html?a=1&b=2"
    assert own("../index.html?a=1&b=2") == "../index.html?a=1&amp;b=2"


def test_line_ends_between_tags_go_and_those_in_text_become_a_space():
    assert sturdy("<a>\n  <b>one\n  two</b>\n</a>\n") == "<a><b>one two</b> </a>".replace("> <", "><")
    assert sturdy("<p>中　文\u00a0✓</p>") == "<p>中&#12288;文&#160;✓</p>"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("<mjml><mj-body><mj-text></mj-body></mjml>", "issue.mjml"),
        (SHELL.format("年>2019"), "gave up"),
        (SHELL.format('<p title="\u3000">x</p>'), "left in the output"),
        (SHELL.format("{{ name }}"), "left in the output"),
        (SHELL.format("<b>" * 9000 + "x" + "</b>" * 9000), "nested"),
    ],
)
def test_what_the_engine_cannot_take_is_an_error_of_ours(source, message):
    with pytest.raises(TemplateError, match=message):
        engine(source)


def test_an_interrupt_is_no_fault_of_the_template(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("briefing.compose.render.mjml2html", interrupted)
    with pytest.raises(KeyboardInterrupt):
        engine(SHELL.format("x"))


def test_many_tags_that_are_not_deep_are_fine():
    assert engine(SHELL.format("<b>x</b><br/>" * 4000)).count("<b>") == 4000
