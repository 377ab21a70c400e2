"""`serve --pages-only` shows a desk without setting it to work: what the README begins with."""

import signal
import subprocess
import sys
import urllib.request

from command import run

START = "import sys; from briefing.cli import main; sys.argv[0] = 'briefing'; main()"


def test_pages_only_asks_no_source_and_makes_no_issue(tmp_path):
    run("init", str(tmp_path / "desk"))
    process = subprocess.Popen(
        [sys.executable, "-c", START, "--desk", str(tmp_path / "desk"), "serve", "--pages-only", "--port", "0"],
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
    assert '"duties": ["send"]' in log.splitlines()[0]
