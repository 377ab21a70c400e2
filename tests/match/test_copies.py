import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from invented import NOON, article_of, figure_of

from briefing.match.duplicates import _original as original_of
from briefing.match.duplicates import copies, lookup_hashes, sample, sketch
from briefing.match.furniture import body, is_furniture
from briefing.match.likeness import hash_of, likeness_of, spread
from briefing.match.revision import changed_sentences
from briefing.model.figure import Kind
from briefing.model.judgement import Known, Memory, Sketch
from briefing.model.source import Tier
from briefing.model.story import Disposition
from briefing.model.text import Language

REPORT = (
    "Units of the harbour office handed back 96.3 million yuan of the fees they had charged for ship records. "
    "The money went to 1,930 firms, most of them small freight agents along the river. "
    "Auditors had found in June that nobody had approved the price list of the office. "
    "The rest must be paid by the end of December, a notice of the province says."
)
CHINESE = (
    "港务局所属单位已退还船舶档案查询费9630万元，涉及货运代理企业1930家。审计人员6月发现，该局的价目表没有经过任何部门批准。"
    "省里的通知要求，剩余款项在12月底以前全部退完，逾期的上缴国库。"
)
OTHER = (
    "A choir from the hills sang in the old customs house on Sunday while the tide came in under the windows. "
    "Its leader said that nobody had rehearsed the last song, and that the echo had done the work for them. "
    "Tickets for the second evening were gone by noon, and the baker next door sold all of his rolls."
)


def test_hashes_are_the_same_in_every_process():
    code = "from briefing.match.likeness import hash_of; print(hash_of('ship records fee'))"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(told.stdout) == hash_of("ship records fee")


def test_a_sample_is_the_low_sixteenth_and_keeps_the_count():
    full = sketch(article_of("a", "t", REPORT * 1))
    kept = sample(full)
    assert set(kept.hashes) <= set(full.hashes)
    assert all(value < 2**60 for value in kept.hashes)
    assert kept.shingles == full.shingles == len(full.hashes)
    assert tuple(lookup_hashes(full)) == kept.hashes


def judged(*articles, memory=Memory(), figures=None):  # noqa: B008 -- frozen
    return {copy.article: copy for copy in copies(articles, figures or {}, memory)}


@pytest.mark.parametrize(("text", "language"), [(REPORT, Language.EN), (CHINESE, Language.HANS)])
def test_the_same_text_elsewhere_is_a_copy_of_the_first_seen(text, language):
    first = article_of("a", "Fees returned", text, outlet="wire", language=language)
    second = article_of("b", "Another title", text, outlet="post", minutes=5, language=language)
    found = judged(second, first)
    assert list(found) == ["b"]
    assert found["b"].original == "a"
    assert found["b"].disposition is Disposition.COPY
    assert found["b"].likeness == 1.0
    assert "100%" in found["b"].reason.en


def test_traditional_script_is_the_same_text():
    first = article_of("a", "退费", CHINESE, outlet="wire", language=Language.HANS)
    changed = CHINESE.replace("档案", "檔案").replace("审计", "審計").replace("国库", "國庫")
    second = article_of("b", "退費", changed, outlet="post", minutes=5, language=Language.HANT)
    assert judged(first, second)["b"].likeness == 1.0


def test_a_cut_copy_is_found_by_what_it_holds():
    first = article_of("a", "t", f"{REPORT} {OTHER}", outlet="wire")
    second = article_of("b", "t", REPORT, outlet="post", minutes=5)
    assert judged(first, second)["b"].likeness == 0.99


def test_equal_titles_never_merge_and_short_texts_never_match():
    one = article_of("a", "News in brief", REPORT)
    two = article_of("b", "News in brief", OTHER, minutes=5)
    short = article_of("c", "News in brief", "It rains.", minutes=6)
    again = article_of("d", "News in brief", "It rains.", minutes=7)
    assert judged(one, two, short, again) == {}


def test_one_address_is_one_article():
    first = article_of("a", "t", REPORT, outlet="post", address="https://post.example/1")
    second = article_of(
        "b", "t", REPORT + " A judge will hear the case.", outlet="post", minutes=9, address="https://post.example/1"
    )
    found = judged(first, second)["b"]
    assert found.disposition is Disposition.REVISION
    assert found.changed == (("", "A judge will hear the case."),)
    assert found.reason.en.startswith("post changed its own report")


