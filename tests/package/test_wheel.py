"""The wheel works where the repository is not: it carries its data, installs, and plays the demonstration."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path) -> str:
    """What it prints, on both ways out; none of our paths and variables are in its environment."""
    keep = {
        name: value for name, value in os.environ.items() if not name.startswith(("BRIEFING_", "PYTHON", "VIRTUAL"))
    }
    ended = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=keep,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout
    return ended.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel alone; the libraries it needs are those that the tests have already."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    own = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    run(sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", wheel, cwd=folder)
    (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return folder


def test_the_wheel_carries_everything_that_is_no_code(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        f"briefing/data/{path.relative_to(ROOT).as_posix()}"
        for shelf in ("feeds", "templates")
        for path in (ROOT / shelf).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    wanted |= {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "briefing").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert wanted - names == set()
    assert any(name.endswith("store/sql/entries.sql") for name in names)
    assert any(name.endswith("store/migrations/0001_desk.sql") for name in names)


def test_the_wheel_carries_nothing_but_the_program(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"briefing"}


def test_the_installed_program_is_the_wheel_and_not_the_repository(installed, tmp_path):
    code = "import briefing, briefing.settings.places as p; print(briefing.__file__); print(p.packaged('feeds'))"
    package, feeds = run(installed / "bin" / "python", "-c", code, cwd=tmp_path).split()

    assert Path(package).is_relative_to(installed)
    assert Path(feeds) == Path(package).parent / "data" / "feeds"


def test_the_installed_program_plays_the_demonstration_outside_the_repository(installed, tmp_path):
    said = run(installed / "bin" / "briefing", "demo", cwd=tmp_path)

    assert "248 million yuan, or 10 times that?" in said
    assert len([*tmp_path.glob("demo-desk/archive/china-data-finance/*/issue.json")]) == 3


def test_the_installed_program_makes_a_desk_of_the_packaged_topic(installed, tmp_path):
    briefing = installed / "bin" / "briefing"
    run(briefing, "init", "my-desk", cwd=tmp_path)
    said = run(briefing, "--desk", "my-desk", "run", "--preview", "--no-collect", cwd=tmp_path)

    assert "248" in said
    assert "every template renders every case" in run(briefing, "--desk", "my-desk", "templates", "check", cwd=tmp_path)


def test_the_package_itself_is_the_command(installed, tmp_path):
    python = installed / "bin" / "python"

    assert run(python, "-m", "briefing", "--version", cwd=tmp_path).startswith("briefing, version ")
