"""Records to Markdown for one reader: the words, links and figures that the templates call for.

Templates write Markdown headings, so that menus and search see them, and HTML for what Markdown cannot say. Text is
escaped for the place where it stands: nothing that an author or translator writes becomes markup.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import jinja2
from markupsafe import Markup, escape

from fourpress.languages import words
from fourpress.languages.language import Writing, direction, own_name
from fourpress.languages.voice import Wording, completeness, wording
from fourpress.library import Document, Library
from fourpress.model import BudgetLine
from fourpress.model.plan import Act, Predecessor
from fourpress.model.record import Record
from fourpress.model.values import Date, Span, Text
from fourpress.pages.page import relative
from fourpress.site import Site

TEMPLATES = Path(__file__).parent / "templates"
_ACTIVE = re.compile(r"[!-+/:-@\[-`{-~]")  # ASCII punctuation but , - . which are harmless inside a heading
_PHONE = re.compile(r"(?<![\w\-/.])(\+?\d[\d \u00a0().\-/]{5,}\d)(?![\w\-])")
_YEARS = re.compile(r"\d{4}[-/.]\d{2,4}(?:[-/.]\d{2})?")


def in_markdown(text: str) -> Markup:
    """Text as Markdown that reads back as exactly this text, in a heading or a paragraph."""
    flat = " ".join(text.split())
    return Markup(_ACTIVE.sub(lambda found: f"&#{ord(found[0])};", flat))  # noqa: S704  # escaping is what it does


@functools.lru_cache(maxsize=8192)  # the same names stand on many pages
def isolated(text: str) -> Markup:
    """Escaped text with phone numbers and the like kept left to right and in one piece.

    In a right-to-left line the groups of `+257 00 00 00 01` change places, on screen and on paper: a wrong number.
    """
    if not _PHONE.search(text):
        return escape(text)
    parts = _PHONE.split(text)
    out = [
        Markup('<bdi dir="ltr" class="number-ltr">{}</bdi>').format(part.replace(" ", "\u00a0"))
        if index % 2 and not _YEARS.fullmatch(part)
        else escape(part)
        for index, part in enumerate(parts)
    ]
    return Markup("").join(out)


@dataclass(frozen=True)
class Words:
    """Words ready to be set into a page whose running text is in `ambient`; marked where they are in another language."""

    wording: Wording
    ambient: str
    outdated_mark: str = ""

    def __bool__(self) -> bool:
        return bool(self.wording.words)

    def __str__(self) -> str:
        return self.wording.words

    def _marked(self, inner: Markup) -> Markup:
        if self.wording.language != self.ambient:
            attributes = Markup(' lang="{}" dir="{}"').format(self.wording.language, direction(self.wording.language))
            inner = Markup("<span{}>{}</span>").format(attributes, inner)
        if self.wording.state == "outdated":
            mark = Markup('<span class="outdated">{}</span>').format(self.outdated_mark)
            inner = Markup("{} {}").format(inner, mark)
        return inner

    def __html__(self) -> str:
        return self._marked(isolated(self.wording.words))

    @property
    def heading(self) -> Markup:
        """For a Markdown heading."""
        return self._marked(in_markdown(self.wording.words))

    @property
    def paragraphs(self) -> Markup:
        """`<p>` for each paragraph."""
        parts = self.wording.words.split("\n\n")
        return Markup("\n").join(Markup("<p>{}</p>").format(self._marked(isolated(part))) for part in parts)

    @property
    def official(self) -> Markup:
        """The official words under a wording that is not current; nothing otherwise."""
        if self.wording.official is None:
            return Markup("")
        words_, language = self.wording.official
        return Markup('<p class="official" lang="{}" dir="{}">{}</p>').format(
            language, direction(language), isolated(words_)
        )


@functools.cache
def environment() -> jinja2.Environment:
    """The templates, compiled once per process."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        comment_start_string="{##",  # `{#` begins the id of a Markdown heading
        comment_end_string="##}",
        auto_reload=False,
    )
    made.filters["in_markdown"] = in_markdown
    return made


