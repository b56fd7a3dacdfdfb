"""A document's words for one reader: the best wording there is, and the truth about it.

A wording is authentic (the official language), current (translated from exactly these words), outdated (translated from
words that have changed since) or missing (then the reader gets another language, marked as such).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fourpress.languages.catalogue import texts
from fourpress.library import Document, Library
from fourpress.model.record import Record
from fourpress.model.values import Text

State = Literal["authentic", "current", "outdated", "missing"]


@dataclass(frozen=True)
class Wording:
    """Words, the language that they are in, and how they stand to the official text.

    `official` holds the official words and their language when the reader gets something that may differ from them.
    """

    words: str
    language: str
    state: State
    official: tuple[str, str] | None = None


def wording(document: Document, record: Record, name: str, text: Text, chain: tuple[str, ...]) -> Wording:
    """The text of a record's field for a reader who prefers the languages of `chain`, in this order.

    `name` is the field as in YAML, with `/0` for an item of a list. An outdated translation comes before another language:
    it is marked, and the official words go with it.
    """
    authentic = text.authentic(document.languages)
    first = next(iter(authentic))
    address = f"{record.address}/{name}" if record.address else name
    wanted = chain[0]
    for language in chain:
        if language in authentic:
            return Wording(authentic[language], language, "authentic" if language == wanted else "missing")
        catalogue = document.catalogues.get(language)
        entry = catalogue.entries.get(address) if catalogue else None
        if entry is None:
            continue
        outdated = entry.doubtful or entry.source != authentic[first]
        if outdated and language != wanted:
            continue  # a third language that is outdated too helps nobody
        if outdated:
            return Wording(entry.words, language, "outdated", (authentic[first], first))
        return Wording(entry.words, language, "current" if language == wanted else "missing")
    return Wording(authentic[first], first, "missing")


@dataclass(frozen=True)
class Completeness:
    """How many texts of a document are in which state for a language."""

    current: int
    outdated: int
    missing: int

    @property
    def total(self) -> int:
        """All texts."""
        return self.current + self.outdated + self.missing

    @property
    def percent(self) -> int:
        """Share of current texts, rounded down: 100 only when all are."""
        return 100 * self.current // self.total if self.total else 100


def completeness(document: Document, language: str) -> Completeness:
    """How far a document's structured texts are translated. Authentic texts count as current."""
    counts = {"current": 0, "outdated": 0, "missing": 0}
    for root in document.records():
        for address, text, holder, _name in texts(root):
            name = address.removeprefix(f"{holder.address}/") if holder.address else address
            state = wording(document, holder, name, text, (language,)).state
            counts["current" if state == "authentic" else state] += 1
    return Completeness(**counts)


def chain_for(language: str, fallbacks: dict[str, tuple[str, ...]], default: str) -> tuple[str, ...]:
    """The languages that a reader of `language` gets, in order: itself, what the site says for it, the default."""
    base = (language.split("-", maxsplit=1)[0],) if "-" in language else ()
    return tuple(dict.fromkeys((language, *base, *fallbacks.get(language, ()), default)))


__all__ = ["Completeness", "Library", "State", "Wording", "chain_for", "completeness", "wording"]
