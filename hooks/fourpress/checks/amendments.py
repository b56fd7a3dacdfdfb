"""Rules of amendments: what was adopted stays as it was, and an id means one promise for ever."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fourpress.adoption import fingerprint, named
from fourpress.problem import Problem

if TYPE_CHECKING:
    from fourpress.library import Library


def check_adopted_text(library: Library) -> Iterator[Problem]:
    """The adopted files stay as they were adopted; what an act changes is an amendment.

    Bad: another deadline in protection.yml after adopted.yml was written. Good: amendments/2026-03-01.yml that replaces it.
    """
    for plan in library.plans:
        if plan.record is None:
            continue
        found = {name: (record, under) for name, record, under in named(plan.adopted)}
        for name, (record, under) in found.items():
            adopted = plan.record.texts.get(name)
            if adopted is None:
                message = f"{name!r} was not in the text adopted on {plan.record.on}; add it by an amendment"
                yield Problem(record.place, message, "adopted-text")
            elif fingerprint(record, under) != adopted:
                message = (
                    f"{name!r} is not as it was adopted on {plan.record.on}; undo the change and write an amendment"
                )
                yield Problem(record.place, message, "adopted-text")
        for name in plan.record.texts:
            if name not in found and name.removeprefix("objective ") not in plan.known:
                message = f"{name!r} of the text adopted on {plan.record.on} is gone; put it back and withdraw it by an amendment"
                yield Problem(plan.record.place_of("texts", name), message, "adopted-text")


def check_amended_before_adoption(library: Library) -> Iterator[Problem]:
    """An amendment applies after the plan was adopted.

    Bad: `on: 2024-01-01` in a plan adopted on 2024-11-28. Good: a later date.
    """
    for plan in library.plans:
        adopted = plan.head.adopted
        for amendment in plan.amendments:
            if adopted and amendment.on.last < adopted.on.first:
                message = f"the amendment applies on {amendment.on}, before the plan was adopted, {adopted.on}; correct the date"
                yield Problem(amendment.place_of("on"), message, "amended-before-adoption")
