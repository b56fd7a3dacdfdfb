"""Pages of progress: a plan's dashboard, the full report of each period, a report card for each lead organisation.

What is counted and compared is made here by plain functions, so that tables, pictures and tests say the same. The day on
which a page speaks is always handed in: a page that asked the clock could not be made twice.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from fourpress.in_force import Ended
from fourpress.library import Placed, Plan, commitments_of
from fourpress.model import Commitment, Deadline, Indicator, Pillar, Progress, Report
from fourpress.model.plan import STATUSES
from fourpress.model.values import Date
from fourpress.pages.page import Entry, Page, source_of
from fourpress.pages.plans import PlanSheet, is_translated
from fourpress.pages.render import Renderer, Words
from fourpress.reporting import months_later, next_report

FINAL = ("done", "cancelled")
"""States in which nothing more is expected of a commitment."""
UNREPORTED = "unreported"
"""Stands among the states for commitments that no report has spoken of."""
STATES: tuple[str, ...] = (*STATUSES, UNREPORTED)
AHEAD = 6
"""How many months the dashboard looks ahead."""
BRIEF = 16
"""How many words of a commitment without a title stand in a list."""


# What is known on a day


@dataclass(frozen=True)
class Standing:
    """A commitment and the newest report on it, where there is one. `state` is one of STATES."""

    placed: Placed
    state: str = UNREPORTED
    progress: Progress | None = None
    report: Report | None = None

    @property
    def commitment(self) -> Commitment:
        """The commitment itself."""
        return self.placed.commitment

    @property
    def due(self) -> Deadline | None:
        """Its last deadline: what was promised for several dates is overdue after the last of them."""
        return max(self.commitment.due, key=lambda deadline: deadline.date.last, default=None)


@dataclass(frozen=True)
class Overdue:
    """A commitment past its last deadline, and by how many days."""

    standing: Standing
    deadline: Deadline
    days: int


@dataclass(frozen=True)
class Changes:
    """What a report says otherwise than those before it: (commitment, report before, report now)."""

    moved: tuple[tuple[Placed, Report, Report], ...] = ()
    first: tuple[tuple[Placed, Report], ...] = ()
    """Reported on for the first time."""
    gone: tuple[tuple[Placed, Report], ...] = ()
    """In the report before, neither done nor cancelled, and not in this one; with what was said then."""
    ended: tuple[tuple[str, Ended, Report], ...] = ()
    """The same of commitments that an amendment has ended since."""


def periods(plan: Plan) -> tuple[Progress, ...]:
    """The reports of a plan, oldest first."""
    return tuple(sorted(plan.progress, key=lambda one: (one.period.to.last, one.period.from_.first)))


def standings(plan: Plan, reports: Iterable[Progress] | None = None) -> tuple[Standing, ...]:
    """Where every commitment stands by the newest of the reports (all of the plan's), in the plan's own order."""
    newest: dict[str, tuple[Progress, Report]] = {}
    for progress in periods(plan) if reports is None else reports:
        newest.update({name: (progress, report) for name, report in by_present_id(plan, progress).items()})
    return tuple(
        Standing(placed, plan.statuses[newest[handle][1].status], *newest[handle])
        if (handle := placed.commitment.handle) in newest
        else Standing(placed)
        for placed in plan.commitments
    )


def by_present_id(plan: Plan, progress: Progress) -> dict[str, Report]:
    """What a report says, by the ids that commitments have now."""
    return {plan.state.present_id(name): report for name, report in progress.commitments.items()}


def tally(found: Iterable[Standing]) -> Counter[str]:
    """How many commitments are in each state."""
    return Counter(standing.state for standing in found)


def by_pillar(plan: Plan) -> list[tuple[Pillar, Counter[str]]]:
    """The tally of each pillar, in printed order."""
    found = standings(plan)
    return [
        (pillar, tally(one for one in found if one.placed.pillar.address == pillar.address)) for pillar in plan.pillars
    ]


def by_lead(plan: Plan, known: Sequence[str]) -> list[tuple[str, Counter[str]]]:
    """The tally of each organisation that leads, in the order of `known`; a commitment counts for each of its leads.

    Organisations that are not known, being withheld, are counted together under an empty name, at the end; what nobody
    leads is not counted.
    """
    found = standings(plan)
    rows = [(name, tally(one for one in found if name in one.commitment.lead)) for name in known]
    rows.append(("", tally(one for one in found if any(lead not in known for lead in one.commitment.lead))))
    return [(name, counts) for name, counts in rows if counts]


def overdue(plan: Plan, today: datetime.date) -> tuple[Overdue, ...]:
    """Commitments whose last deadline lies before `today` and that no report calls done or cancelled; longest first."""
    late = [
        Overdue(standing, standing.due, (today - standing.due.date.last).days)
        for standing in standings(plan)
        if standing.state not in FINAL and standing.due and standing.due.date.last < today
    ]
    return tuple(sorted(late, key=lambda one: -one.days))


def due_soon(plan: Plan, today: datetime.date, months: int = AHEAD) -> tuple[tuple[Standing, Deadline], ...]:
    """Every deadline from `today` to as many months later, of what is neither done nor cancelled; the nearest first."""
    end = months_later(today, months)
    found = [
        (standing, deadline)
        for standing in standings(plan)
        for deadline in standing.commitment.due
        if standing.state not in FINAL and today <= deadline.date.last <= end
    ]
    return tuple(sorted(found, key=lambda one: one[1].date.last))


def unreported(plan: Plan) -> tuple[Standing, ...]:
    """Commitments that no report has ever spoken of, in the plan's own order."""
    return tuple(standing for standing in standings(plan) if standing.report is None)


def changes(plan: Plan, progress: Progress) -> Changes | None:
    """What changed since the report before; None for the first report, before which there was nothing."""
    order = periods(plan)
    earlier = order[: order.index(progress)]
    if not earlier:
        return None
    before = {one.commitment.handle: one.report for one in standings(plan, earlier) if one.report}
    reported, last = by_present_id(plan, progress), by_present_id(plan, earlier[-1])
    moved, first, gone = [], [], []
    for placed in plan.commitments:
        handle = placed.commitment.handle
        then, now = before.get(handle), reported.get(handle)
        if then and now and then.status != now.status:
            moved.append((placed, then, now))
        elif now and not then:
            first.append((placed, now))
        elif handle in last and not now and plan.statuses[last[handle].status] not in FINAL:
            gone.append((placed, last[handle]))
    ended = [
        (name, plan.state.ended[name], report)
        for name, report in last.items()
        if name in plan.state.ended and name not in reported
    ]
    return Changes(tuple(moved), tuple(first), tuple(gone), tuple(ended))


# Pages


@dataclass(frozen=True)
class ProgressSheet(PlanSheet):
    """What templates of progress may call."""

    def state(self, state: str) -> Words:
        """A column's heading: the canonical status, or that there is no report."""
        return self.t("No report yet") if state == UNREPORTED else self.t(f"status: {state}")

    def standing(self, plan: Plan, standing: Standing) -> Markup:
        """The newest status as a badge, in the plan's own words."""
        if standing.report is None:
            return Markup('<span class="status unreported">{}</span>').format(self.t("No report yet"))
        return self.status(plan, standing.report.status)

    def brief(self, record: Commitment) -> Words | str:
        """The commitment's title, or its first words: enough to know it by in a list, never quoted as the promise."""
        if record.title:
            return self.say(record, "title")
        said = self.say(record, "text")
        assert isinstance(said, Words)
        words = said.wording.words.split()
        if len(words) <= BRIEF:
            return said
        return replace(said, wording=replace(said.wording, words=" ".join(words[:BRIEF]) + "…"))

    def report_title(self, progress: Progress) -> Words:
        """`Report for July 2025 – December 2025`."""
        return self.t("Report for {period}", period=self.period(progress.period.from_, progress.period.to))

    def status_words(self, plan: Plan) -> list[Words | str]:
        """What may be ticked on a report card: the plan's own words, and the canonical ones that none of them means."""
        words: list[Words | str] = []
        for name in STATUSES:
            own = [word for word in plan.head.statuses if word.means == name]
            words += [self.say(word, "title") for word in own] or [self.t(f"status: {name}")]
        return words

    def reached(self, record: Commitment, report: Report) -> list[tuple[Indicator, Words]]:
        """The commitment's indicators that a report gives a value for, with the value."""
        return [(one, self.number(report.values[one.id])) for one in record.indicators if one.id in report.values]

    def deadline(self, deadline: Deadline) -> Words | str:
        """One deadline, as printed where the plan prints words."""
        return self.say(deadline, "printed") if deadline.printed else self.date(deadline.date)

    def progress_link(self, plan: Plan, progress: Progress, anchor: str = "") -> Markup:
        """The period of a report, linked to the report or to a commitment in it."""
        address = self.link(f"plans/{plan.slug}/{progress.address}/{f'#{anchor}' if anchor else ''}")
        return Markup('<a href="{}">{}</a>').format(address, self.period(progress.period.from_, progress.period.to))

    def number_here(self, placed: Placed) -> Markup:
        """A commitment's number, linked to what the same page says of it."""
        record = placed.commitment
        shown = Markup('<bdi class="number">{}</bdi>').format(record.id) if record.id else self.t("open")
        return Markup('<a href="#{}">{}</a>').format(record.handle, shown)

    def body_name(self, name: str) -> Words | str:
        """An organisation's acronym or name, where the whole line is a link already."""
        body = self.renderer.library.bodies.get(name)
        if body is None:  # withheld from this audience
            return self.t("an organisation not named in this edition")
        return self.say(body, "acronym" if body.acronym else "name", self.renderer.library.shared)

    def day(self, day: datetime.date) -> Words:
        """A day in words."""
        return self.date(Date(day.year, day.month, day.day))


def root(plan: Plan) -> str:
    """The address of a plan's dashboard."""
    return f"plans/{plan.slug}/progress/"


def cards(renderer: Renderer, plan: Plan) -> list[str]:
    """Organisations that get a report card: those that lead a commitment and that this audience may know of."""
    return [
        name for name in renderer.library.bodies if any(name in placed.commitment.lead for placed in plan.commitments)
    ]


def pages(renderer: Renderer, plan: Plan, today: datetime.date | None) -> Iterator[Page]:
    """The pages of a plan's progress as they stand on a day; none for a plan that has no report yet.

    Where no day matters they speak on the day on which the newest report was published.
    """
    order = periods(plan)
    if not order:
        return
    today = today or max(one.published.last for one in order)
    book = f"{plan.slug}-progress"
    translated = is_translated(plan, renderer.language)

    def page(address: str, record: Progress | None, title: str, text: str, book: str = book) -> Page:
        place = record.place if record else plan.head.place
        language = renderer.language
        return Page(address, title, text, language, language, place, translated=translated, book=book)

    sheet = ProgressSheet(renderer, root(plan), plan, renderer.language)
    yield page(root(plan), order[-1], str(sheet.t("Progress")), _dashboard(sheet, plan, today))
    for progress in reversed(order):
        address = f"plans/{plan.slug}/{progress.address}/"
        here = ProgressSheet(renderer, address, plan, renderer.language)
        yield page(address, progress, str(here.report_title(progress)), _report(here, plan, progress))
    for name in cards(renderer, plan):
        address = f"{root(plan)}card/{name}/"
        here = ProgressSheet(renderer, address, plan, renderer.language)
        body = renderer.library.bodies[name]
        shown = here.say(body, "acronym" if body.acronym else "name", renderer.library.shared)
        # A form to print and fill in is no part of a document, and says what the pillars say.
        card = page(address, None, f"{here.t('Report card')} – {shown}", _card(here, plan, name), book="")
        yield replace(card, searched=False)


def _dashboard(sheet: ProgressSheet, plan: Plan, today: datetime.date) -> str:
    found = standings(plan)
    counts = tally(found)
    return sheet.fill(
        "progress.md.j2",
        plan=plan,
        newest=periods(plan)[-1],
        reports=tuple(reversed(periods(plan))),
        states=[state for state in STATES if counts[state]],
        counts=counts,
        by_pillar=by_pillar(plan),
        by_lead=by_lead(plan, tuple(sheet.renderer.library.bodies)),
        shared_lead=any(len(one.commitment.lead) > 1 for one in found),
        cards=cards(sheet.renderer, plan),
        overdue=overdue(plan, today),
        due_soon=due_soon(plan, today),
        unreported=unreported(plan),
        next_report=next_report(plan),
        today=today,
    )


def _report(sheet: ProgressSheet, plan: Plan, progress: Progress) -> str:
    names = {placed.commitment.handle: placed for placed in plan.commitments}
    reported = by_present_id(plan, progress)
    rows = [
        (
            pillar,
            progress.pillars.get(pillar.address),
            [
                (placed.commitment, reported[handle])
                for placed in commitments_of(pillar)
                if (handle := placed.commitment.handle) in reported
            ],
        )
        for pillar in plan.pillars
    ]
    return sheet.fill(
        "progress-report.md.j2",
        plan=plan,
        progress=progress,
        changes=changes(plan, progress),
        announced=[names[here] for name in progress.announced if (here := plan.state.present_id(name)) in names],
        pillars=[row for row in rows if row[1] or row[2]],
        ended=[
            (ended, report)
            for name, report in reported.items()
            if name not in names and (ended := plan.state.ended.get(name))
        ],
    )


def _card(sheet: ProgressSheet, plan: Plan, name: str) -> str:
    found = standings(plan)
    return sheet.fill(
        "card.md.j2",
        plan=plan,
        body=sheet.renderer.library.bodies[name],
        leads=[one for one in found if name in one.commitment.lead],
        supports=[one for one in found if name in one.commitment.with_ and name not in one.commitment.lead],
        newest=periods(plan)[-1],
        next_report=next_report(plan),
        status_words=sheet.status_words(plan),
    )


def entries(renderer: Renderer, plan: Plan) -> list[Entry]:
    """The menu of a plan's progress: the dashboard, then the reports, newest first. Cards are reached from there."""
    if not plan.progress:
        return []
    sheet = ProgressSheet(renderer, "", plan, renderer.language)
    title = str(sheet.t("Progress"))
    reports = [
        Entry(
            str(sheet.period(progress.period.from_, progress.period.to)),
            source_of(f"plans/{plan.slug}/{progress.address}/"),
        )
        for progress in reversed(periods(plan))
    ]
    return [Entry(title, "", (Entry(title, source_of(root(plan))), *reports))]
