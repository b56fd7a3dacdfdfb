"""What was adopted, as fingerprints: `adopted.yml` beside a plan records them once, and the adopted files never change again.

A fingerprint is the SHA-256 of a record's written values as JSON (RFC 8785 in spirit: keys sorted, no blanks), texts in
Unicode form NFC with runs of white space as one blank. So layout, comments, line ends and the order of keys do not count,
and every word and figure does.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from fourpress.model import Objective, Pillar
from fourpress.model.record import Record

APART = ("objectives", "commitments")
"""Keys whose records have fingerprints of their own."""


def fingerprint(record: Record, under: str = "") -> str:
    """The SHA-256 of what an author wrote in a record, and of where it stands, in hexadecimal."""
    written = {key: value for key, value in record._node.items() if key not in APART}
    text = json.dumps([under, _plain(written)], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", str(value))).strip()


def named(pillars: tuple[Pillar, ...]) -> Iterator[tuple[str, Record, str]]:
    """Every record that is adopted: the name under which it is recorded, the record, the name of what holds it."""

    def below(record: Objective, under: str) -> Iterator[tuple[str, Record, str]]:
        name = f"objective {record.handle or record.address}"
        yield name, record, under
        for commitment in record.commitments:
            yield commitment.handle, commitment, name
        for child in record.objectives:
            yield from below(child, name)

    for pillar in pillars:
        name = f"pillar {pillar.address}"
        yield name, pillar, ""
        for objective in pillar.objectives:
            yield from below(objective, name)
        for commitment in pillar.commitments:
            yield commitment.handle, commitment, name


def recorded(pillars: tuple[Pillar, ...], on: str) -> str:
    """The text of `adopted.yml` for a plan as it stands now."""
    lines = [f'  "{name}": {fingerprint(record, under)}' for name, record, under in named(pillars)]
    return "\n".join(
        (
            "# yaml-language-server: $schema=../../site/data/schemas/adopted.json",
            "# Fingerprints of the adopted text, written by `python -m fourpress adopt`. Never edit this file or the adopted",
            "# files: what an act changes stands in amendments/.",
            f"on: {on}",
            "texts:",
            *lines,
            "",
        )
    )
