"""Does the total add up? Parts, their sum, and the totals as told, ready to be drawn as bars."""

from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.compose.amounts import sentence
from briefing.compose.wording import Words, code, words
from briefing.model.fact import Finding, Outcome, Rule, Witness
from briefing.model.figure import Kind, Quantity
from briefing.model.issue import Issue, KeyFigure
from briefing.model.text import Bilingual
from briefing.model.wording import CHINESE_SCALES, CURRENCIES, ENGLISH_SCALES, grouped, plain

DRAWN = frozenset({Rule.SUM, Rule.SLIP})  # checks that the issue shows as a box
TIGHT = Decimal("0.005")  # print rounds 248.37 to 248: half a percent apart is one total
FIGURE_SPACE, POINT_SPACE = "\u2007", "\u2008"  # as wide as a digit and as a point


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who told a total, and where."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of the drawing. `width` is a whole percentage of the longest bar of its group."""

    label: str  # of a part; empty for a total, which has outlets
    digits: str  # in the box's unit, spaces added so that the decimal points stand under each other
    width: int
    outlets: tuple[Outlet, ...] = ()
    holds: bool = True
    factor: str = ""  # '10': how many times the sum, where it is a clean multiple
    fraction: str = ""  # '10': it is a tenth of that
    off: str = ""  # by how much, where it is not


@dataclass(frozen=True, slots=True)
class Ruler:
    """The scale of a box, and as many places as its finest number needs."""

    scale: Decimal
    unit: str
    places: int
    gap: str  # between number and unit

    def digits(self, quantity: Quantity) -> str:
        """The number in the box's unit, padded so that the decimal points stand under each other: no zero is added."""
        number = quantity.amount / self.scale
        text = grouped(number) if self.gap else plain(number)  # Chinese parts no thousands
        decimals = len(text.partition(".")[2])
        point = "" if decimals or not self.places else POINT_SPACE
        return text + point + FIGURE_SPACE * (self.places - decimals)


@dataclass(frozen=True, slots=True)
class SumBox:
    """A finding as a drawing."""

    label: Bilingual  # what the total is of: a line of the table, else the story that tells it
    unit: str  # 'million yuan'
    parts: tuple[Bar, ...]
    total: Bar | None  # the sum of the parts
    told: tuple[Bar, ...]  # the totals as told, and whether each agrees
    statement: Bilingual
    holds: bool
    supported: Quantity | None = None
    refuted: Quantity | None = None


def sum_boxes(issue: Issue, language: str) -> tuple[SumBox, ...]:
    """Those that fail first; of one fact only one."""
    figures = {figure.key: figure for figure in issue.figures}
    wanted = [f for f in issue.findings if f.rule in DRAWN and f.outcome is not Outcome.NOT_RUN]
    wanted.sort(key=lambda f: (f.outcome is not Outcome.FAILS, not f.parts, -len(f.evidence)))
    boxes: dict[str, SumBox] = {}
    for finding in wanted:
        name = finding.key or finding.statement.en
        if name not in boxes and (finding.parts or finding.outcome is Outcome.FAILS) and finding.stated:
            boxes[name] = _box(finding, (finding.stated, _label(finding, issue)), figures.get(finding.key), language)
    return tuple(boxes.values())


def doubts(issue: Issue) -> tuple[Finding, ...]:
    """What does not hold and is no drawing: a share, a growth or a conversion that its own two amounts deny."""
    return tuple(f for f in issue.findings if f.outcome is Outcome.FAILS and f.rule not in DRAWN and f.evidence)


def _label(finding: Finding, issue: Issue) -> Bilingual:
    """What a finding is about: the key figure's name, else the heading of the story whose articles it quotes."""
    line = next((figure.label for figure in issue.figures if figure.key == finding.key), None)
    quoted = {evidence.article for evidence in finding.evidence}
    stories = (*issue.developments, *issue.brief)
    story = next((d.gloss for d in stories if any(row.article in quoted for row in d.coverage)), None)
    return line or story or Bilingual("", "")


def _box(finding: Finding, of: tuple[Quantity, Bilingual], figure: KeyFigure | None, language: str) -> SumBox:
    stated, label = of
    expected = finding.expected if finding.parts or figure is None else figure.quantity
    told = _told(finding, stated, figure)
    totals = [*told, expected] if expected else [*told]
    ruler = _ruler((*totals, *(quantity for _, quantity in finding.parts)), language)
    largest_part = max((quantity.amount for _, quantity in finding.parts), default=Decimal(0))
    largest = max(quantity.amount for quantity in totals)
    parts = tuple(
        Bar(label, ruler.digits(quantity), _width(quantity.amount, largest_part))
        for label, (_, quantity) in zip(_labels(finding, language), finding.parts, strict=True)
    )
    total = Bar("", ruler.digits(expected), _width(expected.amount, largest)) if expected and parts else None
    bars = tuple(_judged(quantity, outlets, expected, ruler, largest) for quantity, outlets in told.items())
    quantities = dict(zip(bars, told, strict=True))
    return SumBox(
        label,
        ruler.unit,
        parts,
        total,
        bars,
        finding.statement,
        finding.outcome is Outcome.HOLDS,
        supported=next((quantities[bar] for bar in bars if bar.holds), None),
        refuted=next((quantities[bar] for bar in bars if not bar.holds), None),
    )


