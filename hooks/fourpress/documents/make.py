"""The documents of an edition: which there are, from which pages each is made, and making them while the site is built."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fourpress.documents import cache
from fourpress.documents.front import Front, front
from fourpress.documents.tree import joined
from fourpress.documents.typeset import NotTypeset, typeset
from fourpress.library import Library, Plan, Sop
from fourpress.pages import Page
from fourpress.pages.render import Renderer
from fourpress.problem import Place, Problem
from fourpress.site import Site


@dataclass(frozen=True)
class Job:
    """A document to make: its file name, the pages that it is made from with their HTML, and its front."""

    name: str
    pages: tuple[tuple[Page, str], ...]
    front: Front
    place: Place


@dataclass(frozen=True)
class Made:
    """A document that is there: its file name, the finished file, and whether it was made now or taken from the cache."""

    name: str
    path: Path
    fresh: bool


def jobs(library: Library, site: Site, language: str, pages: Sequence[tuple[Page, str]]) -> list[Job]:
    """One document per plan and procedure, from the pages that belong to it."""
    renderer = Renderer(library, site, language)
    found = []
    for document in library.documents:
        own = tuple(
            (page, html)
            for page, html in pages
            if page.book == document.slug and page.address.startswith(_room(document))
        )
        if own:
            name = f"{document.slug}.{language}.pdf"
            found.append(Job(name, own, front(renderer, document), document.head.place))
    return found


def _room(document: Plan | Sop) -> str:
    return "plans/" if isinstance(document, Plan) else "sops/"


class Maker:
    """Makes documents in the background: pandoc and typst work outside Python's lock, so the site goes on meanwhile."""

    def __init__(self, library: Library, site: Site, folder: Path) -> None:
        self._library = library
        self._site = site
        self._folder = folder
        self._pool = ThreadPoolExecutor(max_workers=max(1, os.cpu_count() or 1), thread_name_prefix="document")
        self._running: list[tuple[Job, Future[Made]]] = []
        self._tools = cache.tools() if site.documents else ""

    def start(self, language: str, pages: Sequence[tuple[Page, str]]) -> None:
        """Begin with the documents of a language."""
        for job in jobs(self._library, self._site, language, pages):
            self._running.append((job, self._pool.submit(self._make, job)))

    def finish(self, target: Path) -> tuple[list[Problem], list[Made]]:
        """Wait for all, and put them into `target`; what could not be made comes back as problems."""
        problems, made = [], []
        for job, future in self._running:
            try:
                one = future.result()
            except NotTypeset as error:
                problems.append(Problem(job.place, f"{job.name} cannot be made: {error}", "document"))
                continue
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(one.path, target / one.name)
            made.append(one)
        self._pool.shutdown()
        self._running = []
        cache.forget_old(self._folder, {one.path.name for one in made})
        return problems, made

    def _make(self, job: Job) -> Made:
        root = self._site.root(job.front.values["lang"])
        parts: list[str] = [
            self._tools,
            self._site.url,
            root,
            repr(sorted(job.front.values.items(), key=str)),
            str(job.front.date),
        ]
        for page, html in job.pages:
            parts += [page.address, page.ambient, str(page.wide), html]
        name = f"{cache.key(parts)}.pdf"
        kept = self._folder / name
        if kept.is_file():
            return Made(job.name, kept, fresh=False)
        tree = joined(job.pages, self._site.url, root, self._library.root / "docs", job.front.values["overview"])
        with tempfile.TemporaryDirectory(prefix="fourpress-") as desk:
            data = typeset(tree, job.front.values, job.front.date, Path(desk))
        return Made(job.name, cache.keep(self._folder, name, data), fresh=True)
