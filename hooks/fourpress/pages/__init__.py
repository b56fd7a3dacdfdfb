"""The library as pages: Markdown with HTML where Markdown cannot say it, one set per language, and the menu."""

from __future__ import annotations

from collections.abc import Iterator

from fourpress.library import Library
from fourpress.pages import bodies, data, home, plans, progress, sops
from fourpress.pages.page import Entry, Page
from fourpress.pages.render import Renderer
from fourpress.site import Site


def pages(library: Library, site: Site, language: str) -> tuple[Page, ...]:
    """Every page of the site in one language."""
    renderer = Renderer(library, site, language)
    return tuple(_all(renderer))


def _all(renderer: Renderer) -> Iterator[Page]:
    yield from home.pages(renderer)
    yield from plans.pages(renderer)
    for plan in renderer.library.plans:
        yield from progress.pages(renderer, plan, renderer.library.today)
    for room in (sops, bodies, data):
        yield from room.pages(renderer)


def menu(library: Library, site: Site, language: str) -> tuple[Entry, ...]:
    """The navigation of one language."""
    renderer = Renderer(library, site, language)
    first, last = home.entries(renderer)
    return (
        *first,
        *sops.entries(renderer),
        *plans.entries(renderer, progress.entries),
        *bodies.entries(renderer),
        *data.entries(renderer),
        *last,
    )


__all__ = ["Entry", "Page", "menu", "pages"]
