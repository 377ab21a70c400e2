"""Addresses are only ever named here, never dialled."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.collect.guard import REFUSAL, Policy, RefusedAddressError, guarded_socket, is_allowed, refusal

PRIVATE = [
    ("127.0.0.1", "loopback"),
    ("127.255.255.254", "loopback"),
    ("0.0.0.0", "this machine"),
    ("0.1.2.3", "this machine"),
    ("10.0.0.1", "private"),
    ("172.16.0.1", "private"),
    ("172.31.255.255", "private"),
    ("192.168.1.1", "private"),
    ("169.254.169.254", "link-local"),
    ("100.64.0.1", "shared by a carrier (CGNAT)"),
    ("100.100.100.200", "shared by a carrier (CGNAT)"),
    ("168.63.129.16", "a cloud's own service"),
    ("192.0.0.8", "reserved for protocols"),
    ("198.18.0.1", "for measuring networks"),
    ("198.19.255.255", "for measuring networks"),
    ("224.0.0.251", "multicast"),
    ("239.255.255.250", "multicast"),
    ("240.0.0.1", "reserved"),
    ("255.255.255.255", "reserved"),
    ("::", "this machine"),
    ("::1", "loopback"),
    ("::ffff:127.0.0.1", "loopback, written as IPv6"),
    ("::ffff:10.0.0.1", "private, written as IPv6"),
    ("::127.0.0.1", "an outdated form of IPv4"),
    ("64:ff9b::7f00:1", "loopback, written as IPv6"),
    ("64:ff9b::a9fe:a9fe", "link-local, written as IPv6"),
    ("64:ff9b:1::7f00:1", "private NAT64"),
    ("2002:7f00:1::", "a 6to4 tunnel"),
    ("2001::1", "a Teredo tunnel"),
    ("2001:db8::1", "for documentation"),
    ("fd00:ec2::254", "private"),
    ("fe80::1%eth0", "link-local"),
    ("fec0::1", "private"),
    ("ff02::1", "multicast"),
    ("4000::1", "not a global address"),
]


@pytest.mark.parametrize(("host", "kind"), PRIVATE)
def test_an_address_inside_somebodys_network_is_refused_with_its_kind(host, kind):
    assert refusal(host, 443, Policy()) == f"{host}: {kind}"


@pytest.mark.parametrize("host", ["93.184.215.14", "8.8.8.8", "172.32.0.1", "2606:4700::1111", "64:ff9b::808:808"])
def test_a_public_address_is_allowed(host):
    assert is_allowed(host, 443, Policy())


@pytest.mark.parametrize("port", [0, 22, 25, 3306, 6379, 65535])
def test_a_port_where_no_web_is_served_is_refused(port):
    assert refusal("93.184.215.14", port, Policy()) == f"port {port} of 93.184.215.14"


def test_a_name_in_place_of_a_number_is_refused():
    assert refusal("audit.gov.cn", 80, Policy()) == "audit.gov.cn: no numeric address"


@pytest.mark.parametrize(
    ("allowed", "host", "port"),
    [
        ("127.0.0.1:8001", "127.0.0.1", 8001),
        ("localhost:8001", "::1", 8001),
        ("localhost:8001", "127.0.0.1", 8001),
        ("[::1]:8001", "::1", 8001),
        ("::1", "::1", 9),
        ("192.168.1.5", "192.168.1.5", 1200),
        ("10.1.0.0/16:1200", "10.1.200.3", 1200),
    ],
)
def test_an_operator_can_allow_a_single_private_host(allowed, host, port):
    assert is_allowed(host, port, Policy(private=(allowed,)))


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 8002), ("127.0.0.2", 8001), ("::1", 8001), ("10.0.0.1", 8001)]
)
def test_an_allowed_host_opens_no_other_door(host, port):
    assert not is_allowed(host, port, Policy(private=("127.0.0.1:8001",)))


@pytest.mark.parametrize(
    "text", ["rsshub:1200", "example.org", "10.0.0.1:0", "10.0.0.1:99999", "10.0.0.1/8", "", "[::1]:x"]
)
def test_an_exception_that_is_no_address_is_a_fault(text):
    with pytest.raises(ValueError, match=r"no address|no port"):
        Policy(private=(text,))


def test_loopback_policy_opens_the_named_ports_only():
    assert is_allowed("127.0.0.1", 5005, Policy.for_loopback(5005))
    assert is_allowed("::1", 5005, Policy.for_loopback(5005))
    assert not is_allowed("127.0.0.1", 5006, Policy.for_loopback(5005))
    assert is_allowed("127.0.0.7", 1, Policy.for_loopback())
    assert not is_allowed("10.0.0.7", 80, Policy.for_loopback())


def test_the_socket_factory_makes_no_socket_for_a_refused_address():
    make = guarded_socket(Policy())
    with pytest.raises(RefusedAddressError, match=f"{REFUSAL} 169.254.169.254: link-local"):
        make((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("169.254.169.254", 80)))


def test_the_socket_factory_makes_a_socket_for_an_allowed_address():
    made = guarded_socket(Policy.for_loopback())((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80)))
    with made:
        assert made.family is socket.AF_INET


@given(st.ip_addresses(v=6))
def test_no_ipv6_address_is_allowed_that_hides_a_refused_one(address):
    if address.ipv4_mapped is not None:
        assert is_allowed(str(address), 443, Policy()) == is_allowed(str(address.ipv4_mapped), 443, Policy())
    elif is_allowed(str(address), 443, Policy()):
        assert address.is_global


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_is_allowed_that_is_not_global(address):
    assert not is_allowed(str(address), 443, Policy()) or (address.is_global and not address.is_multicast)


@given(st.text(max_size=30), st.integers(-5, 70000))
def test_any_text_gets_an_answer(host, port):
    assert isinstance(refusal(host, port, Policy()), str)
