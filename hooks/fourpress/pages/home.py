"""Pages that people write by hand in `docs/`, one file per language: the home page, about, safety.

A line `[[plans]]` or `[[sops]]` in one of them stands for the list. The best language there is is shown and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fourpress.pages.page import Entry, Page, source_of
from fourpress.pages.render import Renderer, Sheet
from fourpress.pages.sops import captioned, fallback_notice
from fourpress.problem import Place
from fourpress.prose import MARKER, Prose

_TITLE = re.compile(r"^#[ \t]+(.+?)[ \t]*(?:\{[^}]*\})?$", re.MULTILINE)


def pages(renderer: Renderer) -> Iterator[Page]:
    """Every hand-written page, in one language."""
    for name, texts in renderer.library.handwritten.items():
        page = _page(renderer, name, texts)
        if page:
            yield page


def _page(renderer: Renderer, name: str, texts: Mapping[str, Prose]) -> Page | None:
    prose = next((texts[code] for code in (*renderer.chain, *texts) if code in texts), None)
    if prose is None:
        return None
    address = "" if name == "index" else f"{name.removesuffix('/index')}/"
    sheet = Sheet(renderer, address, renderer.library.shared, prose.language)
    text = captioned(prose.text, prose.language)
    title = _TITLE.search(text)
    lines = []
    for line in text.split("\n"):
        marker = MARKER.match(line)
        if marker and marker[1] in ("plans", "sops"):
            # The list's own heading is left to the page.
            listing = Sheet(renderer, address, renderer.library.shared, prose.language).fill(f"{marker[1]}.md.j2")
            lines.append(listing.split("\n", 1)[1])
        else:
            lines.append(line)
    text = "\n".join(lines)
    if prose.language != renderer.language:
        notice = fallback_notice(sheet, prose.language)
        text = _TITLE.sub(lambda found: f"{found[0]}\n\n{notice}", text, count=1) if title else f"{notice}\n{text}"
    return Page(
        address,
        title[1] if title else name,
        text,
        renderer.language,
        prose.language,
        Place(prose.path),
        translated=prose.language == renderer.language,
    )


def entries(renderer: Renderer) -> tuple[list[Entry], list[Entry]]:
    """The home page for the head of the menu, the others for its end."""
    found = {page.address: page for page in pages(renderer)}
    home = (
        [Entry(str(Sheet(renderer, "", renderer.library.shared, renderer.language).t("Home")), "index.md")]
        if "" in found
        else []
    )
    rest = [Entry(page.title, source_of(address)) for address, page in sorted(found.items()) if address]
    return home, rest
