"""Rules of progress: what a report must say with a status, and that it speaks of what is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fourpress.model.plan import STATUSES, Commitment, Progress, Report
from fourpress.problem import Problem, did_you_mean

if TYPE_CHECKING:
    from fourpress.library import Library, Plan

OPEN = ("not-started", "in-progress")
"""States in which a promise can be late without anybody having said so."""


def _reports(plan: Plan) -> Iterator[tuple[Progress, str, Report]]:
    """Every report with its period and the handle of its commitment."""
    for period in plan.progress:
        for name, report in period.commitments.items():
            yield period, name, report


def _commitments(plan: Plan) -> dict[str, Commitment]:
    return {placed.commitment.handle: placed.commitment for placed in plan.commitments}


def check_late_needs_challenges(library: Library) -> Iterator[Problem]:
    """What is late says why: `challenges` stand beside `status: late`, and beside work that goes on past its deadline.

    Bad: `status: in-progress` at the end of 2026 for a commitment due 2026-06, alone. Good: `challenges: ...` beside it.
    """
    for plan in library.plans:
        promised = _commitments(plan)
        for period, name, report in _reports(plan):
            status = plan.statuses.get(report.status)
            if report.wrote("challenges"):
                continue
            deadlines = [deadline.date for deadline in promised[name].due] if name in promised else []
            last = max(deadlines, key=lambda date: date.last, default=None)
            if status == "late":
                fact = f"{name} is late and nothing says why"
            elif status in OPEN and last and last.last < period.period.to.last:
                fact = f"{name} was due {last}, before the period ends, {period.period.to}, and nothing says why it is late"
            else:
                continue
            yield Problem(report.place_of("status"), f"{fact}; add `challenges`", "late-needs-challenges")


def check_done_needs_evidence(library: Library) -> Iterator[Problem]:
    """What is done is shown: `evidence` stands beside a status that means done.

    Bad: `status: done` alone. Good: `evidence: [{title: Arrêté n° 12}]` beside it, with its address where it has one.
    """
    for plan in library.plans:
        for _period, name, report in _reports(plan):
            if plan.statuses.get(report.status) == "done" and not report.wrote("evidence"):
                message = f"{name} is done and nothing shows it; add `evidence`"
                yield Problem(report.place_of("status"), message, "done-needs-evidence")


def check_value_needs_baseline(library: Library) -> Iterator[Problem]:
    """A value is reported for an indicator that has a baseline: progress is measured from somewhere.

    Bad: `values: {1.1.1.a: 85}` for an indicator with neither target nor baseline. Good: `baseline: {value: 0, year: 2024}`
    in the pillar's file. An indicator with a target and no baseline is told of there (value-without-baseline).
    """
    for plan in library.plans:
        promised = _commitments(plan)
        told = set()
        for _period, name, report in _reports(plan):
            indicators = {one.id: one for one in promised[name].indicators} if name in promised else {}
            for value in report.values:
                indicator = indicators.get(value)
                if not indicator or indicator.wrote("baseline") or indicator.wrote("target") or value in told:
                    continue
                told.add(value)
                message = f"a value is reported for {value}, which has no baseline; add `baseline` to the indicator"
                yield Problem(report.place_of_key("values", value), message, "value-needs-baseline")


def check_periods_overlap(library: Library) -> Iterator[Problem]:
    """Periods of progress follow one another: a day belongs to one report.

    Bad: `period: {from: 2026-06, to: 2026-12}` after one that ends 2026-06. Good: `period: {from: 2026-07, to: 2026-12}`.
    """
    for plan in library.plans:
        # A period that ends before it begins is told of by period-order.
        sound = [one for one in plan.progress if one.period.from_.first <= one.period.to.last]
        before: Progress | None = None
        for report in sorted(sound, key=lambda one: (one.period.from_.first, one.period.to.last)):
            if before is not None and report.period.from_.first <= before.period.to.last:
                there = before.period.place_of("to").path
                fact = f"the period begins {report.period.from_}, before that of {there} ends, {before.period.to}"
                yield Problem(report.period.place_of("from"), f"{fact}; correct one of them", "periods-overlap")
            if before is None or report.period.to.last > before.period.to.last:
                before = report


def check_unknown_pillar(library: Library) -> Iterator[Problem]:
    """Reports on pillars name them as `pillars` of plan.yml does.

    Bad: `pillars: {protecton: ...}` in a report. Good: `pillars: {protection: {text: ...}}`.
    """
    for plan in library.plans:
        names = plan.head.pillars or ()
        for period in plan.progress if names else ():
            for name in period.pillars:
                if name not in names:
                    remedy = did_you_mean(name, names) or "; name one of `pillars` of plan.yml"
                    message = f"the plan has no pillar {name!r}{remedy}"
                    yield Problem(period.place_of_key("pillars", name), message, "unknown-pillar")


def check_unknown_announced(library: Library) -> Iterator[Problem]:
    """What a report announces is a commitment of the plan.

    Bad: `announced: ["1.1.9"]` where there is none. Good: the id as in the pillar's file.
    """
    for plan in library.plans:
        names = _commitments(plan)
        for period in plan.progress if plan.pillars else ():
            for index, name in enumerate(period.announced):
                if name not in names and name not in plan.known:
                    remedy = did_you_mean(name, names)
                    remedy = remedy if "did you mean" in remedy else "; write the id as in the pillar's file"
                    message = f"the plan has no commitment {name!r}{remedy}"
                    yield Problem(period.place_of("announced", index), message, "unknown-announced")


def check_own_status_shadows(library: Library) -> Iterator[Problem]:
    """A plan's own status word that is spelled like a canonical status means the same.

    Bad: `{id: done, title: Avancé, means: in-progress}`. Good: `{id: advanced, title: Avancé, means: in-progress}`.
    """
    for plan in library.plans:
        for word in plan.head.statuses:
            if word.id in STATUSES and word.means != word.id:
                fact = f"{word.id!r} is the canonical status of that name and cannot mean {word.means}"
                yield Problem(word.place_of("id"), f"{fact}; give the word another id", "own-status-shadows")
