"""The text of a plan in force on a day: what was adopted, with every amendment until then replayed over it.

The adopted files never change. An amendment says what an act changed; replaying them in the order of their dates gives the
text in force, the history of every commitment, and what became of the ids that no longer stand. Inside one amendment the
order is: what is added, replaced, renumbered, merged, split, withdrawn.
"""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from fourpress import reader
from fourpress.model import Commitment, Objective, Pillar
from fourpress.model.amendment import Addition, Amendment, Division, Merger, Renumbering, Replacement
from fourpress.model.record import AUDIENCES, Record, give_addresses, replaced
from fourpress.problem import Place, Problem, did_you_mean

Kind = Literal["added", "replaced", "renumbered", "merged", "split", "withdrawn"]
ALIKE = 0.6
"""Share of the words that a new wording must keep to count as the same promise without the author saying so."""


@dataclass(frozen=True)
class Event:
    """One change in the life of a commitment.

    `before` and `after` are the commitment around a replacement or renumbering; `others` the ids that it came from or
    went into.
    """

    kind: Kind
    amendment: Amendment
    fields: tuple[str, ...] = ()
    before: Commitment | None = None
    after: Commitment | None = None
    others: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ended:
    """An id that no longer stands: the commitment as it last was, how it ended, and what took its place."""

    commitment: Commitment
    kind: Kind
    amendment: Amendment
    replaced_by: tuple[str, ...]
    under: str
    """The objective or pillar under which it stood."""


@dataclass(frozen=True)
class State:
    """A plan's text on a day."""

    pillars: tuple[Pillar, ...]
    history: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    """Changes of each commitment, by its id of today, oldest first."""
    ended: Mapping[str, Ended] = field(default_factory=dict)
    """Ids that no longer stand."""
    problems: tuple[Problem, ...] = ()

    def present_id(self, handle: str) -> str:
        """The id that a commitment has now: what was reported under an id before a renumbering goes on to count."""
        while (ended := self.ended.get(handle)) and ended.kind == "renumbered":
            (handle,) = ended.replaced_by
        return handle


def replay(pillars: tuple[Pillar, ...], amendments: Iterable[Amendment], on: datetime.date | None = None) -> State:
    """The text in force on a day, all amendments applied when no day is given.

    Mistakes in amendments come back as problems; the change concerned is left out.
    """
    plan = _Plan(pillars)
    for amendment in sorted(amendments, key=lambda one: (one.on.first, one.place)):
        if on is None or amendment.on.first <= on:
            plan.apply(amendment)
    for pillar in plan.pillars:
        give_addresses(pillar, pillar.address)
    history = {handle: tuple(events) for handle, events in plan.history.items()}
    return State(tuple(plan.pillars), history, dict(plan.ended), tuple(plan.problems))


