"""A national action plan: its head, its pillars with objectives and commitments, and the periods of progress."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import BeforeValidator, Field

from fourpress.model.body import Languages
from fourpress.model.record import Record, Refers
from fourpress.model.values import (
    Basis,
    BodyId,
    Country,
    Currency,
    Date,
    DocumentId,
    Link,
    Number,
    OneOrMore,
    PrintedId,
    SdgTarget,
    Slug,
    Span,
    Text,
    Year,
)

P = Literal["protection", "prevention", "prosecution", "partnership"]
"""The 4P of counter-trafficking plans (Palermo Protocol, art. 2; partnership added in 2009)."""
PlanStatus = Literal["draft", "validated", "adopted", "in-force", "closed", "superseded"]
CommitmentStatus = Literal["not-started", "in-progress", "done", "late", "cancelled"]
STATUSES: tuple[CommitmentStatus, ...] = get_args(CommitmentStatus)
Status = Annotated[Slug, Refers("status")]
"""A canonical status or one of the plan's own."""
BudgetState = Literal["secured", "pledged", "announced", "to-mobilise"]


class Period(Record):
    """A span between two dates."""

    noun: ClassVar[str] = "period"

    from_: Date
    """First year, month or day."""
    to: Date
    """Last year, month or day, included."""
    printed: Text | None = None
    """The words of the official document, where it prints no dates, such as `three years`."""


class Act(Record):
    """The act by which a text came into force."""

    noun: ClassVar[str] = "act of adoption"

    act: Text | None = None
    """The act as cited: decree, order, minutes."""
    by: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Who adopted or approved."""
    on: Date
    """When."""


class Named(Record):
    """An id of the plan's own vocabulary, with its printed name."""

    noun: ClassVar[str] = "name"

    id: Slug
    """How commitments refer to it."""
    title: Text
    """Printed name."""

    @property
    def handle(self) -> str:
        """What translations call it."""
        return self.id


class Area(Named):
    """A place or kind of place where commitments apply."""

    noun: ClassVar[str] = "area"


class Group(Named):
    """A group at risk, or the people a commitment is for."""

    noun: ClassVar[str] = "group"


class Principle(Record):
    """A guiding principle of a plan or a procedure."""

    noun: ClassVar[str] = "principle"

    id: Slug
    """How steps refer to it."""
    title: Text
    """Its name."""
    text: Text
    """What it asks for."""

    @property
    def handle(self) -> str:
        """What translations call it."""
        return self.id


class Source(Record):
    """Where a text was published, when it is not the plan itself."""

    noun: ClassVar[str] = "source"

    title: Text
    """Title of the publication."""
    on: Date | None = None
    """Date of the publication."""
    url: Link | None = None
    """Its address."""
    quote: Text | None = None
    """Other wording that an official source gives for the same words."""


def _deadline(value: Any) -> Any:
    """Lets `due: 2026-12` stand for `due: {date: 2026-12}`."""
    return value if isinstance(value, dict | Deadline) else {"date": value}


class Deadline(Record):
    """A deadline as a date and, where the plan's own words matter, as printed."""

    noun: ClassVar[str] = "deadline"

    date: Date
    """The last moment that keeps the promise."""
    printed: Text | None = None
    """The words of the official document, such as `Fin 2026`."""


def predecessor(value: Any) -> Any:
    """Lets `supersedes: XX-PAN-2020` stand for `supersedes: {id: XX-PAN-2020}`."""
    return value if isinstance(value, dict | Predecessor) else {"id": value}


class Predecessor(Record):
    """The document that came before."""

    noun: ClassVar[str] = "predecessor"

    id: DocumentId | None = None
    """Its id, where it has one."""
    title: Text | None = None
    """Its title."""
    on: Date | None = None
    """Its date."""


class Statement(Record):
    """What a later publication says of a pillar as a whole."""

    noun: ClassVar[str] = "statement"

    text: Text
    """Its words."""
    source: Source
    """Where they were published."""


class BudgetLine(Record):
    """An amount of money for a commitment."""

    noun: ClassVar[str] = "budget line"

    amount: Number
    """How much, in whole units of the currency."""
    currency: Currency
    """ISO 4217 code."""
    source: BodyId | None = None
    """Who pays."""
    state: BudgetState
    """Whether the money is there."""
    year: Year | None = None
    """Budget year."""
    printed: Text | None = None
    """The words of the official document, such as `almost $87 million`."""
    note: Text | None = None
    """What the amount covers."""


class Reading(Record):
    """The value of an indicator in a year."""

    noun: ClassVar[str] = "value"

    value: Number
    """The figure."""
    year: Year | None = None
    """The year it holds for."""
    note: Text | None = None
    """How it was obtained."""


