"""Ids: given once, and found where they are named."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fourpress.model.amendment import Amendment
from fourpress.model.plan import Commitment, Indicator, Objective
from fourpress.model.record import AUDIENCES, Audience, Record, children, references, walk
from fourpress.model.sop import END, Measure, Step
from fourpress.problem import Place, Problem, did_you_mean

if TYPE_CHECKING:
    from fourpress.library import Library, Sop


def check_unique_id(library: Library) -> Iterator[Problem]:
    """An id is given once.

    Bad: two commitments `1.2.1`. Good: each its own number.
    """

    def twice(named: Iterable[tuple[str, Place]]) -> Iterator[Problem]:
        first: dict[str, Place] = {}
        for name, place in named:
            if name in first:
                there = first[name]
                yield Problem(
                    place, f"id {name!r} is used twice, first at {there}; give one of them another id", "unique-id"
                )
            else:
                first[name] = place

    yield from twice((document.head.id, document.head.place_of("id")) for document in library.documents)
    shared = library.shared
    yield from twice((body.id, body.place_of("id")) for body in shared.body_file.bodies)
    yield from twice((text.id, text.place_of("id")) for text in shared.instrument_file.instruments)
    for plan in library.plans:
        yield from twice((area.id, area.place_of("id")) for area in plan.head.areas)
        yield from twice((group.id, group.place_of("id")) for group in plan.head.groups)
        yield from twice((word.id, word.place_of("id")) for word in plan.head.statuses)
        cited = (record for pillar in plan.pillars for record in walk(pillar))
        yield from twice(_handles(cited, (Objective, Commitment, Indicator)))
    for sop in library.sops:
        yield from twice((role.id, role.place_of("id")) for role in sop.head.roles)
        yield from twice((principle.id, principle.place_of("id")) for principle in sop.head.principles)
        yield from twice(
            _handles((record for chapter in sop.chapters for record in walk(chapter.head)), (Measure, Step))
        )


def _handles(records: Iterable[Record], kinds: tuple[type[Record], ...]) -> Iterator[tuple[str, Place]]:
    for record in records:
        handle = getattr(record, "handle", "")
        if isinstance(record, kinds) and handle:
            yield handle, record.place_of("id" if getattr(record, "id", None) else "key")


def check_printed_or_key(library: Library) -> Iterator[Problem]:
    """A commitment has its printed id, or a key where none is printed; never both.

    Bad: a commitment with neither. Good: `id: "1.1.1"`, or `key: train-inspectors`.
    """
    for plan in library.plans:
        for placed in plan.commitments:
            commitment = placed.commitment
            if not commitment.handle and not (commitment.wrote("id") or commitment.wrote("key")):
                remedy = "give `id` as printed, or `key` where none is printed"
                yield Problem(commitment.place, f"the commitment has no id; {remedy}", "printed-or-key")
            elif commitment.id and commitment.key:
                message = "'key' beside a printed id says the same thing twice; remove the key"
                yield Problem(commitment.place_of("key"), message, "printed-or-key")


def _uses(records: Iterable[Record], kind: str) -> Iterator[tuple[str, Place]]:
    """Every id of a kind that the records name, with its place."""
    for root in records:
        for record in walk(root):
            yield from ((name, place) for refers_to, name, place in named_by(record) if refers_to == kind)


def _unknown(
    uses: Iterable[tuple[str, Place]], known: Container[str], names: Iterable[str], noun: str, where: str, rule: str
) -> Iterator[Problem]:
    names = list(names)
    for name, place in uses:
        if name not in known:
            remedy = did_you_mean(name, names)
            if "did you mean" not in remedy:
                remedy = f"; add it to {where} or correct it"
            yield Problem(place, f"there is no {noun} {name!r}{remedy}", rule)


def check_unknown_body(library: Library) -> Iterator[Problem]:
    """Organisations are those of plans/bodies.yml.

    Bad: `lead: social-afairs`. Good: `lead: social-affairs`, written in plans/bodies.yml.
    """
    known = library.shared.known_bodies
    if known is None:
        return
    for document in (library.shared, *library.documents):
        uses = _uses(document.records(), "body")
        yield from _unknown(uses, known, known, "organisation", "plans/bodies.yml", "unknown-body")


def check_unknown_instrument(library: Library) -> Iterator[Problem]:
    """Laws and treaties are those of plans/instruments.yml.

    Bad: `basis: palerme:6`. Good: `basis: palermo:6`.
    """
    known = library.shared.known_instruments
    if known is None:
        return
    for document in library.documents:
        uses = ((name.split(":")[0], place) for name, place in _uses(document.records(), "instrument"))
        yield from _unknown(uses, known, known, "instrument", "plans/instruments.yml", "unknown-instrument")


def check_unknown_area(library: Library) -> Iterator[Problem]:
    """Places are the `areas` of plan.yml.

    Bad: `area: nord`. Good: `area: north`, with `{id: north, title: Nord}` in plan.yml.
    """
    for plan in library.plans:
        yield from _unknown(
            _uses(plan.records(), "area"), plan.known, plan.areas, "area", "`areas` of plan.yml", "unknown-area"
        )


def check_unknown_group(library: Library) -> Iterator[Problem]:
    """Groups are the `groups` of plan.yml.

    Bad: `groups: [child]`. Good: `groups: [children]`, with its title in plan.yml.
    """
    for plan in library.plans:
        uses = _uses(plan.records(), "group")
        yield from _unknown(uses, plan.known, plan.groups, "group", "`groups` of plan.yml", "unknown-group")


def check_unknown_role(library: Library) -> Iterator[Problem]:
    """Roles are the `roles` of sop.yml.

    Bad: `by: policeman`. Good: `by: police-officer`.
    """
    for sop in library.sops:
        yield from _unknown(
            _uses(sop.records(), "role"), sop.known, sop.roles, "role", "`roles` of sop.yml", "unknown-role"
        )


def check_unknown_principle(library: Library) -> Iterator[Problem]:
    """Principles are those of sop.yml.

    Bad: `principles: [consentment]`. Good: `principles: [consent]`.
    """
    for sop in library.sops:
        names = {principle.id for principle in sop.head.principles}
        uses = _uses(sop.records(), "principle")
        yield from _unknown(uses, sop.known, names, "principle", "`principles` of sop.yml", "unknown-principle")


def check_unknown_status(library: Library) -> Iterator[Problem]:
    """A status is a canonical one or one of the plan's own `statuses`.

    Bad: `status: substantial` in a plan without such a word. Good: `status: in-progress`.
    """
    for plan in library.plans:
        uses = _uses(plan.records(), "status")
        yield from _unknown(uses, plan.statuses, plan.statuses, "status", "`statuses` of plan.yml", "unknown-status")


def check_unknown_step(library: Library) -> Iterator[Problem]:
    """A way on leads to a step, a measure or `end`.

    Bad: `go: 2.1.9` where there is no such step. Good: `go: 2.1.4`, or `go: end`.
    """
    for sop in library.sops:
        if not sop.complete:
            continue  # a chapter is missing: said by missing-file
        known = targets(sop)
        uses = _uses(sop.records(), "step")
        yield from _unknown(uses, known | sop.known, known, "step or measure", "the chapter", "unknown-step")


def targets(sop: Sop) -> frozenset[str]:
    """Everything that a branch may lead to."""
    return frozenset((*sop.steps, *sop.measures, END))


def check_same_folder(library: Library) -> Iterator[Problem]:
    """A plan and a procedure have folders of different names: PDFs and data files are named after them.

    Bad: plans/tip and sops/tip. Good: plans/pan-2025 and sops/tip.
    """
    plans = {plan.slug for plan in library.plans}
    for document in library.documents:
        room = document.path.split("/")[0]
        base = next((slug for slug in plans for part in TABLES if document.slug == f"{slug}-{part}"), None)
        other = (
            f"plans/{document.slug}" if room == "sops" and document.slug in plans else f"plans/{base}" if base else None
        )
        if other:
            message = f"files of {room}/{document.slug} would be named like those of {other}; rename one of the folders"
            yield Problem(document.head.place_of("id"), message, "same-folder")


TABLES = ("indicators", "budget", "progress")
"""Tables of a plan beside `<plan>.csv`."""


def check_names_withheld(library: Library) -> Iterator[Problem]:
    """Nothing names what its readers may not know.

    Bad: a public commitment with `lead: shelter-network`, a body with `audience: professional`. Good: the same audience for
    both, or a public body in its place.
    """
    shared = library.shared
    common: dict[str, Mapping[str, Record]] = {"body": shared.bodies, "instrument": shared.instruments}
    own: list[tuple[Iterable[Record], Audience, dict[str, Mapping[str, Record]]]] = [(shared.records(), "public", {})]
    own += [
        (plan.records(), plan.head.audience or "public", {"area": plan.areas, "group": plan.groups})
        for plan in library.plans
    ]
    for sop in library.sops:
        principles = {one.id: one for one in sop.head.principles}
        own.append((sop.records(), sop.head.audience or "public", {"role": sop.roles, "principle": principles}))
    for records, above, vocabulary in own:
        targets = {**common, **vocabulary}
        for root in records:
            for record, level in with_levels(root, above):
                for kind, name, place in named_by(record):
                    known = name.split(":")[0]  # of `palermo:6.1`, the instrument
                    target = targets.get(kind, {}).get(known)
                    own_level = (target.audience or "public") if target else "public"
                    if AUDIENCES.index(own_level) > AUDIENCES.index(level):
                        fact = f"a {level} {record.noun} names {known!r}, which only {own_level} readers may know"
                        message = f"{fact}; give both the same audience"
                        yield Problem(place, message, "names-withheld")


def with_levels(record: Record, above: Audience) -> Iterator[tuple[Record, Audience]]:
    """The record and all below it, each with its audience: its own, or that of what holds it, whichever is narrower."""
    level: Audience = max(above, record.audience or "public", key=AUDIENCES.index)
    yield record, level
    for _, _, child in children(record):
        yield from with_levels(child, level)


def named_by(record: Record) -> Iterator[tuple[str, str, Place]]:
    """Every id that a record itself names: what kind of thing it is, the id, where it stands."""
    for field, kind in references(type(record)).items():
        value = getattr(record, field)
        spelled = field.rstrip("_")
        if isinstance(value, tuple):
            for index, item in enumerate(value):
                yield kind, item, record.place_of(spelled, index)
        elif value is not None:
            yield kind, value, record.place_of(spelled)


def check_audience_of_part(library: Library) -> Iterator[Problem]:
    """A part that its record cannot do without has no audience of its own.

    Bad: `period: {from: 2025, to: 2028, audience: restricted}`. Good: the audience on the plan itself.
    """
    for document in (library.shared, *library.documents):
        for root in document.records():
            for record in walk(root):
                if isinstance(record, Amendment) and record.audience is not None:
                    message = "an amendment is as public as its plan; give `audience` to what it adds"
                    yield Problem(record.place_of("audience"), message, "audience-of-part")
                for name, key, child in children(record):
                    if key is None and child.audience is not None and type(record).model_fields[name].is_required():
                        spelled = name.rstrip("_")
                        message = f"{spelled!r} cannot be withheld alone; give `audience` to the {record.noun} itself"
                        yield Problem(child.place_of("audience"), message, "audience-of-part")
