import os

from briefing.web.documents import Files


def page(folder, name, text):
    place = folder / "t" / name
    place.mkdir(parents=True, exist_ok=True)
    (place / "index.html").write_text(text, encoding="utf-8")
    return place / "index.html"


def test_a_page_is_kept_compressed_and_given_whole(tmp_path):
    text = "数据收费 fees for data " * 400
    page(tmp_path, "i", text)
    paper = Files(tmp_path).paper("t", "i", "index.html")

    assert paper.body == text.encode()
    assert paper.is_packed
    assert len(paper.kept) < len(text) / 10


def test_a_page_that_was_written_again_is_read_again(tmp_path):
    files = Files(tmp_path)
    file = page(tmp_path, "i", "first")
    first = files.paper("t", "i", "index.html")
    page(tmp_path, "i", "second, and longer")
    os.utime(file, (1, 1))

    assert files.paper("t", "i", "index.html").body == b"second, and longer"
    assert files.paper("t", "i", "index.html").etag != first.etag


def test_memory_has_a_bound_and_what_was_read_last_stays(tmp_path):
    files = Files(tmp_path, most=3_000)
    for number in range(10):
        page(tmp_path, f"i{number}", f"{number}" * 1_000)
        files.paper("t", f"i{number}", "index.html")

    assert sum(len(paper.kept) for _, paper in files._kept.values()) <= 3_000
    assert [path.parent.name for path in files._kept] == ["i7", "i8", "i9"]


def test_one_page_larger_than_the_bound_is_still_served(tmp_path):
    files = Files(tmp_path, most=10)
    page(tmp_path, "i", "longer than ten")

    assert files.paper("t", "i", "index.html").body == b"longer than ten"
