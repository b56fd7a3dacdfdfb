"""Plans and procedures as tables, with a column per language for each text, and as CSV (RFC 4180).

A table holds values; how a date or a number is written is the affair of the CSV here and of the workbook beside. A CSV
file begins with a byte order mark, without which Excel on Windows reads UTF-8 as something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from fourpress.exports import columns
from fourpress.exports.columns import PER_CURRENCY, PER_LANGUAGE, Cell, Row, Table
from fourpress.exports.json_data import in_languages
from fourpress.library import Document, Library, Placed, Plan, Shared, Sop
from fourpress.model import Body, BudgetLine, Commitment, Indicator, Progress, Report
from fourpress.model.plan import Assessment, Evidence, Period, PillarReport, Reading
from fourpress.model.record import Record
from fourpress.model.values import Text
from fourpress.pages.plans import latest_reports
from fourpress.site import Site

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Desk(NamedTuple):
    """What every line of a document's tables needs."""

    document: Document
    site: Site

    def words(self, record: Record | None, name: str, key: str = "") -> dict[str, str]:
        """The text of a field in each language that has it authentic or current; nothing where it is not written."""
        text = getattr(record, name, None)
        if record is None or not isinstance(text, Text):
            return {}
        return in_languages(text, record, key or name, self.document, self.site)


def plan_tables(library: Library, site: Site, plan: Plan) -> dict[str, Table]:
    """Every table of a plan by the name of its sheet, in the order of the sheets."""
    desk = _Desk(plan, site)
    shared = _Desk(library.shared, site)
    codes = {PER_LANGUAGE: _languages(plan, site), PER_CURRENCY: currencies(plan)}
    own = {PER_LANGUAGE: _languages(library.shared, site)}
    return {
        "commitments": Table(columns.COMMITMENTS, tuple(_commitments(desk, plan)), codes),
        "indicators": Table(columns.INDICATORS, tuple(_indicators(desk, plan)), codes),
        "budget": Table(columns.BUDGET, tuple(_budget(desk, plan)), codes),
        "progress": Table(columns.PROGRESS, tuple(_progress(desk, plan)), codes),
        "bodies": Table(columns.BODIES, tuple(_body(shared, body) for body in library.bodies.values()), own),
    }


def plan_csv(library: Library, site: Site, plan: Plan) -> dict[str, bytes]:
    """The CSV files of a plan by name."""
    tables = plan_tables(library, site, plan)
    named = {f"{plan.slug}-{name}.csv": tables[name] for name in ("indicators", "budget", "progress")}
    return {name: as_csv(table) for name, table in {f"{plan.slug}.csv": tables["commitments"], **named}.items()}


def sop_csv(site: Site, sop: Sop) -> bytes:
    """One line per step: numbers, words, roles, time limit in minutes too, consent, ways on."""
    rows = tuple(_steps(_Desk(sop, site), sop))
    return as_csv(Table(columns.STEPS, rows, {PER_LANGUAGE: _languages(sop, site)}))


def currencies(plan: Plan) -> list[str]:
    """The currencies of a plan's budget, by code."""
    return sorted({line.currency for placed in plan.commitments for line in placed.commitment.budget})


def totals(lines: Iterable[BudgetLine]) -> dict[tuple[str, str], Decimal]:
    """Sums by (currency, state), and by (currency, `all`). Amounts in two currencies are never added up."""
    sums: dict[tuple[str, str], Decimal] = {}
    for line in lines:
        for key in ((line.currency, line.state), (line.currency, "all")):
            sums[key] = sums.get(key, Decimal(0)) + line.amount
    return sums


def address(site: Site, plan: Plan, placed: Placed, language: str = "") -> str:
    """Where a commitment stands on the site; `language` asks for another than the default."""
    root = site.root(language) if language else ""
    return f"{site.url}{root}plans/{plan.slug}/{placed.pillar.address}/#{placed.commitment.handle}"


def period_of(period: Period) -> str:
    """Both ends of a period as ISO 8601 writes an interval: `2025-01/2025-06`."""
    return f"{period.from_}/{period.to}"


