"""Random amounts, written in every form of both languages, are read back; random text never breaks the reader."""

# ruff: noqa: E501 - sample texts stay whole

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.figures.checks import findings_in
from briefing.figures.extract import figures_in, quantities_in
from briefing.model.figure import Kind
from briefing.model.text import Language

DIGITS = st.decimals(min_value=Decimal("0.01"), max_value=Decimal("9999.99"), places=2)
HAN_DIGITS = "零一二三四五六七八九"
ENGLISH = (
    ("{} million yuan", 10**6), ("{} billion yuan", 10**9), ("{} trillion yuan", 10**12), ("RMB{} million", 10**6), ("Rmb {}mn", 10**6),
    ("CN¥{} billion", 10**9), ("{}-million-yuan fees", 10**6), ("{}m yuan", 10**6), ("{}bn yuan", 10**9), ("{} tn yuan", 10**12), ("{} yuan", 1),
)  # fmt: skip
CHINESE = (
    ("{}元", 1), ("{}万元", 10**4), ("{}亿元", 10**8), ("{}万亿元", 10**12), ("{}百万元", 10**6), ("{}千万元", 10**7), ("人民币{}亿元", 10**8), ("RMB {}亿元", 10**8),
    ("{}億元人民幣", 10**8), ("{}萬元人民幣", 10**4), ("¥{}亿", 10**8),
)  # fmt: skip


def plain(number):
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def wide(text):
    return text.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})


def grouped(text):
    whole, _, part = text.partition(".")
    return f"{int(whole):,}" + (f".{part}" if part else "")


def spelled(text):
    return "".join("点" if c == "." else HAN_DIGITS[int(c)] for c in text)


def read(text, language):
    money = [s for s in quantities_in(text, language) if s.kind is Kind.MONEY]
    assert len(money) == 1, text
    return money[0]


@given(number=DIGITS, form=st.sampled_from(ENGLISH), write=st.sampled_from((plain, lambda n: grouped(plain(n)))))
@settings(max_examples=300, deadline=None)
def test_an_amount_written_in_english_is_read_back(number, form, write):
    pattern, factor = form
    text = "Units charged " + pattern.format(write(number)) + ", auditors said."
    found = read(text, Language.EN)
    assert found.low == number * factor
    assert found.currency == "CNY"
    assert write(number) in text[found.start : found.end]


@given(
    number=DIGITS,
    form=st.sampled_from(CHINESE),
    write=st.sampled_from((plain, lambda n: grouped(plain(n)), lambda n: wide(plain(n)))),
)
@settings(max_examples=300, deadline=None)
def test_an_amount_written_in_chinese_is_read_back(number, form, write):
    pattern, factor = form
    text = "相关单位收费" + pattern.format(write(number)) + "，审计署说。"
    found = read(text, Language.HANT if "億" in text or "萬" in text else Language.HANS)
    assert found.low == number * factor
    assert found.currency == "CNY"
    assert write(number) in text[found.start : found.end]


@given(number=st.decimals(min_value=Decimal("1.01"), max_value=Decimal("9.99"), places=2))
@settings(max_examples=100, deadline=None)
def test_an_amount_spelled_in_han_numerals_is_read_back(number):
    found = read(f"收费{spelled(format(number, 'f'))}亿元。", Language.HANS)
    assert found.low == number * 10**8


TEXT = st.text(
    st.sampled_from(
        "0123456789０１.,，、-—~%％$￥¥元亿億万萬千百十一二三两点余多约近超至到年月日个家项成分之倍 ()（）“”。;\nabcmnto RMBHK"
    ),
    max_size=60,
)


@given(text=TEXT, language=st.sampled_from(Language))
@settings(max_examples=400, deadline=None)
def test_random_text_gives_spans_inside_it_and_never_an_error(text, language):
    for spotted in quantities_in(text, language):
        assert 0 <= spotted.start < spotted.end <= len(text)
        assert spotted.low <= spotted.high


@given(text=st.text(max_size=80), language=st.sampled_from(Language))
@settings(max_examples=200, deadline=None)
def test_any_text_at_all_is_survived(text, language):
    for spotted in quantities_in(text, language):
        assert text[spotted.start : spotted.end]


def test_an_article_of_random_text_is_checked_without_error(write, glossary):
    @given(text=TEXT, language=st.sampled_from(Language))
    @settings(max_examples=150, deadline=None)
    def check(text, language):
        article = write(text or "x", language=language)
        figures = figures_in(article, glossary)
        for figure in figures:
            assert article.part(figure.part)[figure.start : figure.end] == figure.surface
        findings_in(article, figures)

    check()
