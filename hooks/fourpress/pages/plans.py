"""Pages of plans: the list, a plan's overview, its pillars with every commitment, the matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from fourpress import pictures
from fourpress.in_force import Ended, Event
from fourpress.languages.voice import Wording
from fourpress.library import Placed, Plan, commitments_of
from fourpress.model import BudgetLine, Commitment, Indicator, Objective, Pillar, Progress, Report
from fourpress.model.amendment import Amendment
from fourpress.model.plan import STATUSES, Reading, Source, Total
from fourpress.model.values import Date, Text
from fourpress.pages.notices import notices
from fourpress.pages.page import Entry, Page
from fourpress.pages.render import Renderer, Sheet, Words, in_markdown
from fourpress.pictures import figures

HEADING_WORDS = 9


@dataclass(frozen=True)
class PlanSheet(Sheet):
    """What templates of plans may call."""

    def commitment_heading(self, record: Commitment) -> Markup:
        """`Commitment 1.1.1`, with the title where the plan prints one."""
        parts = []
        if record.id:
            parts.append(self.t("Commitment {number}", number=record.id).heading)
        if record.title:
            title = self.say(record, "title")
            assert isinstance(title, Words)
            parts.append(title.heading)
        if not parts:  # no printed id, no title: the first words tell one from another in menus and searches
            said = self.say(record, "text")
            assert isinstance(said, Words)
            first = said.wording.words.split()
            words = " ".join(first[:HEADING_WORDS]) + ("…" if len(first) > HEADING_WORDS else "")
            parts.append(replace(said, wording=replace(said.wording, words=words)).heading)
        return Markup(" ").join(parts)

    def anchor(self, record: Objective) -> str:
        """An objective's anchor: its printed id or key, else where it stands."""
        return record.handle or record.address.replace("/", "-")

    def number_link(self, plan: Plan, placed: Placed) -> Markup:
        """A commitment's printed number, linked; an arrow where none is printed."""
        record = placed.commitment
        address = self.link(f"plans/{plan.slug}/{placed.pillar.address}/#{record.handle}")
        if record.id:
            return Markup('<a href="{}"><bdi class="number">{}</bdi></a>').format(address, record.id)
        return Markup('<a href="{}">{}</a>').format(address, self.t("open"))

    def partners(self, record: Commitment) -> Markup:
        """Who takes part: organisations, then the plan's own words for others."""
        named = [self.body(name) for name in record.with_]
        return self.listing([*named, self.say(record, "with_others")] if record.with_others else named)

    def due(self, record: Commitment) -> Markup:
        """Deadlines as printed where the plan prints words, else as dates."""
        return self.listing(self.say(line, "printed") if line.printed else self.date(line.date) for line in record.due)

    def sdg(self, record: Commitment) -> Markup:
        """Goals and targets of the 2030 Agenda."""
        return self.listing(self.t("target {number}", number=target) for target in record.sdg)

    def source(self, source: Source | None) -> Markup:
        """Where the words were published."""
        if source is None:
            return Markup("")
        title: Any = self.say(source, "title")
        if source.url:
            title = Markup('<a href="{}">{}</a>').format(source.url, title)
        return self.listing([title, self.date(source.on)] if source.on else [title])

    def reading(self, reading: Reading | None) -> Markup:
        """A figure with its year."""
        if reading is None:
            return Markup("–")
        figure = escape(self.number(reading.value))
        return Markup("{} ({})").format(figure, reading.year) if reading.year else figure

    def readings(self, readings: Sequence[Reading]) -> Markup:
        """Several figures, one under the other."""
        return Markup("<br>").join(self.reading(reading) for reading in readings) or Markup("–")

    def evidence(self, report: Report) -> Markup:
        """What proves a progress."""
        shown = []
        for piece in report.evidence:
            title: Any = self.say(piece, "title")
            shown.append(Markup('<a href="{}">{}</a>').format(piece.url, title) if piece.url else title)
        return self.listing(shown)

    def values(self, record: Commitment, report: Report) -> Markup:
        """Values that a report gives, each with its indicator's number and unit."""
        indicators: dict[str, Indicator] = {indicator.id: indicator for indicator in record.indicators}
        shown = []
        for name, value in report.values.items():
            indicator = indicators.get(name)
            unit = self.say(indicator, "unit") if indicator and indicator.unit else ""
            shown.append(Markup("<bdi>{}</bdi>: {} {}").format(name, self.number(value), unit))
        return self.listing(shown)

    def totals(self, lines: Sequence[BudgetLine]) -> Markup:
        """The sum of each currency; currencies are never added up."""
        sums: dict[str, Decimal] = {}
        for line in lines:
            sums[line.currency] = sums.get(line.currency, Decimal(0)) + line.amount
        shown = [self._figure(self.renderer.writing.money(amount, currency)) for currency, amount in sums.items()]
        return Markup("<br>").join(shown) or Markup("–")

    def total(self, total: Total) -> Words:
        """A printed total with its currency."""
        return self._figure(self.renderer.writing.money(total.amount, total.currency))

    def count(self, pillar: Pillar) -> int:
        """How many commitments a pillar has."""
        return sum(1 for _ in commitments_of(pillar))

    def status_counts(self, progress: Progress) -> list[tuple[str, int]]:
        """How many commitments are in each state by a report; those it does not mention are not counted."""
        assert isinstance(self.document, Plan)
        statuses = self.document.statuses
        found = Counter(statuses[report.status] for report in progress.commitments.values())
        return [(name, found[name]) for name in STATUSES if found[name]]

    def status(self, plan: Plan, name: str) -> Markup:
        """A report's status as a badge: the plan's own word where it has one, the look of the canonical status."""
        own = next((word for word in plan.head.statuses if word.id == name), None)
        shown = self.of(plan).say(own, "title") if own else self.t(f"status: {name}")
        return Markup('<span class="status {}">{}</span>').format(plan.statuses[name], shown)

    def applies(self, amendment: Amendment) -> bool:
        """Whether an amendment is in force on the library's day."""
        today = self.renderer.library.today
        return today is None or amendment.on.first <= today

    def amendment_link(self, plan: Plan, amendment: Amendment) -> Markup:
        """An amendment's date, linked to its page."""
        address = self.link(f"plans/{plan.slug}/amendments/#on-{amendment.on}")
        return Markup('<a href="{}">{}</a>').format(address, self.date(amendment.on))

    def commitment_link(self, plan: Plan, handle: str) -> Markup:
        """A commitment's number, linked to where it stands or stood."""
        for placed in plan.commitments:
            if placed.commitment.handle == handle:
                return self.number_link(plan, placed)
        for pillar in plan.pillars:
            if handle in plan.state.ended and _stood_in(pillar, plan.state.ended[handle]):
                address = self.link(f"plans/{plan.slug}/{pillar.address}/#{handle}")
                return Markup('<a href="{}"><bdi class="number">{}</bdi></a>').format(address, handle)
        return Markup("<bdi>{}</bdi>").format(handle)

    def commitment_links(self, plan: Plan, handles: Sequence[str]) -> Markup:
        """Several of them."""
        return self.listing(self.commitment_link(plan, handle) for handle in handles)

    def ended(self, plan: Plan, under: str) -> list[tuple[str, Ended]]:
        """Ids that no longer stand and stood under an objective or pillar: their anchors go on to resolve."""
        return [(handle, ended) for handle, ended in plan.state.ended.items() if under and ended.under == under]

    def ending(self, plan: Plan, ended: Ended) -> Markup:
        """How an id ended, when, by which act, and what replaced it."""
        said = self.t(f"ended: {ended.kind}")
        parts = [said, self.amendment_link(plan, ended.amendment), self.acts(ended.amendment.act)]
        sentence = self.listing(parts)
        if ended.replaced_by:
            replaced_by = self.commitment_links(plan, ended.replaced_by)
            sentence = Markup("{}. {} {}").format(sentence, self.t("See instead"), replaced_by)
        return Markup("{}. {} {}").format(sentence, self.t("Reason"), self.say(ended.amendment, "reason"))

    def history(self, plan: Plan, record: Commitment) -> list[Markup]:
        """What amendments did to a commitment, oldest first, the words before and after included."""
        return [
            Markup("{} {}").format(self.amendment_link(plan, event.amendment), self.happened(plan, event))
            for event in plan.state.history.get(record.handle, ())
        ]

    def happened(self, plan: Plan, event: Event) -> Markup:
        """One event in words."""
        if event.kind == "replaced" and event.before and event.after:
            return self.listing(self.field_change(event.before, event.after, name) for name in event.fields)
        others = self.commitment_links(plan, event.others)
        return Markup("{} {}").format(self.t(f"event: {event.kind}"), others)

    def field_change(self, before: Commitment, after: Commitment, name: str) -> Markup:
        """A field's value before and after."""
        label = self.t(f"field: {name}")
        return Markup("<strong>{}</strong> <del>{}</del> <ins>{}</ins>").format(
            label, self.value(before, name), self.value(after, name)
        )

    def value(self, record: Commitment, name: str) -> Markup:
        """The value of a field in words."""
        if name == "due":
            return self.due(record)
        if name in ("lead", "with"):
            return self.bodies(record.lead if name == "lead" else record.with_)
        if name == "budget":
            return self.totals(record.budget)
        value = getattr(record, name if name in type(record).model_fields else f"{name}_", None)
        if isinstance(value, Text):
            return self.authentic(record, name)
        if isinstance(value, Date):
            return escape(self.date(value))
        if isinstance(value, tuple):
            return Markup("{}").format(len(value)) if value else Markup("–")
        return escape(value if value is not None else "–")

    def authentic(self, record: Commitment, name: str) -> Markup:
        """The authentic words of a field, in their language: translations are of the text in force."""
        text = getattr(record, name)
        language, said = next(iter(text.authentic(self.document.languages).items()))
        return escape(Words(Wording(said, language, "authentic"), self.ambient))

    def changes(self, plan: Plan, amendment: Amendment) -> list[tuple[Markup, Markup]]:
        """What an amendment changes, commitment by commitment."""
        rows = [
            (
                self.commitment_link(plan, one.commitment.handle),
                Markup("{} {}").format(self.t("event: added"), self.authentic(one.commitment, "text")),
            )
            for one in amendment.add
        ]
        rows += [
            (self.commitment_link(plan, handle), self.happened(plan, event))
            for handle, events in plan.state.history.items()
            for event in events
            if event.amendment.address == amendment.address and event.kind != "added"
        ]
        return rows

    def data_links(self, plan: Plan) -> Markup:
        """The plan's data files; a calendar only where there is a deadline, since an empty one is none (RFC 5545, 3.6)."""
        names = ["JSON", "XLSX", "CSV"]
        links = [(name, f"data/{plan.slug}.{name.lower()}") for name in names]
        if any(placed.commitment.due for placed in plan.commitments):
            links.append(("iCalendar", f"data/{plan.slug}.{self.renderer.language}.ics"))
        return Markup(" ").join(Markup('<a href="{}">{}</a>').format(self.asset(path), name) for name, path in links)

    def control(self, plan: Plan) -> list[tuple[Words, Any]]:
        """The lines of the table that says what this document is."""
        head = plan.head
        lines: list[tuple[str, Any]] = [
            ("Identifier", Markup("<bdi>{}</bdi>").format(head.id)),
            ("Status", self.badge(head.status)),
            ("Edition", head.edition),
            (
                "Period",
                self.listing(
                    filter(None, [self.period(head.period.from_, head.period.to), self.say(head.period, "printed")])
                ),
            ),
            ("Validated", self.date(head.validated) if head.validated else None),
            ("Adopted", self.acts(head.adopted)),
            ("Launched", self.date(head.launched) if head.launched else None),
            ("Budget", self.listing(self.say(total, "printed") or self.total(total) for total in head.budget)),
            ("Publisher", self.body(head.publisher)),
            ("Supersedes", self.predecessor(head.supersedes)),
            ("Source", self.listing(self.source(source) for source in head.source)),
            ("Authentic language", self.official_languages()),
            ("This translation", self.translation()),
        ]
        return [(self.t(label), value) for label, value in lines if value]


