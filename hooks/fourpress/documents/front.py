"""What a document says of itself before its first page: the cover, the running head and foot, the words of its frame."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fourpress.languages.language import direction, own_name
from fourpress.library import Plan, Sop
from fourpress.model.values import Date
from fourpress.pages.notices import notices
from fourpress.pages.plans import PlanSheet
from fourpress.pages.render import Renderer, Words
from fourpress.pages.sops import SopSheet


@dataclass(frozen=True)
class Front:
    """The values that document.typ asks for, ready for JSON; `date` dates the file and makes its bytes repeatable."""

    values: Mapping[str, Any]
    date: Date


def _said(words: Words | str, main: str) -> dict[str, str]:
    """Words with the language that they are in, for `said(...)` of document.typ.

    In a document of the other direction, `main`, they are isolated (Unicode Standard Annex 9, 2.7).
    """
    if isinstance(words, str):
        return {"words": words, "lang": "", "dir": ""}
    language, text = words.wording.language, words.wording.words
    own = direction(language)
    if own != main and text:
        opening = "\u2067" if own == "rtl" else "\u2066"
        text = f"{opening}{text}\u2069"
    return {"words": text, "lang": language, "dir": own}


def front(renderer: Renderer, document: Plan | Sop) -> Front:
    """The front of a plan or procedure in the renderer's language."""
    language = renderer.language
    sheet: PlanSheet | SopSheet
    when: Words | str
    if isinstance(document, Plan):
        head = document.head
        sheet = PlanSheet(renderer, "", document, language)
        kind = sheet.t("National action plan")
        edition = sheet.t("Edition {edition}", edition=head.edition) if head.edition else ""
        when = sheet.period(head.period.from_, head.period.to)
        date = (head.adopted.on if head.adopted else None) or head.launched or head.validated or head.period.from_
        status = head.status
        title, short, publisher = sheet.say(head, "title"), sheet.short(head), head.publisher
    else:
        sop = document.head
        sheet = SopSheet(renderer, "", document, language)
        kind = sheet.t("Standard operating procedure")
        edition = sheet.t("Version {version}", version=sop.version)
        date = sop.effective or (sop.approved.on if sop.approved else None) or Date(1980)
        when = sheet.date(date) if date.year > 1980 else ""
        status = sop.status
        title, short, publisher = sheet.say(sop, "title"), sheet.short(sop), sop.publisher
    body = renderer.library.bodies.get(publisher)
    draft = status in ("draft", "validated")
    main = direction(language)
    values = {
        "lang": language,
        "depth": 2 if isinstance(document, Plan) else 3,
        "dir": main,
        "id": document.head.id,
        "kind": _said(kind, main),
        "title": _said(title, main),
        "short": _said(short, main),
        "edition": _said(edition, main),
        "status": _said(sheet.t(f"status: {status}"), main),
        "when": _said(when, main),
        "publisher": _said(sheet.say(body, "name", renderer.library.shared) if body else "", main),
        "site": renderer.site.title(language),
        "notice": _said(_notice(sheet, document), main),
        "overview": _said(sheet.t("About this document"), main),
        "contents": _said(sheet.t("Contents"), main),
        "page_of": _said(sheet.t("page {page} of {pages}", page="\u0001", pages="\u0002"), main),
        "authentic": _said(_authenticity(sheet, document), main),
        "watermark": _said(sheet.t("Draft") if draft else "", main),
    }
    return Front(values, date)


def _notice(sheet: PlanSheet | SopSheet, document: Plan | Sop) -> Words | str:
    """The gravest notice in its short form, for the running head: a page that is torn out still says it."""
    grave = [notice for notice in notices(sheet, document) if notice.grave]
    return grave[0].short if grave else ""


def _authenticity(sheet: PlanSheet | SopSheet, document: Plan | Sop) -> Words | str:
    """The line of a translation that says which text is authentic; nothing on the authentic text itself."""
    if sheet.renderer.language in document.languages:
        return ""
    names = ", ".join(own_name(code) for code in document.languages)
    return sheet.t("Translation. The authentic text is in {language}.", language=names)
