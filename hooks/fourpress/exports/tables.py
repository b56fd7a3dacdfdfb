"""Plans and procedures as CSV (RFC 4180), one line per commitment or step, with a column per language for each text.

The file begins with a byte order mark, without which Excel on Windows reads UTF-8 as something else.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from fourpress.exports.json_data import in_languages
from fourpress.library import Document, Plan, Sop
from fourpress.model.record import Record
from fourpress.pages.plans import latest_reports
from fourpress.site import Site

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plan_csv(site: Site, plan: Plan) -> bytes:
    """One line per commitment: ids, words, who, when, where, money per currency and state, the newest report."""
    languages = _languages(plan, site)
    reports = latest_reports(plan)
    currencies = sorted({line.currency for placed in plan.commitments for line in placed.commitment.budget})
    head = [
        "plan", "pillar", "stands_for", "objectives", "id", "key",
        *(f"text.{code}" for code in languages),
        "lead", "with", "start", "due", "area", "groups", "indicators", "basis", "sdg",
        *(f"budget.{currency}" for currency in currencies),
        "status", "status_period", "address",
    ]  # fmt: skip
    rows = []
    for placed in plan.commitments:
        record = placed.commitment
        report = reports.get(record.handle)
        totals = {
            currency: sum(line.amount for line in record.budget if line.currency == currency) for currency in currencies
        }
        rows.append(
            [
                plan.head.id,
                placed.pillar.address,
                placed.pillar.stands_for,
                _joined(objective.handle for objective in placed.objectives),
                record.id,
                record.key,
                *_texts(record, "text", plan, site, languages),
                _joined(record.lead),
                _joined(record.with_),
                record.start,
                _joined(str(deadline.date) for deadline in record.due),
                _joined(record.area),
                _joined(record.groups),
                _joined(indicator.id for indicator in record.indicators),
                _joined(record.basis),
                _joined(record.sdg),
                *(totals[currency] or "" for currency in currencies),
                report[1].status if report else "",
                f"{report[0].period.from_}/{report[0].period.to}" if report else "",
                f"{site.url}plans/{plan.slug}/{placed.pillar.address}/#{record.handle}",
            ]
        )
    return _bytes(head, rows)


def sop_csv(site: Site, sop: Sop) -> bytes:
    """One line per step: numbers, words, roles, time limit in minutes too, consent, ways on."""
    languages = _languages(sop, site)
    head = [
        "sop", "chapter", "measure", "id",
        *(f"text.{code}" for code in languages),
        "by", "with", "informed", "within", "within_minutes", "consent", "critical", "for", "form", "service", "go", "next", "address",
    ]  # fmt: skip
    rows = [
        [
            sop.head.id,
            chapter.slug,
            measure.id,
            step.id,
            *_texts(step, "text", sop, site, languages),
            _joined(step.by),
            _joined(step.with_),
            _joined(step.informed),
            step.within,
            step.within.minutes if step.within else "",
            step.consent,
            "yes" if step.critical else "",
            _joined(step.for_ or measure.for_),
            step.form,
            _joined(step.service),
            _joined(branch.go for branch in step.branches),
            step.next_,
            f"{site.url}sops/{sop.slug}/{chapter.slug}/#{step.id}",
        ]
        for chapter, measure, step in sop.steps.values()
    ]
    return _bytes(head, rows)


def _languages(document: Document, site: Site) -> list[str]:
    return list(dict.fromkeys((*document.languages, *site.languages)))


def _texts(record: Record, name: str, document: Document, site: Site, languages: Sequence[str]) -> list[str]:
    found = in_languages(getattr(record, name), record, name, document, site)
    return [found.get(code, "") for code in languages]


def _joined(values: Iterable[str]) -> str:
    return "; ".join(values)


def safe(value: Any) -> str:
    """A cell that a spreadsheet shows and never runs: text that begins like a formula gets an apostrophe (OWASP)."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _bytes(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
