"""Pages of plans: the list, a plan's overview, its pillars with every commitment, the matrix."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from markupsafe import Markup, escape

from fourpress.library import Placed, Plan, commitments_of
from fourpress.model import BudgetLine, Commitment, Indicator, Objective, Pillar, Progress, Report
from fourpress.model.plan import STATUSES, Reading, Source
from fourpress.pages.page import Entry, Page
from fourpress.pages.render import Renderer, Sheet, Words, in_markdown

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
            ("Publisher", self.body(head.publisher)),
            ("Supersedes", self.predecessor(head.supersedes)),
            ("Source", self.listing(self.source(source) for source in head.source)),
            ("Authentic language", self.official_languages()),
            ("This translation", self.translation()),
        ]
        return [(self.t(label), value) for label, value in lines if value]


def latest_reports(plan: Plan) -> dict[str, tuple[Progress, Report]]:
    """The newest report on each commitment, by its handle."""
    newest = {}
    for progress in sorted(plan.progress, key=lambda period: period.period.to.last):
        for name, report in progress.commitments.items():
            newest[name] = (progress, report)
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
        sheet.fill("plan.md.j2", plan=plan, head=plan.head, status=newest),
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
    )


def is_translated(document: Any, language: str) -> bool:
    """Whether a document speaks a language at all: it is authentic, or has a catalogue with words in it."""
    catalogue = document.catalogues.get(language)
    return language in document.languages or bool(catalogue and catalogue.entries)


def entries(renderer: Renderer) -> list[Entry]:
    """The menu of plans."""
    rows = []
    for plan in renderer.library.plans:
        own = list(plan_entries(renderer, plan))
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
    yield Entry(str(sheet.t("Matrix of commitments")), f"plans/{plan.slug}/matrix.md")


__all__ = ["PlanSheet", "entries", "in_markdown", "latest_reports", "pages", "plan_pages"]
