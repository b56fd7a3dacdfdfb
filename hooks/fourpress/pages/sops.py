"""Pages of procedures: the list, an overview with document control, and the chapters with measures and steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from fourpress.languages import words
from fourpress.languages.language import direction, own_name
from fourpress.library import Chapter, Sop
from fourpress.model import Measure
from fourpress.model.sop import END
from fourpress.pages.notices import notices
from fourpress.pages.page import Entry, Page
from fourpress.pages.plans import is_translated
from fourpress.pages.render import Renderer, Sheet, Words
from fourpress.prose import MARKER, Prose

_CALLOUT = re.compile(r"^([ \t]*>[ \t]*)\[!([A-Za-z]+)\][ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class SopSheet(Sheet):
    """What templates of procedures may call."""

    def role(self, sop: Sop, name: str) -> Markup:
        """A role's name, linked to what it does."""
        role = sop.roles.get(name)
        if role is None:  # withheld from this audience
            return escape(self.t("a role not named in this edition"))
        address = self.link(f"sops/{sop.slug}/#role-{name}")
        return Markup('<a class="role" href="{}">{}</a>').format(address, self.say(role, "title", sop))

    def roles(self, sop: Sop, names: Sequence[str]) -> Markup:
        """Several roles."""
        return self.listing(self.role(sop, name) for name in names)

    def way(self, sop: Sop, target: str) -> Markup:
        """Where a branch leads: a step's or measure's number, linked; or the end."""
        if target == END:
            return Markup('<span class="end">{}</span>').format(self.t("end of the procedure"))
        if target in sop.steps:
            chapter = sop.steps[target][0]
            label = self.t("step {number}", number=target)
        elif target in sop.measures:
            chapter = sop.measures[target][0]
            label = self.t("measure {number}", number=target)
        else:  # withheld from this audience
            return escape(self.t("continued in the edition for professionals"))
        return Markup('<a href="{}">{}</a>').format(self.link(f"sops/{sop.slug}/{chapter.slug}/#{target}"), label)

    def step_links(self, sop: Sop, names: Sequence[str]) -> Markup:
        """Numbers of steps, each linked."""
        address = {name: self.link(f"sops/{sop.slug}/{sop.steps[name][0].slug}/#{name}") for name in names}
        return self.listing(Markup('<a href="{}"><bdi>{}</bdi></a>').format(address[name], name) for name in names)

    def control(self, sop: Sop) -> list[tuple[Words, Any]]:
        """The lines of the document control block."""
        head = sop.head
        lines: list[tuple[str, Any]] = [
            ("Identifier", Markup("<bdi>{}</bdi>").format(head.id)),
            ("Version", head.version),
            ("Status", self.badge(head.status)),
            ("Prepared", self.acts(head.prepared)),
            ("Reviewed", self.acts(head.reviewed)),
            ("Approved", self.acts(head.approved)),
            ("In force since", self.date(head.effective) if head.effective else None),
            ("Next review", self.date(head.review) if head.review else None),
            ("Publisher", self.body(head.publisher)),
            ("Signatories", self.bodies(head.signatories)),
            ("Legal basis", self.listing(self.basis(name) for name in head.basis)),
            ("Supersedes", self.predecessor(head.supersedes)),
            ("Authentic language", self.official_languages()),
            ("This translation", self.translation()),
        ]
        return [(self.t(label), value) for label, value in lines if value]


def pages(renderer: Renderer) -> Iterator[Page]:
    """Every page of every procedure."""
    library, language = renderer.library, renderer.language
    if not library.sops:
        return
    sheet = SopSheet(renderer, "sops/", library.shared, language)
    title = str(sheet.t("Standard operating procedures"))
    yield Page("sops/", title, sheet.fill("sops.md.j2"), language, language, library.sops[0].head.place)
    for sop in library.sops:
        root = f"sops/{sop.slug}/"
        own = SopSheet(renderer, root, sop, language)
        yield Page(
            root,
            str(own.short(sop.head)),
            own.fill("sop.md.j2", sop=sop, head=sop.head, notices=notices(own, sop)),
            language,
            language,
            sop.head.place,
            translated=is_translated(sop, language),
            book=sop.slug,
        )
        for chapter in sop.chapters:
            yield chapter_page(renderer, sop, chapter)


