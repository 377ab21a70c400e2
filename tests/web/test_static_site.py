import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from briefing.errors import ArchiveError
from briefing.store.connection import opened
from briefing.web.static import export

from .conftest import TOPIC

NOW = datetime(2024, 9, 21, tzinfo=UTC)


@pytest.fixture(scope="module")
def exported(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("static") / "site"
    database = opened(site.desk.database.path)
    number = export(replace(site.desk, database=database), folder, NOW)
    database.close()
    return folder, number


def test_every_file_of_every_issue_is_there(exported, site):
    folder, number = exported

    assert number == sum(path.is_file() and path.name != ".briefing-site" for path in folder.rglob("*"))
    for name in ("index.html", "index.zh.html", "issue.txt", "issue.json"):
        assert (folder / TOPIC / "2024-09-06-weekly" / name).exists()


def test_every_link_leads_to_a_file_from_wherever_the_folder_stands(exported):
    folder, _ = exported
    for page in folder.rglob("*.html"):
        for address in re.findall(r'(?:href|action|src)="([^"]*)"', page.read_text("utf-8")):
            if re.match(r"[a-z]+:|#", address) or address.startswith("&#"):
                continue
            assert not address.startswith("/"), (page, address)
            target = (page.parent / unquote(address.partition("#")[0])).resolve()
            assert target.exists(), (page, address)


def test_no_form_promises_what_no_server_can_do(exported):
    folder, _ = exported
    for page in folder.rglob("*.html"):
        text = page.read_text("utf-8")
        assert 'method="post"' not in text
        assert "/editor" not in text


def test_the_search_file_holds_chinese_words_and_an_address_for_each(exported):
    folder, _ = exported
    rows = json.loads((folder / "search-rows.js").read_text("utf-8").removeprefix("var searchRows=").removesuffix(";"))

    assert any("衡阳" in row[2] for row in rows)
    assert all((folder / f"{row[4]}.html").exists() for row in rows)


def test_only_the_search_page_has_script(exported):
    folder, _ = exported
    with_script = [p.name for p in folder.rglob("*.html") if html.fromstring(p.read_bytes()).xpath("//script")]

    assert sorted(with_script) == ["search.html", "search.zh.html"]
    assert "innerHTML" not in (folder / "search.js").read_text("utf-8")


def test_the_sitemaps_name_the_pages_that_are_there(exported, site):
    folder, _ = exported
    parts = html.fromstring((folder / "sitemap.xml").read_bytes()).xpath("//loc/text()")
    assert parts == [f"{site.origin}/{TOPIC}/sitemap.xml"]
    pages = html.fromstring((folder / TOPIC / "sitemap.xml").read_bytes()).xpath("//loc/text()")

    assert f"{site.origin}/{TOPIC}/2024-09-06-weekly/index.zh.html" in pages
    for address in pages:
        assert (folder / unquote(address.removeprefix(site.origin)).lstrip("/")).is_file(), address


def test_a_folder_with_something_else_is_not_touched(site, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(ArchiveError):
        export(site.desk, Path(tmp_path), NOW)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