def _stood_in(pillar: Pillar, ended: Ended) -> bool:
    def holds(objective: Objective) -> bool:
        return (objective.handle or objective.address) == ended.under or any(
            holds(child) for child in objective.objectives
        )

    return pillar.address == ended.under or any(holds(objective) for objective in pillar.objectives)


def latest_reports(plan: Plan) -> dict[str, tuple[Progress, Report]]:
    """The newest report on each commitment, by its handle."""
    newest = {}
    for progress in sorted(plan.progress, key=lambda period: period.period.to.last):
        for name, report in progress.commitments.items():
            newest[plan.state.present_id(name)] = (progress, report)
    return newest


def pages(renderer: Renderer) -> Iterator[Page]:
    """Every page of every plan."""
    library, language = renderer.library, renderer.language
    if not library.plans:
        return
    sheet = PlanSheet(renderer, "plans/", library.shared, language)
    title = str(sheet.t("National action plans"))
    yield Page("plans/", title, sheet.fill("plans.md.j2"), language, language, library.plans[0].head.place)
    for plan in library.plans:
        yield from plan_pages(renderer, plan)


def plan_pages(renderer: Renderer, plan: Plan) -> Iterator[Page]:
    """The pages of one plan, in the order of its document."""
    language = renderer.language
    root = f"plans/{plan.slug}/"
    reports = latest_reports(plan)
    newest = max(plan.progress, key=lambda period: period.period.to.last, default=None)

    sheet = PlanSheet(renderer, root, plan, language)
    yield Page(
        root,
        str(sheet.short(plan.head)),
        sheet.fill("plan.md.j2", plan=plan, head=plan.head, status=newest, notices=notices(sheet, plan)),
        language,
        language,
        plan.head.place,
        translated=is_translated(plan, language),
        book=plan.slug,
    )
    for pillar in plan.pillars:
        address = f"{root}{pillar.address}/"
        here = PlanSheet(renderer, address, plan, language)
        yield Page(
            address,
            str(here.say(pillar, "title")),
            here.fill("pillar.md.j2", plan=plan, pillar=pillar, latest=reports),
            language,
            language,
            pillar.place,
            translated=is_translated(plan, language),
            book=plan.slug,
        )
    if plan.amendments:
        yield from _amendment_pages(renderer, plan)
    address = f"{root}pictures/"
    here = PlanSheet(renderer, address, plan, language)
    if figures.anything(plan):
        yield Page(
            address,
            str(here.t("The plan in pictures")),
            here.fill("pictures.md.j2", plan=plan, sections=_pictures(here, plan)),
            language,
            language,
            plan.head.place,
            translated=is_translated(plan, language),
            book=plan.slug,
            searched=False,
        )
    address = f"{root}matrix/"
    here = PlanSheet(renderer, address, plan, language)
    rows = [(pillar, list(commitments_of(pillar))) for pillar in plan.pillars]
    yield Page(
        address,
        str(here.t("Matrix of commitments")),
        here.fill("matrix.md.j2", plan=plan, pillars=rows),
        language,
        language,
        plan.head.place,
        translated=is_translated(plan, language),
        book=plan.slug,
        wide=True,
        searched=False,
    )


