"""Pages of organisations: what each one leads, supports and funds, and the steps of its roles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fourpress.library import Library, Placed, Plan, Sop
from fourpress.model import Body, Role
from fourpress.pages.page import Entry, Page
from fourpress.pages.plans import PlanSheet, is_translated
from fourpress.pages.render import Renderer
from fourpress.pages.sops import SopSheet


@dataclass(frozen=True)
class BodySheet(PlanSheet, SopSheet):
    """Organisations stand in plans and in procedures."""

    control = None  # type: ignore[assignment]  # an organisation has no document control


def promises(plan: Plan, name: str) -> list[tuple[str, list[Placed]]]:
    """What a body leads, supports and funds in a plan; empty parts are left out."""
    parts = {
        "leads": [placed for placed in plan.commitments if name in placed.commitment.lead],
        "supports": [placed for placed in plan.commitments if name in placed.commitment.with_],
        "funds": [
            placed for placed in plan.commitments if any(line.source == name for line in placed.commitment.budget)
        ],
    }
    return [(part, rows) for part, rows in parts.items() if rows]


def duties(sop: Sop, name: str) -> list[tuple[Role, list[str]]]:
    """A body's roles in a procedure, each with the numbers of the steps that it does."""
    return [
        (role, [step.id for _, _, step in sop.steps.values() if role.id in step.by])
        for role in sop.head.roles
        if name in role.bodies
    ]


def kinds(library: Library) -> list[tuple[str, list[Body]]]:
    """Bodies by kind, in the order in which the file first names each kind."""
    groups: dict[str, list[Body]] = {}
    for body in library.bodies.values():
        groups.setdefault(body.kind, []).append(body)
    return list(groups.items())


def pages(renderer: Renderer) -> Iterator[Page]:
    """The list, and a page per organisation."""
    library, language = renderer.library, renderer.language
    if not library.bodies:
        return
    translated = is_translated(library.shared, language)
    sheet = BodySheet(renderer, "bodies/", library.shared, language)
    listing = sheet.fill("bodies.md.j2", kinds=kinds(library))
    yield Page("bodies/", str(sheet.t("Organisations")), listing, language, language, library.shared.body_file.place)
    for body in library.bodies.values():
        address = f"bodies/{body.id}/"
        own = BodySheet(renderer, address, library.shared, language)
        text = own.fill(
            "body.md.j2",
            body=body,
            children=[child.id for child in library.bodies.values() if body.id in child.parent],
            plans=[(plan, promises(plan, body.id)) for plan in library.plans if promises(plan, body.id)],
            sops=[(sop, duties(sop, body.id)) for sop in library.sops if duties(sop, body.id)],
        )
        name = str(own.say(body, "acronym") or own.say(body, "name"))
        yield Page(address, name, text, language, language, body.place, translated=translated)


def entries(renderer: Renderer) -> list[Entry]:
    """The menu has the list only: organisations are reached from where they are named."""
    if not renderer.library.bodies:
        return []
    title = str(BodySheet(renderer, "bodies/", renderer.library.shared, renderer.language).t("Organisations"))
    return [Entry(title, "bodies/index.md")]
