"""A page and a line of the menu: what the page makers give to whoever shows them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from fourpress.problem import Place


@dataclass(frozen=True)
class Page:
    """One page in one language.

    `address` is the same in every language (`plans/pan-2025/protection/`, empty for the home page); the site puts the
    language before it. `language` is the reader's, `ambient` the language of the running text, which differs where
    prose had to fall back. `translated` is false when nothing on the page is in the reader's language: search engines
    are then told of no such translation. `book` and `part` say in which document the page stands, and where.
    """

    address: str
    title: str
    markdown: str
    language: str
    ambient: str
    place: Place
    translated: bool = True
    book: str = ""
    wide: bool = False
    """Whether it needs the whole width: no side bars on screen, landscape on paper."""
    searched: bool = True
    """Whether search finds it: not where it says once more what another page says."""

    @property
    def source(self) -> str:
        """The name of the Markdown file that the page would be: `plans/pan-2025/index.md`, `bodies/iom.md`."""
        return source_of(self.address)


def source_of(address: str) -> str:
    """The Markdown file of an address: of a room or a document the index, of a page in it a file."""
    parts = address.strip("/").split("/") if address else []
    depth = {"plans": 2, "sops": 2, "bodies": 1}  # down to here, an address holds other pages
    holds_others = not parts or len(parts) <= depth.get(parts[0], 0) or (parts[0], *parts[2:]) == ("plans", "progress")
    return f"{address}index.md" if holds_others else f"{address.rstrip('/')}.md"


@dataclass(frozen=True)
class Entry:
    """A line of the menu; with children, a section whose own page is the first child."""

    title: str
    source: str = ""
    children: tuple[Entry, ...] = field(default_factory=tuple)

    def sources(self) -> Iterator[str]:
        """The pages that it and its children lead to."""
        if self.source:
            yield self.source
        for child in self.children:
            yield from child.sources()


def relative(target: str, here: str) -> str:
    """The way from one address to another: `../protection/#1.1.1`. Works under any root and in any language folder."""
    address, hash_mark, anchor = target.partition("#")
    if address == here and hash_mark:
        return f"#{anchor}"
    way = posixpath.relpath(f"/{address}", f"/{here}" if here else "/")
    way = "./" if way == "." else way + ("/" if address.endswith("/") or not address else "")
    return way + hash_mark + anchor
