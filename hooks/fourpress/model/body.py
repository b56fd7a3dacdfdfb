"""Organisations and legal instruments: shared by plans and procedures, so that one name is written once."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from fourpress.model.record import Record
from fourpress.model.values import BodyId, Date, LanguageCode, Link, OneOrMore, Slug, Text

Languages = Annotated[tuple[LanguageCode, ...], OneOrMore]
"""The authentic language of a document, or a list where several are equally authentic (English and French in Cameroon)."""


class Body(Record):
    """An organisation that leads, supports, signs, funds or is informed."""

    noun: ClassVar[str] = "body"

    id: Slug
    """How other files name it: small letters, digits, hyphens."""
    name: Text
    """Official name."""
    acronym: Text | None = None
    """Acronym, where people use one."""
    kind: Literal[
        "coordination",
        "ministry",
        "agency",
        "police",
        "justice",
        "civil-society",
        "international",
        "donor",
        "media",
        "private",
        "community",
        "government",
        "advisory",
        "programme",
    ]
    """What kind of organisation it is."""
    parent: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """The body that it belongs to, or a list."""
    chair: Annotated[tuple[BodyId, ...], OneOrMore] = ()
    """Who chairs it, where it is a commission or task force."""
    mandate: Text | None = None
    """What it does against trafficking, in a sentence."""
    from_: Date | None = None
    """When it began to exist."""
    until: Date | None = None
    """When it ceased to exist or changed its name."""
    successor: BodyId | None = None
    """The body that took over."""
    url: Link | None = None
    """Its public website."""

    @property
    def handle(self) -> str:
        """What addresses and translations call it."""
        return self.id


class Bodies(Record):
    """plans/bodies.yml: the organisations."""

    noun: ClassVar[str] = "file of bodies"

    language: Languages
    """Language in which names are written here."""
    bodies: tuple[Body, ...]
    """The organisations, in the order in which lists show them."""


class Instrument(Record):
    """A law, treaty or guidance that commitments and steps rest on."""

    noun: ClassVar[str] = "instrument"

    id: Slug
    """How `basis` names it."""
    title: Text
    """Full official title."""
    short: Text | None = None
    """Usual short title."""
    kind: Literal["treaty", "law", "decree", "principles", "guidance"]
    """What kind of text it is."""
    date: Date | None = None
    """Date of adoption."""
    url: Link | None = None
    """Official address."""

    @property
    def handle(self) -> str:
        """What translations call it."""
        return self.id


class Instruments(Record):
    """plans/instruments.yml: laws, treaties and guidance."""

    noun: ClassVar[str] = "file of instruments"

    language: Languages
    """Language in which titles are written here."""
    instruments: tuple[Instrument, ...]
    """The instruments, in the order in which lists show them."""
