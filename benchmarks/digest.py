"""The digest measured: hostile issues, size, time, clients' support, accessibility and pixels beside Node mjml.

    benchmarks/digest.py PATH [--npm FOLDER] [--json FILE]

PATH is the data folder (nothing in it is needed; every issue is made here). FOLDER holds node_modules with the
packages `mjml`, `caniemail` and `axe-core` (`npm install mjml caniemail axe-core` there). What needs a tool that is
not installed is left out with one line.
"""

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

from bench import Progress, arguments, report
from browser import chromium, differing, dom, shot
from clients import EXPLAINED, unsupported
from lxml import html as lxml_html

from briefing.compose import render
from briefing.compose.amounts import shown
from briefing.compose.escaping import clean, markup
from briefing.compose.issue import compose
from briefing.compose.specimen import beginning, specimen
from briefing.compose.trial import HARD, LINKS
from briefing.errors import TemplateError
from briefing.model.issue import Issue

HERE = Path(__file__).resolve().parent
LANGUAGES = ("en", "zh")
SIZES = (5, 15, 50, 200)
HOSTILE = 400
ROUNDS = 40
WIDTHS = (600, 375)
MAIL_ONLY = {"landmark-one-main", "region"}  # MJML's article div stands for both
TARGETS = {
    "hostile.failed": "target 0",
    "ms_per_issue": "target 5",
    "node_ratio": "target 25",
    "unsupported_unexplained": "target 0",
    "axe_faults": "target 0",
    "pixels_differing": "target 0",
} | {f"size_kb.{n}": "target 95" for n in SIZES}


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--npm", type=Path, help="folder whose node_modules has mjml, caniemail and axe-core")
    given = parser.parse_args()
    measures: dict[str, float] = {**hostile(), **sizes(), "ms_per_issue": milliseconds(lambda: mail(specimen(5), "en"))}
    modules = given.npm / "node_modules" if given.npm else None
    node = shutil.which("node")
    for name, ready, need, measure in (
        ("node_ratio", node and _has(modules, "mjml"), "Node and mjml", node_ratio),
        ("unsupported_unexplained", _has(modules, "caniemail"), "caniemail", unexplained),
        ("axe_faults", chromium() and _has(modules, "axe-core"), "Chromium and axe-core", axe_faults),
        ("pixels_differing", node and chromium() and _has(modules, "mjml"), "Node, mjml and Chromium", pixels),
    ):
        if ready and modules:
            measures[name] = measure(modules)
        else:
            print(f"{name} is left out: it needs {need} (--npm FOLDER)")
    report(measures, given.json, TARGETS)


def _has(modules: Path | None, package: str) -> bool:
    return bool(modules) and (modules / package).is_dir()


def mail(issue: Issue, language: str) -> str:
    return render.html(issue, language, LINKS)


def samples() -> tuple[Issue, ...]:
    """The sample issues of the tests: the baseline, and an invented week."""
    place = HERE.parent / "tests" / "compose" / "sample_draft.py"
    spec = importlib.util.spec_from_file_location("sample_draft", place)
    if spec is None or spec.loader is None:
        return ()
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return compose(module.first_draft()), compose(module.second_draft())


# ---- hostile issues
def texts() -> Iterator[str]:
    """Each hard text alone, then two of them around a word, until there are enough."""
    pairs = (f"{one} x {other}" for one, other in product(HARD, HARD))
    for number, text in enumerate((*HARD, *pairs)):
        if number == HOSTILE:
            return
        yield text


def hostile() -> dict[str, float]:
    """Every form of an issue whose every text is hostile; titles must come back as they went in."""
    progress = Progress("hostile issues", HOSTILE)
    failed = 0
    for number, text in enumerate(texts(), 1):
        language = LANGUAGES[number % 2]
        fault = _fault(specimen(2, text), text, language)
        if fault:
            failed += 1
            print(f"hostile {number} {text[:60]!a}: {fault[:300]}")
        progress(number)
    return {"hostile.tried": HOSTILE, "hostile.failed": failed}


