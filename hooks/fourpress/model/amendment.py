"""Amendments of an adopted plan: files beside it, each with its date, act and reason. The adopted text stays as it was."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field

from fourpress.model.plan import Act, Commitment
from fourpress.model.record import Record
from fourpress.model.values import Date, OneOrMore, PrintedId, Text


class Replacement(Record):
    """Other values in some fields of a commitment."""

    noun: ClassVar[str] = "replacement"

    commitment: PrintedId
    """The commitment, by its id or key."""
    fields: dict[str, Any]
    """The new values by key, as they would stand in the pillar's file. Lists are replaced as a whole."""
    same_promise: bool = False
    """Said by the author when the words change much and the promise does not: a correction, a clearer wording."""


class Addition(Record):
    """A commitment that the plan did not have."""

    noun: ClassVar[str] = "addition"

    under: str
    """Where it is added: the id or key of an objective, or the file name of a pillar."""
    after: PrintedId | None = None
    """The commitment that it follows; without it, it comes last."""
    commitment: Commitment
    """The commitment."""


class Withdrawal(Record):
    """A commitment that no longer holds. Its id stays taken, and goes on to resolve."""

    noun: ClassVar[str] = "withdrawal"

    commitment: PrintedId
    """The commitment, by its id or key."""
    replaced_by: Annotated[tuple[PrintedId, ...], OneOrMore] = ()
    """Commitments that take its place."""


class Merger(Record):
    """Several commitments that become one."""

    noun: ClassVar[str] = "merger"

    commitments: Annotated[tuple[PrintedId, ...], Field(min_length=2)]
    """The commitments that are merged; their ids stay taken."""
    into: PrintedId
    """The commitment that goes on: another one of the plan, or one that the same amendment adds."""


class Division(Record):
    """A commitment that becomes several."""

    noun: ClassVar[str] = "division"

    commitment: PrintedId
    """The commitment that is split; its id stays taken."""
    into: Annotated[tuple[PrintedId, ...], Field(min_length=2)]
    """The commitments that go on, added by the same amendment."""


class Renumbering(Record):
    """The same commitment under another printed id. The old one goes on to resolve."""

    noun: ClassVar[str] = "renumbering"

    commitment: PrintedId
    """The commitment's id until now."""
    to: PrintedId
    """Its id from now on: one that no commitment ever had."""


class Amendment(Record):
    """plans/<plan>/amendments/<date>.yml: what an act changed in an adopted plan."""

    noun: ClassVar[str] = "amendment"

    on: Date
    """From when it applies."""
    act: Act
    """The act, who decided it and when."""
    reason: Text
    """Why."""
    replace: tuple[Replacement, ...] = ()
    """Changed values."""
    add: tuple[Addition, ...] = ()
    """New commitments."""
    withdraw: tuple[Withdrawal, ...] = ()
    """Commitments that no longer hold."""
    merge: tuple[Merger, ...] = ()
    """Commitments that become one."""
    split: tuple[Division, ...] = ()
    """Commitments that become several."""
    renumber: tuple[Renumbering, ...] = ()
    """Commitments under another id."""


class AdoptedTexts(Record):
    """plans/<plan>/adopted.yml: fingerprints of what was adopted, written by `python -m fourpress adopt`."""

    noun: ClassVar[str] = "record of adoption"

    on: Date
    """The day of the adoption."""
    texts: dict[str, str]
    """SHA-256 of each commitment, objective and pillar head, by name."""


__all__ = [
    "Addition",
    "AdoptedTexts",
    "Amendment",
    "Division",
    "Merger",
    "Renumbering",
    "Replacement",
    "Withdrawal",
]
