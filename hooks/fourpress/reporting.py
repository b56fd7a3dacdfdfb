"""When a plan's next report is due: plain arithmetic of dates, for the pages of progress and for notices."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from fourpress.library import Plan
from fourpress.model.values import Date, Span


@dataclass(frozen=True)
class NextReport:
    """The period that the next report covers, and the last day on which it is due."""

    first: Date
    last: Date
    due: datetime.date


def next_report(plan: Plan) -> NextReport | None:
    """The first period of the plan's reporting rule that no report covers; None without a rule, or when all are covered."""
    rule = plan.head.reporting
    if rule is None:
        return None
    begins, last = plan.head.period.from_.first, plan.head.period.to.last
    while begins <= last:
        after = _later(begins, rule.every)
        ends = min(after - _DAY, last)
        if not any(one.period.from_.first <= ends <= one.period.to.last for one in plan.progress):
            return NextReport(*_as_written(begins, ends), _later(ends, rule.within))
        begins = after
    return None


def _as_written(begins: datetime.date, ends: datetime.date) -> tuple[Date, Date]:
    """Both ends as people write them: months where they are whole."""
    if begins.day == 1 and (ends + _DAY).day == 1:
        return Date(begins.year, begins.month), Date(ends.year, ends.month)
    return Date(begins.year, begins.month, begins.day), Date(ends.year, ends.month, ends.day)


_DAY = datetime.timedelta(days=1)


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return datetime.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _later(day: datetime.date, span: Span) -> datetime.date:
    if span.unit == "months":
        return months_later(day, span.amount)
    return day + datetime.timedelta(minutes=span.minutes)