def _fault(issue: Issue, text: str, language: str) -> str:
    try:
        made = mail(issue, language)
        page = render.page(issue, language, LINKS)
    except TemplateError as fault:
        return str(fault)
    for form, room in ((made, 260), (page, 2_000)):
        expected = _squeezed(clean(text))
        headings = [_squeezed(h.text_content()) for h in lxml_html.fromstring(form).iter("h3")]
        cut = expected if len(expected) <= room else expected[: room // 2]
        if not any(cut in heading or heading[:-1] in expected for heading in headings if heading or not cut):
            return f"the title does not come back: {headings[:1]!a:.200}"
    return ""


def _squeezed(text: str) -> str:
    return " ".join(text.split())


# ---- size and time
def sizes() -> dict[str, float]:
    """The largest mail of either language at each number of stories."""
    return {f"size_kb.{n}": max(len(mail(specimen(n), lang).encode()) for lang in LANGUAGES) / 1000 for n in SIZES}


def milliseconds(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The best of several runs, after one that fills the caches: what the work takes on a machine of its own."""
    work()
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return round(min(times) * 1000, 3)


NODE_TIME = """
const mjml2html = require('mjml'); const source = require('fs').readFileSync(process.argv[2], 'utf8');
(async () => { await mjml2html(source); const times = [];
for (let i = 0; i < %d; i++) {
  const begin = process.hrtime.bigint(); await mjml2html(source); times.push(Number(process.hrtime.bigint() - begin)); }
console.log(Math.min(...times) / 1e6); })();
"""
NODE_RENDER = """
const mjml2html = require('mjml'); const source = require('fs').readFileSync(process.argv[2], 'utf8');
(async () => { const made = await mjml2html(source, {fonts: {}, keepComments: true});
require('fs').writeFileSync(process.argv[3], made.html); })();
"""


def _node(modules: Path, script: str, *files: Path) -> str:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "program.cjs"
        program.write_text(script, "utf-8")
        command = [shutil.which("node") or "node", str(program), *map(str, files)]
        done = subprocess.run(
            command,
            capture_output=True,
            check=True,
            timeout=300,
            env={"NODE_PATH": str(modules), "PATH": "/usr/bin:/bin"},
        )
    return done.stdout.decode()


def node_ratio(modules: Path) -> float:
    """How many times longer Node mjml takes for one source, the two measured one after the other.

    The measure is the MJML step on the facts of an issue in MJML's own tags, a section for each row: what the target
    was taken from, and what either engine is made for. Our own mail is a thin frame around tables of our own, so that
    a warm Node has little to do; its step and the whole issue, template and all, are printed beside.
    """
    issue = specimen(5)
    filling = milliseconds(lambda: render.mjml(issue, "en", LINKS))
    ratio = 0.0
    for name, source in (("our mail", render.mjml(issue, "en", LINKS)), ("in MJML's own tags", in_tags(issue, "en"))):
        ours, theirs, process = _both(modules, source)
        ratio = round(theirs / ours, 1)
        print(
            f"{name}: the MJML step takes us {ours:.2f} ms, Node {theirs:.1f} ms once warm ({ratio} times),"
            f" {process:.0f} ms as a process of its own ({process / ours:.0f} times)"
        )
        if name == "our mail":
            whole, other = filling + ours, filling + theirs
            print(
                f"whole issue, template and MJML: ours {whole:.1f} ms, Node {other:.1f} ms ({other / whole:.1f} times)"
            )
    return ratio


def _both(modules: Path, source: str) -> tuple[float, float, float]:
    """Milliseconds for one source: ours, Node once warm, Node as a process of its own."""
    ours = milliseconds(lambda: render.engine(source))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "issue.mjml"
        file.write_text(source, "utf-8")
        theirs = float(_node(modules, NODE_TIME % ROUNDS, file))
        process = milliseconds(lambda: _node(modules, NODE_RENDER, file, file.with_suffix(".html")), rounds=3)
    return ours, theirs, process


def in_tags(issue: Issue, language: str) -> str:
    """The same facts as a mail written in MJML's own tags, a section for each row: what Node is usually given."""

    def text(words: str, size: int = 16) -> str:
        return f'<mj-text font-size="{size}px">{markup(words)}</mj-text>'

    def section(*columns: str) -> str:
        return f"<mj-section>{''.join(f'<mj-column>{column}</mj-column>' for column in columns)}</mj-section>"

    rows = [section(text(issue.topic_name.written(language), 36))]
    rows += [
        section(text(line.lead.written(language), 20) + text(line.rest.written(language))) for line in issue.headlines
    ]
    for line in issue.figures:
        rows.append(
            section(text(line.label.written(language)), text(shown(line.quantity, language)) + text(line.status))
        )
    for story in (*issue.developments, *issue.brief):
        told = "".join(text(extract.text) for extract in story.extracts)
        why = text(" ".join(reason.written(language) for reason in story.why))
        told_by = text(", ".join(row.outlet for row in story.coverage), 13)
        rows.append(section(text(story.gloss.written(language), 22) + told + why + told_by + "<mj-divider />"))
    rows += [section(text(event.when, 13), text(event.text.written(language))) for event in issue.timeline]
    rows += [section(text(correction.text.written(language))) for correction in issue.corrections]
    rows.append(section(f'<mj-button href="{LINKS.web}">{markup(issue.id)}</mj-button>'))
    return f"<mjml><mj-body>{''.join(rows)}</mj-body></mjml>"


# ---- clients, accessibility, pixels
def unexplained(modules: Path) -> int:
    """Features that Gmail, Outlook or Apple Mail lack, that the mail uses, and that nothing is said about."""
    data = modules / "caniemail" / "data" / "caniemail.json"
    found: dict[str, list[str]] = {}
    for issue in (*samples(), specimen(15), beginning()):
        for language in LANGUAGES:
            found |= unsupported(mail(issue, language), data)
    for slug, lacking in found.items():
        print(f"  {slug:<36} {EXPLAINED.get(slug) or 'NOT EXPLAINED'} ({', '.join(lacking)})")
    return sum(not EXPLAINED.get(slug) for slug in found)


PROBE = """<script>onload = () => axe.run().then(found => {
  const told = document.createElement('pre'); told.id = 'axe';
  told.textContent = JSON.stringify(found.violations.map(v => [v.id, v.nodes.length, v.nodes[0].html]));
  document.body.append(told) })</script>"""


def axe_faults(modules: Path) -> int:
    """Violations that axe-core finds in mails and pages, light and dark, in both languages."""
    script = (modules / "axe-core" / "axe.min.js").read_text("utf-8")
    faults = 0
    for issue, language, dark in product((*samples(), specimen(8)), LANGUAGES, (False, True)):
        page = render.page(issue, language, LINKS)
        for form, text in (("mail", mail(issue, language)), ("page", page)):
            shown = dom(text.replace("</body>", f"<script>{script}</script>{PROBE}</body>"), dark=dark)
            found = lxml_html.fromstring(shown).xpath("string(//pre[@id='axe'])")
            for rule, nodes, example in json.loads(found or '[["axe did not answer", 1, ""]]'):
                if form == "page" or rule not in MAIL_ONLY:
                    faults += nodes
                    mode = "dark" if dark else "light"
                    print(f"  axe: {form} {issue.id} {language} {mode}: {rule} {nodes} {example[:160]}")
    return faults


def pixels(modules: Path) -> int:
    """Pixels that differ between our engine's mail and Node mjml's, light."""
    total = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for issue, language, width in product(samples(), LANGUAGES, WIDTHS):
            source = render.mjml(issue, language, LINKS)
            (folder / "issue.mjml").write_text(source, "utf-8")
            _node(modules, NODE_RENDER, folder / "issue.mjml", folder / "node.html")
            shot(render.engine(source), folder / "ours.png", width)
            shot((folder / "node.html").read_text("utf-8"), folder / "node.png", width)
            count, _ = differing(folder / "ours.png", folder / "node.png")
            if count:
                print(f"  issue {issue.id} {language} at {width} px: {count} pixels differ")
            total += count
    return total


if __name__ == "__main__":
    sys.exit(main())
