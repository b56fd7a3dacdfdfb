"""The timeline: a bar for every commitment from its start to its last deadline, over the quarters of the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from markupsafe import Markup

from fourpress.pictures.figures import STANDINGS, Bar, Quarter, Timeline
from fourpress.pictures.measure import NARROW, width, wrapped
from fourpress.pictures.parts import FILLS, chunks, frame, heading, label, plain, reference, state, table, titled
from fourpress.pictures.svg import SMALL, Canvas, Fill, Label, Mark

if TYPE_CHECKING:
    from fourpress.model import Pillar
    from fourpress.pages.plans import PlanSheet

ROWS = 34
LEAST_QUARTER = 11
"""Pixels under which the number of a quarter is left out: only the years are written then."""


def timeline(sheet: PlanSheet, figures: Timeline, prefix: str = "timeline") -> Markup:
    """One picture for each pillar that has deadlines; nothing where none has."""
    pictures = [
        _pillar(sheet, figures, pillar, bars, f"{prefix}-{number}")
        for number, (pillar, bars) in enumerate(figures.pillars, 1)
    ]
    return Markup("\n").join(pictures)


def _pillar(sheet: PlanSheet, figures: Timeline, pillar: Pillar, bars: Sequence[Bar], name: str) -> Markup:
    title, plain_title = titled(sheet.t("Timeline"), sheet.say(pillar, "title"))
    found = Counter(bar.standing for bar in bars)
    last = max((bar.deadlines[-1] for bar in bars), key=lambda date: date.last)
    values = {"count": plain(len(bars), sheet), "last": str(sheet.date(last))}
    if figures.reported:
        finding = sheet.t(
            "Commitments with a deadline: {count}. Done: {done}. Late: {late}. Last deadline: {last}.",
            done=plain(found["done"], sheet),
            late=plain(found["late"], sheet),
            **values,
        )
    else:
        finding = sheet.t("Commitments with a deadline: {count}. Last deadline: {last}.", **values)
    parts = chunks(bars, ROWS)
    drawings = [
        _drawing(sheet, figures, rows, f"{name}-{number}", last=number == len(parts))
        for number, rows in enumerate(parts, 1)
    ]
    heads = [sheet.t("Commitment"), sheet.t("Start"), sheet.t("Deadline")]
    heads += [sheet.t("Status")] if figures.reported else []
    rows = [
        [
            reference(sheet, bar.placed),
            sheet.date(bar.start) if bar.start else "–",
            sheet.listing(sheet.date(date) for date in bar.deadlines),
            *([state(sheet, bar.standing)] if figures.reported else []),
        ]
        for bar in bars
    ]
    return frame(
        name,
        "timeline",
        title,
        finding,
        drawings,
        plain_title,
        [table(sheet, "timeline", f"{name}-caption", heads, rows)],
    )


def _drawing(sheet: PlanSheet, figures: Timeline, bars: Sequence[Bar], name: str, *, last: bool) -> Canvas:
    canvas = Canvas(name, sheet.ambient)
    numbered = all(bar.placed.commitment.id for bar in bars)
    # Printed numbers have a column; words stand above their bar.
    longest = max(width(bar.placed.commitment.id or "", SMALL, bold=True) for bar in bars) if numbered else 0
    column = min(45.0, (longest + 10) / NARROW * 100) if numbered else 0.0
    rooms = 100 - column
    quarter = rooms / figures.quarters
    top = 40 if quarter / 100 * NARROW >= LEAST_QUARTER else 22
    height = 18 if numbered else 36
    bottom = top + 4 + height * len(bars)
    _axis(canvas, figures, column, quarter, top, bottom)
    for number, bar in enumerate(bars):
        y = top + 4.0 + height * number
        record = bar.placed.commitment
        if numbered:
            number_label = Label(record.id or "", "")
            canvas.words(number_label, 0, y + 13, size=SMALL, bold=True)
        else:
            own = label(heading(sheet, bar.placed), sheet)
            text = f"{record.id} {own.text}" if record.id else own.text
            canvas.ground(0, 100, y + 1, 16, "blank")  # the lines of the axis do not run through words
            canvas.words(Label(wrapped(text, NARROW, SMALL, lines=1)[0], own.language), 0, y + 13, size=SMALL)
            y += 18
        _bar(canvas, figures, bar, column, rooms, y)
    y = bottom + 6.0
    if last:
        drawn = {bar.standing for _, own in figures.pillars for bar in own if bar.start}
        shown = [name for name in STANDINGS if name in drawn]
        keys: list[tuple[Fill | Mark, Label]] = [("diamond", label(sheet.t("Deadline"), sheet))]
        if figures.reported:
            keys += [(FILLS[name], label(state(sheet, name), sheet)) for name in shown]
        y = canvas.legend(y + 6, keys)
    canvas.height = y
    return canvas


def _axis(canvas: Canvas, figures: Timeline, column: float, quarter: float, top: float, bottom: float) -> None:
    for index in range(figures.quarters + 1):
        one = Quarter(figures.first.number + index)
        place = column + quarter * index
        begins = one.of_year == 1 or index in (0, figures.quarters)
        canvas.upright(place, 4 if begins else top - 2, bottom, strong=begins)
        if index == figures.quarters:
            break
        if top > 22:
            canvas.words(
                Label(str(one.of_year), ""), place + quarter / 2, top - 6, anchor="middle", size=11, kind="axis"
            )
        if one.of_year == 1 or index == 0:
            length = min(5 - one.of_year, figures.quarters - index)
            year = Label(str(one.year), "")
            if width(year.text, SMALL, bold=True) + 4 <= length * quarter / 100 * NARROW:
                middle = place + length * quarter / 2
                canvas.words(year, middle, 16, anchor="middle", size=SMALL, bold=True, kind="axis")


def _bar(canvas: Canvas, figures: Timeline, bar: Bar, column: float, rooms: float, y: float) -> None:
    def place(share: float) -> float:
        return column + rooms * share

    ends = [place(figures.place(date.last)) for date in bar.deadlines]
    if bar.start:
        begin = place(figures.place(bar.start.first))
        fill: Fill = FILLS[bar.standing] if figures.reported else "pale"
        canvas.bar(begin, max(0.5, ends[-1] - begin), y + 4, 10, fill)
    else:  # when work begins is not said: only the deadlines are drawn
        canvas.level(ends[0], ends[-1] - ends[0], y + 9)
    for end in ends:
        canvas.mark("diamond", end, y + 9)


__all__ = ["timeline"]
