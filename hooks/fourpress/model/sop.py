"""A standard operating procedure: its document control, its roles, and chapters of measures made of numbered steps."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field

from fourpress.model.body import Languages
from fourpress.model.plan import Act, Predecessor, Principle, predecessor
from fourpress.model.record import Record, Refers
from fourpress.model.values import Basis, BodyId, Country, Date, DocumentId, OneOrMore, PrintedId, Slug, Span, Text

People = Literal["adult", "child", "foreign-national", "presumed", "identified"]
"""Whom a measure or step is for."""
Exploitation = Literal[
    "forced-labour",
    "sexual",
    "begging",
    "forced-marriage",
    "domestic-servitude",
    "organ-removal",
    "armed-groups",
    "forced-criminality",
]
"""Forms of exploitation (Palermo Protocol, art. 3 a, and those of the region)."""
Service = Literal[
    "shelter",
    "medical",
    "psychosocial",
    "legal",
    "police",
    "interpretation",
    "hotline",
    "return",
    "livelihood",
    "education",
]
"""Services that a victim may need."""
SopStatus = Literal["draft", "validated", "in-force", "superseded"]
RoleId = Annotated[Slug, Refers("role")]
Target = Annotated[str, Refers("step")]
"""A step's id, a measure's id (its first step) or `end`."""

END = "end"


class Branch(Record):
    """A way on that depends on what is found."""

    noun: ClassVar[str] = "branch"

    when: Text
    """The case in which this way is taken."""
    go: Target
    """Where it leads: a step, a measure, or `end`."""
    text: Text | None = None
    """What to know on the way."""


class Otherwise(Record):
    """What to do when a step cannot be done."""

    noun: ClassVar[str] = "way out"

    text: Text
    """What to do instead."""
    go: Target | None = None
    """Where to go on; without it, with the next step."""


class Step(Record):
    """One thing to do, by somebody, within a time."""

    noun: ClassVar[str] = "step"
    cited: ClassVar[bool] = True

    id: PrintedId
    """Number exactly as printed, the same in every language."""
    text: Text
    """The instruction."""
    by: Annotated[tuple[RoleId, ...], OneOrMore]
    """Who does it: roles of sop.yml."""
    with_: Annotated[tuple[RoleId, ...], OneOrMore] = ()
    """Who supports."""
    informed: Annotated[tuple[RoleId, ...], OneOrMore] = ()
    """Who must be informed."""
    within: Span | None = None
    """Time limit."""
    consent: Literal["none", "required"] | None = None
    """Whether the person's informed consent is needed before this step."""
    critical: bool = False
    """Whether missing it can cost safety."""
    branches: tuple[Branch, ...] = ()
    """Decisions."""
    if_not_possible: Otherwise | None = None
    """What to do when it cannot be done."""
    next_: Target | None = None
    """The step that follows, when it is not the next one written; `end` ends the procedure."""
    for_: Annotated[tuple[People, ...], OneOrMore] = ()
    """Whom it is for, when narrower than the measure."""
    exploitation: Annotated[tuple[Exploitation, ...], OneOrMore] = ()
    """Forms of exploitation it is for; without it, all."""
    form: Slug | None = None
    """The form to fill in."""
    service: Annotated[tuple[Service, ...], OneOrMore] = ()
    """The service needed."""
    principles: Annotated[tuple[Annotated[Slug, Refers("principle")], ...], OneOrMore] = ()
    """Principles at stake."""
    basis: Annotated[tuple[Basis, ...], OneOrMore] = ()
    """Legal basis: instrument and article."""
    note: Text | None = None
    """A short remark."""

    @property
    def handle(self) -> str:
        """The printed number: its anchor, its citation, its translations."""
        return self.id


class Measure(Record):
    """A numbered group of steps with one purpose."""

    noun: ClassVar[str] = "measure"
    cited: ClassVar[bool] = True

    id: PrintedId
    """Number exactly as printed."""
    title: Text
    """What it does."""
    purpose: Text | None = None
    """Why."""
    for_: Annotated[tuple[People, ...], OneOrMore] = ()
    """Whom it is for."""
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]
    """The steps, in order."""

    @property
    def handle(self) -> str:
        """The printed number."""
        return self.id


class ChapterHead(Record):
    """sops/<sop>/<NN-chapter>.yml: a chapter's title and its measures; the prose stands in Markdown beside it."""

    noun: ClassVar[str] = "chapter"

    title: Text
    """Title as printed."""
    purpose: Text | None = None
    """What the chapter is for."""
    measures: tuple[Measure, ...] = ()
    """Its measures, in order."""


class Role(Record):
    """Somebody who acts: a function, not an organisation or a person."""

    noun: ClassVar[str] = "role"

    id: Slug
    """How steps refer to it."""
    title: Text
    """Its name."""
    scope: Text | None = None
    """What it does."""
    limits: Text | None = None
    """What is not its task."""
    bodies: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Organisations whose staff have this role."""

    @property
    def handle(self) -> str:
        """What addresses and translations call it."""
        return self.id


class Change(Record):
    """What changed in a version."""

    noun: ClassVar[str] = "change"

    version: str
    """The version."""
    on: Date
    """Its date."""
    text: Text
    """What changed."""


class SopHead(Record):
    """sops/<sop>/sop.yml: document control, scope and roles."""

    noun: ClassVar[str] = "procedure"

    id: DocumentId
    """What people cite; never reused."""
    title: Text
    """Full title."""
    short_title: Text | None = None
    """Title for menus and headers."""
    country: Country
    """ISO 3166 code; XX in a model."""
    language: Languages
    """Authentic language, or a list."""
    version: str
    """Version, such as 1.0."""
    status: SopStatus
    """Where it stands in its life."""
    prepared: Act | None = None
    """Who prepared it, when."""
    reviewed: Act | None = None
    """Who reviewed it, when."""
    approved: Act | None = None
    """Who approved it, when, by which act."""
    effective: Date | None = None
    """From when it applies."""
    review: Date | None = None
    """When it is to be reviewed."""
    publisher: BodyId
    """Who publishes it."""
    signatories: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Organisations that signed it."""
    supersedes: Annotated[Predecessor, BeforeValidator(predecessor)] | None = None
    """The procedure before it: its id, or title and date where it has none."""
    purpose: Text | None = None
    """What it is for."""
    scope: Text | None = None
    """To whom and to what it applies."""
    basis: Annotated[tuple[Basis, ...], OneOrMore] = ()
    """What it rests on."""
    principles: tuple[Principle, ...] = ()
    """Guiding principles."""
    roles: tuple[Role, ...] = ()
    """Who acts in it."""
    changes: tuple[Change, ...] = ()
    """What changed in each version."""
    chapters: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """File names of the chapters, without ending, in order."""
