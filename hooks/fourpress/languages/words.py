"""Words of the interface: labels, headings, names of states. One PO catalogue per language under `words/`.

The English words stand in the code and templates as keys, so English needs no translation. A word that a language lacks
falls back along the chain of languages and is marked with the language that it is in.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

FOLDER = Path(__file__).parent.parent / "words"
DRAFT = "unreviewed draft"
"""A catalogue with this line in its head comment was not reviewed by a speaker; status pages say so."""


@dataclass(frozen=True)
class Said:
    """A word and the language that it is in."""

    words: str
    language: str


@functools.cache
def _catalogue(language: str) -> dict[str, str]:
    """Context-free words of a language; theme words carry the context `theme` and the key `theme:...`."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return {}
    catalog = read_po(io.BytesIO(path.read_bytes()), locale=None)
    return {
        (f"{message.context}:{message.id}" if message.context else str(message.id)): str(message.string)
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }


def languages() -> tuple[str, ...]:
    """Languages that have a catalogue, and English."""
    return tuple(sorted({"en", *(path.stem for path in FOLDER.glob("*.po"))}))


def is_draft(language: str) -> bool:
    """Whether the interface words wait for a speaker's review."""
    path = FOLDER / f"{language}.po"
    return path.is_file() and DRAFT in path.read_text("utf-8").split("msgid", 1)[0]


@functools.lru_cache(maxsize=4096)
def word(key: str, chain: tuple[str, ...]) -> Said:
    """An interface word in the first language of the chain that has it; English has all."""
    for language in chain:
        if base_is_english(language):
            break
        for code in dict.fromkeys((language, language.split("-")[0])):
            if found := _catalogue(code).get(key):
                return Said(found, language)
    return Said(_catalogue("en").get(key, key), "en")


def base_is_english(language: str) -> bool:
    """English is the language of the keys."""
    return language.split("-", maxsplit=1)[0] == "en"


def theme_words(chain: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The theme's own words that our catalogues hold, for languages that the theme does not speak."""
    for language in reversed(chain):
        for key, words in _catalogue(language).items():
            if key.startswith("theme:"):
                yield key.removeprefix("theme:"), words
