"""What the tests of the docs share: the pages, and the scripts beside them."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def script(name: str):
    """A script of `docs/`, loaded from its file: docs are no package."""
    spec = importlib.util.spec_from_file_location(f"docs_{name}", ROOT / "docs" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look for their module by name
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def examples():
    return script("examples")


@pytest.fixture(scope="session")
def renew():
    return script("renew")


@pytest.fixture(scope="session")
def demo(examples, tmp_path_factory):
    """The folder that `briefing demo` leaves."""
    folder = tmp_path_factory.mktemp("demo")
    (played,) = examples.play(f"<!-- runs -->\n```console\n$ {examples.DEMO}\n```\n", folder.resolve())
    assert not played.differences, played.printed
    return folder
