"""Rules of plans: dates that can be, reports on what was promised."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from fourpress.model.plan import Commitment, Indicator, Period
from fourpress.model.record import walk
from fourpress.problem import Problem, did_you_mean

if TYPE_CHECKING:
    from fourpress.library import Library


def check_period_order(library: Library) -> Iterator[Problem]:
    """A period ends after it begins.

    Bad: `period: {from: 2028-01, to: 2025-12}`. Good: `period: {from: 2025-01, to: 2028-12}`.
    """
    for document in library.documents:
        for root in document.records():
            for record in walk(root):
                if isinstance(record, Period) and record.to.last < record.from_.first:
                    message = f"the period ends {record.to}, before it begins, {record.from_}; swap or correct them"
                    yield Problem(record.place_of("to"), message, "period-order")


def check_due_within_plan(library: Library) -> Iterator[Problem]:
    """A deadline lies within the plan's period.

    Bad: `due: 2029-06` in a plan that ends 2028-12. Good: `due: 2028-06`, or the printed words beside the date where the
    official document itself promises something later.
    """
    for plan in library.plans:
        period = plan.head.period
        if period.to.last < period.from_.first:
            continue  # said by period-order; judging deadlines by it would only make noise
        for placed in plan.commitments:
            for deadline in placed.commitment.due:
                if deadline.printed:
                    continue  # the official document says so
                if deadline.date.first > period.to.last:
                    fact = f"due {deadline.date} is after the plan ends, {period.to}"
                elif deadline.date.last < period.from_.first:
                    fact = f"due {deadline.date} is before the plan begins, {period.from_}"
                else:
                    continue
                yield Problem(deadline.place_of("date"), f"{fact}; change due or the period", "due-within-plan")


def check_start_before_due(library: Library) -> Iterator[Problem]:
    """Work begins before its last deadline.

    Bad: `start: 2027-01` with `due: 2026-06`. Good: `start: 2026-01`.
    """
    for plan in library.plans:
        for placed in plan.commitments:
            commitment = placed.commitment
            if commitment.start and commitment.due:
                last = max(commitment.due, key=lambda deadline: deadline.date.last).date
                if commitment.start.first > last.last:
                    message = f"work starts {commitment.start}, after it is due, {last}; correct one of them"
                    yield Problem(commitment.place_of("start"), message, "start-before-due")


def check_budget_total(library: Library) -> Iterator[Problem]:
    """A total that the plan prints is what its budget lines add up to, in each currency by itself.

    Bad: `budget: [{amount: 1000, currency: USD}]` over lines of 900 USD. Good: the sum of the lines. Lines added by an
    amendment do not count: the total is that of the adopted text. A total over no lines stands by itself.
    """
    for plan in library.plans:
        if not plan.sound:
            continue  # a line with a mistake is missing from the sum
        lines = [
            line
            for pillar in plan.adopted
            for record in walk(pillar)
            if isinstance(record, Commitment)
            for line in record.budget
        ]
        for total in plan.head.budget:
            amounts = [line.amount for line in lines if line.currency == total.currency]
            found = sum(amounts, Decimal(0))
            if amounts and found != total.amount:
                fact = f"the budget lines add up to {found} {total.currency}, not {total.amount}"
                yield Problem(total.place_of("amount"), f"{fact}; correct the total or a line", "budget-total")


def check_unknown_commitment(library: Library) -> Iterator[Problem]:
    """Progress is reported on commitments of the plan.

    Bad: a report on `1.1.9` where there is none. Good: the id as in the pillar's file.
    """
    for plan in library.plans:
        if not plan.complete:
            continue  # a pillar is missing: said by missing-file
        names = [placed.commitment.handle for placed in plan.commitments]
        for period in plan.progress:
            for name in period.commitments:
                ended = plan.state.ended.get(name)
                if ended:
                    if period.period.from_.first >= ended.amendment.on.first:
                        into = f"report on {', '.join(ended.replaced_by)}" if ended.replaced_by else "leave it out"
                        message = f"commitment {name!r} no longer stands since {ended.amendment.on}; {into}"
                        yield Problem(period.place_of_key("commitments", name), message, "unknown-commitment")
                elif name not in names and name not in plan.known:
                    remedy = did_you_mean(name, names)
                    remedy = remedy if "did you mean" in remedy else "; write the id as in the pillar's file"
                    message = f"the plan has no commitment {name!r}{remedy}"
                    yield Problem(period.place_of_key("commitments", name), message, "unknown-commitment")


def check_unknown_indicator(library: Library) -> Iterator[Problem]:
    """Values are reported for indicators of the same commitment.

    Bad: `values: {1.1.1.z: 85}`. Good: `values: {1.1.1.a: 85}`.
    """
    for plan in library.plans:
        indicators = {placed.commitment.handle: placed.commitment.indicators for placed in plan.commitments}
        for period in plan.progress:
            for name, report in period.commitments.items():
                known = {indicator.id for indicator in indicators.get(name, ())}
                for value in report.values:
                    if name in indicators and value not in known and value not in plan.known:
                        remedy = did_you_mean(value, known) or "; add the indicator to the commitment"
                        message = f"commitment {name} has no indicator {value!r}{remedy}"
                        yield Problem(report.place_of_key("values", value), message, "unknown-indicator")


def check_value_without_baseline(library: Library) -> Iterator[Problem]:
    """An indicator with a target has a baseline: progress is measured from somewhere.

    Bad: `target: {value: 200, year: 2026}` alone. Good: `baseline: {value: 0, year: 2024}` beside it.
    """
    for plan in library.plans:
        for placed in plan.commitments:
            for indicator in placed.commitment.indicators:
                if isinstance(indicator, Indicator) and indicator.target and not indicator.wrote("baseline"):
                    message = (
                        f"indicator {indicator.id} has a target and no baseline; add `baseline`, 0 if nothing was there"
                    )
                    yield Problem(indicator.place_of_key("target"), message, "value-without-baseline")


def check_progress_after_period(library: Library) -> Iterator[Problem]:
    """A report is published after its period began.

    Bad: `published: 2026-01-10` for a period from 2026-07. Good: a date after the period.
    """
    for plan in library.plans:
        for report in plan.progress:
            if report.published.last < report.period.from_.first:
                message = f"published {report.published}, before the period begins, {report.period.from_}; correct one of them"
                yield Problem(report.place_of("published"), message, "progress-after-period")
