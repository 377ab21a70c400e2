"""A sender in a process of its own, for tests that kill it."""

import asyncio
import json
import ssl
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefing.deliver.addresses import Mailbox
from briefing.deliver.hosts import Host, Security
from briefing.deliver.message import Letterhead
from briefing.desk.delivering import Post, deliver
from briefing.model.issue import PERSONAL
from briefing.store.connection import opened

NOW = datetime(2026, 11, 25, 6, 30, tzinfo=UTC)


def pages(topic, issue, language):
    head = Letterhead(Mailbox("desk@example.org"), f"{topic} {issue} {language}")
    return head, f"Leave: https://d.example/{PERSONAL}\n", "<p>" + "x" * 20_000 + PERSONAL


def main(asked):
    post = Post(
        (Host("127.0.0.1", asked["port"], Security.NONE, connections=4, timeout_s=5, answer_timeout_s=5),),
        ssl.create_default_context(),
        b"0123456789abcdefghijklmnopqrstuv",
        "bounce@example.org",
        lambda: NOW + timedelta(seconds=asked["later_s"]),
        lambda: 0.5,
        asked["holder"],
        per_second=1e6,
    )
    db = opened(Path(asked["db"]))
    asyncio.run(deliver(db, pages, post, asyncio.Event()))
    db.close()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