def _amendment_pages(renderer: Renderer, plan: Plan) -> Iterator[Page]:
    """What was amended, and the text as it was adopted."""
    language, place = renderer.language, plan.amendments[0].place
    translated = is_translated(plan, language)
    address = f"plans/{plan.slug}/amendments/"
    sheet = PlanSheet(renderer, address, plan, language)
    text = sheet.fill("amendments.md.j2", plan=plan)
    yield Page(address, str(sheet.t("Amendments")), text, language, language, place, translated, book=plan.slug)
    address = f"plans/{plan.slug}/adopted/"
    sheet = PlanSheet(renderer, address, plan, language)
    rows = [(pillar, list(commitments_of(pillar))) for pillar in plan.adopted]
    text = sheet.fill("adopted.md.j2", plan=plan, pillars=rows)
    yield Page(
        address, str(sheet.t("The text as adopted")), text, language, language, place, translated, searched=False
    )


def _pictures(sheet: PlanSheet, plan: Plan) -> list[tuple[str, Words, Markup]]:
    """Anchor, heading and pictures of each kind that has something to show."""
    found = [
        ("timeline", sheet.t("Timeline"), pictures.timeline(sheet, figures.timeline(plan))),
        ("budget", sheet.t("Budget"), pictures.budget(sheet, figures.budget(plan))),
        ("progress", sheet.t("Progress"), pictures.progress(sheet, figures.progress(plan))),
        ("indicators", sheet.t("Indicators"), pictures.indicators(sheet, figures.indicators(plan))),
    ]
    return [row for row in found if row[2]]


