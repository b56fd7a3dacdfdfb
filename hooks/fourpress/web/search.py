"""The search index of one language: only its own pages, found with and without accents."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

_WORD = re.compile(r"\w+(?:[\u0300-\u036f]+\w*)*")
_TAG = re.compile(r"<[^>]+>")

SEPARATOR = r"[\s\-\u2019'.,;:!?()\[\]«»]+"
"""Parts words: an elision too, so that `l'accueil` is found by `accueil`."""

STOP_WORDS = {"fr": "fr", "en": "en"}
"""Languages whose stop words the search library has right; the others search every word."""


def settings(language: str) -> dict[str, Any]:
    """Search settings for a language.

    Never the stemmer: the theme adds `*` to what is typed, wildcards skip the stemming, and whole words are not found.
    """
    known = STOP_WORDS.get(language.split("-", maxsplit=1)[0])
    return {"lang": [known or "en"], "pipeline": ["stopWordFilter"] if known else [], "separator": SEPARATOR}


@functools.lru_cache(maxsize=65536)  # a language has few words
def fold(text: str) -> str:
    """Without accents, tone marks and vowel signs: composed and decomposed text fold to the same."""
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)).casefold()


def index(entries: Iterable[Mapping[str, Any]], root: str, language: str) -> dict[str, Any]:
    """The index that the theme's search reads, from the engine's pooled `entries`; `root` is `` or `en/`.

    The fields `fold` and `fold_title`, which are searched and never shown, hold each word that has accents without them, in both Unicode
    forms; for Arabic also words without the article.
    """
    documents = []
    for entry in entries:
        location = str(entry["location"])
        if location.startswith(root):
            own = {**entry, "location": location[len(root) :]}
            for name, text in (("fold", _TAG.sub(" ", str(entry["text"]))), ("fold_title", str(entry["title"]))):
                if folded := _folded(text, language):
                    own[name] = folded
            documents.append(own)
    fields = {
        "title": {"boost": 1000.0},
        "text": {"boost": 1.0},
        "tags": {"boost": 1000000.0},
        "fold": {"boost": 1.0},
        "fold_title": {"boost": 1000.0},
    }
    return {"config": {**settings(language), "fields": fields}, "docs": documents}


def _folded(text: str, language: str) -> str:
    words = set(_WORD.findall(text))
    found = {
        form
        for word in words
        if not word.isascii()
        for form in (fold(word), unicodedata.normalize("NFC", word).casefold())
        if form != word.casefold()
    }
    if language.split("-", maxsplit=1)[0] == "ar":
        found |= {fold(word)[2:] for word in words if word.startswith("ال") and len(word) > 4}
    return " ".join(sorted(found))