def chapter_page(renderer: Renderer, sop: Sop, chapter: Chapter) -> Page:
    """A chapter: its prose in the best language there is, and its measures where the prose places them.

    A measure that is placed nowhere follows the prose, so that no step can be lost.
    """
    address = f"sops/{sop.slug}/{chapter.slug}/"
    language = renderer.language
    prose = next((chapter.prose[code] for code in (*renderer.chain, *sop.languages) if code in chapter.prose), None)
    ambient = prose.language if prose else language
    sheet = SopSheet(renderer, address, sop, ambient)
    title = sheet.say(chapter.head, "title")
    assert isinstance(title, Words)
    parts = [f"# {title.heading}\n"]
    if ambient != language:
        parts.append(fallback_notice(sheet, ambient))
    if chapter.head.purpose:
        purpose = sheet.say(chapter.head, "purpose")
        assert isinstance(purpose, Words)
        parts.append(f'<div class="lead">\n{purpose.paragraphs}\n</div>\n')
    if chapter.head.measures:
        parts.append(sheet.fill("contents.md.j2", chapter=chapter))
    placed: set[str] = set()
    if prose:
        parts.append(_with_measures(sheet, sop, chapter, prose, placed))
    unplaced = (measure for measure in chapter.head.measures if measure.id not in placed)
    parts.extend(measure_text(sheet, sop, measure, 2) for measure in unplaced)
    return Page(
        address,
        str(title),
        "\n".join(parts),
        language,
        ambient,
        chapter.head.place,
        translated=language in chapter.prose or (not chapter.prose and is_translated(sop, language)),
        book=sop.slug,
    )


def fallback_notice(sheet: Sheet, ambient: str) -> str:
    """What a reader is told when running text is not in his language."""
    own = replace(sheet, ambient=sheet.renderer.language)
    said = own.t("This text is not available in {language} yet; it is shown in {other}.",
                   language=own_name(sheet.renderer.language), other=own_name(ambient))  # fmt: skip
    code = sheet.renderer.language
    return (
        f'<div class="notice fallback" role="note" lang="{code}" dir="{direction(code)}">\n{said.paragraphs}\n</div>\n'
    )


def _with_measures(sheet: SopSheet, sop: Sop, chapter: Chapter, prose: Prose, placed: set[str]) -> str:
    lines = []
    level = 2
    fence = False
    for line in captioned(prose.text, prose.language).split("\n"):
        if line.lstrip().startswith(("```", "~~~")):
            fence = not fence
        marker = None if fence else MARKER.match(line)
        if not fence and (heading := re.match(r"(#{2,5})[ \t]", line)):
            level = len(heading[1])
        if marker and marker[1] == "measure":
            measure = chapter.measures.get(marker[2] or "")
            if measure is not None and measure.id not in placed:
                placed.add(measure.id)
                lines += ["", measure_text(sheet, sop, measure, min(level + 1, 6)), ""]
            continue  # a measure that this audience may not read leaves no trace
        lines.append(line)
    return "\n".join(lines)


def captioned(markdown: str, language: str) -> str:
    """Callouts with their kind in the language of the prose: `> [!WARNING]` alone would read "Warning" everywhere."""

    def caption(found: re.Match[str]) -> str:
        kind = found[2].lower()
        said = words.word(f"callout: {kind}", (language,)).words
        return f"{found[1]}[!{found[2]}] {said}"

    return _CALLOUT.sub(caption, markdown)


def measure_text(sheet: SopSheet, sop: Sop, measure: Measure, level: int) -> str:
    """A measure's heading and steps."""
    return sheet.fill("measure.md.j2", sop=sop, measure=measure, level=level)


def entries(renderer: Renderer) -> list[Entry]:
    """The menu of procedures."""
    rows = []
    for sop in renderer.library.sops:
        sheet = SopSheet(renderer, "", sop, renderer.language)
        title = str(sheet.short(sop.head))
        own = [Entry(title, f"sops/{sop.slug}/index.md")]
        own += [
            Entry(str(sheet.say(chapter.head, "title")), f"sops/{sop.slug}/{chapter.slug}.md")
            for chapter in sop.chapters
        ]
        rows.append(Entry(title, "", tuple(own)))
    if not rows:
        return []
    title = str(SopSheet(renderer, "sops/", renderer.library.shared, renderer.language).t("Procedures"))
    return [Entry(title, "", (Entry(title, "sops/index.md"), *rows))]
