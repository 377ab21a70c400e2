"""What deploy/ says is true of this program: its paths, commands, variables, and how long it may take to stop."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from briefing.cli import COMMANDS
from briefing.serve import Parts
from briefing.settings.deskfile import KEYS, OTHER_VARIABLES, SECRETS

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
