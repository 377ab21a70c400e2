"""`invented` stands beside these tests and is imported by name."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from invented import GLOSSARY, TOPIC, article_of


@pytest.fixture
def made():
    return article_of


@pytest.fixture
def glossary():
    return GLOSSARY


@pytest.fixture
def topic():
    return TOPIC
