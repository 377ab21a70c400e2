"""One folded form, sentences with exact spans, language by script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.article import Part
from briefing.model.text import Language
from briefing.read.text import fold, language_of, sentences


@pytest.mark.parametrize(
    ("published", "folded"),
    [
        ("The  “Data”\tOffice’s Fee", 'the "data" office\'s fee'),
        ("２０２４年，國家數據局發布「公告」", '2024年,国家数据局发布"公告"'),
        ("国家\u200b数据\u00ad局", "国家数据局"),
        ("2.48—3.5 %", "2.48-3.5 %"),
        ("plain ASCII", "plain ascii"),
        ("", ""),
    ],
)
def test_texts_that_read_alike_fold_alike(published, folded):
    assert fold(published) == folded


@given(st.text(alphabet="國家數據局国家数据局发布乾隆后ＡＢ１２“”‘’—…·Aa1 \n\u3000①㎡", max_size=80))
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


def texts(text):
    return [sentence.text for sentence in sentences(text, Part.TEXT)]


ENGLISH = (
    ("One. Two? Three!", ["One.", "Two?", "Three!"]),
    (
        "It took 2.48 billion on Aug. 26. Then it stopped.",
        ["It took 2.48 billion on Aug. 26.", "Then it stopped."],
    ),
    ("Mr. Li and Dr. J. Smith of the U.S. Treasury came.", ["Mr. Li and Dr. J. Smith of the U.S. Treasury came."]),
    ("See Art. 5 and No. 3. They hold.", ["See Art. 5 and No. 3.", "They hold."]),
    ("Acme Inc. The rest is silence.", ["Acme Inc.", "The rest is silence."]),
    ("It began at 9 a.m. on Monday.", ["It began at 9 a.m. on Monday."]),
    ('He said "no." Then he left.', ['He said "no."', "Then he left."]),
    ('"Who pays?" he asked. Nobody did.', ['"Who pays?" he asked.', "Nobody did."]),
    ("It ended in Dec. The office closed.", ["It ended in Dec.", "The office closed."]),
    ("This is vitamin C. Take it.", ["This is vitamin C. Take it."]),
    ("So did I. We left.", ["So did I.", "We left."]),
    ("Fees rose (by 5 per cent.) Costs fell.", ["Fees rose (by 5 per cent.)", "Costs fell."]),
    ("Version 2.0.1 is out.Next one", ["Version 2.0.1 is out.Next one"]),
)
CHINESE = (
    ("收费公布。总额2.48亿元；其余待查！谁来付？", ["收费公布。", "总额2.48亿元；", "其余待查！", "谁来付？"]),
    ("他说：“先公布。”然后离开。", ["他说：“先公布。”", "然后离开。"]),
    ("有人问“谁付？”，没有人答。", ["有人问“谁付？”，没有人答。"]),
    ("数据收费(试行)?下月实施!", ["数据收费(试行)?", "下月实施!"]),
    ("资料收費「先公布。」之後再議。", ["资料收費「先公布。」", "之後再議。"]),
    ("“还要等……”他叹气。", ["“还要等……”他叹气。"]),
    ("他叹了口气：“还要等……”之后再没有说话。", ["他叹了口气：“还要等……”", "之后再没有说话。"]),
    ("附件见A.B.两项。完", ["附件见A.B.两项。", "完"]),
)


@pytest.mark.parametrize(("text", "expected"), ENGLISH + CHINESE[:5] + CHINESE[7:])
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert texts(text) == expected


def test_paragraphs_are_counted_and_numbers_count_on():
    found = sentences("One. Two.\n\nThree.\nfour\n\n\n", Part.SUMMARY, first=7, paragraph=2)
    assert [(s.number, s.paragraph, s.text) for s in found] == [
        (7, 2, "One."),
        (8, 2, "Two."),
        (9, 3, "Three."),
        (10, 3, "four"),
    ]
    assert {s.part for s in found} == {Part.SUMMARY}


@given(st.text(alphabet="Ab1.。！？；“”\"' \n)）,，Mr…9-?", max_size=120))
def test_spans_are_exact_in_order_and_lose_nothing_but_space(text):
    found = sentences(text, Part.TEXT)
    assert all(text[s.start : s.end] == s.text == s.text.strip() for s in found)
    assert [s.start for s in found] == sorted(s.start for s in found)
    assert "".join("".join(s.text for s in found).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Audit finds fees without approval", Language.EN),
        ("Hengyang sells data", Language.EN),
        ("国家数据局公布收费办法", Language.HANS),
        ("國家數據局公布收費辦法", Language.HANT),
        ("阿里健康 Ali Health 公布年度报告", Language.HANS),
        ("国家数据局 (National Data Administration) 公布办法", Language.HANS),
        ("The word 审计 means audit, and it is read in many reports of the office.", Language.EN),
        ("会計検査院のデータ料金について", Language.OTHER),
        ("감사원 데이터 요금 공개", Language.OTHER),
        ("Счётная палата проверила данные", Language.OTHER),
        ("La Cour des comptes a publié le rapport sur les données de la ville", Language.OTHER),
        ("2024 — 2025 !!", Language.OTHER),
        ("", Language.OTHER),
    ],
)
def test_the_language_is_told_by_script(text, language):
    assert language_of(text) is language


def test_a_text_that_is_the_same_in_both_scripts_is_what_its_source_is():
    assert language_of("公布名次", Language.HANT) is Language.HANT
    assert language_of("公布名次", Language.EN) is Language.HANS
    assert language_of("中央公告", Language.HANT) is Language.HANT
