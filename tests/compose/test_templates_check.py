import shutil

import pytest

from briefing.compose import render, trial
from briefing.compose.places import packaged_templates
from briefing.compose.specimen import specimen
from briefing.compose.templates import fill
from briefing.compose.trial import faults
from briefing.errors import TemplateError


def test_the_packaged_templates_stand_every_hard_case():
    assert faults(packaged_templates()) == ()


def test_an_empty_folder_has_no_faults_and_a_missing_one_is_named(tmp_path):
    (told,) = faults(tmp_path / "none")
    assert told.startswith(f"{tmp_path / 'none'}: there is no such folder; make it")


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8") if isinstance(text, str) else path.write_bytes(text)
    return path


def test_a_syntax_error_is_named_with_file_and_line(tmp_path):
    path = write(tmp_path, "parts/brief.html", "<p>\n{% if x %}\n")
    assert faults(tmp_path)[0].startswith(f"{path}:2: Unexpected end of template")


def test_a_misspelt_value_is_named_with_file_and_line(tmp_path):
    path = write(tmp_path, "parts/brief.html", "<p>one</p>\n<p>{{ isue.number }}</p>\n")
    assert f"{path}:2: 'isue' is undefined" in faults(tmp_path)


def test_an_unknown_file_and_an_unknown_wording_are_named(tmp_path):
    path = write(tmp_path, "isue.mjml", "<mjml></mjml>")
    write(tmp_path, "words/en.toml", '[mast]\nbrnad = "x"\n')
    found = faults(tmp_path)
    assert f"{path}: no template uses this file" in found
    assert f"{tmp_path / 'words' / 'en'}.toml: nothing asks for 'mast.brnad'" in found


def test_a_file_that_another_template_includes_is_known(tmp_path):
    write(tmp_path, "parts/brief.html", '{% include "parts/own.html" %}')
    write(tmp_path, "parts/own.html", "<p>own</p>")
    assert tuple(trial._unknown(tmp_path)) == ()
    assert "<p>own</p>" in render.html(specimen(1), "en", folders=(tmp_path,))


def test_bytes_that_are_no_text_are_named(tmp_path):
    path = write(tmp_path, "issue-subject.txt", b"\xff\xfe")
    write(tmp_path, "words/zh.toml", "[mast\n")
    found = faults(tmp_path)
    assert any(fault.startswith(f"{path}: is not UTF-8") for fault in found)
    assert any("zh.toml" in fault for fault in found)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("issue-subject.txt", "", "nothing is written"),
        ("issue-body.txt", "hello", "no link to unsubscribe"),
        ("parts/footer.html", "<p>bye</p>", "no link to unsubscribe"),
        ("parts/style.css", ".x{color:#000000}" * 800, "characters of style"),
        ("parts/brief.html", "<!--[if mso]><p>x</p>-->", "conditional comments"),
        ("parts/brief.html", "<p>" + "x" * 120_000 + "</p>", "Gmail cuts"),
        ("parts/brief.html", '<p title="\u3000{{ "{{" }}">x', "issue.mjml"),
    ],
)
def test_each_fault_of_a_desks_template_is_told(tmp_path, name, text, expected):
    write(tmp_path, name, text)
    assert any(expected in fault for fault in faults(tmp_path))


def test_a_desks_template_wins_over_the_packaged_one(tmp_path):
    shutil.copytree(packaged_templates(), tmp_path / "templates")
    write(tmp_path / "templates", "parts/top.html", "<p>OUR DESK</p>")
    assert "OUR DESK" in render.html(specimen(1), "en", folders=(tmp_path / "templates",))
    assert "OUR DESK" not in render.html(specimen(1), "en")


def test_a_missing_template_and_a_wrong_call_are_errors_of_ours(tmp_path):
    with pytest.raises(TemplateError, match=r"none\.mjml: no template"):
        fill("none.mjml", {})
    write(tmp_path, "a.html", "x\n{{ 1 / 0 }}")
    with pytest.raises(TemplateError, match=r"a\.html:2: division by zero"):
        fill("a.html", {}, (tmp_path,))
    write(tmp_path, "b.html", '{% include "c.html" %}')
    write(tmp_path, "c.html", "{% for %}")
    with pytest.raises(TemplateError, match=r"c\.html:1"):
        fill("b.html", {}, (tmp_path,))
    with pytest.raises(TemplateError, match="no such"):
        fill("d.html", {"say": _raises}, (write(tmp_path, "d.html", "{{ say() }}").parent,))


def _raises():
    raise TemplateError("no such wording")