def _commitments(desk: _Desk, plan: Plan) -> Iterator[Row]:
    reports = latest_reports(plan)
    for placed in plan.commitments:
        record = placed.commitment
        progress, report = reports.get(record.handle, (None, None))
        sums = totals(record.budget)
        yield {
            "plan": plan.head.id,
            "pillar": placed.pillar.address,
            "stands_for": placed.pillar.stands_for,
            "objectives": tuple(objective.handle for objective in placed.objectives),
            "id": record.id,
            "key": record.key,
            "text.<language>": desk.words(record, "text"),
            "lead": record.lead,
            "with": record.with_,
            "start": record.start,
            "due": tuple(deadline.date for deadline in record.due),
            "area": record.area,
            "groups": record.groups,
            "indicators": tuple(indicator.id for indicator in record.indicators),
            "basis": record.basis,
            "sdg": record.sdg,
            "budget.<currency>": {currency: amount for (currency, state), amount in sums.items() if state == "all"},
            "status": _canonical(plan, report),
            "status_own": _own(plan, report),
            "status_period": period_of(progress.period) if progress else None,
            "address": address(desk.site, plan, placed),
        }


def _stands(desk: _Desk, plan: Plan, placed: Placed) -> dict[str, Cell]:
    """The columns that say which commitment a line belongs to."""
    return {
        "plan": plan.head.id,
        "pillar": placed.pillar.address,
        "commitment": placed.commitment.id,
        "key": placed.commitment.key,
        "address": address(desk.site, plan, placed),
    }


def _indicators(desk: _Desk, plan: Plan) -> Iterator[Row]:
    for placed in plan.commitments:
        for indicator in placed.commitment.indicators:
            line: Row = {
                **_stands(desk, plan, placed),
                "id": indicator.id,
                "text.<language>": desk.words(indicator, "text"),
                "unit.<language>": desk.words(indicator, "unit"),
                "verification.<language>": desk.words(indicator, "verification"),
                "source.<language>": desk.words(indicator, "source"),
                "responsible": indicator.responsible,
            }
            figures = list(_figures(desk, plan, placed.commitment, indicator))
            for figure in figures or [_figure("", None)]:
                yield {**line, **figure}


def _figures(desk: _Desk, plan: Plan, commitment: Commitment, indicator: Indicator) -> Iterator[Row]:
    """The baseline, the targets as written, then what the reports say, the oldest first."""
    if indicator.baseline:
        yield _written(desk, "baseline", indicator.baseline)
    for reading in indicator.target:
        yield _written(desk, "target", reading)
    for progress in _periods(plan):
        report = progress.commitments.get(commitment.handle)
        if report and indicator.id in report.values:
            yield _figure("reached", report.values[indicator.id], period=period_of(progress.period))


def _written(desk: _Desk, name: str, reading: Reading) -> Row:
    return _figure(name, reading.value, reading.year, note=desk.words(reading, "note"))


def _figure(
    name: str, value: Decimal | None, year: int | None = None, period: str = "", note: Mapping[str, str] | None = None
) -> Row:
    return {"figure": name, "value": value, "year": year, "period": period, "note.<language>": dict(note or {})}


def _budget(desk: _Desk, plan: Plan) -> Iterator[Row]:
    for placed in plan.commitments:
        for line in placed.commitment.budget:
            yield {
                **_stands(desk, plan, placed),
                "amount": line.amount,
                "currency": line.currency,
                "state": line.state,
                "source": line.source,
                "year": line.year,
                "printed.<language>": desk.words(line, "printed"),
                "note.<language>": desk.words(line, "note"),
            }


def _periods(plan: Plan) -> list[Progress]:
    """The reports by the period that they speak of, the oldest first."""
    return sorted(plan.progress, key=lambda progress: (progress.period.to.last, progress.period.from_.first))


def _progress(desk: _Desk, plan: Plan) -> Iterator[Row]:
    placed = {one.commitment.handle: one for one in plan.commitments}
    pillars = {pillar.address: pillar for pillar in plan.pillars}
    for progress in _periods(plan):
        head: Row = {
            "plan": plan.head.id,
            "period_from": progress.period.from_,
            "period_to": progress.period.to,
            "published": progress.published,
            "by": progress.by,
        }
        for name in (*(name for name in pillars if name in progress.pillars), *_beyond(progress.pillars, pillars)):
            where = f"{desk.site.url}plans/{plan.slug}/{name}/" if name in pillars else None
            yield {
                **head,
                **_report(desk, plan, progress.pillars[name]),
                "pillar": name,
                "commitment": None,
                "key": None,
                "announced": None,
                "address": where,
            }
        spoken = {**dict.fromkeys(progress.commitments), **dict.fromkeys(progress.announced)}
        # A report outlives the commitment that it speaks of: what was withdrawn since comes last.
        for name in (*(name for name in placed if name in spoken), *_beyond(spoken, placed)):
            here = placed.get(name)
            yield {
                **head,
                **_report(desk, plan, progress.commitments.get(name)),
                "pillar": here.pillar.address if here else None,
                "commitment": here.commitment.id if here else name,
                "key": here.commitment.key if here else None,
                "announced": "yes" if name in progress.announced else None,
                "address": address(desk.site, plan, here) if here else None,
            }


