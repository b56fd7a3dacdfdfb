"""A plan or procedure as JSON: the keys of the YAML, every text in every language in which it is authentic or current.

What is outdated or missing in a language is not there: data never passes old words off as current ones.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from fourpress.languages.voice import wording
from fourpress.library import Document, Library, Plan, Sop
from fourpress.model.record import Record
from fourpress.model.values import Date, Span, Text
from fourpress.site import Site


def plan_json(library: Library, site: Site, plan: Plan) -> bytes:
    """The data of a plan: its head, pillars, progress, the organisations that it names, and where each commitment stands."""
    anchors = {
        placed.commitment.handle: f"{site.url}plans/{plan.slug}/{placed.pillar.address}/#{placed.commitment.handle}"
        for placed in plan.commitments
    }
    return _bytes(
        {
            "$schema": "schemas/plan-data.json",
            "plan": plain(plan.head, plan, site),
            "pillars": [{"slug": pillar.address, **plain(pillar, plan, site)} for pillar in plan.pillars],
            "progress": [plain(progress, plan, site) for progress in plan.progress],
            "bodies": _bodies(library, site),
            "addresses": anchors,
        }
    )


def sop_json(library: Library, site: Site, sop: Sop) -> bytes:
    """The data of a procedure: its head, chapters with measures and steps, the organisations, and where each step stands."""
    anchors = {name: f"{site.url}sops/{sop.slug}/{chapter.slug}/#{name}" for name, (chapter, _, _) in sop.steps.items()}
    return _bytes(
        {
            "$schema": "schemas/sop-data.json",
            "sop": plain(sop.head, sop, site),
            "chapters": [{"slug": chapter.slug, **plain(chapter.head, sop, site)} for chapter in sop.chapters],
            "bodies": _bodies(library, site),
            "addresses": anchors,
        }
    )


def _bodies(library: Library, site: Site) -> list[Any]:
    return [plain(body, library.shared, site) for body in library.bodies.values()]


def plain(record: Record, document: Document, site: Site) -> dict[str, Any]:
    """A record as plain data: written keys only, in the model's order; a text as `{language: words}`."""
    found = {}
    for name, info in type(record).model_fields.items():
        value = getattr(record, name)
        if value is None or value in ((), {}) or name == "audience":
            continue
        if value is False and not info.is_required():
            continue
        key = info.alias or name
        found[key] = _plain(value, record, key, document, site)
    return found


def _plain(value: Any, record: Record, key: str, document: Document, site: Site) -> Any:
    if isinstance(value, Text):
        return in_languages(value, record, key, document, site)
    if isinstance(value, Record):
        return plain(value, document, site)
    if isinstance(value, tuple):
        return [_plain(item, record, f"{key}/{index}", document, site) for index, item in enumerate(value)]
    if isinstance(value, dict):
        return {name: _plain(item, record, key, document, site) for name, item in value.items()}
    if isinstance(value, Date | Span):
        return str(value)
    if isinstance(value, Decimal):
        return number(value)
    return value


def number(value: Decimal) -> int | float | str:
    """The number; as text where the binary numbers of JSON's readers (RFC 8259, 6) would change its last digits."""
    if value == value.to_integral_value():
        return int(value)
    return float(value) if Decimal(repr(float(value))) == value else f"{value:f}"


def in_languages(text: Text, record: Record, key: str, document: Document, site: Site) -> dict[str, str]:
    """The text in each language that has it authentic or current; authentic languages first, then the site's order."""
    found = dict(text.authentic(document.languages))
    for language in site.languages:
        said = wording(document, record, key, text, (language,))
        if said.state == "current":
            found[language] = said.words
    return found


def _bytes(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
