"""Rules of chapters in Markdown: ids of headings, places of measures, the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fourpress.model.values import LANGUAGE
from fourpress.problem import Place, Problem, did_you_mean
from fourpress.prose import Prose

if TYPE_CHECKING:
    from fourpress.library import Chapter, Library


def _chapters(library: Library) -> Iterator[tuple[Chapter, Prose]]:
    for sop in library.sops:
        for chapter in sop.chapters:
            for prose in chapter.prose.values():
                yield chapter, prose


def check_chapter_language(library: Library) -> Iterator[Problem]:
    """A chapter's file name ends in its language.

    Bad: `02-referral.french.md`. Good: `02-referral.fr.md`.
    """
    for _chapter, prose in _chapters(library):
        if not LANGUAGE.fullmatch(prose.language):
            message = f"{prose.language!r} in the file name is not a language code; name it such as .fr.md"
            yield Problem(Place(prose.path), message, "chapter-language")


def check_unknown_marker(library: Library) -> Iterator[Problem]:
    """A marker places a measure of its chapter.

    Bad: `[[measure 2.9]]` where the chapter has none. Good: `[[measure 2.1]]`.
    """
    for chapter, prose in _chapters(library):
        for marker in prose.markers:
            if marker.kind != "measure":
                message = f"'[[{marker.kind}]]' places nothing here; write [[measure NUMBER]]"
                yield Problem(marker.place, message, "unknown-marker")
            elif marker.name not in chapter.measures and not (_broken(library, chapter, marker.name)):
                remedy = did_you_mean(marker.name, chapter.measures) or "; correct the number"
                yield Problem(marker.place, f"the chapter has no measure {marker.name!r}{remedy}", "unknown-marker")


def _broken(library: Library, chapter: Chapter, name: str) -> bool:
    """Whether a measure was written and is lost to a mistake that was told already."""
    sop = next(sop for sop in library.sops if chapter in sop.chapters)
    return name in sop.known and name not in sop.measures


def check_placed_twice(library: Library) -> Iterator[Problem]:
    """A measure stands once in its chapter.

    Bad: two lines `[[measure 2.1]]`. Good: one.
    """
    for _chapter, prose in _chapters(library):
        first: dict[str, int] = {}
        for marker in prose.markers:
            if marker.name in first:
                message = f"measure {marker.name} is placed twice, first in line {first[marker.name]}; keep one"
                yield Problem(marker.place, message, "placed-twice")
            first.setdefault(marker.name, marker.line)


def check_heading_id(library: Library) -> Iterator[Problem]:
    """A heading of a chapter is of level 2 or deeper and has an id, equal in all languages.

    Bad: `## Consentement`. Good: `## Consentement {#consent}`.
    """
    for _chapter, prose in _chapters(library):
        for heading in prose.headings:
            if heading.level == 1:
                message = "a chapter's title stands in its .yml file; begin headings with ##"
                yield Problem(heading.place, message, "heading-id")
            elif heading.id is None:
                message = f"heading {heading.title!r} has no id; add one such as {{#consent}}, equal in all languages"
                yield Problem(heading.place, message, "heading-id")


def check_heading_twice(library: Library) -> Iterator[Problem]:
    """A heading's id stands once in its chapter and is no measure's or step's number.

    Bad: two headings `{#consent}`. Good: `{#consent}` and `{#consent-child}`.
    """
    for chapter, prose in _chapters(library):
        taken = {step.id: "a step" for measure in chapter.measures.values() for step in measure.steps}
        taken.update(dict.fromkeys(chapter.measures, "a measure"))
        for heading in prose.headings:
            if heading.id is None:
                continue
            if heading.id in taken:
                message = f"id {heading.id!r} is {taken[heading.id]}'s already; choose another"
                yield Problem(heading.place, message, "heading-twice")
            taken[heading.id] = "another heading"


def check_same_headings(library: Library) -> Iterator[Problem]:
    """A translated chapter has the headings of its source, in the same order.

    Bad: the French chapter has `{#consent}`, the English one has not. Good: the same ids in both.
    """
    for sop in library.sops:
        for chapter in sop.chapters:
            source = next((chapter.prose[code] for code in sop.languages or () if code in chapter.prose), None)
            if source is None:
                continue
            wanted = [heading.id for heading in source.headings if heading.id]
            for prose in chapter.prose.values():
                if prose is source:
                    continue
                found = {heading.id for heading in prose.headings}
                for name in wanted:
                    if name not in found:
                        message = f"{source.path} has a heading {{#{name}}} and this translation has not; translate it"
                        yield Problem(Place(prose.path), message, "same-headings")
                for heading in prose.headings:
                    if heading.id and heading.id not in wanted:
                        message = f"{source.path} has no heading {{#{heading.id}}}; use the id of the source"
                        yield Problem(heading.place, message, "same-headings")


_TAG = re.compile(r"<(?:/?[A-Za-z][^\s>]*|!--|\?)")
_AUTOLINK = ("<http:", "<https:", "<mailto:", "<tel:")
_CODE = re.compile(r"`[^`\n]*`")


def check_raw_html(library: Library) -> Iterator[Problem]:
    """Chapters hold Markdown only: HTML would be lost in PDFs and could carry a script.

    Bad: `<b>Attention</b>`. Good: `**Attention**`.
    """
    for _chapter, prose in _chapters(library):
        fence = False
        for number, line in enumerate(prose.text.split("\n"), 1):
            if line.lstrip().startswith(("```", "~~~")):
                fence = not fence
            if fence:
                continue
            tags = _TAG.finditer(_CODE.sub(lambda code: " " * len(code[0]), line))
            found = next((tag for tag in tags if not tag[0].startswith(_AUTOLINK)), None)
            if found:
                message = f"{found[0]!r} begins HTML; write Markdown instead"
                yield Problem(Place(prose.path, number, found.start() + 1), message, "raw-html")