class Indicator(Record):
    """How one sees that a commitment is kept."""

    noun: ClassVar[str] = "indicator"
    cited: ClassVar[bool] = True

    id: PrintedId
    """Printed id, or the commitment's id with a letter."""
    text: Text
    """What is measured."""
    unit: Text | None = None
    """Unit of the values."""
    baseline: Reading | None = None
    """Value at the start."""
    target: Annotated[tuple[Reading, ...], OneOrMore] = ()
    """Value to reach; one, or one per year."""
    verification: Text | None = None
    """Means of verification."""
    source: Text | None = None
    """Where the figures come from."""
    responsible: BodyId | None = None
    """Who collects them."""

    @property
    def handle(self) -> str:
        """What addresses and translations call it."""
        return self.id


class Commitment(Record):
    """One promise of the plan. Its words are kept to the letter."""

    noun: ClassVar[str] = "commitment"
    cited: ClassVar[bool] = True

    id: PrintedId | None = None
    """Id exactly as printed. Leave it out where the official document prints none, and give a `key`."""
    key: Slug | None = None
    """Handle for addresses where no id is printed; never shown as if it were official."""
    title: Text | None = None
    """Short title, where the plan prints one."""
    text: Text
    """The commitment, word for word as adopted."""
    lead: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Who is responsible; a list where several lead together."""
    with_: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Who takes part."""
    with_others: Text | None = None
    """Who else takes part, in the plan's words, where it names no organisation."""
    start: Date | None = None
    """When work begins."""
    due: Annotated[tuple[Annotated[Deadline, BeforeValidator(_deadline)], ...], OneOrMore] = ()
    """Deadline: a date, a date with the printed words, or a list of them."""
    area: Annotated[tuple[Annotated[Slug, Refers("area")], ...], OneOrMore] = ()
    """Where: ids of the plan's `areas`."""
    groups: Annotated[tuple[Annotated[Slug, Refers("group")], ...], OneOrMore] = ()
    """For whom: ids of the plan's `groups`."""
    result: Text | None = None
    """Expected result."""
    budget: tuple[BudgetLine, ...] = ()
    """What it costs and who pays."""
    indicators: tuple[Indicator, ...] = ()
    """How it is measured."""
    basis: Annotated[tuple[Basis, ...], OneOrMore] = ()
    """Legal basis: instrument and article, such as `palermo:9.1`."""
    answers: Annotated[tuple[Text, ...], OneOrMore] = ()
    """Recommendations that it answers, quoted."""
    sdg: Annotated[tuple[SdgTarget, ...], OneOrMore] = ()
    """Targets of the Sustainable Development Goals."""
    source: Annotated[tuple[Source, ...], OneOrMore] = ()
    """Where the words were published, when not in the plan itself; a list where official sources differ."""
    partial: bool = False
    """Whether the words are a quotation of part of the commitment, the whole not being at hand."""
    note: Text | None = None
    """A remark for readers."""

    @property
    def handle(self) -> str:
        """The printed id, or the key where none is printed: its anchor, its citation, its translations."""
        return self.id or self.key or ""


class Objective(Record):
    """A heading of the plan under which commitments stand; objectives may hold objectives."""

    noun: ClassVar[str] = "objective"
    cited: ClassVar[bool] = True

    id: PrintedId | None = None
    """Id exactly as printed, where one is."""
    key: Slug | None = None
    """Handle for addresses where no id is printed."""
    title: Text
    """The objective as printed."""
    result: Text | None = None
    """Expected result."""
    intro: Text | None = None
    """Words printed under the heading."""
    objectives: tuple[Objective, ...] = ()
    """Narrower objectives."""
    commitments: tuple[Commitment, ...] = ()
    """Its commitments, in printed order."""

    @property
    def handle(self) -> str:
        """The printed id, or the key."""
        return self.id or self.key or ""


class Pillar(Record):
    """plans/<plan>/<pillar>.yml: a pillar with everything it promises."""

    noun: ClassVar[str] = "pillar"

    title: Text
    """Title as printed."""
    number: PrintedId | None = None
    """Number or letter as printed, where one is."""
    stands_for: P | None = None
    """Which of the 4P it stands for, where one fits."""
    intro: Text | None = None
    """Words printed at its head."""
    objectives: tuple[Objective, ...] = ()
    """Its objectives, in printed order."""
    commitments: tuple[Commitment, ...] = ()
    """Commitments that stand under no objective."""
    statements: tuple[Statement, ...] = ()
    """What later publications say of the pillar as a whole."""


class Total(Record):
    """A total that the plan prints, in one currency."""

    noun: ClassVar[str] = "total"

    amount: Number
    """How much, in whole units of the currency."""
    currency: Currency
    """ISO 4217 code."""
    printed: Text | None = None
    """The words of the official document."""