class Renderer:
    """Everything a template may call, for one language of one library. `at` gives one for a page."""

    def __init__(self, library: Library, site: Site, language: str) -> None:
        self.library = library
        self.site = site
        self.language = language
        self.chain = site.chain(language)
        self.writing = Writing(self.chain)

    @cached_property
    def date_language(self) -> str:
        """The language in which dates and numbers come out."""
        return self.writing.language


@dataclass(frozen=True)
class Sheet:
    """A page being written: the names that templates use."""

    renderer: Renderer
    here: str
    document: Document
    ambient: str

    def fill(self, template: str, **values: Any) -> str:
        """The template's Markdown; blank lines at its ends removed."""
        text = environment().get_template(template).render(sheet=self, **self._names(), **values)
        return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"

    def _names(self) -> dict[str, Any]:
        return {"t": self.t, "say": self.say, "link": self.link, "library": self.renderer.library}

    # Words

    def t(self, key: str, **values: Any) -> Words:
        """A word of the interface, `{name}` filled in."""
        said = words.word(key, self.renderer.chain)
        text = said.words.format(**values) if values else said.words
        return self._plain(text, said.language)

    def _plain(self, text: str, language: str) -> Words:
        return Words(Wording(text, language, "authentic"), self.ambient)

    def say(self, record: Record, name: str, document: Document | None = None) -> Words | str:
        """The text of a record's field (`title`, `answers/0`), for this reader; an empty string where there is none."""
        field, _, index = name.partition("/")
        python = field if field in type(record).model_fields else f"{field}_"
        text = getattr(record, python)
        if index:
            text = text[int(index)]
        if text is None:
            return ""
        assert isinstance(text, Text)
        found = wording(document or self.document, record, name, text, self.renderer.chain)
        mark = words.word("translation outdated", self.renderer.chain).words if found.state == "outdated" else ""
        return Words(found, self.ambient, mark)

    def official(self, record: Record, name: str) -> Markup:
        """The official words under a wording that is not current."""
        said = self.say(record, name)
        return said.official if isinstance(said, Words) else Markup("")

    def of(self, document: Document) -> Self:
        """The same page, saying the words of another document."""
        return replace(self, document=document)

    def short(self, record: Record, document: Document | None = None) -> Words | str:
        """`short_title` (or `short`) where there is one, else the title."""
        for name in ("short_title", "short", "title"):
            if getattr(record, name, None) is not None:
                return self.say(record, name, document)
        return ""

    # Figures

    def _figure(self, text: str) -> Words:
        return self._plain(text, self.renderer.date_language)

    def date(self, value: Date) -> Words:
        """A date in words, as precise as it was promised."""
        return self._figure(self.renderer.writing.date(value))

    def period(self, first: Date, last: Date) -> Words:
        """A span between two dates."""
        return self._figure(self.renderer.writing.period(first, last))

    def money(self, line: BudgetLine) -> Words:
        """An amount with its currency."""
        return self._figure(self.renderer.writing.money(line.amount, line.currency))

    def number(self, value: Any) -> Words:
        """A figure."""
        return self._figure(self.renderer.writing.number(value))

    def span(self, span: Span) -> Words:
        """A time limit in words."""
        if span.immediate:
            return self.t("immediately")
        said = self.renderer.writing.span(span)
        return self._plain(said.words, said.language) if said else self._plain(str(span), "en")

    def listing(self, items: Iterable[Any]) -> Markup:
        """Items with commas between them, each escaped or marked in its own way."""
        comma = "، " if direction(self.ambient) == "rtl" else ", "
        return escape(comma).join(escape(item) for item in items)

    # Links

    def link(self, target: str) -> str:
        """The way to another address of the same language."""
        return relative(target, self.here)

    def asset(self, path: str) -> str:
        """The way to a file that stands once, outside the languages: `documents/x.pdf`."""
        depth = self.renderer.site.root(self.renderer.language).count("/")
        return "../" * depth + relative(path, self.here)

    def body(self, name: str) -> Markup:
        """An organisation: its acronym or name, linked to its page."""
        body = self.renderer.library.bodies.get(name)
        if body is None:  # withheld from this audience
            return escape(self.t("an organisation not named in this edition"))
        shared = self.renderer.library.shared
        shown = self.say(body, "acronym", shared) if body.acronym else self.say(body, "name", shared)
        full = str(self.say(body, "name", shared))
        title = Markup(' title="{}"').format(full) if body.acronym else Markup("")
        link = Markup('<a href="{}"{}>{}</a>').format(self.link(f"bodies/{name}/"), title, shown)
        today = self.renderer.library.today
        if body.successor and body.until and today and body.until.last < today:
            # A lead that changed its name in the middle of a plan: the promise keeps the name, the reader gets both.
            return Markup("{} ({} {})").format(link, self.t("since then"), self.body(body.successor))
        return link

    def bodies(self, names: Sequence[str]) -> Markup:
        """Several organisations."""
        return self.listing(self.body(name) for name in names)

    def badge(self, status: str) -> Markup:
        """A status as a badge; what it looks like is the style sheet's affair."""
        return Markup('<span class="status {}">{}</span>').format(status, self.t(f"status: {status}"))

    def downloads(self, name: str) -> Markup:
        """Links to the PDF of a document in this language; nothing where PDFs are not made."""
        if not self.renderer.site.documents:
            return Markup("")
        path = f"documents/{name}.{self.renderer.language}.pdf"
        return Markup('<a class="button" href="{}">{}</a>').format(self.asset(path), self.t("Download as PDF"))

    def acts(self, act: Act | None) -> Markup:
        """Who, when, by which act."""
        if act is None:
            return Markup("")
        parts: list[Any] = [self.say(act, "act")] if act.act else []
        parts += [self.body(name) for name in act.by]
        return self.listing([*parts, self.date(act.on)])

    def predecessor(self, before: Predecessor | None) -> Markup:
        """The document before: id, title, date, as far as they are known."""
        if before is None:
            return Markup("")
        parts: list[Any] = [Markup("<bdi>{}</bdi>").format(before.id)] if before.id else []
        parts += [self.say(before, "title")] if before.title else []
        parts += [self.date(before.on)] if before.on else []
        return self.listing(parts)

    def official_languages(self) -> Markup:
        """The authentic languages of the document, each in its own name."""
        names = [
            Markup('<span lang="{}" dir="{}">{}</span>').format(code, direction(code), own_name(code))
            for code in self.document.languages
        ]
        return self.listing(names)

    def translation(self) -> Markup:
        """How complete this language's translation is; nothing where the language is authentic."""
        if self.renderer.language in self.document.languages:
            return Markup("")
        state = completeness(self.document, self.renderer.language)
        return escape(self.t("{percent} % translated and current", percent=state.percent))

    def named(self, names: Mapping[str, Record], ids: Sequence[str]) -> Markup:
        """The printed names of areas or groups."""
        return self.listing(self.say(names[name], "title") for name in ids if name in names)

    def kinds(self, vocabulary: str, kinds: Sequence[str]) -> Markup:
        """Words of a vocabulary of the model: `people`, `service`, `exploitation`."""
        return self.listing(self.t(f"{vocabulary}: {kind}") for kind in kinds)

    def bases(self, references: Sequence[str]) -> Markup:
        """Several legal bases."""
        return self.listing(self.basis(reference) for reference in references)

    def basis(self, reference: str) -> Markup:
        """A legal basis: the instrument's short title and the article."""
        name, _, article = reference.partition(":")
        instrument = self.renderer.library.shared.instruments.get(name)
        if instrument is None:
            return escape(reference)
        shown = self.short(instrument, self.renderer.library.shared)
        # `ohchr-principles:7` is a principle, not an article.
        unit = {"principles": "principle {number}", "guidance": "{number}"}.get(instrument.kind, "art. {number}")
        point = Markup(", {}").format(self.t(unit, number=article)) if article else Markup("")
        full = str(self.say(instrument, "title", self.renderer.library.shared))
        return Markup('<span title="{}">{}{}</span>').format(full, shown, point)
