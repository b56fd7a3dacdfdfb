"""How wide words will be, without opening a font: SVG does not break lines, so labels are broken before they are drawn.

The widths are those of Noto Sans and Noto Sans Arabic, rounded up: most
system fonts of phones are narrower. Better a label cut one word too early than one that runs into the next.
"""

from __future__ import annotations

import functools
import itertools
import unicodedata

NARROW = 310
"""Pixels that a picture can count on: the column of text on a phone of 360 has 328, and some fonts are wider than ours."""

# Thousandths of the letter size.
_WIDTHS = {
    letter: width
    for width, letters in {
        175: "‘’\u202f",
        225: "'",
        275: " !,.:;Jijl·ıł\xa0ـآأإا",
        300: "()`",
        325: "-",
        350: "I[]f،؛",
        375: "/\\t“”رزژ",
        400: "{}",
        425: '"rءة',
        450: "?_°؟ؤو",
        475: "z",
        500: "cs–ɛɔدذ",
        525: "FLvy«»",
        550: "Skx",
        575: "$*+0123456789<=>ETYZ^ae|~€×عغ",
        600: "VXم",
        625: "KPRbdghnopquŋøđ",
        650: "#ABCß",
        675: "جحخ",
        700: "لنهچ",
        750: "&DGHUƁ",
        775: "NŊئقىيی",
        800: "OQw…Øطظ",
        850: "%",
        875: "æ",
        900: "@كکگ",
        925: "M",
        950: "Wmœ",
        1000: "—بتثفپ",
        1225: "سش",
        1325: "صض",
    }.items()
    for letter in letters
}
_UNKNOWN = 1000
_TAILED = frozenset("بتثپفقسشصضئىيیكکگ")
_JOINED = 0.7
"""What stays of an Arabic letter with a tail where another letter follows."""
_BOLD = 1.08
_ISOLATES = "\u2066\u2067\u2068\u2069"


@functools.lru_cache(maxsize=8192)
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that the text takes at a letter size, never less than it will."""
    letters = [
        letter
        for letter in unicodedata.normalize("NFC", text)
        if not unicodedata.combining(letter) and letter not in _ISOLATES
    ]
    total = 0.0
    for letter, following in itertools.zip_longest(letters, letters[1:], fillvalue=" "):
        own = _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0], _UNKNOWN)
        total += own * _JOINED if letter in _TAILED and _arabic(following) else own
    return total * size / 1000 * (_BOLD if bold else 1)


def _arabic(letter: str) -> bool:
    return "\u0620" <= letter <= "\u06ff"


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
