"""Shapes and words at places along the reading direction, written as SVG that a strict policy allows.

No script, no style attribute, no foreignObject, nothing from elsewhere: only presentation attributes, patterns of the
picture itself, and text. Every fill is told from the others by its pattern, so that a photocopy says the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from fourpress.languages.language import direction
from fourpress.pictures.measure import NARROW, width

Anchor = Literal["start", "middle", "end"]
Fill = Literal["full", "hatched", "crossed", "dotted", "striped", "pale", "empty", "missing"]
Mark = Literal["diamond", "dot", "tick"]

INK = "#15202b"
NAVY = "#16324f"
WARM = "#9a3a0a"
SOFT = "#45525e"
LINE = "#c9d1d9"
PALE = "#dfe5ea"

SIZE = 13
SMALL = 12
"""Letter sizes in pixels; nothing is smaller."""

# Solid fills, and the tile of each pattern: its ground and the strokes or dots on it. paper.py draws the same tiles.
SOLID: dict[str, str] = {"full": NAVY, "pale": PALE, "empty": "#fff"}
TILES: dict[str, Markup] = {
    name: Markup('<rect width="6" height="6" fill="{}"/>').format(ground) + Markup(shapes)  # noqa: S704  # our own words
    for name, ground, shapes in (
        ("hatched", "#fff", f'<path d="M-1 7 7 -1M-1 1 1 -1M5 7 7 5" stroke="{NAVY}" stroke-width="1.8"/>'),
        ("crossed", "#fff", f'<path d="M0 0 6 6M6 0 0 6" stroke="{WARM}" stroke-width="1.8"/>'),
        ("dotted", "#fff", f'<circle cx="3" cy="3" r="1.5" fill="{NAVY}"/>'),
        ("striped", PALE, f'<path d="M0 3H6" stroke="{SOFT}" stroke-width="1.5"/>'),
        ("missing", "#fff", f'<circle cx="3" cy="3" r=".7" fill="{SOFT}"/>'),
    )
}
EDGES: dict[str, str] = {"crossed": WARM}
_MARKS: dict[Mark, str] = {
    "diamond": f'<path d="M0-6.5 6.5 0 0 6.5-6.5 0Z" fill="{INK}" stroke="#fff" stroke-width="1.2"/>',
    "dot": f'<circle r="5" fill="#fff" stroke="{INK}" stroke-width="2.5"/>',
    "tick": f'<path d="M0-8V8" stroke="{INK}" stroke-width="3"/>',
}


def exact(value: float) -> str:
    """A coordinate with no more digits than a printer sees, and the same on every machine."""
    return f"{round(float(value), 2) + 0.0:.2f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Label:
    """Words as they are drawn, and the language that they are in: none for figures and ids, which run left to right."""

    text: str
    language: str


@dataclass
class Canvas:
    """A drawing being made. Places are percentages of the width from where a line begins, and pixels from the top.

    `dx` moves a thing by pixels, again in reading direction.
    """

    prefix: str
    language: str
    height: float = 0
    parts: list[Markup] = field(default_factory=list)
    _fills: set[str] = field(default_factory=set)
    _marks: set[Mark] = field(default_factory=set)

    @property
    def mirrored(self) -> bool:
        """Whether lines begin at the right."""
        return direction(self.language) == "rtl"

    def _moved(self, dx: float) -> Markup:
        return Markup(' transform="translate({} 0)"').format(exact(-dx if self.mirrored else dx)) if dx else Markup("")

    def _x(self, place: float) -> str:
        return f"{exact(100 - place if self.mirrored else place)}%"

    def bar(
        self, place: float, share: float, y: float, height: float, fill: Fill, *, pixels: bool = False, dx: float = 0
    ) -> None:
        """A filled rectangle; `share` is its width in percent, or in pixels for the swatch of a legend."""
        paint = SOLID.get(fill) or f"url(#{self.prefix}-{fill})"
        self._fills.add(fill)
        edge = EDGES.get(fill, NAVY)
        if pixels:
            x, wide = self._x(place), exact(share)
            dx = dx + share if self.mirrored else dx
        else:
            x, wide = f"{exact(100 - place - share if self.mirrored else place)}%", f"{exact(share)}%"
        self.parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"{}/>').format(
                fill, x, exact(y), wide, exact(height), paint, edge, self._moved(dx)
            )
        )

    def ground(self, place: float, share: float, y: float, height: float, kind: str = "ground") -> None:
        """A rectangle without an edge behind other things: quiet, or `blank` to hide what runs there."""
        x = f"{exact(100 - place - share if self.mirrored else place)}%"
        self.parts.append(
            Markup('<rect class="{}" x="{}" y="{}" width="{}%" height="{}" fill="{}"/>').format(
                kind, x, exact(y), exact(share), exact(height), PALE if kind == "ground" else "#fff"
            )
        )

    def upright(self, place: float, top: float, bottom: float, *, strong: bool = False) -> None:
        """A line from top to bottom."""
        x = self._x(place)
        self.parts.append(
            Markup('<line x1="{0}" y1="{1}" x2="{0}" y2="{2}" stroke="{3}" stroke-width="{4}"/>').format(
                x, exact(top), exact(bottom), SOFT if strong else LINE, "1.2" if strong else "1"
            )
        )

    def level(self, place: float, share: float, y: float) -> None:
        """A line in reading direction."""
        ends = (self._x(place), self._x(place + share))
        self.parts.append(
            Markup('<line x1="{0}" y1="{2}" x2="{1}" y2="{2}" stroke="{3}" stroke-width="1.5"/>').format(
                *ends, exact(y), SOFT
            )
        )

    def mark(self, kind: Mark, place: float, y: float, *, dx: float = 0) -> None:
        """A mark of constant size."""
        self._marks.add(kind)
        self.parts.append(
            Markup('<use class="{}" href="#{}-{}" x="{}" y="{}"{}/>').format(
                kind, self.prefix, kind, self._x(place), exact(y), self._moved(dx)
            )
        )

    def words(
        self,
        label: Label,
        place: float,
        y: float,
        *,
        anchor: Anchor = "start",
        dx: float = 0,
        size: float = SIZE,
        bold: bool = False,
        kind: str = "",
    ) -> None:
        """A line of text whose letters stand on `y`. It keeps its own direction, and its place that of the picture."""
        own = direction(label.language)
        # SVG means the start of the words, we the start of the picture's line: they differ for words of another direction.
        if own != direction(self.language) and anchor != "middle":
            anchor = "end" if anchor == "start" else "start"
        attributes = Markup("")
        if kind:
            attributes += Markup(' class="{}"').format(kind)
        if anchor != "start":
            attributes += Markup(' text-anchor="{}"').format(anchor)
        attributes += Markup(' direction="{}"').format(own)
        if label.language and label.language != self.language:
            attributes += Markup(' lang="{}"').format(label.language)
        if size != SIZE:
            attributes += Markup(' font-size="{}"').format(exact(size))
        if bold:
            attributes += Markup(' font-weight="600"')
        self.parts.append(
            Markup('<text x="{}" y="{}"{}{}>{}</text>').format(
                self._x(place), exact(y), attributes, self._moved(dx), label.text
            )
        )

    def legend(self, y: float, entries: Iterable[tuple[Fill | Mark, Label]]) -> float:
        """What fills and marks mean, in as many lines as a phone needs; gives the place under it."""
        line, taken = y + 12.0, 0.0
        for key, label in entries:
            wanted = 22 + width(label.text, SMALL) + 16
            if taken and taken + wanted - 16 > NARROW:
                line, taken = line + 20, 0
            if key in _MARKS:
                self.mark(key, 0, line - 4, dx=taken + 8)  # a key of _MARKS is a mark
            else:
                self.bar(0, 16, line - 10, 11, key, pixels=True, dx=taken)  # type: ignore[arg-type]
            self.words(label, 0, line, dx=taken + 22, size=SMALL)
            taken += wanted
        return line + 8

    def svg(self, title: str, description: str) -> Markup:
        """The whole picture, with the words that stand for it where it cannot be seen."""
        definitions = [
            Markup('<pattern id="{}-{}" width="6" height="6" patternUnits="userSpaceOnUse">{}</pattern>').format(
                self.prefix, name, TILES[name]
            )
            for name in sorted(self._fills & TILES.keys())
        ]
        definitions += [
            Markup('<g id="{}-{}">{}</g>').format(self.prefix, kind, Markup(_MARKS[kind]))  # noqa: S704  # our own shapes
            for kind in sorted(self._marks)
        ]
        inner = Markup("<defs>{}</defs>").format(Markup("").join(definitions)) if definitions else Markup("")
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" class="drawing" width="100%" height="{1}" role="img" '
            'aria-labelledby="{0}-title {0}-description" font-family="Noto Sans" font-size="{2}" fill="{3}">'
            '<title id="{0}-title">{4}</title><desc id="{0}-description">{5}</desc>{6}{7}</svg>'
        ).format(self.prefix, exact(self.height), SIZE, INK, title, description, inner, Markup("").join(self.parts))
