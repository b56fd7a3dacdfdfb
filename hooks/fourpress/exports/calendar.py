"""The deadlines of a plan as a calendar (iCalendar, RFC 5545) for each language of the site, to import or subscribe to.

Every deadline is an event of a whole day, the last one that keeps the promise. Nobody becomes busy by it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from urllib.parse import quote

from icalendar import Calendar, Event

from fourpress.exports.tables import address, period_of
from fourpress.exports.workbook import day_of
from fourpress.languages import words
from fourpress.languages.language import Writing
from fourpress.languages.voice import Wording, wording
from fourpress.library import Library, Placed, Plan
from fourpress.model.plan import Deadline, Progress, Report
from fourpress.pages.plans import latest_reports
from fourpress.site import Site

PRODUCT = "-//Fourpress//Deadlines//EN"
SHORT = 70
"""Characters of a commitment that a summary shows at most; the description has all of them."""


def plan_ics(library: Library, site: Site, plan: Plan, language: str) -> bytes | None:
    """`/data/<plan>.<language>.ics`; None without deadlines, since a calendar holds at least one event (RFC 5545, 3.6)."""
    chain = site.chain(language)
    head = plan.head
    name = "short_title" if head.short_title else "title"
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", wording(plan, head, name, head.short_title or head.title, chain).words)
    reports = latest_reports(plan)
    for placed in plan.commitments:
        report = reports.get(placed.commitment.handle)
        for index, deadline in enumerate(placed.commitment.due):
            event = _Event(library, site, plan, language, placed, report)
            calendar.add_component(event.made(index, deadline))
    return calendar.to_ical() if calendar.subcomponents else None


def uid(plan: Plan, placed: Placed, index: int) -> str:
    """The event's name for ever: plan, commitment, place among its deadlines. The same in every language and order."""
    return f"{plan.head.id}/{placed.commitment.handle}/{index}@fourpress"


class _Event:
    """The deadlines of one commitment in the words of one language."""

    def __init__(
        self,
        library: Library,
        site: Site,
        plan: Plan,
        language: str,
        placed: Placed,
        report: tuple[Progress, Report] | None,
    ) -> None:
        self.library, self.site, self.plan, self.language = library, site, plan, language
        self.placed, self.commitment, self.report = placed, placed.commitment, report
        self.chain = site.chain(language)
        self.text = wording(plan, self.commitment, "text", self.commitment.text, self.chain)

    def made(self, index: int, deadline: Deadline) -> Event:
        """The event of one deadline. DTSTAMP is the day of adoption, so that two builds give the same bytes."""
        event = Event()
        event.add("uid", uid(self.plan, self.placed, index))
        event.add("dtstamp", datetime.datetime.combine(day_of(self.plan), datetime.time(), datetime.UTC))
        event.add("dtstart", deadline.date.last)
        event.add("summary", self._summary(), parameters={"LANGUAGE": self.text.language})
        event.add("description", "\n\n".join(self._description(deadline)))
        event.add("categories", [self._pillar()])
        event.add("transp", "TRANSPARENT")
        if self.site.url:
            event.add(
                "url", quote(address(self.site, self.plan, self.placed, self.language), safe=":/#?&=@%+,;~!$'()*")
            )
        return event

    def _summary(self) -> str:
        """The printed id and the printed title, or the first words."""
        record = self.commitment
        said = wording(self.plan, record, "title", record.title, self.chain) if record.title else self.text
        return " ".join(part for part in (record.id, _first_words(said.words), self._mark(said)) if part)

    def _description(self, deadline: Deadline) -> Iterator[str]:
        """The promise word for word, who leads, the deadline as printed, where it stands by the newest report."""
        yield " ".join(part for part in (self.text.words, self._mark(self.text)) if part)
        if self.text.official:
            yield self.text.official[0]
        if self.commitment.lead:
            yield self._line("Lead", Writing(self.chain).listing(self._body(name) for name in self.commitment.lead))
        if deadline.printed:
            said = wording(self.plan, deadline, "printed", deadline.printed, self.chain)
            yield self._line("Deadline", said.words)
        if self.report:
            progress, report = self.report
            yield self._line("Status", f"{self._status(report.status)} ({period_of(progress.period)})")

    def _line(self, label: str, value: str) -> str:
        return f"{words.word(label, self.chain).words}: {value}"

    def _mark(self, said: Wording) -> str:
        """Old words are never passed off as current ones."""
        return f"({words.word('translation outdated', self.chain).words})" if said.state == "outdated" else ""

    def _pillar(self) -> str:
        return wording(self.plan, self.placed.pillar, "title", self.placed.pillar.title, self.chain).words

    def _body(self, name: str) -> str:
        body = self.library.bodies.get(name)
        if body is None:  # withheld from this audience
            return words.word("an organisation not named in this edition", self.chain).words
        return wording(self.library.shared, body, "name", body.name, self.chain).words

    def _status(self, name: str) -> str:
        """The plan's own word for a status where it has one."""
        own = next((word for word in self.plan.head.statuses if word.id == name), None)
        if own:
            return wording(self.plan, own, "title", own.title, self.chain).words
        return words.word(f"status: {name}", self.chain).words


def _first_words(text: str) -> str:
    """As many whole words as a summary holds."""
    flat = " ".join(text.split())
    if len(flat) <= SHORT:
        return flat
    return flat[: SHORT + 1].rsplit(" ", 1)[0][:SHORT].rstrip(",;:") + "…"
