"""A plan as a workbook (ECMA-376, Office Open XML): the tables of the CSV files as sheets that are ready to filter and print.

Dates and numbers are real where they are exact; ids are text, so that `1.10` stays `1.10`. Two builds give the same bytes:
the program's clock is nowhere in the file.
"""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import get_args

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from fourpress.exports import columns
from fourpress.exports.columns import Row, Table
from fourpress.exports.json_data import in_languages
from fourpress.exports.tables import joined, plan_tables, safe, totals
from fourpress.library import Library, Plan
from fourpress.model import BudgetLine
from fourpress.model.plan import BudgetState
from fourpress.model.values import Date
from fourpress.site import Site

LONGEST = 32767
"""Characters that a cell holds (Excel's specifications and limits)."""
WIDEST, NARROWEST = 60, 9
"""Widths of columns, in characters."""
EARLIEST = datetime.date(1900, 3, 1)
"""Days before it are other days in Excel, which takes 1900 for a leap year (ECMA-376 part 1, 18.17.4.1)."""
BEGINNING = datetime.datetime(1980, 1, 1)  # noqa: DTZ001  # the first day that a zip file knows; it knows no zones
CORE = "docProps/core.xml"

SHEETS = {
    "about": "What this workbook is.",
    "commitments": "One line per commitment: words, who, when, where, sums per currency, the newest report.",
    "indicators": "One line per value of an indicator: baseline, targets, values that reports give.",
    "budget": "One line per amount, its currency beside it; sums per currency and state below. Currencies are never added up.",
    "progress": "One line per period and commitment: the plan's own report and, in columns of its own, independent views.",
    "bodies": "The organisations, by the ids that other sheets use.",
}
"""What each sheet holds, in the order of the sheets. Words are English, as keys are: the file is one for all languages."""
_HEADING = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="FFE7E6E6")
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def plan_xlsx(library: Library, site: Site, plan: Plan) -> bytes:
    """The workbook `/data/<plan>.xlsx`."""
    book = Workbook()
    book.remove(book.worksheets[0])
    tables = {"about": _about(site, plan), **plan_tables(library, site, plan)}
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        _fill(sheet, table)
        _print_well(sheet)
    _add_totals(book["budget"], [line for placed in plan.commitments for line in placed.commitment.budget])
    return _same_bytes(book, plan, site)


def day_of(plan: Plan) -> datetime.date:
    """The day that files of a plan carry instead of today: its last amendment in force, its adoption, or the start of 1980."""
    acts = [event.amendment.on.first for events in plan.state.history.values() for event in events]
    acts += [plan.head.adopted.on.first] if plan.head.adopted else []
    return max((*acts, BEGINNING.date()))


# Cells


def _fill(sheet: Worksheet, table: Table) -> None:
    """Headings and lines, with a frozen first line, filters, and columns as wide as their words need."""
    widths = [len(heading) + 4 for heading in table.head]  # the filter's arrow takes room
    for place, heading in enumerate(table.head, 1):
        cell = _write(sheet, 1, place, heading)
        cell.font, cell.fill = _HEADING, _SHADE
    last = 1
    for last, cells in enumerate(table.cells(), 2):
        for place, (value, running) in enumerate(zip(cells, table.words, strict=True), 1):
            plain = _plain(value)
            if plain == "":
                continue
            cell = _write(sheet, last, place, plain, as_text=not running)
            shown = 11 if isinstance(cell.value, datetime.date) else len(safe(cell.value)) + 1
            widths[place - 1] = max(widths[place - 1], shown)
    for place, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = min(max(width, NARROWEST), WIDEST)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{last}"


def _plain(value: columns.Cell) -> str | int | Decimal | datetime.date:
    """A value as Excel knows it: a date only where a whole day was promised, else its text."""
    if isinstance(value, tuple):
        return _plain(value[0]) if len(value) == 1 else joined(value)
    if isinstance(value, Date):
        return value.first if value.day and value.first >= EARLIEST else str(value)
    return "" if value is None else value


