"""A drawing of ours as plain data, which document.typ draws natively on paper.

Typst can place an SVG as a picture, but then a letter with a combining mark (Arabic with vowel signs, ɔ́ of Lingala) has
no character behind its glyph and the document fails PDF/UA-1 (ISO 14289-1, 7.21.7); and every letter would come from
one font. Drawn natively the words are words, in the fonts and languages of the document. Only what svg.py writes is
understood; a place stays a pair of percent and pixels, so that the drawing fills the line of any paper.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from fourpress.pictures.svg import SIZE

_MOVED = re.compile(r"translate\((-?[\d.]+) 0\)")
Place = tuple[float, float]


def alternative(svg: etree._Element) -> str:
    """The words that stand for the drawing: its title and what it shows."""
    return " – ".join(text for name in ("title", "desc") if (text := (svg.findtext(name) or "").strip()))


def drawing(svg: etree._Element) -> dict[str, Any]:
    """Height in pixels, and the shapes in the order in which they are drawn."""
    shapes = [shape for element in svg if (shape := _shape(element))]
    return {"height": float(svg.get("height", "0")), "shapes": shapes}


def _shape(element: etree._Element) -> dict[str, Any] | None:
    if element.tag == "rect":
        wide = element.get("width", "0")
        return {
            "kind": "rect",
            "x": _place(element, "x"),
            "y": _number(element, "y"),
            "width": _length(wide),
            "height": _number(element, "height"),
            "fill": element.get("class"),
        }
    if element.tag == "line":
        first, last = sorted((_place(element, "x1"), _place(element, "x2")))
        return {
            "kind": "line",
            "x": first,
            "y": _number(element, "y1"),
            "width": (last[0] - first[0], last[1] - first[1]),
            "height": _number(element, "y2") - _number(element, "y1"),
            "stroke": element.get("stroke"),
            "weight": _number(element, "stroke-width"),
        }
    if element.tag == "use":
        return {"kind": element.get("class"), "x": _place(element, "x"), "y": _number(element, "y")}
    if element.tag == "text":
        own = element.get("direction", "ltr")
        anchor = element.get("text-anchor", "start")
        side = {"start": "left", "end": "right"}.get(anchor, "center")
        if own == "rtl":
            side = {"left": "right", "right": "left"}.get(side, side)
        return {
            "kind": "text",
            "x": _place(element, "x"),
            "y": _number(element, "y"),
            "words": element.text or "",
            "side": side,
            "dir": own,
            "lang": (element.get("lang") or "").split("-")[0],
            "size": _number(element, "font-size") or SIZE,
            "bold": element.get("font-weight") is not None,
        }
    return None


def _number(element: etree._Element, name: str) -> float:
    return float(element.get(name, "0"))


def _length(text: str) -> Place:
    """(percent, pixels)."""
    return (float(text[:-1]), 0.0) if text.endswith("%") else (0.0, float(text))


def _place(element: etree._Element, name: str) -> Place:
    percent, pixels = _length(element.get(name, "0"))
    moved = _MOVED.fullmatch(element.get("transform", ""))
    return percent, pixels + (float(moved[1]) if moved else 0.0)


__all__ = ["alternative", "drawing"]