class _Plan:
    """The plan while amendments are applied to it: the only mutable thing here, and it never leaves `replay`."""

    def __init__(self, pillars: tuple[Pillar, ...]) -> None:
        self.pillars = list(pillars)
        self.history: dict[str, list[Event]] = {}
        self.ended: dict[str, Ended] = {}
        self.problems: list[Problem] = []
        self.taken: dict[str, Place] = {
            commitment.handle: commitment.place for pillar in pillars for _, commitment in _all(pillar)
        }

    def apply(self, amendment: Amendment) -> None:
        for addition in amendment.add:
            commitment = _as_withheld(addition)
            if self.free(commitment.handle, commitment.place_of("id" if commitment.id else "key")):
                self.add(
                    addition.under, addition.after, commitment, addition.place_of("under"), addition.place_of("after")
                )
                self.note(commitment.handle, Event("added", amendment, after=commitment))
        for change in amendment.replace:
            self.replace(change, amendment)
        for renumbering in amendment.renumber:
            self.renumber(renumbering, amendment)
        for merger in amendment.merge:
            self.merge(merger, amendment)
        for division in amendment.split:
            self.split(division, amendment)
        for withdrawal in amendment.withdraw:
            known = [
                self.standing(name, withdrawal.place_of("replaced_by", index))
                for index, name in enumerate(withdrawal.replaced_by)
            ]
            if all(known):
                place = withdrawal.place_of("commitment")
                self.end(withdrawal.commitment, "withdrawn", amendment, withdrawal.replaced_by, place)

    def renumber(self, change: Renumbering, amendment: Amendment) -> None:
        old, new = change.commitment, change.to
        before = self.standing(old, change.place_of("commitment"))
        if before is None or not self.free(new, change.place_of("to")):
            return
        under = self.under(old)
        after = replaced(before, id=new, key=None)
        self.put(old, after)
        self.history[new] = self.history.pop(old, [])
        self.note(new, Event("renumbered", amendment, before=before, after=after, others=(old,)))
        self.ended[old] = Ended(before, "renumbered", amendment, (new,), under)

    def merge(self, change: Merger, amendment: Amendment) -> None:
        if self.standing(change.into, change.place_of("into")) is None:
            return
        gone = tuple(name for name in change.commitments if name != change.into)
        for index, name in enumerate(change.commitments):
            if name in gone:
                self.end(name, "merged", amendment, (change.into,), change.place_of("commitments", index))
        self.note(change.into, Event("merged", amendment, others=gone))

    def split(self, change: Division, amendment: Amendment) -> None:
        standing = [self.standing(name, change.place_of("into", index)) for index, name in enumerate(change.into)]
        if all(standing):
            for name in change.into:
                self.note(name, Event("split", amendment, others=(change.commitment,)))
            self.end(change.commitment, "split", amendment, change.into, change.place_of("commitment"))

    def say(self, place: Place, message: str, rule: str) -> None:
        self.problems.append(Problem(place, message, rule))

    def note(self, handle: str, event: Event) -> None:
        self.history.setdefault(handle, []).append(event)

    def standing(self, handle: str, place: Place) -> Commitment | None:
        """The commitment as it stands now; None, with a problem, where there is none."""
        names = {}
        for pillar in self.pillars:
            for _, commitment in _all(pillar):
                if commitment.handle == handle:
                    return commitment
                names[commitment.handle] = commitment
        if handle in self.ended:
            message = f"commitment {handle!r} no longer stands since {self.ended[handle].amendment.on}; amend what replaced it"
        else:
            remedy = did_you_mean(handle, names)
            remedy = remedy if "did you mean" in remedy else "; write its id as in the pillar's file"
            message = f"the plan has no commitment {handle!r}{remedy}"
        self.say(place, message, "amend-unknown")
        return None

    def free(self, handle: str, place: Place) -> bool:
        """Whether an id was never used; ids are for ever, so that a citation never means another promise."""
        if handle not in self.taken:
            self.taken[handle] = place
            return True
        self.say(
            place, f"id {handle!r} was used at {self.taken[handle]}; ids are never reused, give a new one", "id-reused"
        )
        return False

    def replace(self, change: Replacement, amendment: Amendment) -> None:
        before = self.standing(change.commitment, change.place_of("commitment"))
        if before is None:
            return
        for name in ("id", "key"):
            if name in change.fields:
                message = f"{name!r} cannot be replaced; use `renumber`, so that the old one goes on to resolve"
                self.say(change.place_of("fields", name), message, "amend-id")
                return
        node = reader.Mapping(before.place)
        for source in (before._node, change._node["fields"]):
            node.update(source)
            node.keys_at.update(source.keys_at)
        problems: list[Problem] = []
        after = reader.validated(node, Commitment, problems)
        self.problems.extend(problems)
        if after is None:
            return
        after = replaced(after, id=before.id, key=before.key)  # what was written before a renumbering has the old id
        if "text" in change.fields and not self.same_promise(before, after, change):
            return
        self.put(change.commitment, after)
        fields = tuple(change.fields)
        self.note(after.handle, Event("replaced", amendment, fields=fields, before=before, after=after))

    def same_promise(self, before: Commitment, after: Commitment, change: Replacement) -> bool:
        """Whether an id keeps its promise: its words stay alike, and are not those of another commitment."""
        place = change.place_of("fields", "text")
        own = likeness(before, after)
        for pillar in self.pillars:
            for _, other in _all(pillar):
                if other.handle != before.handle and likeness(other, after) > max(own, ALIKE):
                    message = f"these are the words of commitment {other.handle!r}, not of {before.handle!r}; withdraw and add"
                    self.say(place, message, "other-promise")
                    return False
        if own < ALIKE and not change.same_promise:
            message = (
                f"this is another promise than {before.handle!r} was; withdraw and add, or say `same_promise: true` "
                "if only the wording changes"
            )
            self.say(place, message, "other-promise")
            return False
        return True

    def end(self, handle: str, kind: Kind, amendment: Amendment, into: tuple[str, ...], place: Place) -> None:
        commitment = self.standing(handle, place)
        if commitment is None:
            return
        self.ended[handle] = Ended(commitment, kind, amendment, into, self.under(handle))
        self.note(handle, Event(kind, amendment, before=commitment, others=into))
        self.rebuild(lambda _under, rows: tuple(row for row in rows if row.handle != handle))

    def put(self, handle: str, commitment: Commitment) -> None:
        self.rebuild(lambda _under, rows: tuple(commitment if row.handle == handle else row for row in rows))

    def add(self, under: str, after: str | None, commitment: Commitment, place: Place, after_place: Place) -> None:
        found: list[tuple[Commitment, ...]] = []

        def insert(name: str, rows: tuple[Commitment, ...]) -> tuple[Commitment, ...]:
            if name != under:
                return rows
            found.append(rows)
            handles = [row.handle for row in rows]
            at = handles.index(after) + 1 if after in handles else len(rows)
            return (*rows[:at], commitment, *rows[at:])

        self.rebuild(insert)
        if not found:
            self.say(
                place,
                f"the plan has no objective or pillar {under!r}; write its id or the pillar's file name",
                "amend-place",
            )
        elif after is not None and after not in {row.handle for row in found[0]}:
            self.say(
                after_place, f"commitment {after!r} does not stand under {under!r}; name one that does", "amend-place"
            )

    def under(self, handle: str) -> str:
        """The objective or pillar under which a commitment stands."""
        return next((name for pillar in self.pillars for name, row in _all(pillar) if row.handle == handle), "")

    def rebuild(self, change: Callable[[str, tuple[Commitment, ...]], tuple[Commitment, ...]]) -> None:
        """Give every list of commitments, with the name of what holds it, through `change`."""

        def objective(record: Objective) -> Objective:
            inner = tuple(objective(child) for child in record.objectives)
            rows = change(record.handle or record.address, record.commitments)
            return replaced(record, objectives=inner, commitments=rows)

        self.pillars = [
            replaced(
                pillar,
                objectives=tuple(objective(child) for child in pillar.objectives),
                commitments=change(pillar.address, pillar.commitments),
            )
            for pillar in self.pillars
        ]


