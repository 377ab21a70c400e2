"""A desk served in a process of its own, over the sample's sources, with an edition that is due in a moment."""

import json
import os
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from briefing.cli import serve
from briefing.collect.guard import Policy
from briefing.demo.sample import load_sample
from briefing.model.topic import Edition, QuietRule, ReviewRule, Rhythm
from briefing.settings import load_desk
from briefing.wiring import built, topics_of


def main(asked):
    serve.COLLECT_S, serve.COMPOSE_S, serve.SEND_S = 1.0, 0.3, 0.3
    due = datetime.fromisoformat(asked["due"])
    edition = Edition(
        "weekly",
        Rhythm.DAILY,
        due.time(),
        "UTC",
        quiet=QuietRule.NOTE,
        review=ReviewRule(asked["review"]),
        review_minutes=1,
    )
    settings = load_desk(Path(asked["folder"]), os.environ)
    first = replace(topics_of(settings)[0], sources=load_sample().sources(asked["origin"]), editions=(edition,))
    broken = replace(first, key="broken", sources=())
    topics = (broken, first) if asked["broken"] else (first,)
    desk = built(settings, topics, sample=True)
    policy = Policy.for_loopback(urlsplit(asked["origin"]).port)
    serve.run(replace(desk, fetching=replace(desk.fetching, policy=policy, processes=0)), "127.0.0.1", 0)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
