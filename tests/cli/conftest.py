"""One demo desk for all commands; each test that changes it works on a copy."""

import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from command import run


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo") / "demo-desk"
    output = run("demo", "--folder", str(folder))
    return folder, output


@pytest.fixture
def desk(demo, tmp_path):
    """A copy of the demo desk."""
    folder = tmp_path / "desk"
    shutil.copytree(demo[0], folder)
    return folder
