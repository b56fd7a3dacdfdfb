"""Indicators: the way from the baseline to the target, and how much of it is done.

Every way runs in reading direction from the baseline to the target, whether the figure is to rise or to fall, so that a
longer bar is always better.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from fourpress.pictures.figures import Way
from fourpress.pictures.measure import NARROW, width, wrapped
from fourpress.pictures.parts import chunks, frame, label, plain, table, titled
from fourpress.pictures.svg import SIZE, SMALL, Anchor, Canvas, Fill, Label, Mark

if TYPE_CHECKING:
    from fourpress.model import Pillar
    from fourpress.model.plan import Reading
    from fourpress.pages.plans import PlanSheet

ROWS = 9
EDGE = 2.5
"""Percent left free at both ends, so that marks are whole."""
SHORT_UNIT = 3
"""Letters of a unit that is written after every figure, such as %; longer ones stand in the table."""


def indicators(sheet: PlanSheet, figures: Sequence[tuple[Pillar, Sequence[Way]]], prefix: str = "indicators") -> Markup:
    """One picture for each pillar that has indicators with a target; nothing where none has."""
    pictures = [_pillar(sheet, pillar, ways, f"{prefix}-{number}") for number, (pillar, ways) in enumerate(figures, 1)]
    return Markup("\n").join(pictures)


def _pillar(sheet: PlanSheet, pillar: Pillar, ways: Sequence[Way], name: str) -> Markup:
    title, plain_title = titled(sheet.t("Indicators"), sheet.say(pillar, "title"))
    finding = sheet.t(
        "Indicators with a target: {count}. With a reported value: {valued}. Target reached: {reached}.",
        count=plain(len(ways), sheet),
        valued=plain(sum(1 for way in ways if way.value is not None), sheet),
        reached=plain(sum(1 for way in ways if way.reached), sheet),
    )
    drawings = [_drawing(sheet, part, f"{name}-{number}") for number, part in enumerate(chunks(ways, ROWS), 1)]
    heads = [sheet.t("Indicator"), sheet.t("Baseline"), sheet.t("Latest value"), sheet.t("Target")]
    rows = [
        [
            _named(sheet, way),
            _kept(_figure(sheet, way, way.indicator.baseline)) or "–",
            _kept(_latest(sheet, way)) or sheet.t("no value reported"),
            Markup("<br>").join(_kept(_figure(sheet, way, target)) for target in way.targets),
        ]
        for way in ways
    ]
    twin = table(sheet, "indicators", f"{name}-caption", heads, rows)
    return frame(name, "indicators", title, finding, drawings, plain_title, [twin])


def _kept(figure: str) -> Markup:
    """A figure with its unit and year, in this order in every script."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(figure) if figure else Markup("")


def _named(sheet: PlanSheet, way: Way) -> Markup:
    unit = (
        Markup(' <span class="unit">({})</span>').format(sheet.say(way.indicator, "unit")) if way.indicator.unit else ""
    )
    return Markup('<bdi class="number">{}</bdi> {}{}').format(way.indicator.id, sheet.say(way.indicator, "text"), unit)


def _number(sheet: PlanSheet, way: Way, value: Decimal, year: int | None) -> str:
    unit = str(sheet.say(way.indicator, "unit")) if way.indicator.unit else ""
    unit = f"\u00a0{unit}" if unit and len(unit) <= SHORT_UNIT else ""
    return f"{sheet.number(value)}{unit}" + (f" ({year})" if year else "")


def _figure(sheet: PlanSheet, way: Way, reading: Reading | None) -> str:
    return _number(sheet, way, reading.value, reading.year) if reading else ""


def _latest(sheet: PlanSheet, way: Way) -> str:
    return "" if way.value is None or way.until is None else _number(sheet, way, way.value, way.until.year)


def _drawing(sheet: PlanSheet, ways: Sequence[Way], name: str) -> Canvas:
    canvas = Canvas(name, sheet.ambient)
    keys: list[tuple[Fill | Mark, Label]] = [
        ("tick", label(sheet.t("Baseline"), sheet)),
        ("dot", label(sheet.t("Latest value"), sheet)),
        ("diamond", label(sheet.t("Target"), sheet)),
    ]
    y = canvas.legend(2, keys) + 8
    for way in ways:
        text = label(sheet.say(way.indicator, "text"), sheet)
        lines = wrapped(f"{way.indicator.id} {text.text}", NARROW, SIZE)
        for number, words in enumerate(lines):
            canvas.words(Label(words, text.language), 0, y + 13 + 17 * number)
        y += 17 * len(lines) + 8
        _bullet(canvas, way, y + 6)
        y = _values(canvas, sheet, way, y + 29) + 14
    canvas.height = y
    return canvas


def _bullet(canvas: Canvas, way: Way, y: float) -> None:
    value = None if way.value is None else way.place(way.value)
    steps = [way.place(target.value) for target in way.targets]
    base = way.place(way.start)
    low, high = min(0.0, base, value or 0.0, *steps), max(1.0, value or 0.0, *steps)

    def place(share: float) -> float:
        return EDGE + (100 - 2 * EDGE) * (share - low) / (high - low)

    canvas.ground(EDGE, 100 - 2 * EDGE, y - 4, 8)
    if value is not None and value != base:
        begin, end = sorted((place(base), place(value)))
        canvas.bar(begin, end - begin, y - 4, 8, "full" if value > base else "crossed")
    for step in steps[:-1]:  # the targets of the years before
        canvas.upright(place(step), y - 8, y + 8, strong=True)
    if way.indicator.baseline:
        canvas.mark("tick", place(base), y)
    canvas.mark("diamond", place(steps[-1]), y)
    if value is not None:
        canvas.mark("dot", place(value), y)


def _values(canvas: Canvas, sheet: PlanSheet, way: Way, y: float) -> float:
    """Baseline, value and target under the bar, each after its mark; on two lines where three have no room."""
    silent = label(sheet.t("no value reported"), sheet)
    latest = _latest(sheet, way)
    figures: list[tuple[Mark, Label, Anchor]] = []
    if way.indicator.baseline:
        figures.append(("tick", Label(_figure(sheet, way, way.indicator.baseline), ""), "start"))
    figures.append(("diamond", Label(_figure(sheet, way, way.targets[-1]), ""), "end"))
    middle = Label(latest, "") if latest else silent
    sides = [18 + width(words.text, SMALL) for _, words, _ in figures]
    half = (18 + width(middle.text, SMALL)) / 2
    # Marks stand outside, words inside: no font is so wide that they meet.
    for kind, words, anchor in figures:
        inwards = 1 if anchor == "start" else -1
        edge = 0 if anchor == "start" else 100
        canvas.mark(kind, edge, y - 4, dx=8 * inwards)
        canvas.words(words, edge, y, anchor=anchor, dx=18 * inwards, size=SMALL)
    if max(sides) + half + 8 > NARROW / 2:
        y += 18
    if latest:
        canvas.mark("dot", 50, y - 4, dx=8 - half)
    canvas.words(middle, 50, y, dx=(18 if latest else 9) - half, size=SMALL)
    return y


__all__ = ["indicators"]