def _labels(finding: Finding, language: str) -> tuple[str, ...]:
    """What the parts are called; numbers where they share a name."""
    names = tuple(label.written(language) for label, _ in finding.parts)
    if len(set(names)) == len(names):
        return names
    return tuple(words(language).say("sum.part_number", n=place) for place in range(1, len(names) + 1))


def _told(finding: Finding, stated: Quantity, figure: KeyFigure | None) -> dict[Quantity, tuple[Outlet, ...]]:
    """Each total as told, with who told it. Readings of one amount stand on one line."""
    witnesses: tuple[Witness, ...] = (*figure.witnesses, *figure.against) if figure else ()
    quantities: dict[Decimal, Quantity] = {}
    outlets: dict[Decimal, dict[str, Outlet]] = {}
    for witness in witnesses:
        quantity = witness.figure.quantity
        if quantity.unit == stated.unit:
            quantities.setdefault(quantity.amount, quantity)
            by_name = outlets.setdefault(quantity.amount, {})
            by_name.setdefault(witness.outlet, Outlet(witness.outlet, witness.address))
    if stated.amount not in quantities:
        quantities[stated.amount] = stated
        outlets[stated.amount] = {e.outlet: Outlet(e.outlet, e.address) for e in finding.evidence[:1]}
    known = finding.expected
    if not finding.parts and known and known.amount not in quantities:  # a slip is seen beside what it slipped from
        quantities[known.amount] = known
        outlets[known.amount] = {e.outlet: Outlet(e.outlet, e.address) for e in finding.evidence[1:]}
    return {quantity: tuple(outlets[amount].values()) for amount, quantity in quantities.items()}


def _judged(
    quantity: Quantity, outlets: tuple[Outlet, ...], expected: Quantity | None, ruler: Ruler, largest: Decimal
) -> Bar:
    """The total against what it should be: holds, a clean multiple of it, or off by so much."""
    bar = Bar("", ruler.digits(quantity), _width(quantity.amount, largest), outlets)
    if expected is None or expected.amount == 0:
        return bar
    gap = quantity.amount - expected.amount
    if abs(gap) <= max(quantity.half_unit + expected.half_unit, abs(expected.amount) * TIGHT):
        return bar
    factor = quantity.amount / expected.amount
    nearest = factor.quantize(Decimal(1))
    if nearest > 1 and abs(factor / nearest - 1) <= TIGHT:
        return replace(bar, holds=False, factor=plain(nearest))
    part = (1 / factor).quantize(Decimal(1)) if factor else Decimal(0)
    if part > 1 and abs(1 / factor / part - 1) <= TIGHT:
        return replace(bar, holds=False, fraction=plain(part))
    return replace(bar, holds=False, off=f"{plain(gap / ruler.scale)}{ruler.gap}{ruler.unit}")


def _ruler(quantities: tuple[Quantity, ...], language: str) -> Ruler:
    middle = sorted(quantity.amount for quantity in quantities)[len(quantities) // 2]
    scale, unit = _unit(quantities[0], middle, language)
    return Ruler(
        scale,
        unit,
        max(len(plain(q.amount / scale).partition(".")[2]) for q in quantities),
        "" if code(language) == "zh" else " ",
    )


def _unit(quantity: Quantity, amount: Decimal, language: str) -> tuple[Decimal, str]:
    """The scale that suits the amount, and its name with the quantity's currency or noun."""
    chinese = code(language) == "zh"
    scales = CHINESE_SCALES if chinese else ENGLISH_SCALES
    scale, name = next(((s, n) for s, n in scales if abs(amount) >= s), (Decimal(1), ""))
    names = CURRENCIES.get(quantity.currency, (quantity.currency,) * 2) if quantity.kind is Kind.MONEY else None
    noun = names[chinese] if names else quantity.unit
    return scale, f"{name}{noun}" if chinese else f"{name} {noun}".strip()


def _width(amount: Decimal, largest: Decimal) -> int:
    return max(1, min(100, int(abs(amount) * 100 / largest))) if largest else 1


def judged(box: SumBox, bar: Bar, words: Words) -> str:
    """What is said of one total beside its bar."""
    if bar.holds:
        return words.say("sum.holds" if box.parts else "sum.on_record")
    if bar.factor:
        return words.say("sum.times" if box.parts else "sum.times_that", factor=bar.factor)
    if bar.fraction:
        return words.say("sum.fraction" if box.parts else "sum.fraction_that", factor=bar.fraction)
    return words.say("sum.off", value=bar.off)


def verdict(box: SumBox, words: Words) -> str:
    """Which total the desk shows, where totals were told that differ."""
    if not (box.supported and box.refuted):
        return ""
    kept = words.say("sum.supported", value=box.supported) if box.parts else words.say("sum.kept", value=box.supported)
    gap = "" if words.language == "zh" else " "
    return f"{kept}{gap}{sentence(words.say('sum.marked', value=box.refuted))}"
