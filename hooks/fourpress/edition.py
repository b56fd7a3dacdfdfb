"""One edition of the site, from the authors' files to everything that is published: the house's work in its order.

Whoever runs a site engine asks for pages and the menu, hands back the HTML that the engine made of them, and at the end
lets the edition put documents and data where they belong.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from fourpress import exports, library, pages
from fourpress.documents.make import Made, Maker
from fourpress.library import Library
from fourpress.pages import Entry, Page
from fourpress.problem import Problem, errors
from fourpress.site import Site


@dataclass
class Edition:
    """What is published of a project for one audience. `cache` keeps finished documents from build to build."""

    root: Path
    site: Site
    cache: Path
    today: datetime.date
    started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.library: Library = library.load(self.root, self.site.audience, self.today)
        self._pages: dict[str, dict[str, Page]] = {}
        self._made: dict[str, int] = {}
        self._maker = Maker(self.library, self.site, self.cache)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong with what the authors wrote."""
        return self.library.problems

    @property
    def publishable(self) -> bool:
        """Whether nothing forbids publishing."""
        return not errors(self.problems)

    def pages(self, language: str) -> dict[str, Page]:
        """The pages of a language by address, in reading order."""
        if language not in self._pages:
            self._pages[language] = {page.address: page for page in pages.pages(self.library, self.site, language)}
        return self._pages[language]

    def menu(self, language: str) -> tuple[Entry, ...]:
        """The navigation of a language."""
        return pages.menu(self.library, self.site, language)

    def translations(self, address: str) -> list[str]:
        """Languages in which the page at `address` really exists: fallback pages are not among them."""
        return [code for code in self.site.languages if (page := self.pages(code).get(address)) and page.translated]

    def receive(self, language: str, html: Mapping[str, str]) -> None:
        """Take the HTML of a language's pages, by address; its documents are made from now on, beside other work."""
        self._made[language] = len(html)
        if self.site.documents:
            self._maker.start(
                language, [(page, html[page.address]) for page in self.pages(language).values() if page.address in html]
            )

    def finish(self, target: Path) -> tuple[list[Problem], list[Made]]:
        """Write data and documents into the site; what stands in a document's way comes back as problems."""
        for name, content in exports.files(self.library, self.site).items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return self._maker.finish(target / "documents")

    def summary(self, target: Path, made: list[Made]) -> str:
        """What was built, for the person who ran the command."""
        found, fresh = self.library, sum(1 for one in made if one.fresh)
        languages = f"{_count(len(self.site.languages), 'language')}: {', '.join(self.site.languages)}"
        documents = f"{_count(len(made), 'document')} ({fresh} made now, {len(made) - fresh} unchanged)"
        lines = [
            f"{_count(len(found.plans), 'plan')}, {_count(len(found.sops), 'procedure')} (SOP), {languages}",
            f"{_count(sum(self._made.values()), 'page')}, {documents}",
            f"open {target / 'index.html'}",
            f"{time.monotonic() - self.started:.1f} seconds",
        ]
        return "\n".join(f"  {line}" for line in lines)


def _count(amount: int, noun: str) -> str:
    return f"{amount} {noun}{'' if amount == 1 else 's'}"
