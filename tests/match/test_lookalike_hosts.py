import pytest

from briefing.match.hosts import host_of, imitated

OFFICIAL = ("www.nda.gov.cn", "https://www.audit.gov.cn/n4/index.html", "localhost")


@pytest.mark.parametrize(
    "address",
    [
        "https://www-nda-gov-cn.evil.example/sjj/a.html",
        "https://nda.gov.cn.evil.example/",
        "https://nda-gov-cn.example/",
        "https://www.nda.g0v.cn/a",
        "audit-gov-cn.mirror.example/n4",
    ],
)
def test_a_host_that_carries_an_official_name_is_a_lookalike(address):
    assert imitated(address, OFFICIAL) in {"nda.gov.cn", "audit.gov.cn"}


@pytest.mark.parametrize(
    "address",
    [
        "https://www.nda.gov.cn/sjj/a.html",
        "https://wap.nda.gov.cn/a",
        "https://agenda.gov.cn/",
        "https://news.example/nda.gov.cn",
        "https://nda.example/",
        "",
        "http://[bad",
    ],
)
def test_the_official_host_and_honest_hosts_are_no_lookalikes(address):
    assert not imitated(address, OFFICIAL)


def test_a_host_is_read_without_port_and_prefix():
    assert host_of("HTTPS://WWW.Nda.GOV.cn:443/x") == "nda.gov.cn"
