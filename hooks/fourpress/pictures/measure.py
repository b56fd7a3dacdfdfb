"""How wide words will be, without opening a font: SVG does not break lines, so labels are broken before they are drawn.

The widths are those of Noto Sans and Noto Sans Arabic, rounded up, each Arabic letter as wide as the widest of its forms:
the system fonts of phones are narrower. Better a label cut one word too early than one that runs into the next.
"""

from __future__ import annotations

import functools
import unicodedata

NARROW = 310
"""Pixels that a picture can count on: the column of text on a phone of 360 has 328, and some fonts are wider than ours."""

# Thousandths of the letter size.
_WIDTHS = {
    letter: width
    for width, letters in {
        175: "‘’\u202f",
        225: "'",
        275: " !,.:;Jijl·ıł\xa0ـ",
        300: "()`",
        325: "-",
        350: "I[]f،؛",
        375: "/\\t“”",
        400: "{}",
        425: '"rء',
        450: "?_°؟",
        475: "z",
        500: "آأإاcs–ɛɔ",
        525: "FLvy«»",
        550: "Skx",
        575: "$*+0123456789<=>ETYZ^ae|~€×",
        600: "رزژVX",
        625: "KPRbdghnopquŋøđ",
        650: "#ABCß",
        675: "ؤو",
        700: "ة",
        725: "ه",
        750: "دذعغ&DGHUƁ",
        775: "NŊ",
        800: "مOQw…Ø",
        850: "جحخ%",
        875: "æ",
        900: "@",
        925: "چM",
        950: "لنئىيیWmœ",
        1000: "—",
        1025: "ق",
        1050: "طظ",
        1125: "ك",
        1175: "کگ",
        1300: "بتثفپ",
        1475: "سش",
        1575: "صض",
    }.items()
    for letter in letters
}
_UNKNOWN = 1000
_BOLD = 1.08
_ISOLATES = "\u2066\u2067\u2068\u2069"


@functools.lru_cache(maxsize=8192)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that the text takes at a letter size, never less than it will."""
    total = 0
    for letter in unicodedata.normalize("NFD", text):
        if not unicodedata.combining(letter) and letter not in _ISOLATES:
            total += _WIDTHS.get(letter, _UNKNOWN)
    return total * size / 1000 * (_BOLD if bold else 1)


def wrapped(text: str, room: float, size: float, *, lines: int = 2, bold: bool = False) -> list[str]:
    """The text in at most so many lines; what does not fit is left to the table, and an ellipsis says so."""
    words = text.split()
    found: list[str] = []
    while words and len(found) < lines:
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", size, bold=bold) <= room:
            line = f"{line} {words.pop(0)}"
        found.append(line)
    if words or any(width(line, size, bold=bold) > room for line in found):
        found = [_cut(line, room, size, bold=bold, more=bool(words) and line is found[-1]) for line in found]
    return found


def _cut(line: str, room: float, size: float, *, bold: bool, more: bool) -> str:
    """The line with an ellipsis where it is too long or where more would follow."""
    if not more and width(line, size, bold=bold) <= room:
        return line
    while line and width(f"{line}…", size, bold=bold) > room:
        line = line[:-1]
    return f"{line.rstrip(' ,;:')}…"
