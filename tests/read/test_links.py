"""Canonical addresses: one key for one item, however its address is decorated."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.read.links import absolute, canonical, host_of, identity, short_name, unwrapped

SAME = (
    ("https://news.example/a/1.html", "http://news.example/a/1.html"),
    ("https://news.example/a/1.html", "HTTPS://WWW.News.Example:443/a/1.html"),
    ("https://news.example/a/1.html", "http://news.example:80/a/1.html#top"),
    ("https://news.example/a/1.html", "https://m.news.example/a/1.html?utm_source=rss&utm_medium=feed"),
    ("https://news.example/a/1.html", "https://news.example/a/1.html?fbclid=x&from=timeline&at_medium=RSS&spm=1.2"),
    ("https://news.example/a/1.html", "https://amp.news.example/amp/a/1.amp.html?amp=1"),
    ("https://news.example/a/1", "https://news.example/a/1/amp/"),
    ("https://news.example/a", "https://news.example/a/index.html"),
    ("https://news.example/a", "https://news.example//a/./b/../"),
    ("https://news.example/", "https://www.news.example"),
    ("https://news.example/p?a=1&b=2", "https://news.example/p?b=2&a=1&gclid=7"),
    ("https://news.example/%E6%95%B0", "https://news.example/数"),
    ("https://news.example/a~b", "https://news.example/a%7Eb"),
    ("https://xn--fsqu00a.xn--0zwm56d/x", "http://例子.测试/x"),
    ("https://news.example/a/1", "https://news-example.cdn.ampproject.org/c/s/news.example/a/1"),
    ("https://news.example/a/1", "https://www.google.com/amp/s/news.example/a/1"),
    (
        "https://news.example/a/1",
        "http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fnews.example%2fa%2f1&c=3",
    ),
    ("https://news.example/a/1", "https://www.google.com/url?q=https://news.example/a/1&sa=D"),
    ("https://news.example/a/1", "https://web.archive.org/web/20240625093000/https://news.example/a/1"),
    ("https://news.example/a/1", "https://r.search.yahoo.com/_ylt=x/RU=https%3a%2f%2fnews.example%2fa%2f1/RK=2/RS=y"),
    (
        "https://mp.weixin.qq.com/s?__biz=MzA%3D&idx=1&mid=22&sn=ab",
        "http://mp.weixin.qq.com/s?__biz=MzA=&mid=22&idx=1&sn=ab&chksm=9&scene=27#wechat_redirect",
    ),
    (
        "https://scmp.com/article/3270123",
        "https://www.scmp.com/news/china/politics/article/3270123/some-words?utm_source=rss_feed",
    ),
    ("https://scmp.com/article/3270123", "https://mcdn.i-scmp.com/news/article/3270123/other-words"),
    ("https://caixin.com/102216543", "https://china.caixin.com/2024-07-16/102216543.html"),
    ("https://caixin.com/102216543", "https://m.caixin.com/m/2024-07-16/102216543.html?originReferrer=x"),
    ("https://caixinglobal.com/102216901", "https://www.caixinglobal.com/2024-07-16/some-words-102216901.html"),
    ("https://thepaper.cn/newsDetail_forward_28000001", "https://m.thepaper.cn/detail/28000001"),
    ("https://thepaper.cn/newsDetail_forward_28000001", "https://www.thepaper.cn/newsDetail_forward_28000001"),
    ("https://thepaper.cn/newsDetail_forward_28000001", "https://www.thepaper.cn/share.jsp?contid=28000001"),
    ("https://yicai.com/news/102180001.html", "https://m.yicai.com/news/102180001.html"),
    ("https://youtube.com/watch?v=abc", "https://youtu.be/abc"),
    ("https://bbc.com/news/1", "https://www.bbc.co.uk/news/1?at_campaign=RSS"),
)
OTHER = (
    ("https://news.example/a/1", "https://news.example/a/2"),
    ("https://news.example/p?id=1", "https://news.example/p?id=2"),
    ("https://news.example/a", "https://other.example/a"),
    ("https://news.example:8443/a", "https://news.example/a"),
    ("https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=1&sn=a", "https://mp.weixin.qq.com/s?__biz=A&mid=1&idx=2&sn=a"),
    ("https://caixin.com/102216543", "https://caixinglobal.com/102216543"),
    ("https://news.example/#!/a", "https://news.example/#!/b"),
    ("https://gov.cn/zhengce", "https://m.gov.example/zhengce"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_one_item_has_one_key(one, other):
    assert canonical(other) == one == canonical(one)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_two_items_have_two_keys(one, other):
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    "odd", ["", "no address", "mailto:a@b.example", "https://[::1", "https://news.example:x/", "tag:a,2024:1"]
)
def test_what_is_no_address_of_the_web_stays_as_it_is(odd):
    assert canonical(odd) == odd
    assert host_of(odd) in {"", "news.example"}


@pytest.mark.parametrize(
    ("address", "inner"),
    [
        ("https://www.bing.com/news/apiclick.aspx?url=javascript:1", ""),
        ("https://www.google.com/amp/s/no-host/x", ""),
        ("https://news.example/?url=https://other.example/", ""),
        ("https://web.archive.org/web/2024/https:/news.example/a?b=1", "https://news.example/a?b=1"),
        ("https://[broken", ""),
    ],
)
def test_only_a_redirector_is_unwrapped_and_only_to_a_page(address, inner):
    assert unwrapped(address) == (inner or address)


@pytest.mark.parametrize(
    ("base", "address", "expected"),
    [
        ("https://gov.example/n4/n19/index.html", "../../n5/c1/content.html", "https://gov.example/n5/c1/content.html"),
        ("https://gov.example/a/", "../../../x.html", "https://gov.example/x.html"),
        ("https://gov.example/a/", "//cdn.example/x", "https://cdn.example/x"),
        ("https://gov.example/a/", " /x y\n.html ", "https://gov.example/x%20y.html"),
        ("https://gov.example/a/", "javascript:void(0)", ""),
        ("https://gov.example/a/", "", ""),
        ("https://gov.example/a/", "http://[x", ""),
        ("https://gov.example/a/", "x" * 5000, ""),
    ],
)
def test_links_are_read_from_their_page(base, address, expected):
    assert absolute(base, address) == expected


def test_a_source_is_named_after_its_host():
    hosts = {"en.nanwan.example": "nanwan", "feeds.nanwan.com": "nanwan", "www.audit.gov.cn": "audit", "1.2.3.4": "1"}
    assert {host: short_name(f"https://{host}/x") for host in hosts} == hosts
    assert short_name("no address") == "source"


def test_an_entry_is_known_by_guid_then_address_then_words():
    assert identity("n-7", "https://a.example/1", "t", "d") == "n-7"
    assert identity("http://www.a.example/1?utm_source=x", "", "t", "d") == "https://a.example/1"
    assert identity(" ", "http://a.example/1", "t", "d") == "https://a.example/1"
    assert identity("", "", "标题", "2024") == identity("", "", " 标题 ", "2024") != identity("", "", "标题", "2025")


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://a.example/", "https://a.example/?", "http://"]))
def test_any_text_has_a_key_that_is_its_own(text, front):
    key = canonical(front + text)
    assert canonical(key) == key or not key.startswith("https://")
