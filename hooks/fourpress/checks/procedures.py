"""Rules of procedures: document control, and steps that can be followed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from fourpress.checks.references import with_levels
from fourpress.model.record import AUDIENCES, Audience
from fourpress.model.sop import END, Measure, Step
from fourpress.problem import Problem

if TYPE_CHECKING:
    from fourpress.library import Library, Sop


def check_control_order(library: Library) -> Iterator[Problem]:
    """A procedure is prepared, reviewed, approved, in force and reviewed again, in this order.

    Bad: `approved: {on: 2025-03-01}` and `prepared: {on: 2025-06-01}`. Good: each date after the one before.
    """
    for sop in library.sops:
        head = sop.head
        dates = [
            (name, act.on, act.place_of("on"))
            for name, act in (("prepared", head.prepared), ("reviewed", head.reviewed), ("approved", head.approved))
            if act
        ]
        dates += [
            (name, date, head.place_of(name))
            for name, date in (("effective", head.effective), ("review", head.review))
            if date
        ]
        for (before, earlier, _), (after, later, place) in pairwise(dates):
            if later.last < earlier.first:
                message = f"{after} {later} is before {before}, {earlier}; correct one of them"
                yield Problem(place, message, "control-order")


def check_critical_within(library: Library) -> Iterator[Problem]:
    """A critical step has a time limit.

    Bad: `critical: true` alone. Good: `within: immediately` beside it.
    """
    for sop in library.sops:
        for _chapter, _measure, step in sop.steps.values():
            if step.critical and not step.wrote("within"):
                message = f"step {step.id} is critical and has no time limit; add `within`, such as immediately or 24 h"
                yield Problem(step.place_of_key("critical"), message, "critical-within")


def check_branch_to_withheld(library: Library) -> Iterator[Problem]:
    """Nobody is led to a step that he may not read.

    Bad: a public step with `go: 3.2.4`, which has `audience: restricted`. Good: a public step that says whom to call.
    """
    for sop in library.sops:
        levels = _levels(sop)
        for _chapter, _measure, step in sop.steps.values():
            own = levels[step.id]
            ways: list[tuple[tuple[str | int, ...], str]] = [
                (("branches", index, "go"), branch.go) for index, branch in enumerate(step.branches)
            ]
            if step.if_not_possible and step.if_not_possible.go:
                ways.append((("if_not_possible", "go"), step.if_not_possible.go))
            if step.next_:
                ways.append((("next",), step.next_))
            for path, target in ways:
                there = levels.get(target, "public")
                if target != END and AUDIENCES.index(there) > AUDIENCES.index(own):
                    message = (
                        f"{own} step {step.id} leads to {target}, which only {there} readers have; lead it elsewhere"
                    )
                    yield Problem(step.place_of(*path), message, "branch-to-withheld")


def _levels(sop: Sop) -> dict[str, Audience]:
    """The audience of every measure and step."""
    above: Audience = sop.head.audience or "public"
    return {
        record.id: level
        for chapter in sop.chapters
        for record, level in with_levels(chapter.head, above)
        if isinstance(record, Measure | Step)
    }
