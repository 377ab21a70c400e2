import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.collect.unpacking import DamagedError, UnknownPackingError, unpacked

TEXT = "审计署公布整改结果。 The audit office published results.".encode() * 50


def raw_deflate(text):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(text) + packer.flush()


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT), "gzip"),
        (gzip.compress(TEXT), " X-GZIP "),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
        (gzip.compress(TEXT[:100]) + gzip.compress(TEXT[100:]), "gzip"),
        (gzip.compress(TEXT) + bytes(20), "gzip"),
        (gzip.compress(TEXT) + b"<!-- served by x -->", "gzip"),
        (gzip.compress(TEXT), "deflate"),
    ],
)
def test_every_usual_packing_gives_the_text_back(packed, encoding):
    assert unpacked(packed, encoding, len(TEXT)) == TEXT


@pytest.mark.parametrize("packed", [gzip.compress(TEXT), zlib.compress(TEXT), gzip.compress(TEXT[:90]) * 50])
def test_one_byte_over_the_bound_is_too_large(packed):
    assert unpacked(packed, "gzip", len(TEXT) - 1) is None


@pytest.mark.parametrize("cut", [1, 8, 9, 100])
def test_a_packed_body_without_its_end_is_damaged(cut):
    with pytest.raises(DamagedError):
        unpacked(gzip.compress(TEXT)[:-cut], "gzip", 10**6)


def test_a_million_empty_members_cost_nothing():
    with pytest.raises(DamagedError):
        unpacked(gzip.compress(b"") * 500_000, "gzip", 10**7)


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_rubbish_is_damaged(encoding):
    with pytest.raises(DamagedError):
        unpacked(b"<rss>never packed</rss>", encoding, 10**6)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "x" * 100])
def test_a_packing_nobody_asked_for_is_told_apart(encoding):
    with pytest.raises(UnknownPackingError):
        unpacked(b"x", encoding, 10**6)


def test_nothing_packed_is_nothing():
    assert unpacked(b"", "gzip", 10) == b""


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate"]))
def test_any_bytes_are_unpacked_or_refused(body, encoding):
    try:
        given_back = unpacked(body, encoding, 1000)
    except DamagedError:
        return
    assert given_back is None or len(given_back) <= 1000


@given(st.binary(max_size=2000), st.integers(0, 2000))
def test_what_was_packed_comes_back_or_is_too_large(text, bound):
    assert unpacked(gzip.compress(text), "gzip", bound) == (text if len(text) <= bound else None)