def _beyond(names: Iterable[str], known: Mapping[str, Any]) -> list[str]:
    return [name for name in names if name not in known]


def _report(desk: _Desk, plan: Plan, said: Report | PillarReport | None) -> Row:
    """The self-report and, in columns of its own, the independent view."""
    report = said if isinstance(said, Report) else None
    assessed = report.assessed if report else None
    values = report.values if report else {}
    return {
        "status": _canonical(plan, report),
        "status_own": _own(plan, report),
        "text.<language>": desk.words(said, "text"),
        "challenges.<language>": desk.words(report, "challenges"),
        "evidence": _evidence(report.evidence if report else ()),
        "values": tuple(f"{name}: {value}" for name, value in values.items()),
        "assessed_by": assessed.by if assessed else None,
        "assessed_on": assessed.on if assessed else None,
        "assessed_status": _canonical(plan, assessed),
        "assessed_status_own": _own(plan, assessed),
        "assessed_text.<language>": desk.words(assessed, "text"),
        "assessed_evidence": _evidence(assessed.evidence if assessed else ()),
    }


def _canonical(plan: Plan, said: Report | Assessment | None) -> str | None:
    return plan.statuses.get(said.status, said.status) if said else None


def _own(plan: Plan, said: Report | Assessment | None) -> str | None:
    """The plan's own word for a status as printed; None where it uses the canonical one."""
    return next((str(word.title) for word in plan.head.statuses if said and word.id == said.status), None)


def _evidence(pieces: Iterable[Evidence]) -> tuple[str, ...]:
    return tuple(f"{piece.title} ({piece.url})" if piece.url else str(piece.title) for piece in pieces)


def _body(desk: _Desk, body: Body) -> Row:
    return {
        "id": body.id,
        "name.<language>": desk.words(body, "name"),
        "acronym.<language>": desk.words(body, "acronym"),
        "kind": body.kind,
        "parent": body.parent,
        "chair": body.chair,
        "mandate.<language>": desk.words(body, "mandate"),
        "from": body.from_,
        "until": body.until,
        "successor": body.successor,
        "url": body.url,
        "address": f"{desk.site.url}bodies/{body.id}/",
    }


def _steps(desk: _Desk, sop: Sop) -> Iterator[Row]:
    for chapter, measure, step in sop.steps.values():
        yield {
            "sop": sop.head.id,
            "chapter": chapter.slug,
            "measure": measure.id,
            "id": step.id,
            "text.<language>": desk.words(step, "text"),
            "by": step.by,
            "with": step.with_,
            "informed": step.informed,
            "within": str(step.within) if step.within else None,
            "within_minutes": step.within.minutes if step.within else None,
            "consent": step.consent,
            "critical": "yes" if step.critical else None,
            "for": step.for_ or measure.for_,
            "form": step.form,
            "service": step.service,
            "go": tuple(branch.go for branch in step.branches),
            "next": step.next_,
            "address": f"{desk.site.url}sops/{sop.slug}/{chapter.slug}/#{step.id}",
        }


def _languages(document: Shared | Plan | Sop, site: Site) -> list[str]:
    return list(dict.fromkeys((*document.languages, *site.languages)))


def joined(values: Iterable[Any]) -> str:
    """Several values in one cell; objectives without an id leave no gap."""
    return "; ".join(text for text in map(str, values) if text)


def safe(value: Any) -> str:
    """A cell that a spreadsheet shows and never runs: text that begins like a formula gets an apostrophe (OWASP).

    Numbers are left alone: a value of -5 is no formula.
    """
    if isinstance(value, Decimal | int):
        return f"{value:f}" if isinstance(value, Decimal) else str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_csv(table: Table) -> bytes:
    """The table as RFC 4180 has it: a line of headings, CRLF, quotes where they are needed; UTF-8 with a mark before."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.head)
    for cells in table.cells():
        writer.writerow([safe(joined(cell) if isinstance(cell, tuple) else cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
