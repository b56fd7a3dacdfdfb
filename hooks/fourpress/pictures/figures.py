"""What the pictures show, computed from a plan: counts, sums and dates without a word of any language.

Nothing here rounds and nothing adds one currency to another. Pictures, their tables and the data give the same figures
because they take them from here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from fourpress.library import Placed, Plan, commitments_of
from fourpress.model import BudgetLine, Indicator, Pillar
from fourpress.model.plan import STATUSES, BudgetState, Reading
from fourpress.model.values import Date

STATES: tuple[BudgetState, ...] = get_args(BudgetState)
UNREPORTED: Literal["unreported"] = "unreported"
STANDINGS: tuple[str, ...] = ("done", "in-progress", "late", "not-started", "cancelled", UNREPORTED)
"""Canonical statuses in the order in which bars are stacked, and what no report mentions."""
assert {*STATUSES, UNREPORTED} == {*STANDINGS}


def standings(plan: Plan) -> dict[str, str]:
    """The canonical status of every commitment by its newest report, by handle; `unreported` where none mentions it."""
    found = {placed.commitment.handle: str(UNREPORTED) for placed in plan.commitments}
    for progress in sorted(plan.progress, key=lambda one: one.period.to.last):
        for name, report in progress.commitments.items():
            today = plan.state.present_id(name)
            if today in found:
                found[today] = plan.statuses.get(report.status, UNREPORTED)
    return found


# Timeline


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year; `number` counts quarters from the year 0, so that they can be subtracted."""

    number: int

    @classmethod
    def of(cls, day: datetime.date) -> Quarter:
        """The quarter that a day lies in."""
        return cls(day.year * 4 + (day.month - 1) // 3)

    @property
    def year(self) -> int:
        """Its year."""
        return self.number // 4

    @property
    def of_year(self) -> int:
        """1 to 4."""
        return self.number % 4 + 1

    @property
    def first(self) -> datetime.date:
        """Its first day."""
        return datetime.date(self.year, self.number % 4 * 3 + 1, 1)


@dataclass(frozen=True)
class Bar:
    """A commitment in time. `start` is missing where the plan gives none; there is always a deadline."""

    placed: Placed
    start: Date | None
    deadlines: tuple[Date, ...]
    standing: str


@dataclass(frozen=True)
class Timeline:
    """The commitments that have a deadline, by pillar, from quarter `first` to quarter `last`, both included."""

    first: Quarter
    last: Quarter
    pillars: tuple[tuple[Pillar, tuple[Bar, ...]], ...]
    reported: bool
    """Whether any commitment was reported on; else nothing is said of states."""

    @property
    def quarters(self) -> int:
        """How many quarters the axis has."""
        return self.last.number - self.first.number + 1

    def place(self, day: datetime.date) -> float:
        """Where a day stands between the first morning (0) and the last evening (1) of the axis."""
        begin, end = self.first.first, Quarter(self.last.number + 1).first
        return min(1.0, max(0.0, (day - begin).days / (end - begin).days))


def timeline(plan: Plan) -> Timeline:
    """The plan's commitments in time. The axis covers the plan's period and every date that lies outside it."""
    states = standings(plan)
    pillars = []
    days = [plan.head.period.from_.first, plan.head.period.to.last]
    for pillar in plan.pillars:
        bars = []
        for placed in commitments_of(pillar):
            record = placed.commitment
            if record.due:
                deadlines = tuple(sorted((line.date for line in record.due), key=lambda date: date.last))
                bars.append(Bar(placed, record.start, deadlines, states[record.handle]))
                days += [date.last for date in deadlines]
                days += [record.start.first] if record.start else []
        if bars:
            pillars.append((pillar, tuple(bars)))
    reported = any(state != UNREPORTED for state in states.values())
    return Timeline(Quarter.of(min(days)), Quarter.of(max(days)), tuple(pillars), reported)


# Budget


@dataclass(frozen=True)
class Sums:
    """Amounts of one currency by state of the money."""

    amounts: Mapping[str, Decimal]

    @property
    def total(self) -> Decimal:
        """All of them."""
        return sum(self.amounts.values(), Decimal(0))

    @property
    def gap(self) -> Decimal:
        """What is still to be mobilised."""
        return self.amounts.get("to-mobilise", Decimal(0))


@dataclass(frozen=True)
class Money:
    """A plan's budget in one currency, told in three ways; each way adds up to `whole`."""

    currency: str
    whole: Sums
    pillars: tuple[tuple[Pillar, Sums], ...]
    years: tuple[tuple[int | None, Sums], ...]
    """In order; lines without a year last."""
    sources: tuple[tuple[str | None, Sums], ...]
    """By organisation, the largest first; lines without a source last."""


def sums(lines: Iterable[BudgetLine]) -> Sums:
    """Lines of one currency added up by state, states in their order."""
    found: dict[str, Decimal] = {}
    for line in lines:
        found[line.state] = found.get(line.state, Decimal(0)) + line.amount
    return Sums({state: found[state] for state in STATES if state in found})


def budget(plan: Plan) -> tuple[Money, ...]:
    """The plan's money, one for each currency in the order in which the plan first names it."""
    lines = [(placed.pillar, line) for placed in plan.commitments for line in placed.commitment.budget]
    return tuple(
        _money(currency, [(pillar, line) for pillar, line in lines if line.currency == currency])
        for currency in dict.fromkeys(line.currency for _, line in lines)
    )


def _money(currency: str, lines: list[tuple[Pillar, BudgetLine]]) -> Money:
    by_pillar: dict[str, tuple[Pillar, list[BudgetLine]]] = {}
    by_year: dict[int | None, list[BudgetLine]] = {}
    by_source: dict[str | None, list[BudgetLine]] = {}
    for pillar, line in lines:
        by_pillar.setdefault(pillar.address, (pillar, []))[1].append(line)
        by_year.setdefault(line.year, []).append(line)
        by_source.setdefault(line.source, []).append(line)
    sources = [(source, sums(own)) for source, own in by_source.items()]
    return Money(
        currency,
        sums(line for _, line in lines),
        tuple((pillar, sums(own)) for pillar, own in by_pillar.values()),
        tuple((year, sums(by_year[year])) for year in sorted(by_year, key=lambda year: (year is None, year or 0))),
        tuple(sorted(sources, key=lambda row: (row[0] is None, -row[1].total, row[0] or ""))),
    )


# Progress


@dataclass(frozen=True)
class Counts:
    """How many commitments stand where."""

    amounts: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.amounts.values())

    @property
    def reported(self) -> int:
        """Those that a report mentions."""
        return self.total - self.amounts.get(UNREPORTED, 0)


