"""Chapters in Markdown as their authors wrote them: where headings, ids and the places of measures stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

from fourpress.problem import Place


@dataclass(frozen=True)
class Heading:
    """A heading of the prose; `id` is what stands in `{#...}`, None where the author gave none."""

    level: int
    title: str
    id: str | None
    place: Place


@dataclass(frozen=True)
class Marker:
    """A line `[[measure 2.1]]`: here stands the measure."""

    kind: str
    name: str
    line: int
    place: Place


@dataclass(frozen=True)
class Prose:
    """One chapter in one language."""

    path: str
    language: str
    text: str
    headings: tuple[Heading, ...]
    markers: tuple[Marker, ...]


_HEADING = re.compile(r"(#{1,6})[ \t]+(.*?)(?:[ \t]*\{([^{}]*)\})?[ \t]*#*$")
_ID = re.compile(r"#([^\s}#]+)")
MARKER = re.compile(r"[ \t]*\[\[([a-z]+)(?:[ \t]+([^\]\s][^\]]*))?\]\][ \t]*$")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")


def read(path: str, language: str, text: str) -> Prose:
    """The structure of a chapter's Markdown. Fenced code is passed over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    headings: list[Heading] = []
    markers: list[Marker] = []
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        found = _FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1][:3]
            continue
        if fence:
            continue
        if found := _HEADING.match(line):
            given = _ID.search(found[3] or "")
            place = Place(path, number, 1)
            headings.append(Heading(len(found[1]), found[2].strip(), given[1] if given else None, place))
        elif found := MARKER.match(line):
            place = Place(path, number, line.index("[[") + 1)
            markers.append(Marker(found[1], (found[2] or "").strip(), number, place))
    return Prose(path, language, text, tuple(headings), tuple(markers))