def is_translated(document: Any, language: str) -> bool:
    """Whether a document speaks a language at all: it is authentic, or has a catalogue with words in it."""
    catalogue = document.catalogues.get(language)
    return language in document.languages or bool(catalogue and catalogue.entries)


def entries(renderer: Renderer, after: Callable[[Renderer, Plan], list[Entry]]) -> list[Entry]:
    """The menu of plans; `after` gives what follows a plan's own pages."""
    rows = []
    for plan in renderer.library.plans:
        own = [*plan_entries(renderer, plan), *after(renderer, plan)]
        rows.append(Entry(own[0].title, "", tuple(own)))
    if not rows:
        return []
    title = str(PlanSheet(renderer, "plans/", renderer.library.shared, renderer.language).t("Plans"))
    return [Entry(title, "", (Entry(title, "plans/index.md"), *rows))]


def plan_entries(renderer: Renderer, plan: Plan) -> Iterator[Entry]:
    """The menu of one plan: overview first."""
    sheet = PlanSheet(renderer, "", plan, renderer.language)
    yield Entry(str(sheet.short(plan.head)), f"plans/{plan.slug}/index.md")
    for pillar in plan.pillars:
        yield Entry(str(sheet.say(pillar, "title")), f"plans/{plan.slug}/{pillar.address}.md")
    if plan.amendments:
        yield Entry(str(sheet.t("Amendments")), f"plans/{plan.slug}/amendments.md")
    if figures.anything(plan):
        yield Entry(str(sheet.t("The plan in pictures")), f"plans/{plan.slug}/pictures.md")
    yield Entry(str(sheet.t("Matrix of commitments")), f"plans/{plan.slug}/matrix.md")


__all__ = ["PlanSheet", "entries", "in_markdown", "latest_reports", "pages", "plan_pages"]