def _write(
    sheet: Worksheet, row: int, column: int, value: str | int | Decimal | datetime.date, *, as_text: bool = False
) -> Cell:
    """One cell. Text stays text whatever it looks like: no formula, no number, no date is made of it."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    cell.alignment = _WRAPPED
    if isinstance(value, str):
        clean = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.value = _short_enough(clean)
        cell.data_type = "s"  # openpyxl takes what begins with = for a formula, #N/A for an error
        if safe(clean) != clean:
            cell.quotePrefix = True  # stays text when somebody edits the cell
        if as_text:
            cell.number_format = "@"
        return cell
    cell.value = value
    if isinstance(value, datetime.date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, Decimal):
        cell.number_format = _digits(value)
    return cell


def _short_enough(text: str) -> str:
    """The text, or as much of it as a cell holds and a word that says so."""
    if len(text) <= LONGEST:
        return text
    more = "… [cut here; the JSON of this plan has the whole text]"
    return text[: LONGEST - len(more)] + more


def _digits(value: Decimal) -> str:
    """A format that hides no decimal: none where there are none, else two at least."""
    places = -int(value.normalize().as_tuple().exponent)
    return "#,##0" if places <= 0 else "#,##0." + "0" * max(places, 2)


def _print_well(sheet: Worksheet) -> None:
    """Landscape A4, all columns on one page's width, headings on every page."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


# What is not a table of the CSV


def _about(site: Site, plan: Plan) -> Table:
    head = plan.head
    titles = in_languages(head.title, head, "title", plan, site)
    lines: list[tuple[str, columns.Cell]] = [
        ("plan", head.id),
        *((f"title.{language}", title) for language, title in titles.items()),
        ("country", head.country),
        ("edition", head.edition),
        ("status", head.status),
        ("period_from", head.period.from_),
        ("period_to", head.period.to),
        ("adopted", head.adopted.on if head.adopted else None),
        ("publisher", head.publisher),
        ("address", f"{site.url}plans/{plan.slug}/"),
        ("columns", f"{site.url}data/dictionary.{site.default}.csv"),
        *((f"sheet {name}", meaning) for name, meaning in SHEETS.items()),
    ]
    rows: tuple[Row, ...] = tuple({"key": key, "value": value} for key, value in lines if value)
    return Table(columns.ABOUT, rows)


def _add_totals(sheet: Worksheet, lines: Sequence[BudgetLine]) -> None:
    """Under the lines, outside the filter: sums per currency and state, as values in the columns of the lines."""
    place = {column.key: number for number, column in enumerate(columns.BUDGET, 1)}
    start = sheet.max_row + 2
    for row, (total, (currency, state)) in enumerate(_in_order(lines), start):
        _write(sheet, row, 1, "total", as_text=True).font = _HEADING
        for key, value in (("amount", total), ("currency", currency), ("state", state)):
            _write(sheet, row, place[key], value, as_text=True).font = _HEADING


def _in_order(lines: Iterable[BudgetLine]) -> Iterator[tuple[Decimal, tuple[str, str]]]:
    """Sums by currency, in the order of its states, `all` last."""
    states = (*get_args(BudgetState), "all")
    for key, total in sorted(totals(lines).items(), key=lambda item: (item[0][0], states.index(item[0][1]))):
        yield total, key


# The file


def _same_bytes(book: Workbook, plan: Plan, site: Site) -> bytes:
    """The workbook's file with its parts in their order and no trace of when or where it was made."""
    head = plan.head
    book.properties.creator = site.name
    book.properties.title = str(head.title)
    book.properties.identifier = head.id
    book.properties.created = datetime.datetime.combine(day_of(plan), datetime.time())
    made = io.BytesIO()
    book.save(made)
    # Saving writes the hour of saving into the properties (openpyxl.writer.excel); here they are written once more.
    book.properties.modified = book.properties.created
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w") as new:
        for name in old.namelist():
            part = zipfile.ZipInfo(name, BEGINNING.timetuple()[:6])
            part.compress_type, part.create_system, part.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            new.writestr(part, tostring(book.properties.to_tree()) if name == CORE else old.read(name))
    return again.getvalue()


__all__ = ["SHEETS", "day_of", "plan_xlsx"]
