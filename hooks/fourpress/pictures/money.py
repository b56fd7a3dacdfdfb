"""The budget: what each pillar costs and whether the money is there, one picture per currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from fourpress.pictures.figures import STATES, Money, Sums
from fourpress.pictures.measure import NARROW, width, wrapped
from fourpress.pictures.parts import FILLS, amount, frame, label, plain, table, titled
from fourpress.pictures.svg import SIZE, Canvas, Fill, Label, Mark

if TYPE_CHECKING:
    from fourpress.pages.plans import PlanSheet


def budget(sheet: PlanSheet, figures: Sequence[Money], prefix: str = "budget") -> Markup:
    """One picture for each currency; nothing where nothing is costed."""
    return Markup("\n").join(_currency(sheet, money, f"{prefix}-{money.currency.lower()}") for money in figures)


def _currency(sheet: PlanSheet, money: Money, name: str) -> Markup:
    title, plain_title = titled(sheet.t("Budget"), Markup("<bdi>{}</bdi>").format(money.currency))
    plain_title = f"{sheet.t('Budget')} – {money.currency}"
    writing = sheet.renderer.writing
    whole, gap = money.whole.total, money.whole.gap
    total = plain(writing.money(whole, money.currency), sheet)
    if gap:
        finding = sheet.t(
            "Still to be mobilised: {gap} of {total} ({percent} %).",
            gap=plain(writing.money(gap, money.currency), sheet),
            total=total,
            percent=plain(round(100 * gap / whole), sheet),
        )
    else:
        finding = sheet.t("Budget in all: {total}. Nothing is left to be mobilised.", total=total)
    states = [state for state in STATES if state in money.whole.amounts]

    def line(head: Any, own: Sums) -> list[Any]:
        figures = [amount(sheet, own.amounts[name], money.currency) if name in own.amounts else "–" for name in states]
        return [head, *figures, amount(sheet, own.total, money.currency)]

    def told(kind: str, head: Any, rows: Sequence[tuple[Any, Sums]]) -> Markup:
        heads = [head, *(sheet.t(f"budget: {name}") for name in states), sheet.t("Total")]
        foot = line(sheet.t("Total"), money.whole)
        return table(sheet, kind, f"{name}-caption", heads, [line(own, sums) for own, sums in rows], foot)

    nameless = sheet.t("not named")
    tables = [
        told("budget", sheet.t("Pillar"), [(sheet.say(pillar, "title"), sums) for pillar, sums in money.pillars]),
        told("budget", sheet.t("Year"), [(year or sheet.t("no year"), sums) for year, sums in money.years]),
        told(
            "budget",
            sheet.t("Source of funds"),
            [(sheet.body(one) if one else nameless, own) for one, own in money.sources],
        ),
    ]
    return frame(name, "budget", title, finding, [_drawing(sheet, money, f"{name}-1")], plain_title, tables)


def _drawing(sheet: PlanSheet, money: Money, name: str) -> Canvas:
    canvas = Canvas(name, sheet.ambient)
    keys: list[tuple[Fill | Mark, Label]] = []
    for state, value in money.whole.amounts.items():
        word = label(sheet.t(f"budget: {state}"), sheet)
        figure = plain(amount(sheet, value, money.currency), sheet)
        keys.append((FILLS[state], Label(f"{word.text} {figure}", word.language)))
    y = canvas.legend(2, keys) + 6
    most = max(own.total for _, own in money.pillars)
    for pillar, own in money.pillars:
        figure = amount(sheet, own.total, money.currency)
        title = label(sheet.say(pillar, "title"), sheet)
        room = NARROW - width(figure, SIZE, bold=True) - 12
        lines = wrapped(title.text, room, SIZE)
        for number, words in enumerate(lines):
            canvas.words(Label(words, title.language), 0, y + 13 + 17 * number)
        canvas.words(Label(figure, ""), 100, y + 13, anchor="end", bold=True)
        y += 17 * len(lines) + 4
        place = 0.0
        for state, value in own.amounts.items():
            share = float(100 * value / most) if most else 0.0
            canvas.bar(place, share, y, 18, FILLS[state])
            place += share
        y += 18 + 12
    canvas.height = y
    return canvas


__all__ = ["budget"]
