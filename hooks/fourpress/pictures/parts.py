"""What the four pictures have in common: the frame with its title and finding, and the table twin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from fourpress.languages.language import direction
from fourpress.pictures.figures import UNREPORTED
from fourpress.pictures.svg import Canvas, Fill, Label

if TYPE_CHECKING:  # pages call us
    from fourpress.library import Placed
    from fourpress.pages.plans import PlanSheet
    from fourpress.pages.render import Words

ROWS = 14
"""Rows of a drawing with high rows: it must fit on a sheet of paper, and the axis stay in sight."""
FILLS: dict[str, Fill] = {
    "secured": "full",
    "pledged": "hatched",
    "announced": "dotted",
    "to-mobilise": "empty",
    "done": "full",
    "in-progress": "hatched",
    "late": "crossed",
    "not-started": "pale",
    "cancelled": "striped",
    "unreported": "missing",
}
FIRST_WORDS = 9


def label(words: Words | str, sheet: PlanSheet) -> Label:
    """Words for a drawing."""
    if isinstance(words, str):
        return Label(words, sheet.ambient)
    return Label(words.wording.words, words.wording.language)


def plain(text: object, sheet: PlanSheet) -> str:
    """A figure or id inside a sentence, isolated where the sentence runs the other way (Unicode Standard Annex 9)."""
    return f"\u2066{text}\u2069" if direction(sheet.ambient) == "rtl" else str(text)


def amount(sheet: PlanSheet, value: Decimal, currency: str) -> str:
    """Money without its currency, for columns under a head that names it."""
    return sheet.renderer.writing.money(value, currency).removesuffix(f"\u00a0{currency}")


def state(sheet: PlanSheet, name: str) -> Words:
    """The word for where a commitment stands."""
    return sheet.t("No report yet") if name == UNREPORTED else sheet.t(f"status: {name}")


def heading(sheet: PlanSheet, placed: Placed) -> Words | str:
    """What a commitment is called where its whole text has no room: its title, or else its text, to be cut."""
    record = placed.commitment
    return sheet.say(record, "title" if record.title else "text")


def reference(sheet: PlanSheet, placed: Placed) -> Markup:
    """A commitment in a table: number and first words, linked to where it stands in full."""
    record = placed.commitment
    said = heading(sheet, placed)
    words = str(said).split()
    short = " ".join(words[:FIRST_WORDS])
    if len(words) > FIRST_WORDS:
        short = f"{short.rstrip(' ,;:،؛')}…"
    own = label(said, sheet)
    shown = escape(short)
    if own.language != sheet.ambient:
        shown = Markup('<span lang="{}" dir="{}">{}</span>').format(own.language, direction(own.language), short)
    number = Markup('<bdi class="number">{}</bdi> ').format(record.id) if record.id else Markup("")
    slug = getattr(sheet.document, "slug", "")
    target = sheet.link(f"plans/{slug}/{placed.pillar.address}/#{record.handle}")
    return Markup('<a href="{}">{}{}</a>').format(target, number, shown)


def table(
    sheet: PlanSheet,
    kind: str,
    title: str,
    heads: Sequence[Any],
    rows: Iterable[Sequence[Any]],
    foot: Sequence[Any] = (),
) -> Markup:
    """A table twin: the first column names the row, the others hold its figures. `title` is the id of its title."""
    cells = Markup("").join(Markup('<th scope="col">{}</th>').format(head) for head in heads)
    names = [str(head) for head in heads]
    lines = [_row(row, names) for row in rows] + ([_row(foot, names, "whole")] if foot else [])
    # An attribute holds plain words: a mark of another language would be markup inside it.
    return Markup(
        '<div class="picture-table" role="group" tabindex="0" aria-label="{}">\n<table class="twin twin-{}" aria-labelledby="{}">\n'
        "<thead><tr>{}</tr></thead>\n<tbody>\n{}\n</tbody>\n</table>\n</div>"
    ).format(str(sheet.t("Wide table, scroll sideways")), kind, title, cells, Markup("\n").join(lines))


def _row(cells: Sequence[Any], heads: Sequence[str], kind: str = "") -> Markup:
    """A row; every figure carries the head of its column, for screens that have no room for columns."""
    first, *others = cells
    figures = Markup("").join(
        Markup('<td data-label="{}">{}</td>').format(head, cell) for head, cell in zip(heads[1:], others, strict=True)
    )
    mark = Markup(' class="{}"').format(kind) if kind else Markup("")
    return Markup('<tr{}><th scope="row">{}</th>{}</tr>').format(mark, first, figures)


def frame(
    name: str,
    kind: str,
    title: Markup,
    finding: Words,
    drawings: Iterable[Canvas],
    plain_title: str,
    tables: Iterable[Markup],
) -> Markup:
    """A picture: title, main finding, drawings, tables. `name` begins every id in it."""
    shown = [canvas.svg(plain_title, str(finding)) for canvas in drawings]
    return Markup(
        '<figure class="picture picture-{}" id="{}" aria-labelledby="{}-caption">\n'
        '<figcaption id="{}-caption" class="picture-title">{}</figcaption>\n<p class="finding">{}</p>\n{}\n{}\n</figure>'
    ).format(kind, name, name, name, title, finding, Markup("\n").join(shown), Markup("\n").join(tables))


def titled(what: Words, of: Words | str | Markup) -> tuple[Markup, str]:
    """`Timeline – Protection`: for the page, and as plain words."""
    return Markup("{} – {}").format(what, of), f"{what} – {of}"


def chunks(rows: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """Rows in parts of nearly equal length, none longer than `most`."""
    parts = -(-len(rows) // most)
    size = -(-len(rows) // parts) if parts else 1
    return [rows[start : start + size] for start in range(0, len(rows), size)]
