"""Bytes to text: what is declared is a hint, what is there decides."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.read.decode import decoded

TEXT = "国家数据局发布公告：公共数据收费标准将公开征求意见，意见反馈截至十月。朱镕基、冯骥才两位也在名单之中。"
TRADITIONAL = "國家數據局發布公告：公共資料收費標準將公開徵求意見，意見回饋截至十月。"
ENGLISH = "The city’s price list – “revised” – was café reading; its margin is £5."


def document(text, declared=""):
    named = f' encoding="{declared}"' if declared else ""
    return f'<?xml version="1.0"{named}?>\n<rss><channel><item><title>{text}</title></item></channel></rss>'


@pytest.mark.parametrize(
    ("encoding", "declared", "header"),
    [
        ("gbk", "", ""),
        ("gbk", "UTF-8", ""),
        ("gbk", "GBK", ""),
        ("gbk", "GB2312", ""),
        ("gb18030", "GB2312", ""),
        ("gb18030", "gb18030", ""),
        ("gbk", "", "text/xml; charset=gbk"),
        ("gbk", "UTF-8", "application/rss+xml; charset=GBK"),
        ("gbk", "ISO-8859-1", ""),
        ("gbk", "no-such-encoding", ""),
        ("gbk", "base64", ""),
        ("gbk", "idna", ""),
        ("utf-8", "UTF-8", ""),
        ("utf-8", "GB2312", ""),
        ("utf-8", "", "application/xml; charset=gbk"),
        ("utf-8", "", "text/xml"),
        ("utf-8", "", "text/html; charset=iso-8859-1"),
        ("utf-8", "UTF-16", ""),
        ("utf-8-sig", "UTF-8", ""),
        ("utf-16", "UTF-16", ""),
        ("utf-16-le", "UTF-16", ""),
        ("utf-16-be", "UTF-16", ""),
        ("utf-32", "UTF-32", ""),
        ("utf-32-le", "", ""),
        ("utf-32-be", "", ""),
    ],
)
def test_chinese_is_read_whatever_is_declared(encoding, declared, header):
    found = decoded(document(TEXT, declared).encode(encoding), header)
    assert TEXT in found.text
    assert found.lost == 0
    assert found.text.startswith('<?xml version="1.0"')


@pytest.mark.parametrize("declared", ["Big5", "", "UTF-8", "big5-hkscs"])
def test_big5_is_told_from_gbk(declared):
    assert TRADITIONAL in decoded(document(TRADITIONAL, declared).encode("big5hkscs")).text


@pytest.mark.parametrize("declared", ["windows-1252", "ISO-8859-1", "", "UTF-8", "us-ascii"])
def test_windows_quotes_are_read_as_quotes(declared):
    assert ENGLISH in decoded(document(ENGLISH, declared).encode("cp1252")).text


def test_a_declared_encoding_of_another_script_is_kept():
    assert (
        "Счётная палата" in decoded(document("Счётная палата проверила «Данные»", "windows-1251").encode("cp1251")).text
    )


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_one_bad_byte_costs_one_title_and_no_more(encoding):
    body = document(TEXT, "GB2312" if encoding == "gbk" else "UTF-8").encode(encoding)
    place = body.index("公告".encode(encoding)) + 1
    found = decoded(body[:place] + b"\xff" + body[place + 1 :])
    assert "公共数据收费标准" in found.text
    assert found.repaired


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_download_cut_within_a_character_is_read_up_to_there(encoding):
    body = document(TEXT, "GB2312" if encoding == "gbk" else "").encode(encoding)
    cut = body.index("名单".encode(encoding)) + 1
    assert "冯骥才两位也在" in decoded(body[:cut]).text


def test_the_declaration_in_a_page_and_none_in_json_are_read():
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">'
    page = f"<html><head>{meta}</head><body>{TEXT}</body></html>"
    assert TEXT in decoded(page.encode("gb18030")).text
    assert TEXT in decoded(f'{{"title": "{TEXT}"}}'.encode("gbk"), "application/json").text
    assert TEXT in decoded(f'{{"title": "{TEXT}"}}'.encode("utf-32-le")).text


def test_control_characters_and_leading_space_are_taken_out():
    found = decoded("\n  \ufeff<rss>数据\x00\x0b\x1f\ufffe局</rss>".encode())
    assert found.text == "<rss>数据局</rss>"


@pytest.mark.parametrize(
    ("body", "header", "repaired"),
    [
        (document(TEXT, "UTF-8").encode(), "", False),
        (document(TEXT, "GBK").encode("gbk"), "", False),
        (document(TEXT, "GB2312").encode("gb18030"), "", False),
        (document(TEXT).encode(), "", False),
        (document("plain words", "ISO-8859-1").encode(), "", False),
        (document(TEXT, "GBK").encode(), "", True),
        (document(TEXT, "UTF-8").encode("gbk"), "", True),
        (document(TEXT).encode("gbk"), "", True),
    ],
)
def test_a_wrong_or_missing_declaration_is_said(body, header, repaired):
    assert repaired == decoded(body, header).repaired


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_become_text(body, header):
    assert isinstance(decoded(body, header).text, str)


@given(st.text(alphabet="国家数据局审计公共收费办法征求意见的一是在不了有和人这中大为上个·—“”、", max_size=200))
def test_any_chinese_text_survives_gbk_without_a_declaration(text):
    assert text in decoded(document(TEXT + text).encode("gbk")).text


def test_a_byte_too_many_between_characters_is_taken_out_but_never_where_a_digit_may_have_stood():
    assert "国家数据局发布" in decoded("国家数据".encode() + b"\xff" + "局发布".encode()).text
    assert "收费�亿元" in decoded("一共收费".encode() + b"\xff" + "亿元".encode()).text
    assert "公��费" in decoded(TEXT.encode() + "公".encode() + b"\xe6\xff" + "费".encode()).text
    assert decoded("国家数据".encode() + b"\xff" + "局发布".encode()).lost == 1


def test_a_file_that_was_packed_and_not_said_to_be_is_unpacked_within_bounds():
    assert decoded(gzip.compress(document(TEXT).encode())).text == decoded(document(TEXT).encode()).text
    assert len(decoded(gzip.compress(b"<" + b"a" * 20_000_000)).text) < 13_000_000
    assert decoded(b"\x1f\x8b\x08 no such file").repaired