def test_an_outlet_prefers_its_own_report_to_a_copy_of_it():
    first = article_of("a", "t", REPORT, outlet="wire")
    copy = article_of("b", "t", REPORT, outlet="post", minutes=5)
    update = article_of("c", "t", REPORT.replace("1,930 firms", "2,100 firms"), outlet="wire", minutes=9)
    found = judged(first, copy, update)
    assert found["c"].original == "a"
    assert found["c"].disposition is Disposition.REVISION
    assert found["c"].new_numbers == ("2100",)


def test_a_copy_with_another_figure_is_flagged_by_the_guard():
    first = article_of("a", "t", REPORT, outlet="wire")
    second = article_of("b", "t", REPORT.replace("96.3 million", "963 million"), outlet="post", minutes=5)
    figures = {
        "a": (figure_of("96300000", surface="96.3 million yuan"), figure_of("1930", Kind.COUNT, surface="1,930 firms")),
        "b": (figure_of("963000000", surface="963 million yuan"), figure_of("1930", Kind.COUNT, surface="1,930 firms")),
    }
    found = judged(first, second, figures=figures)["b"]
    assert found.disposition is Disposition.COPY
    assert found.new_figures == (0,)
    assert found.new_numbers == ("963",)
    assert "not in it: 963" in found.reason.en
    assert "其中没有：963" in found.reason.zh


def test_two_reports_of_one_template_are_no_copies():
    first = article_of("a", "t", REPORT, outlet="post")
    second = article_of("b", "t", REPORT.replace("harbour", "forest"), outlet="post", minutes=5)
    figures = {
        "a": tuple(figure_of(v) for v in ("96300000", "58400000", "71200000")),
        "b": tuple(figure_of(v) for v in ("31100000", "22700000", "45900000")),
    }
    assert judged(first, second, figures=figures) == {}


def test_a_copy_of_a_copy_belongs_to_the_first():
    texts = [article_of(n, "t", REPORT, outlet=n, minutes=m) for m, n in enumerate("abc")]
    assert {c.original for c in copies(tuple(texts), {}, Memory())} == {"a"}


def test_what_was_told_long_ago_is_known_by_its_sample():
    long = " ".join(f"{REPORT} {OTHER}".replace("yuan", f"yuan {n} times") for n in range(12))
    told = article_of("old", "t", long, outlet="wire")
    kept = sample(sketch(told))
    kept = Sketch(
        kept.article, kept.outlet, kept.address, kept.hashes, kept.shingles, kept.first_seen, issue="baseline"
    )
    fresh = article_of("new", "t", long, outlet="post", minutes=60)
    found = judged(fresh, memory=Memory(sketches=(kept,)))["new"]
    assert (found.original, found.issue) == ("old", "baseline")
    dated = article_of("back", "t", long, outlet="post", page=NOON - timedelta(days=60))
    assert judged(dated, memory=Memory(sketches=(kept,)))["back"].disposition is Disposition.RESURFACED
    other = article_of("x", "t", OTHER * 6, outlet="post")
    assert judged(other, memory=Memory(sketches=(kept,))) == {}


def test_a_known_article_is_preferred_to_its_sketch():
    old = article_of("old", "t", REPORT, outlet="wire")
    memory = Memory(
        known=(Known(old, (), Disposition.DEVELOPMENT, "s1", issue="2024-08-30"),), sketches=(sample(sketch(old)),)
    )
    found = judged(article_of("new", "t", REPORT, outlet="wire", minutes=9), memory=memory)["new"]
    assert found.issue == "2024-08-30"
    assert found.disposition is Disposition.COPY


def test_an_old_page_with_a_new_date_has_come_back():
    redated = article_of("a", "t", OTHER, page=NOON - timedelta(days=40))
    late = article_of("b", "t", REPORT, feed=NOON - timedelta(days=80))
    fresh = article_of("c", "t", "x " * 30, page=NOON - timedelta(days=2))
    found = judged(redated, late, fresh)
    assert set(found) == {"a", "b"}
    assert found["a"].original == ""
    assert "2024-07-26" in found["a"].reason.en
    assert "很久之后" in found["b"].reason.zh


