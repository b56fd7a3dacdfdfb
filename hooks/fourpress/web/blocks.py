"""Blocks of HTML lifted out of a page's Markdown and set back into its HTML.

Python-Markdown reads every tag of an HTML block only to leave it as it is, and that is most of a page's time. So it gets a
mark in the block's place. The marks are characters of Unicode's private use area: no text that people write has them.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
_START = re.compile(r"<([a-z][a-z0-9]*)[\s>]")
_MARK = re.compile(f"<p>{OPEN}(\\d+){CLOSE}</p>")


def lifted(markdown: str) -> tuple[str, list[str]]:
    """The Markdown with a mark for each block of HTML that begins a line, and the blocks.

    A block ends where the tag that began it is closed; what never closes is left to Markdown.
    """
    lines = markdown.translate({ord(OPEN): None, ord(CLOSE): None}).split("\n")
    out: list[str] = []
    blocks: list[str] = []
    index = 0
    while index < len(lines):
        found = _START.match(lines[index])
        end = _end(lines, index, found[1]) if found else None
        if end is None:
            out.append(lines[index])
            index += 1
            continue
        out += ["", f"{OPEN}{len(blocks)}{CLOSE}", ""]
        blocks.append("\n".join(lines[index : end + 1]))
        index = end + 1
    return "\n".join(out), blocks


def _end(lines: list[str], start: int, tag: str) -> int | None:
    """The line that closes the tag which the line `start` opens; None when the line goes on after it, or never."""
    either = re.compile(rf"<(/?){tag}(?=[\s>])")
    depth = 0
    for index in range(start, len(lines)):
        for found in either.finditer(lines[index]):
            depth += -1 if found[1] else 1
            if depth == 0:
                return index if lines[index].endswith(f"</{tag}>") else None
    return None


def restored(html: str, blocks: list[str]) -> str:
    """The HTML that Markdown made, with every block in its place."""
    return _MARK.sub(lambda found: blocks[int(found[1])], html)
