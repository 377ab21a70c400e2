"""What deploy/ says is true of this program: its paths, commands, variables, and how long it may take to stop."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli import COMMANDS
from briefing.serve import Parts
from briefing.settings.deskfile import KEYS, OTHER_VARIABLES, SECRETS, WebPart

ROOT = Path(__file__).resolve().parents[2]
DOCKERFILE = (ROOT / "deploy" / "Dockerfile").read_text("utf-8")
UNIT = (ROOT / "deploy" / "briefing.service").read_text("utf-8")
KNOWN = {
    *OTHER_VARIABLES,
    *(f"BRIEFING_{key.replace('.', '_').upper()}" for key in KEYS),
    *(f"BRIEFING_{name.upper()}{end}" for name in SECRETS for end in ("", "_FILE")),
}


def test_all_that_the_image_copies_is_there_and_is_all_that_the_package_needs():
    copied = {
        name for line in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE) for name in line.split()[:-1]
    }
    assert all((ROOT / name).exists() for name in copied)
    assert {"pyproject.toml", "README.md", "LICENSE", "briefing", "feeds", "templates"} == copied


@pytest.mark.slow
def test_the_package_is_built_from_what_the_image_copies_alone(tmp_path):
    for names in re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE):
        *sources, target = names.split()
        for name in sources:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, tmp_path / target)
            else:
                shutil.copy(ROOT / name, tmp_path / target)
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "out", tmp_path],
        stdout=subprocess.DEVNULL,
        check=True,
    )
    assert len(list((tmp_path / "out").glob("briefing-*.whl"))) == 1


@pytest.mark.parametrize("text", [DOCKERFILE, UNIT], ids=["image", "unit"])
def test_every_variable_is_one_that_the_program_knows(text):
    assert set(re.findall(r"BRIEFING_[A-Z_]+", text)) <= KNOWN


def test_what_is_started_is_a_command_and_not_as_root():
    assert 'ENTRYPOINT ["/opt/briefing/bin/briefing"]\nCMD ["serve"]' in DOCKERFILE
    assert re.search(r"^USER briefing$", DOCKERFILE, re.MULTILINE)
    started = re.search(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    assert shlex.split(started[1])[1] in COMMANDS
    assert re.search(r"^User=briefing$", UNIT, re.MULTILINE)


def test_the_process_has_more_time_to_stop_than_it_takes():
    patience_s = Parts(()).patience_s
    assert int(re.search(r"TimeoutStopSec=(\d+)", UNIT)[1]) > patience_s + 5
    assert int(re.search(r"--stop-timeout (\d+)", DOCKERFILE)[1]) > patience_s + 5


@pytest.mark.system
@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not installed")
def test_systemd_understands_the_unit(tmp_path):
    file = tmp_path / "briefing.service"
    file.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", UNIT, flags=re.MULTILINE), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(file)], capture_output=True, text=True, check=False)
    said = [row for row in (done.stdout + done.stderr).splitlines() if "briefing.service" in row]
    assert (done.returncode, said) == (0, [])


def test_the_image_starts_on_an_empty_volume_is_found_healthy_and_stops(tmp_path):
    """Its own command and health check, but for the port and for asking no source."""
    check = json.loads(re.search(r"HEALTHCHECK[^\[]+CMD (\[.+\])", DOCKERFILE)[1])
    started = re.search(r"^CMD (\[.+\])", DOCKERFILE, re.MULTILINE)[1]
    bare = {name: text for name, text in os.environ.items() if not name.startswith("BRIEFING_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "briefing", *json.loads(started), "--port", "0", "--pages-only"],
        env={**bare, "BRIEFING_DESK": str(tmp_path), "BRIEFING_WEB_HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        port = re.search(r":(\d+)/", process.stdout.readline())[1]
        asked = [sys.executable, *(word.replace("8000", port) for word in check[1:])]
        assert subprocess.run(asked, check=False).returncode == 0
        process.terminate()
        assert process.wait(20) == 0
        assert subprocess.run(asked, check=False, stderr=subprocess.DEVNULL).returncode != 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert "EXPOSE 8000" in DOCKERFILE
    assert WebPart().port == 8000
