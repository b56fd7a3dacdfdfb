"""The page of open data: the files of every plan and procedure, and the dictionary of all that they hold."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from fourpress.exports import dictionary
from fourpress.languages.voice import Wording
from fourpress.languages.words import Said
from fourpress.library import Plan, Sop
from fourpress.pages.page import Entry, Page, source_of
from fourpress.pages.render import Renderer, Sheet, Words

ADDRESS = "open-data/"
"""Not `data/`: there stand the files themselves."""
_COMMON = "audience"
"""The key that every record may have: said once, not under each of them."""
_CODE = re.compile(r"`([^`]*)`")

Line = dict[str, str]


class Described(Words):
    """Words in which what is to be typed stands between backticks."""

    def __html__(self) -> str:
        parts = _CODE.split(self.wording.words)
        inner = [
            Markup('<code dir="ltr">{}</code>').format(part) if n % 2 else escape(part) for n, part in enumerate(parts)
        ]
        return self._marked(Markup("").join(inner))


@dataclass(frozen=True)
class DataSheet(Sheet):
    """What the template may call."""

    def heading(self, name: str) -> Words:
        """The heading of a column of the dictionary."""
        return self._said(dictionary.heading(name, self.renderer.chain))

    def kind(self, name: str) -> Words:
        """A type, the name of a record, yes or no."""
        return self._said(dictionary.kind(name, self.renderer.chain))

    def title(self, name: str) -> Words:
        """The name of a record, at the head of its part."""
        said = dictionary.kind(name, self.renderer.chain)
        return self._said(Said(said.words[:1].upper() + said.words[1:], said.language))

    def description(self, line: Line) -> Words:
        """What a line of the dictionary says."""
        return self._said(dictionary.description(line, self.renderer.chain))

    def _said(self, said: Said) -> Words:
        return Described(Wording(said.words, said.language, "authentic"), self.ambient)

    def file(self, name: str, label: Words) -> Markup:
        """A link to a file of data, and the name under which it is saved."""
        ending = name.rpartition(".")[2].upper()
        return Markup('<a href="{}">{}</a> ({})').format(self.asset(f"data/{name}"), label, ending)

    def plan_files(self, plan: Plan) -> list[Markup]:
        """The files of a plan; a calendar only where there is a deadline."""
        found = [
            self.file(f"{plan.slug}.xlsx", self.t("Workbook with every table")),
            self.file(f"{plan.slug}.csv", self.t("Commitments")),
            self.file(f"{plan.slug}-indicators.csv", self.t("Indicators")),
            self.file(f"{plan.slug}-budget.csv", self.t("Budget")),
            self.file(f"{plan.slug}-progress.csv", self.t("Progress")),
            self.file(f"{plan.slug}.json", self.t("Everything, in every language")),
        ]
        if any(placed.commitment.due for placed in plan.commitments):
            found.append(self.file(f"{plan.slug}.{self.renderer.language}.ics", self.t("Calendar of deadlines")))
        return found

    def sop_files(self, sop: Sop) -> list[Markup]:
        """The files of a procedure."""
        return [
            self.file(f"{sop.slug}.csv", self.t("Steps")),
            self.file(f"{sop.slug}.json", self.t("Everything, in every language")),
        ]

    def dictionary_files(self) -> list[Markup]:
        """The dictionary as a table in this language, and in every language."""
        return [
            self.file(f"dictionary.{self.renderer.language}.csv", self.t("Data dictionary")),
            self.file("dictionary.json", self.t("Everything, in every language")),
        ]


def groups() -> list[tuple[Line, list[Line]]]:
    """The dictionary by record and file: the line on it, and those on its keys or columns."""
    found = []
    for _, lines in itertools.groupby(dictionary.all_rows(), key=lambda line: line["record"]):
        own, *keys = lines
        found.append((own, [line for line in keys if own["type"] != "record" or line["key"] != _COMMON]))
    return found


def common() -> Line:
    """The line on the key that every record may have."""
    return next(line for line in dictionary.all_rows() if line["key"] == _COMMON)


def anchor(name: str) -> str:
    """`dictionary-act-of-adoption`, `dictionary-plan-indicators-csv`."""
    return "dictionary-" + re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def pages(renderer: Renderer) -> Iterator[Page]:
    """The page, where there is anything to publish."""
    library, language = renderer.library, renderer.language
    places = [plan.head.place for plan in library.plans] + [sop.head.place for sop in library.sops]
    if not places:
        return
    sheet = DataSheet(renderer, ADDRESS, library.shared, language)
    text = sheet.fill("dictionary.md.j2", groups=groups(), common=common(), anchor=anchor)
    translated = bool({language, language.split("-", maxsplit=1)[0]} & set(dictionary.languages()))
    title = str(sheet.t("Open data"))
    yield Page(ADDRESS, title, text, language, language, places[0], translated=translated, searched=False)


def entries(renderer: Renderer) -> list[Entry]:
    """Its line in the menu."""
    if not (renderer.library.plans or renderer.library.sops):
        return []
    title = str(DataSheet(renderer, ADDRESS, renderer.library.shared, renderer.language).t("Open data"))
    return [Entry(title, source_of(ADDRESS))]
