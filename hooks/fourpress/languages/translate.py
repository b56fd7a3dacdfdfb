"""Bringing catalogues up to date with what the authors wrote: what `python -m fourpress translate` does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fourpress.languages.catalogue import merged, sources
from fourpress.languages.voice import Completeness, completeness
from fourpress.library import Document, Library, Shared


@dataclass(frozen=True)
class Updated:
    """A catalogue after its update: where it stands, how complete it is, whether its bytes changed."""

    path: Path
    language: str
    state: Completeness
    changed: bool


def catalogue_path(library: Library, document: Document, language: str) -> Path:
    """One file per document and language, beside the document, so that two translators never touch the same file."""
    return library.root / document.path / f"{language}.po"


def update(library: Library, languages: tuple[str, ...]) -> list[Updated]:
    """Write the catalogue of every document for each language that is not authentic in it. Nothing translated is lost."""
    done = []
    for document in (library.shared, *library.documents):
        for language in languages:
            if language in document.languages:
                continue
            path = catalogue_path(library, document, language)
            old = path.read_text("utf-8") if path.is_file() else None
            new = merged(sources(document.records(), document.languages[0]), language, old)
            empty = isinstance(document, Shared) and not document.bodies and not document.instruments
            if new != old and not (old is None and empty):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(new, "utf-8", newline="\n")
            done.append(Updated(path, language, completeness(document, language), new != old))
    return done
