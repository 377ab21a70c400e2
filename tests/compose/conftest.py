"""The sample drafts, loaded from the file beside: tests are no package."""

import importlib.util
from pathlib import Path

import pytest

from briefing.compose.issue import compose


def _sample():
    spec = importlib.util.spec_from_file_location("sample_draft", Path(__file__).with_name("sample_draft.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def sample():
    return _sample()


@pytest.fixture(scope="session")
def first(sample):
    return compose(sample.first_draft())


@pytest.fixture(scope="session")
def second(sample):
    return compose(sample.second_draft())
