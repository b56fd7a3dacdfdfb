"""Notices composed from dates and relations, never typed: so that none is forgotten and none outlives its reason.

The long form stands on the page, the short one in the running head of every sheet of paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from fourpress.library import Library, Plan, Sop
from fourpress.pages.render import Sheet, Words
from fourpress.reporting import next_report


@dataclass(frozen=True)
class Notice:
    """What a reader must know of a document's standing. `grave` ones warn, the others inform."""

    kind: str
    words: Any
    short: Words
    grave: bool


def notices(sheet: Sheet, document: Plan | Sop) -> list[Notice]:
    """The notices of a plan or procedure on the library's day, gravest first; where no day matters, only for whom it is."""
    library = sheet.renderer.library
    own = [_notice(sheet, library.audience, grave=True)] if library.audience != "public" else []
    if library.today is None:
        return own
    found = list(
        _of_plan(sheet, document, library) if isinstance(document, Plan) else _of_sop(sheet, document, library)
    )
    return own + sorted(found, key=lambda notice: not notice.grave)


def _notice(sheet: Sheet, kind: str, grave: bool, **values: Any) -> Notice:
    return Notice(
        kind,
        sheet.t(f"notice: {kind}", **{key: str(value) for key, value in values.items()}),
        sheet.t(f"short: {kind}"),
        grave,
    )


def _superseded(sheet: Sheet, document: Plan | Sop, library: Library) -> Iterator[Notice]:
    """By another document of the site that names this one in `supersedes`."""
    for other in library.documents:
        before = other.head.supersedes
        if before and before.id == document.head.id:
            room = "plans" if isinstance(other, Plan) else "sops"
            title = sheet.short(other.head, other)
            link = Markup('<a href="{}">{}</a>').format(sheet.link(f"{room}/{other.slug}/"), title)
            said = sheet.t("notice: superseded")
            yield Notice("superseded", Markup("{} {}").format(said, link), sheet.t("short: superseded"), grave=True)


def _of_plan(sheet: Sheet, plan: Plan, library: Library) -> Iterator[Notice]:
    today, head = library.today, plan.head
    assert today is not None
    superseded = list(_superseded(sheet, plan, library))
    yield from superseded
    first, last = head.period.from_.first, head.period.to.last
    if head.status in ("draft", "validated"):
        yield _notice(sheet, "draft", grave=True)
    elif today < first:
        yield _notice(sheet, "not-yet", grave=True, date=sheet.date(head.period.from_))
    elif today > last and not superseded:
        yield _notice(sheet, "expired", grave=True, date=sheet.date(head.period.to))
    elif not superseded:
        since = (
            max(head.adopted.on, head.period.from_, key=lambda date: date.first) if head.adopted else head.period.from_
        )
        yield _notice(sheet, "in-force", grave=False, date=sheet.date(since))
    past = [amendment for amendment in plan.amendments if amendment.on.first <= today]
    if past:
        yield _notice(sheet, "amended", grave=False, date=sheet.date(past[-1].on))
    asked = next_report(plan)
    if asked is not None and asked.due < today:
        yield _notice(sheet, "report-overdue", grave=True, date=sheet.renderer.writing.date(asked.due))


def _of_sop(sheet: Sheet, sop: Sop, library: Library) -> Iterator[Notice]:
    today, head = library.today, sop.head
    assert today is not None
    superseded = list(_superseded(sheet, sop, library))
    yield from superseded
    if head.status in ("draft", "validated"):
        yield _notice(sheet, "draft", grave=True)
    elif head.effective and today < head.effective.first:
        yield _notice(sheet, "not-yet", grave=True, date=sheet.date(head.effective))
    elif head.effective and not superseded:
        yield _notice(sheet, "in-force", grave=False, date=sheet.date(head.effective))
    if head.review and today > head.review.last:
        yield _notice(sheet, "review-overdue", grave=True, date=sheet.date(head.review))
