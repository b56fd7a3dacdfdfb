"""Progress: how many commitments stand where, by pillar and by the organisation that leads them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from fourpress.pictures.figures import STANDINGS, Counts, Standing
from fourpress.pictures.measure import NARROW, width, wrapped
from fourpress.pictures.parts import FILLS, ROWS, chunks, frame, label, plain, state, table, titled
from fourpress.pictures.svg import SIZE, SMALL, Canvas, Label

if TYPE_CHECKING:
    from fourpress.pages.plans import PlanSheet
    from fourpress.pages.render import Words

Row = tuple[Label, Any, Counts]
"""A row: its name as drawn, its name in the table, its counts."""


def progress(sheet: PlanSheet, figures: Standing, prefix: str = "progress") -> Markup:
    """One picture by pillar and one by lead organisation; nothing where nothing was reported."""
    if not figures.whole.total:
        return Markup("")
    pillars: list[Row] = [
        (label(sheet.say(pillar, "title"), sheet), sheet.say(pillar, "title"), own) for pillar, own in figures.pillars
    ]
    leads: list[Row] = [(_organisation(sheet, name), _linked(sheet, name), own) for name, own in figures.leads]
    return Markup("\n").join(
        (
            _picture(sheet, figures, sheet.t("by pillar"), sheet.t("Pillar"), pillars, f"{prefix}-pillars"),
            _picture(
                sheet,
                figures,
                sheet.t("by lead organisation"),
                sheet.t("Lead"),
                leads,
                f"{prefix}-leads",
                shared=figures.shared,
            ),
        )
    )


def _organisation(sheet: PlanSheet, name: str | None) -> Label:
    if name is None:
        return label(sheet.t("not named"), sheet)
    body = sheet.renderer.library.bodies.get(name)
    if body is None:  # withheld from this audience
        return label(sheet.t("an organisation not named in this edition"), sheet)
    shared = sheet.renderer.library.shared
    full = label(sheet.say(body, "name", shared), sheet)
    if body.acronym and width(full.text, SIZE) > NARROW * 0.8:
        return label(sheet.say(body, "acronym", shared), sheet)
    return full


def _linked(sheet: PlanSheet, name: str | None) -> Any:
    return sheet.body(name) if name else sheet.t("not named")


def _picture(
    sheet: PlanSheet,
    figures: Standing,
    by: Words,
    head: Words,
    rows: Sequence[Row],
    name: str,
    *,
    shared: bool = False,
) -> Markup:
    title, plain_title = titled(sheet.t("Progress"), by)
    whole = figures.whole
    finding = sheet.t(
        "Commitments reported on: {reported} of {total}. Done: {done}. Late: {late}.",
        reported=plain(whole.reported, sheet),
        total=plain(whole.total, sheet),
        done=plain(whole.amounts.get("done", 0), sheet),
        late=plain(whole.amounts.get("late", 0), sheet),
    )
    shown = [one for one in STANDINGS if one in whole.amounts]

    def line(first: Any, own: Counts) -> list[Any]:
        return [first, *(own.amounts.get(one, "–") for one in shown), own.total]

    heads = [head, *(state(sheet, one) for one in shown), sheet.t("Total")]
    # Where leads share commitments the column adds up to more than the plan has: the whole is then no sum of it.
    foot = line(sheet.t("The whole plan") if shared else sheet.t("Total"), whole)
    twin = table(sheet, "progress", f"{name}-caption", heads, [line(first, own) for _, first, own in rows], foot)
    note = sheet.t("A commitment that several organisations lead counts for each of them.")
    notes = [Markup('<p class="picture-note">{}</p>').format(note)] if shared else []
    most = max(own.total for _, _, own in rows)
    parts = chunks(rows, ROWS)
    drawings = [
        _drawing(sheet, part, most, shown if number == 1 else [], f"{name}-{number}")
        for number, part in enumerate(parts, 1)
    ]
    return frame(name, "progress", title, finding, drawings, plain_title, [*notes, twin])


def _drawing(sheet: PlanSheet, rows: Sequence[Row], most: int, keys: Sequence[str], name: str) -> Canvas:
    canvas = Canvas(name, sheet.ambient)
    y = canvas.legend(2, [(FILLS[one], label(state(sheet, one), sheet)) for one in keys]) + 6 if keys else 2.0
    for title, _, own in rows:
        figure = str(own.total)
        lines = wrapped(title.text, NARROW - width(figure, SIZE, bold=True) - 12, SIZE)
        for number, words in enumerate(lines):
            canvas.words(Label(words, title.language), 0, y + 13 + 17 * number)
        canvas.words(Label(figure, ""), 100, y + 13, anchor="end", bold=True)
        y += 17 * len(lines) + 4
        place = 0.0
        for one, count in own.amounts.items():
            share = 100 * count / most
            canvas.bar(place, share, y, 16, FILLS[one])
            if width(str(count), SMALL) + 4 <= share / 100 * NARROW:
                canvas.words(Label(str(count), ""), place + share / 2, y + 29, anchor="middle", size=SMALL)
            place += share
        y += 16 + 26
    canvas.height = y
    return canvas


__all__ = ["progress"]
