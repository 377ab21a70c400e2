"""Measures how well figures are found, bound, compared and checked.

    .venv/bin/python benchmarks/figures.py PATH [--json FILE]

PATH is a folder with any of: *figures*.jsonl and *agreement*.jsonl (gold sentences and gold pairs), newsquant*.jsonl,
wmt*.jsonl, recognizers*.jsonl, pud*.jsonl. Each file found gets its rows. A value is right within one millionth, spans must
overlap, a range may be found as its two bounds, dates are left out. Percentages are on the scale of 100; `traps_hit` is a
count. Speed is measured side by side with quantulum3 (English) and recognizers-text (Chinese) where they are installed;
otherwise `speed` is thousands of characters a second.
"""

# ruff: noqa: E501 - tables and texts stay whole

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

from briefing.figures.checks import findings_in
from briefing.figures.extract import figures_in, quantities_in
from briefing.figures.intervals import agree, power
from briefing.figures.kinship import Kinship, Total, kinship, total
from briefing.figures.money import ECB
from briefing.figures.nouns import singular
from briefing.figures.spotted import Spotted
from briefing.model.article import Article, Dates, Part
from briefing.model.entry import Entry, Stamp
from briefing.model.fact import Rule
from briefing.model.figure import Kind, Quantity
from briefing.model.source import Tier
from briefing.model.text import Language
from briefing.model.topic import Glossary
from briefing.read.text import sentences

DAY = datetime(2024, 7, 16, tzinfo=UTC)
TRADITIONAL = frozenset("億萬財預國個務與數據產業機關圓臺灣賣買標題說條項這還過對應會學發電開")
LEFT_OUT = frozenset({Kind.DATE, Kind.PERIOD})
TARGETS = {
    "figures.en.value_unit_f1": 97, "figures.zh.value_unit_f1": 97, "figures.en.money_f1": 98, "figures.zh.money_f1": 99,
    "figures.en.span_f1": 94, "figures.zh.span_f1": 94, "figures.en.binding_recall": 75, "figures.zh.binding_recall": 75,
    "newsquant.en.money_f1": 91, "newsquant.en.percent_f1": 97, "newsquant.en.value_f1": 92.5, "newsquant.en.value_unit_f1": 86,
    "recognizers.zh.money_f1": 95, "recognizers.zh.percent_f1": 86, "wmt.zh.value_f1": 99.5, "wmt.slip_precision": 96,
    "wmt.slip_recall": 96, "agreement.agreement_accuracy": 97.5, "agreement.slips_called_same": 0, "random_sum_alarms": 1,
    "speed.en": 10, "speed.zh": 20,
}  # fmt: skip


def language_of(row_language: str, text: str) -> Language:
    if row_language == "en":
        return Language.EN
    return Language.HANT if any(c in TRADITIONAL for c in text) else Language.HANS


def article_of(text: str, language: Language, day: datetime = DAY) -> Article:
    entry = Entry("bench", "", "https://bench.example/", "", "", Stamp("", day), day, content=text)
    return Article(
        "bench", entry, "bench", "Bench", Tier.NEWSROOM, language, "", "", text, sentences(text, Part.TEXT),
        Dates(Stamp("", day), Stamp("", day), day), "https://bench.example/", "https://bench.example/",
    )  # fmt: skip


def rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def close(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= Decimal("1e-6") * max(Decimal(1), abs(other))


def bounds(value: object) -> tuple[Decimal, Decimal]:
    low, high = value if isinstance(value, list) else (value, value)
    return Decimal(str(low)), Decimal(str(high))


# ---- gold sentences --------------------------------------------------------------------------------------------------
@dataclass
class Tally:
    """Counts of one language; F1 of hits among the system's and the gold figures."""

    counts: Counter = field(default_factory=Counter)

    def f1(self, hit: str, gold: str = "gold", system: str = "system") -> float:
        both = self.counts[gold] + self.counts[system]
        return round(200 * self.counts[hit] / both, 1) if both else 0.0

    def share(self, hit: str, of: str) -> float:
        return round(100 * self.counts[hit] / self.counts[of], 1) if self.counts[of] else 0.0


def unit_right(found: Spotted, gold: dict) -> bool:
    """The very unit; a counted noun may carry or lack adjectives ('public information system')."""
    unit = gold["unit"] or ""
    if found.unit == unit:
        return True
    if gold["kind"] != "count" or found.kind is not Kind.COUNT or not found.unit:
        return False
    return found.unit.endswith(unit) or unit.endswith(found.unit)


def value_right(found: Spotted, gold: dict) -> bool:
    low, high = bounds(gold["value"])
    return close(found.low, low) and close(found.high, high)


def gold_sentences(path: Path) -> dict[str, float]:
    measures = {}
    for language in ("en", "zh"):
        tally = Tally()
        for row in rows(path):
            if row["lang"] == language:
                score_sentence(row, tally)
        if not tally.counts["gold"]:
            continue
        name = f"{path.stem}.{language}"
        measures |= {
            f"{name}.value_f1": tally.f1("value"),
            f"{name}.value_unit_f1": tally.f1("value_unit"),
            f"{name}.money_f1": tally.f1("money", "gold_money", "system_money"),
            f"{name}.span_f1": tally.f1("span"),
            f"{name}.traps_hit": tally.counts["traps"],
            f"{name}.binding_recall": tally.share("bound", "measured"),
            f"{name}.approx_accuracy": tally.share("approx", "matched"),
        }
    return measures


def score_sentence(row: dict, tally: Tally) -> None:
    language = language_of(row["lang"], row["text"])
    found = [s for s in quantities_in(row["text"], language) if s.kind not in LEFT_OUT]
    measured = {(f.start, f.end): f.measure for f in figures_in(article_of(row["text"], language), Glossary())}
    gold = [q for q in row["quantities"] if q["kind"] not in {"date", "period"}]
    tally.counts.update(gold=len(gold), system=len(found), gold_money=sum(q["kind"] == "money" for q in gold))
    tally.counts["system_money"] += sum(s.kind is Kind.MONEY for s in found)
    tally.counts["traps"] += sum(any(s.start < t["end"] and t["start"] < s.end for s in found) for t in row["traps"])
    left = list(found)
    for quantity in gold:
        match = next((s for s in left if s.start < quantity["end"] and quantity["start"] < s.end), None)
        tally.counts["measured"] += bool(quantity["measures"])
        if match is None:
            continue
        left.remove(match)
        is_right = value_right(match, quantity)
        with_unit = is_right and unit_right(match, quantity)
        tally.counts["matched"] += 1
        tally.counts["value"] += is_right
        tally.counts["value_unit"] += with_unit
        tally.counts["money"] += is_right and quantity["kind"] == "money" and match.currency == quantity["currency"]
        tally.counts["span"] += (match.start, match.end) == (quantity["start"], quantity["end"])
        tally.counts["approx"] += match.approximation.value == quantity["approx"]
        if quantity["measures"] and with_unit:
            tally.counts["bound"] += shares_word(measured.get((match.start, match.end), ""), quantity["measures"])


def shares_word(found: str, gold: str) -> bool:
    """Any word in common; in Chinese any two characters in a row."""
    if gold.isascii():
        return bool(
            {singular(w) for w in found.lower().split()} & {singular(w) for w in gold.lower().replace("'s", "").split()}
        )
    pairs = {gold[i : i + 2] for i in range(len(gold) - 1)} or {gold}
    return any(pair in found for pair in pairs)


# ---- gold pairs ------------------------------------------------------------------------------------------------------
def gold_pairs(path: Path) -> dict[str, float]:
    right = slips = told = hits = same = count = 0
    for row in rows(path):
        given = judged_pair(row) if "a" in row else judged_group(row)
        gold = row["relation"]
        is_slip, says_slip = gold.startswith("scale_slip"), given.startswith("scale_slip")
        count += 1
        right += given == gold
        slips += is_slip
        told += says_slip
        hits += is_slip and says_slip
        same += is_slip and given in {Kinship.SAME, Kinship.ROUNDING, Kinship.CONVERTED, Total.HOLDS}
    print(f"  {path.stem}: {right} of {count} right", file=sys.stderr)
    return {
        f"{path.stem}.agreement_accuracy": round(100 * right / count, 1) if count else 0.0,
        f"{path.stem}.slip_precision": round(100 * hits / told, 1) if told else 0.0,
        f"{path.stem}.slip_recall": round(100 * hits / slips, 1) if slips else 0.0,
        f"{path.stem}.slips_called_same": same,
    }


def quantity_at(side: dict) -> Quantity:
    """The figure found where the pair says that it stands; as given where nothing was found."""
    language = language_of(side["lang"], side["text"])
    for spotted in quantities_in(side["text"], language):
        if spotted.start < side["end"] and side["start"] < spotted.end:
            found = spotted.quantity()
            if (
                found.kind is Kind.OTHER and not found.unit and side["currency"]
            ):  # the pair says what the cut text leaves out
                return replace(found, kind=Kind.MONEY, unit=side["currency"], currency=side["currency"])
            return found
    value = Decimal(str(side["value"]))
    return Quantity(value, value, Decimal("0.5"), side["unit"] or "", Kind.OTHER)


def judged_pair(row: dict) -> str:
    one, other = quantity_at(row["a"]), quantity_at(row["b"])
    day = day_of(row["a"]["time"])
    rate = ECB.rate(one.currency, other.currency, day) if one.currency and other.currency and day else None
    same_measure = row["a"]["measure"] == row["b"]["measure"]
    return kinship(
        one, other, same_measure=same_measure, same_time=row["a"]["time"] == row["b"]["time"], rate=rate
    ).value


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return DAY.date()


def judged_group(row: dict) -> str:
    return total(read_surface(row["total"]["surface"]), tuple(read_surface(p["surface"]) for p in row["parts"])).value


def read_surface(surface: str) -> Quantity:
    language = Language.EN if surface.isascii() else Language.HANS
    return quantities_in(surface, language)[0].quantity()


# ---- NewsQuant -------------------------------------------------------------------------------------------------------
CURRENCY_WORDS = {"USD": ("dollar",), "CNY": ("yuan",), "EUR": ("euro",), "GBP": ("pound",), "JPY": ("yen",), "ILS": ("shekel",),
                  "INR": ("rupee",), "MYR": ("ringgit",), "CAD": ("canadian dollar", "dollar"), "AUD": ("australian dollar", "dollar"),
                  "KRW": ("won",), "HKD": ("hong kong dollar", "dollar"), "NZD": ("dollar",), "SGD": ("singapore dollar", "dollar")}  # fmt: skip


def newsquant(path: Path) -> dict[str, float]:
    tally = Tally()
    for row in rows(path):
        found = [s for s in quantities_in(row["text"], Language.EN) if s.kind not in LEFT_OUT]
        score_newsquant(row, found, tally)
    name = f"{path.stem}.en"
    return {
        f"{name}.value_f1": tally.f1("value"),
        f"{name}.value_unit_f1": tally.f1("value_unit"),
        f"{name}.money_f1": tally.f1("money", "gold_money", "system_money"),
        f"{name}.percent_f1": tally.f1("percent", "gold_percent", "system_percent"),
    }


def slice_of(unit: str) -> str:
    plain = unit.lower()
    words = ("dollar", "yuan", "euro", "pound sterling", "yen", "rupee", "ringgit", "shekel", "cent", "sen", "won")
    if plain in {"percentage", "percent", "%"}:
        return "percent"
    return "money" if any(word in plain.split() for word in words) else "other"


def score_newsquant(row: dict, found: list[Spotted], tally: Tally) -> None:
    gold = row["quantities"]
    found = paired(gold, found)
    tally.counts.update(gold=len(gold), system=len(found))
    for quantity in gold:
        tally.counts[f"gold_{slice_of(quantity['normalized_unit'])}"] += 1
    for spotted in found:
        kind = "money" if spotted.kind is Kind.MONEY else "percent" if spotted.kind is Kind.PERCENT else "other"
        tally.counts[f"system_{kind}"] += 1
    left = list(found)
    for quantity in gold:
        low, high = newsquant_bounds(quantity["value"])
        matches = [s for s in left if newsquant_value(s, low, high, quantity)]
        if not matches:
            continue
        best = next((s for s in matches if newsquant_unit(s, quantity, row["text"])), matches[0])
        left.remove(best)
        tally.counts["value"] += 1
        if newsquant_unit(best, quantity, row["text"]):
            tally.counts["value_unit"] += 1
            tally.counts[slice_of(quantity["normalized_unit"])] += 1


def paired(gold: list[dict], found: list[Spotted]) -> list[Spotted]:
    """A gold range may be found as its two bounds: they count as the one figure."""
    left = list(found)
    for quantity in gold:
        low, high = sorted(newsquant_bounds(quantity["value"]))
        if low == high or any(newsquant_value(s, low, high, quantity) for s in left):
            continue
        first = next((s for s in left if close(s.low, low) and close(s.high, low)), None)
        second = next((s for s in left if s is not first and close(s.low, high) and close(s.high, high)), None)
        if first and second:
            left.remove(first)
            left[left.index(second)] = replace(second, low=low, high=high)
    return left


def newsquant_bounds(value: str) -> tuple[Decimal, Decimal]:
    text = str(value).strip()
    low, dash, high = text[1:].partition("-")
    first = text[0] + low
    return (Decimal(first), Decimal(high)) if dash else (Decimal(text), Decimal(text))


def newsquant_value(found: Spotted, low: Decimal, high: Decimal, gold: dict) -> bool:
    """A value or a range, either way round; a share may be told as a fraction."""
    ends = sorted((low, high))
    mine = (found.low, found.high)
    if all(close(abs(a), abs(b)) for a, b in zip(mine, ends, strict=True)):
        return True
    if found.kind is Kind.MONEY and gold["unit"].split()[:1] in (["cent"], ["cents"], ["sen"]):
        return close(found.low * 100, ends[0])
    return found.kind is Kind.FRACTION and "%" in gold["unit"] and close(found.low * 100, ends[0])


def newsquant_unit(found: Spotted, gold: dict, text: str) -> bool:  # noqa: PLR0911 - one kind a line
    names = {gold["unit"].lower(), gold["normalized_unit"].lower()}
    if found.unit and text[found.number_end : found.end].strip(" -").lower() in names - {"-", ""}:
        return True
    if found.kind is Kind.MONEY:
        if any(name.split()[0] in {"cent", "cents", "sen"} for name in names if name):
            return True
        words = CURRENCY_WORDS.get(found.currency, (found.unit.lower(),))
        return any(word in name for word in words for name in names) or "$" in names
    if found.kind is Kind.PERCENT:
        return any(name.startswith(("percent", "%", "&")) for name in names)
    if found.kind is Kind.MULTIPLE:
        return bool(names & {"times", "count", "-", "fold"})
    if found.kind in {Kind.PERCENTAGE_POINT, Kind.BASIS_POINT}:
        return any("point" in name for name in names)
    if not found.unit:
        return bool(names & {"-", ""}) or found.kind is Kind.FRACTION
    head = singular(found.unit.split()[-1])
    heads = {singular(name.split()[-1]) for name in names if name}
    first = {singular(word) for name in names for word in name.split()}
    return head in heads or found.unit in names or head in first


# ---- spans of other makers -------------------------------------------------------------------------------------------
def recognizers(path: Path) -> dict[str, float]:
    measures: dict[str, float] = {}
    for language in ("en", "zh"):
        for kind in ("money", "percent"):
            tally = Tally()
            for row in rows(path):
                if row["id"].startswith(f"rt-{language}-{kind}"):
                    score_spans(row, kind, tally)
            if tally.counts["gold"]:
                measures[f"{path.stem}.{language}.{kind}_f1"] = tally.f1("right")
    return measures


def score_spans(row: dict, kind: str, tally: Tally) -> None:
    wanted = {"money": {Kind.MONEY}, "percent": {Kind.PERCENT, Kind.PERCENTAGE_POINT, Kind.FRACTION}}[kind]
    found = [s for s in quantities_in(row["text"], language_of(row["lang"], row["text"])) if s.kind in wanted]
    gold = [q for q in row["quantities"] if q["kind"] == kind]
    tally.counts.update(gold=len(gold), system=len(found))
    left = list(found)
    for quantity in gold:
        match = next((s for s in left if s.start < quantity["end"] and quantity["start"] < s.end), None)
        if match is None:
            continue
        left.remove(match)
        factor = 100 if match.kind is Kind.FRACTION else 1
        low, high = bounds(quantity["value"])
        is_right = close(match.low * factor, low) and close(match.high * factor, high)
        tally.counts["right"] += is_right and quantity["currency"] in {None, match.currency or None, "CNY"}


def translations(path: Path) -> dict[str, float]:
    """One 万/亿 figure in a Chinese sentence, and whether its translation keeps the scale."""
    found = count = tp = fp = fn = same = 0
    for row in rows(path):
        here = [s for s in quantities_in(row["zh"], Language.HANS) if s.kind not in LEFT_OUT]
        mine = next((s for s in here if s.start < row["zh_end"] and row["zh_start"] < s.end), None)
        value = Decimal(str(row["zh_value"]))
        count += 1
        found += mine is not None and any(close(v, value) for v in (mine.low, mine.high))
        if mine is None:
            fn += row["label"] == "scale_slip"
            continue
        says = is_slipped(mine, here, list(quantities_in(row["en"], Language.EN)))
        is_slip = row["label"] == "scale_slip"
        tp += says and is_slip
        fp += says and not is_slip
        fn += is_slip and not says
        same += is_slip and not says
    recall = round(100 * found / count, 1) if count else 0.0
    return {
        f"{path.stem}.zh.value_f1": recall,  # one figure a sentence is labelled, so this is its recall
        f"{path.stem}.slip_precision": round(100 * tp / (tp + fp), 1) if tp + fp else 0.0,
        f"{path.stem}.slip_recall": round(100 * tp / (tp + fn), 1) if tp + fn else 0.0,
        f"{path.stem}.slips_called_same": same,
    }


def is_slipped(mine: Spotted, here: list[Spotted], there: list[Spotted]) -> bool:
    """No figure of the translation agrees with it, one has its digits a power of ten away.

    And that one has no other source.
    """
    amounts = [s for s in there if s.kind not in LEFT_OUT]
    if any(alike(mine, s) for s in amounts):
        return False
    others = [s for s in here if s is not mine]
    return any(power(s.quantity(), mine.quantity()) and not any(alike(o, s) for o in others) for s in amounts)


def alike(one: Spotted, other: Spotted) -> bool:
    """The same amount whatever is counted."""
    first, second = one.quantity(), other.quantity()
    return agree(bare(first), bare(second))


def bare(quantity: Quantity) -> Quantity:
    return Quantity(quantity.low, quantity.high, quantity.half_unit, "", Kind.OTHER, "", quantity.approximation)


LARGE = Decimal(10_000)


def parallel(path: Path) -> dict[str, float]:
    """Sentence pairs: a large Chinese figure whose digits stand in English a power of ten away.

    And nowhere as they are.
    """
    tp = fp = fn = 0
    for row in rows(path):
        here = [s for s in quantities_in(row["zh"], Language.HANT) if s.kind not in LEFT_OUT]
        there = list(quantities_in(row["en"], Language.EN))
        says = any(is_slipped(s, here, there) for s in here if abs(s.low) >= LARGE)
        is_slip = bool(row.get("slip"))
        tp, fp, fn = tp + (says and is_slip), fp + (says and not is_slip), fn + (is_slip and not says)
    return {
        f"{path.stem}.slip_precision": round(100 * tp / (tp + fp), 1) if tp + fp else 0.0,
        f"{path.stem}.slip_recall": round(100 * tp / (tp + fn), 1) if tp + fn else 0.0,
    }


# ---- chance and speed ------------------------------------------------------------------------------------------------
SENTENCES = (  # neutral ones, and some whose words could tie a sum
    "The city spent {}.", "Fees of {} were collected.", "Projects worth {} were announced, officials said.",
    "Spending rose, including {}.", "A total of {} was reported.", "Receipts were {} respectively.",
)  # fmt: skip


def random_sum_alarms(articles: int = 2000, figures: int = 10, seed: int = 20240716) -> float:
    """Percent of articles with ten unrelated amounts, one to four a sentence, in which a sum is claimed."""
    chance = random.Random(seed)
    alarms = 0
    for _ in range(articles):
        left, text = figures, []
        while left:
            count = min(left, chance.randint(1, 4))
            left -= count
            amounts = [random_amount(chance) for _ in range(count)]
            listed = ", ".join(amounts[:-1]) + (" and " if count > 1 else "") + amounts[-1]
            text.append(chance.choice(SENTENCES).format(listed))
        article = article_of(" ".join(text), Language.EN)
        found = findings_in(article, figures_in(article, Glossary()))
        alarms += any(f.rule in {Rule.SUM, Rule.SLIP} for f in found)
    return round(100 * alarms / articles, 2)


def random_amount(chance: random.Random) -> str:
    """1 million to 10 billion, evenly on the logarithm, one to six digits."""
    value = Decimal(10) ** Decimal(str(chance.uniform(6, 10)))
    places = chance.randint(1, 6)
    rounded = value.quantize(Decimal(1).scaleb(value.adjusted() - places + 1))
    scale, name = (Decimal(10) ** 9, "billion") if rounded >= Decimal(10) ** 9 else (Decimal(10) ** 6, "million")
    return f"{format((rounded / scale).normalize(), 'f')} {name} yuan"


def timed(work: Callable[[str], object], texts: list[str], least: float = 1.0) -> float:
    """Characters a second."""
    work(texts[0])
    start, done = time.perf_counter(), 0
    while time.perf_counter() - start < least:
        for text in texts:
            work(text)
            done += len(text)
    return done / (time.perf_counter() - start)


def speeds(paths: Iterable[Path]) -> dict[str, float]:
    texts: dict[str, list[str]] = {"en": [], "zh": []}
    for path in paths:
        for row in rows(path):
            texts[row["lang"]].append(row["text"])
    found = {}
    for name, mine in texts.items():
        if not mine:
            continue
        language = Language.EN if name == "en" else Language.HANS
        own = timed(lambda text, language=language: quantities_in(text, language), mine)
        anchor = quantulum() if name == "en" else recognizers_text()
        found[f"speed.{name}"] = round(own / timed(anchor, mine), 1) if anchor else round(own / 1000, 1)
        print(f"  speed.{name}: {own:,.0f} characters a second", file=sys.stderr)
    return found


def quantulum() -> Callable[[str], object] | None:
    try:
        from quantulum3 import parser  # noqa: PLC0415 - an anchor that need not be there
    except ImportError:
        return None
    parse: Callable[[str], object] = parser.parse
    return parse


def recognizers_text() -> Callable[[str], object] | None:
    try:
        from recognizers_number import recognize_number  # noqa: PLC0415 - the same
        from recognizers_number_with_unit import recognize_currency  # noqa: PLC0415 - the same
    except ImportError:
        return None
    return lambda text: (recognize_number(text, "zh-cn"), recognize_currency(text, "zh-cn"))


# ---- the run ---------------------------------------------------------------------------------------------------------
READERS: tuple[tuple[str, Callable[[Path], dict[str, float]]], ...] = (
    ("*figures*.jsonl", gold_sentences),
    ("*agreement*.jsonl", gold_pairs),
    ("newsquant*.jsonl", newsquant),
    ("wmt*.jsonl", translations),
    ("recognizers*.jsonl", recognizers),
    ("pud*.jsonl", parallel),
)


def measured(folder: Path) -> dict[str, float]:
    measures: dict[str, float] = {}
    for pattern, reader in READERS:
        for path in sorted(folder.glob(pattern)):
            print(f"reading {path.name}", file=sys.stderr)
            measures |= reader(path)
    print("counting chance sums", file=sys.stderr)
    measures["random_sum_alarms"] = random_sum_alarms()
    print("timing", file=sys.stderr)
    return measures | speeds(sorted(folder.glob("*figures*.jsonl")))


def target_of(name: str) -> str:
    """The target of a measure, whatever the rest of the file's name is."""
    stem, _, rest = name.partition(".")
    kind = next(
        (k for k in ("agreement", "newsquant", "recognizers", "wmt", "figures") if k in stem or k[:-1] in stem), stem
    )
    value = TARGETS.get(name, TARGETS.get(f"{kind}.{rest}"))
    return "" if value is None else str(value)


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("path", type=Path)
    arguments.add_argument("--json", type=Path)
    given = arguments.parse_args()
    measures = measured(given.path)
    width = max(map(len, measures))
    print(f"{'measure':{width}}  {'ours':>8}  {'target':>8}")
    for name, value in measures.items():
        print(f"{name:{width}}  {value:>8}  {target_of(name):>8}")
    if given.json:
        given.json.write_text(json.dumps(measures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