@dataclass(frozen=True)
class Standing:
    """Where a plan's commitments stand. `leads` counts a commitment once for each organisation that leads it."""

    whole: Counts
    pillars: tuple[tuple[Pillar, Counts], ...] = ()
    leads: tuple[tuple[str | None, Counts], ...] = ()
    """By organisation, the busiest first; commitments that nobody leads last."""
    shared: bool = False
    """Whether some commitment has several leads, so that `leads` adds up to more than the whole."""
    until: Date | None = None
    """End of the newest period reported on."""


def counts(states: Iterable[str]) -> Counts:
    """States counted, in the order of STANDINGS."""
    found = list(states)
    return Counts({state: found.count(state) for state in STANDINGS if state in found})


def progress(plan: Plan) -> Standing:
    """Where the plan stands by its newest reports; nothing where no commitment was reported on."""
    states = standings(plan)
    if all(state == UNREPORTED for state in states.values()):
        return Standing(Counts({}))
    by_pillar: dict[str, tuple[Pillar, list[str]]] = {}
    by_lead: dict[str | None, list[str]] = {}
    for placed in plan.commitments:
        state = states[placed.commitment.handle]
        by_pillar.setdefault(placed.pillar.address, (placed.pillar, []))[1].append(state)
        for name in placed.commitment.lead or (None,):
            by_lead.setdefault(name, []).append(state)
    leads = [(name, counts(own)) for name, own in by_lead.items()]
    return Standing(
        counts(states[placed.commitment.handle] for placed in plan.commitments),
        tuple((pillar, counts(own)) for pillar, own in by_pillar.values()),
        tuple(sorted(leads, key=lambda row: (row[0] is None, -row[1].total, row[0] or ""))),
        any(len(placed.commitment.lead) > 1 for placed in plan.commitments),
        max((one.period.to for one in plan.progress), key=lambda date: date.last),
    )


# Indicators


@dataclass(frozen=True)
class Way:
    """An indicator's way from its baseline over its latest value to its target; up or down, as the plan wants it."""

    placed: Placed
    indicator: Indicator
    value: Decimal | None
    """The latest value reported."""
    until: Date | None
    """End of the period that the value was reported for."""
    targets: tuple[Reading, ...]
    """In the order of their years."""

    @property
    def start(self) -> Decimal:
        """Where the way begins: the baseline, or nought where the plan gives none."""
        return self.indicator.baseline.value if self.indicator.baseline else Decimal(0)

    @property
    def end(self) -> Decimal:
        """The last target."""
        return self.targets[-1].value

    @property
    def falling(self) -> bool:
        """Whether less is better."""
        return self.end < self.start

    @property
    def reached(self) -> bool:
        """Whether the value is at the last target or beyond."""
        if self.value is None:
            return False
        return self.value <= self.end if self.falling else self.value >= self.end

    def place(self, value: Decimal) -> float:
        """Where a value stands on the way: 0 at the baseline, 1 at the target, outside where it is worse or better."""
        if self.end == self.start:  # the promise is to keep what there is
            far = max((abs(other - self.end) for other in self._values), default=Decimal(0)) or Decimal(1)
            return float(1 + (value - self.end) / far)
        return float((value - self.start) / (self.end - self.start))

    @property
    def _values(self) -> list[Decimal]:
        return [*(target.value for target in self.targets), *([] if self.value is None else [self.value])]


def indicators(plan: Plan) -> tuple[tuple[Pillar, tuple[Way, ...]], ...]:
    """Every indicator that has a target, by pillar, with the newest value that a report gives."""
    newest: dict[tuple[str, str], tuple[Decimal, Date]] = {}
    for period in sorted(plan.progress, key=lambda one: one.period.to.last):
        for handle, report in period.commitments.items():
            for name, figure in report.values.items():
                newest[plan.state.present_id(handle), name] = (figure, period.period.to)
    found = []
    for pillar in plan.pillars:
        ways = []
        for placed in commitments_of(pillar):
            for indicator in placed.commitment.indicators:
                if not indicator.target:
                    continue
                latest = newest.get((placed.commitment.handle, indicator.id))
                # A target without a year holds for the end.
                targets = tuple(sorted(indicator.target, key=lambda target: target.year or 9999))
                ways.append(
                    Way(placed, indicator, latest[0] if latest else None, latest[1] if latest else None, targets)
                )
        if ways:
            found.append((pillar, tuple(ways)))
    return tuple(found)


def anything(plan: Plan) -> bool:
    """Whether there is anything to draw: a deadline, an amount, a report or a target."""
    return bool(timeline(plan).pillars or budget(plan) or progress(plan).whole.total or indicators(plan))