LEDGERS = (
    "The clerk of the lower harbour wrote each fee by hand into a green ledger and kept it under a lamp.",
    "Two freight agents asked in spring why the price of one ship record had risen to nine yuan a page.",
    "Nobody at the office could name the rule, and the letter that came back was signed by a cook.",
    "A retired pilot copied all the pages in a week and sent them to the auditors of the province.",
    "The auditors laid them beside the bank slips and found that every third payment was missing there.",
    "By autumn the ledger lay in a glass case, and the office had learned to print what it asks for.",
)
CHANGES = (
    ("wrote each fee", "noted every fee"),
    ("asked in spring", "wanted to know in April"),
    ("the letter that came", "a note sent"),
    ("copied all the pages", "made copies of them all"),
    ("laid them beside", "held them against"),
    ("lay in a glass case", "was on show"),
)


def test_an_edited_text_of_like_length_is_a_copy_and_a_shared_passage_is_not():
    edited = " ".join(LEDGERS)
    for before, after in CHANGES:
        edited = edited.replace(before, after)
    for word in ("harbour", "office", "auditors", "ledger", "pages", "payment"):
        edited = edited.replace(f" {word} ", f" said {word} ")
    one = original_of(article_of("a", "t", " ".join(LEDGERS)), ())
    two = original_of(article_of("b", "t", edited), ())
    three = original_of(article_of("c", "t", f"{LEDGERS[0]} {LEDGERS[1]} {OTHER} {OTHER[:90]}."), ())
    assert likeness_of(one, two) >= 0.19
    assert min(spread(one, two), spread(two, one)) == 1.0
    assert len(one.hashes & three.hashes) / len(one.hashes | three.hashes) >= 0.12
    assert spread(one, three) < 0.7
    assert spread(original_of(article_of("d", "t"), ()), one) == 0.0


def test_below_the_plain_threshold_only_an_even_spread_makes_a_copy():
    pieces = [f"{a} {b} {c} {d} {e}" for a, b, c, d, e in (s.split()[:5] for s in LEDGERS)]
    one = article_of(
        "a",
        "t",
        " ".join(f"{p} and then the boats went out past the {n} light." for n, p in zip("abcdef", pieces, strict=True)),
    )
    two = article_of(
        "b",
        "t",
        " ".join(
            f"{p} while a band played {n} old tunes for nobody much." for n, p in zip("uvwxyz", pieces, strict=True)
        ),
    )
    likeness = likeness_of(original_of(one, ()), original_of(two, ()))
    assert 0.12 <= likeness < 0.19
    passage = f"{LEDGERS[0]} {LEDGERS[1]}"
    three = article_of(
        "c",
        "t",
        f"{passage} "
        + " ".join(f"{n} went home early and slept until the next morning came." for n in ("Ann", "Ben", "Cy")),
    )
    four = article_of(
        "d",
        "t",
        f"{passage} "
        + " ".join(
            f"Nobody in {n} had heard of it before the second day of March." for n in ("Ayr", "Bow", "Cam", "Dee")
        ),
    )
    held = original_of(three, ()), original_of(four, ())
    assert likeness_of(*held) in {0.0, likeness_of(held[1], held[0])}


def test_furniture_is_left_out_of_the_body_but_never_the_title():
    article = article_of("a", "Newsletter of the port", "All rights reserved 2024. Ships came in.")
    assert [s.text for s in body(article)] == ["Ships came in."]
    assert not is_furniture(article.sentences[0])
    assert [s.text for s in body(article_of("b", "只有标题", language=Language.HANS))] == ["只有标题"]
    assert [s.text for s in body(article_of("c", "t", summary="A summary stands in."))] == ["A summary stands in."]
    assert body(article_of("d", "")) == ()


def test_changed_sentences_are_paired_added_and_taken_out():
    old = article_of("a", "t", "The office paid 5 million yuan back. It rained all day on the pier.")
    new = article_of("b", "t", "The office paid 6 million yuan back. A judge was named on Friday morning.")
    assert changed_sentences(old, new) == (
        ("The office paid 5 million yuan back.", "The office paid 6 million yuan back."),
        ("", "A judge was named on Friday morning."),
        ("It rained all day on the pier.", ""),
    )


