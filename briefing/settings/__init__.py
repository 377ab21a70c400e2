"""Desk and topic files, read once at start into frozen values. pydantic is used nowhere else."""

from briefing.settings.deskfile import Secrets, Settings, load_desk
from briefing.settings.places import own_sources, packaged, topics_in
from briefing.settings.record import baseline_toml, with_article
from briefing.settings.topicfile import editions_of, load_sources, load_topic

__all__ = [
    "Secrets",
    "Settings",
    "baseline_toml",
    "editions_of",
    "load_desk",
    "load_sources",
    "load_topic",
    "own_sources",
    "packaged",
    "topics_in",
    "with_article",
]
