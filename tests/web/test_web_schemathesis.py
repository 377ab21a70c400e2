"""The API against its own document, as schemathesis reads it. It has many parts of its own, so it is no extra of ours:

`pip install schemathesis` into an environment of its own, put that on the PATH, and run this file.
"""

import shutil
import subprocess
from datetime import timedelta
from itertools import count

import pytest

from briefing.store import programs
from briefing.store.sessions import Deed
from briefing.web.programs import SCOPES, hashed

from .conftest import KEY, NOW, serving

PROGRAM = shutil.which("schemathesis")
EXAMPLES = 30  # of each operation and phase; more find no more, but take longer

pytestmark = [
    pytest.mark.system,
    pytest.mark.slow,
    pytest.mark.skipif(PROGRAM is None, reason="schemathesis is not on the PATH"),
]


def test_every_answer_is_as_the_document_says_and_what_it_forbids_is_refused(own_desk):
    asked = count()
    with serving(own_desk, clock=lambda: NOW + timedelta(minutes=next(asked) // 4)) as site:  # no limit is met
        deed = Deed(NOW, "operator", "made a key", "check")
        programs.add(site.desk.database, "check", hashed(KEY, "a key"), frozenset(SCOPES), deed)
        words = ("--header", "Authorization: Bearer a key", "--max-examples", str(EXAMPLES), "--no-color")
        done = subprocess.run(
            [PROGRAM, "run", f"{site.origin}/api/openapi.json", *words],
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
            cwd=own_desk,
        )

    assert done.returncode == 0, done.stdout