def test_an_article_without_address_and_a_fragment_beside_it_are_harmless():
    fragment = article_of("a", "t", " ".join(REPORT.split()[:8]), outlet="wire")
    bare = replace(article_of("b", "t", REPORT, minutes=5), address="")
    assert judged(fragment, bare) == {}
    assert judged(bare, replace(article_of("c", "t", OTHER, minutes=9), address="")) == {}


@pytest.mark.parametrize(
    ("text", "is_old"),
    [
        ("(First published July 16, 2023) The number is old.", True),
        ("本文首发于2023年7月31日，数字照旧。", True),
        ("[This column first ran on 3 June 2023.] The number is old.", True),
        ("Note: originally posted on 3 June 2023. The number is old.", True),
        ("This short essay, by a clerk, first appeared on 3 June 2023 in print.", True),
        ("本文写于2023年6月3日，略有删节。", True),
        ("（旧文重发，2023年6月3日刊。）数字照旧。", True),
        ("The price list was first published on 3 June 2023 and is old.", False),
        ("The list first appeared on 3 June 2023.", False),
        ("清单2023年6月3日首次公布。", False),
        ("First published last summer, the number is old.", False),
        ("First published July 2023, it says.", False),
        ("First published September 1, 2024. The number is new.", False),
    ],
)
def test_a_text_may_say_itself_that_it_is_old(text, is_old):
    found = judged(article_of("a", "t", text))
    assert bool(found) is is_old
    assert all("it says so itself" in copy.reason.en for copy in found.values())


def test_an_official_text_is_no_copy_of_a_host_that_nobody_vouches_for():
    mirror = replace(article_of("m", "t", REPORT, outlet="mirror"), tier=Tier.UNKNOWN)
    office = article_of("o", "t", REPORT, outlet="office", minutes=90)
    assert {name: copy.original for name, copy in judged(mirror, office).items()} == {"m": "o"}
    told = Memory(known=(Known(mirror, (), Disposition.DEVELOPMENT, "s1", issue="1"),))
    assert judged(office, memory=told) == {}
    again = replace(article_of("n", "t", REPORT, outlet="clone"), tier=Tier.UNKNOWN)
    assert judged(again, memory=told)["n"].original == "m"


def test_a_second_link_to_a_page_is_a_copy_of_it_and_a_later_change_a_revision():
    page = replace(
        article_of("a", "t", REPORT, outlet="post", address="https://post.example/a"), link="https://post.example/a"
    )
    mobile = replace(page, id="a~1", link="https://post.example/amp/a", sentences=page.sentences[:-1])
    found = judged(page, mobile)["a~1"]
    assert (found.original, found.disposition) == ("a", Disposition.COPY)
    assert found.reason.en == "The same page of post at another link."
    told = Memory(known=(Known(page, (), Disposition.DEVELOPMENT, "s1", issue="1"),))
    assert judged(mobile, memory=told)["a~1"].disposition is Disposition.REVISION


def test_of_two_texts_that_one_poll_brought_the_first_published_is_the_original():
    late = article_of("a", "t", REPORT, outlet="post", feed=NOON)
    early = article_of("b", "t", REPORT, outlet="wire", feed=NOON - timedelta(hours=3))
    assert {name: copy.original for name, copy in judged(late, early).items()} == {"a": "b"}


@pytest.mark.parametrize(
    ("title", "text", "numbers"),
    [
        ("96.3 million yuan returned", REPORT, ()),
        ("96.3 million yuan returned", REPORT.replace("in June", "in June for 96.3 reasons"), ("96.3",)),
        ("Fees go back", "96.3 million yuan returned.\n\n" + REPORT, ()),
        ("Fees of 1,930 firms go back", REPORT, ()),
        ("Fees of 1,940 firms go back", REPORT, ("1940",)),
    ],
)
def test_a_number_of_the_heading_hides_no_change_in_the_text(title, text, numbers):
    first = article_of("a", "96.3 million yuan returned", REPORT, outlet="wire")
    second = article_of("b", title, text, outlet="post", minutes=5)
    assert judged(first, second)["b"].new_numbers == numbers


def test_texts_that_share_nothing_are_not_alike():
    one = article_of("a", "t", " ".join(f"The {n} boats went out past the light." for n in ("red", "old", "new")))
    two = article_of("b", "t", " ".join(f"Nobody in {n} heard a band play at noon." for n in ("Ayr", "Bow", "Cam")))
    assert likeness_of(original_of(one, ()), original_of(two, ())) == 0.0
