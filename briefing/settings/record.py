"""Writes baseline records as TOML, the inverse of `baselinefile`; the rest of the file stays as its editor left it."""

import json

from briefing.model.fact import Witness
from briefing.model.figure import Approximation, Change, Figure, Kind
from briefing.model.topic import BaselineArticle
from briefing.model.wording import plain
from briefing.settings.baselinefile import HASH_DIGITS
from briefing.settings.lines import lines_in

HASHES_A_LINE = 6  # keeps lines under 110 characters


def baseline_toml(article: BaselineArticle) -> str:
    """One `[[article]]` with its figures. Reading it again gives an equal article."""
    lines = [
        "[[article]]",
        f"key = {_text(article.key)}",
        f"title = {_text(article.title)}",
        f"outlet = {_text(article.outlet)}",
        f"address = {_text(article.address)}",
        f"published = {article.published.isoformat()}",
        f"language = {_text(article.language)}",
        *([f"tier = {_text(article.witnesses[0].tier)}"] if article.witnesses else []),
        f"shingles = {article.shingles}",
        'sketch = """',
        *_sketch(article.sketch),
        '"""',
    ]
    for number, witness in enumerate(article.witnesses):
        key = article.keys[number] if number < len(article.keys) else ""
        lines += ["", "[[article.figure]]", *_figure(witness, key)]
    return "\n".join(lines) + "\n"


def with_article(text: str, article: BaselineArticle) -> str:
    """A baseline file with this article in it: in place of the one with its key, else before the first fact."""
    lines = text.split("\n")
    found = lines_in(text)
    starts = sorted(line for path, line in found.items() if len(path) == 2 and isinstance(path[1], int))  # noqa: PLR2004 ('fact', 3)
    record = baseline_toml(article).split("\n")
    for path, line in found.items():
        if len(path) == 3 and path[::2] == ("article", "key") and _value(lines[line - 1]) == article.key:  # noqa: PLR2004 ('article', 0, 'key')
            start = found[path[:2]]
            end = next((_opening(lines, other) for other in starts if other > start), len(lines) + 1)
            return "\n".join([*lines[: start - 1], *record, *lines[end - 1 :]])
    after = next((found[path] for path in (("fact", 0), ("label", 0)) if path in found), len(lines) + 1)
    place = _opening(lines, after)
    return "\n".join([*lines[: place - 1], *record, *lines[place - 1 :]])


def _opening(lines: list[str], line: int) -> int:
    """Where a table begins for its reader: at the comment above it."""
    place = line
    while place > 1 and not lines[place - 2].strip():
        place -= 1
    if place == 1 or not lines[place - 2].lstrip().startswith("#"):
        return line
    while place > 1 and lines[place - 2].lstrip().startswith("#"):
        place -= 1
    return place


def _value(line: str) -> str:
    return line.partition("=")[2].strip().strip("\"'")


def _text(text: str) -> str:
    """A basic string: TOML's escapes are those of JSON."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")


def _sketch(hashes: tuple[int, ...]) -> list[str]:
    words = [f"{value:0{HASH_DIGITS}x}" for value in hashes]
    return [" ".join(words[at : at + HASHES_A_LINE]) for at in range(0, len(words), HASHES_A_LINE)]


def _figure(witness: Witness, key: str) -> list[str]:
    figure = witness.figure
    quantity = figure.quantity
    lines = [f"surface = {_text(figure.surface)}"]
    if quantity.low == quantity.high:
        lines.append(f"value = {_text(plain(quantity.low))}")
    else:
        lines += [f"low = {_text(plain(quantity.low))}", f"high = {_text(plain(quantity.high))}"]
    unit = quantity.currency if quantity.kind is Kind.MONEY else quantity.unit
    lines += [
        f"half_unit = {_text(plain(quantity.half_unit))}",
        f"unit = {_text(unit)}",
        f"kind = {_text(quantity.kind)}",
    ]
    if quantity.approximation is not Approximation.EXACT:
        lines.append(f"approximation = {_text(quantity.approximation)}")
    if quantity.change is not Change.NONE:
        lines.append(f"change = {_text(quantity.change)}")
    lines += [f"part = {_text(figure.part)}", f"start = {figure.start}", f"end = {figure.end}"]
    lines += [f"sentence = {figure.sentence}", *_bound(figure)]
    return [*lines, f"key = {_text(key)}"] if key else lines


def _bound(figure: Figure) -> list[str]:
    texts = {"measure": figure.measure, "subject": figure.subject, "period": figure.period}
    lines = [f"{name} = {_text(text)}" for name, text in texts.items() if text]
    if figure.attribution:
        lines.append(f"attribution = {_text(figure.attribution)}")
    return [*lines, f"twin = {figure.twin}"] if figure.twin >= 0 else lines