class StatusWord(Record):
    """A word of the plan's own for where a commitment stands, such as `Substantial`."""

    noun: ClassVar[str] = "status word"

    id: Slug
    """How reports use it."""
    title: Text
    """The word as printed."""
    means: CommitmentStatus
    """The canonical status that it stands for, so that plans can be compared."""

    @property
    def handle(self) -> str:
        """What translations call it."""
        return self.id


class Reporting(Record):
    """How often the plan promises a report on its progress."""

    noun: ClassVar[str] = "reporting rule"

    every: Span
    """Length of a reporting period, such as `6 months`."""
    within: Span
    """Time after the end of a period in which its report is due, such as `2 months`."""


class PlanHead(Record):
    """plans/<plan>/plan.yml: what the plan is, who adopted it, for what time."""

    noun: ClassVar[str] = "plan"

    id: DocumentId
    """What people cite; never reused."""
    title: Text
    """Full title."""
    short_title: Text | None = None
    """Title for menus and headers."""
    country: Country
    """ISO 3166 code; XX in a model."""
    language: Languages
    """Authentic language, or a list where several are equally authentic."""
    period: Period
    """The time that the plan covers."""
    edition: str | None = None
    """Edition, such as 1.0."""
    status: PlanStatus
    """Where it stands in its life."""
    validated: Date | None = None
    """When the validation workshop accepted it."""
    adopted: Act | None = None
    """The act that adopted it."""
    launched: Date | None = None
    """When it was presented to the public."""
    publisher: BodyId
    """Who publishes it: the author of citations."""
    supersedes: Annotated[Predecessor, BeforeValidator(predecessor)] | None = None
    """The plan before it: its id, or title and date where it has none."""
    source: Annotated[tuple[Source, ...], OneOrMore] = ()
    """Where the official text was published."""
    summary: Text | None = None
    """What it is about, in a paragraph."""
    vision: Text | None = None
    """Vision, in a sentence."""
    goal: Text | None = None
    """Overall goal, in a sentence."""
    principles: tuple[Principle, ...] = ()
    """Guiding principles."""
    budget: tuple[Total, ...] = ()
    """Totals that the plan prints, one per currency: they must be what its budget lines add up to."""
    reporting: Reporting | None = None
    """How often progress is to be reported; from it follows when a report is overdue."""
    statuses: tuple[StatusWord, ...] = ()
    """The plan's own words for where a commitment stands, where it has its own."""
    areas: tuple[Area, ...] = ()
    """Names of places that commitments refer to."""
    groups: tuple[Group, ...] = ()
    """Names of groups that commitments refer to."""
    pillars: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """File names of the pillars, without .yml, in printed order."""


class Evidence(Record):
    """What proves a progress."""

    noun: ClassVar[str] = "piece of evidence"

    title: Text
    """What it is."""
    url: Link | None = None
    """Where it can be read."""


class Assessment(Record):
    """An independent view of a commitment's progress: shown beside the report, never merged into it."""

    noun: ClassVar[str] = "assessment"

    by: BodyId
    """Who assessed."""
    on: Date | None = None
    """When."""
    status: Status
    """Where the commitment stands in their view."""
    text: Text | None = None
    """Their reasons."""
    evidence: tuple[Evidence, ...] = ()
    """What they rest on."""


class PillarReport(Record):
    """What a period's report says of a pillar as a whole."""

    noun: ClassVar[str] = "report on a pillar"

    text: Text
    """What was done."""


class Report(Record):
    """What a period's report says of one commitment."""

    noun: ClassVar[str] = "report"

    status: Status
    """Where the commitment stands: a canonical status, or one of the plan's own `statuses`."""
    text: Text | None = None
    """What was done."""
    challenges: Text | None = None
    """What stood in the way."""
    evidence: Annotated[tuple[Evidence, ...], Field(min_length=1)] = ()
    """What proves it."""
    values: dict[str, Number] = Field(default_factory=dict)
    """Values reached, by indicator."""
    assessed: Assessment | None = None
    """An independent view."""


class Progress(Record):
    """plans/<plan>/progress/<period>.yml: what was done in a period."""

    noun: ClassVar[str] = "progress report"

    period: Period
    """The time reported on."""
    published: Date
    """When the report was published."""
    by: BodyId
    """Who reports."""
    summary: Text | None = None
    """The period in a paragraph."""
    source: Source | None = None
    """Where the report was published, when not here."""
    pillars: dict[str, PillarReport] = Field(default_factory=dict)
    """What it says of pillars as a whole, by their file names."""
    announced: tuple[str, ...] = ()
    """Ids of commitments that were first announced in this period."""
    commitments: dict[str, Report] = Field(default_factory=dict)
    """What was done, by the commitment's id."""