def _all(pillar: Pillar) -> Iterator[tuple[str, Commitment]]:
    """Every commitment of a pillar with the name of what holds it."""

    def below(record: Objective) -> Iterator[tuple[str, Commitment]]:
        name = record.handle or record.address
        yield from ((name, commitment) for commitment in record.commitments)
        for child in record.objectives:
            yield from below(child)

    for record in pillar.objectives:
        yield from below(record)
    yield from ((pillar.address, commitment) for commitment in pillar.commitments)


def _as_withheld(addition: Addition) -> Commitment:
    """The commitment that is added, for no wider audience than the addition."""
    commitment = addition.commitment
    levels = [record.audience for record in (addition, commitment) if record.audience]
    return replaced(commitment, audience=max(levels, key=AUDIENCES.index)) if levels else commitment


def likeness(one: Commitment, other: Commitment) -> float:
    """How many of their words two commitments share, in order: 0 to 1 (Ratcliff and Obershelp)."""
    left, right = (str(record.text).casefold().split() for record in (one, other))
    return difflib.SequenceMatcher(a=left, b=right, autojunk=False).ratio()


def visible_state(
    state: State, visible: Callable[[Record], bool], pillars: tuple[Pillar, ...], amendments: tuple[Amendment, ...]
) -> State:
    """The state as an audience may read it: `pillars` and `amendments` are the filtered ones.

    What else names a withheld commitment goes.
    """
    acts = {amendment.address: amendment for amendment in amendments}
    shown = {commitment.handle for pillar in pillars for _, commitment in _all(pillar)}
    ended = {
        handle: replace(one, amendment=acts[one.amendment.address])
        for handle, one in state.ended.items()
        if visible(one.commitment)
    }
    known = shown | set(ended)
    history = {
        handle: tuple(replace(event, amendment=acts[event.amendment.address]) for event in events)
        for handle, events in state.history.items()
        if handle in known
    }
    return replace(state, pillars=pillars, history=history, ended=ended)
