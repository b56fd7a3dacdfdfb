"""Everything that utopia publishes, word for word, as a diff that a person reviews.

Pages are compared as the Markdown that the site engine gets; data as text. `pytest --update` rewrites the files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from fourpress import exports, pages
from fourpress.library import Library
from fourpress.pages import Entry
from fourpress.site import Site

GOLDEN = Path(__file__).parent / "golden"
COMMAND = "python -m pytest tests/test_golden.py --update"
LANGUAGES = ("fr", "en", "rn")


def outline(entries: Iterable[Entry], depth: int = 0) -> str:
    """The menu as an indented list."""
    return "".join(
        f"{'  ' * depth}- {entry.title}{f' ({entry.source})' if entry.source else ''}\n{outline(entry.children, depth + 1)}"
        for entry in entries
    )


def as_text(content: bytes) -> str:
    """Data as golden files hold it: without the byte order mark and with plain line ends, so that git leaves it alone."""
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def made(folder: str, library: Library, site: Site) -> dict[str, str]:
    """What the code makes now, by file name."""
    if folder == "data":
        return {
            name.removeprefix("data/"): as_text(content)
            for name, content in exports.files(library, site).items()
            # Schemas and the dictionary are the model's; a workbook is the same tables (test_exports.py).
            if "/schemas/" not in name and "/dictionary." not in name and not name.endswith(".xlsx")
        }
    # The dictionary on the page of data is the model's too (test_dictionary.py).
    texts = {page.source: page.markdown.split("{#dictionary}")[0] for page in pages.pages(library, site, folder)}
    return {"menu.md": outline(pages.menu(library, site, folder)), **texts}


@pytest.mark.parametrize("folder", [*LANGUAGES, "data"])
def test_utopia_is_published_as_it_was(folder: str, public: Library, site: Site, update: bool) -> None:
    now = made(folder, public, site)
    base = GOLDEN / folder
    if update:
        shutil.rmtree(base, ignore_errors=True)
        for name, text in now.items():
            (base / name).parent.mkdir(parents=True, exist_ok=True)
            (base / name).write_text(text, "utf-8", newline="\n")
    before = {
        path.relative_to(base).as_posix(): path.read_text("utf-8") for path in sorted(base.rglob("*")) if path.is_file()
    }
    hint = f"if this is what you want, run `{COMMAND}` and review the diff of tests/golden/{folder}"
    assert sorted(now) == sorted(before), hint
    for name, text in now.items():
        assert text.splitlines() == before[name].splitlines(), f"{folder}/{name} differs; {hint}"


def test_golden_files_cover_every_language_of_utopia(site: Site) -> None:
    assert site.languages == LANGUAGES
    assert sorted(path.name for path in GOLDEN.iterdir()) == sorted((*LANGUAGES, "data"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_making_the_pages_twice_makes_the_same_pages(language: str, public: Library, site: Site) -> None:
    assert pages.pages(public, site, language) == pages.pages(public, site, language)


def test_making_the_data_twice_makes_the_same_bytes(public: Library, site: Site) -> None:
    assert exports.files(public, site) == exports.files(public, site)


def test_every_language_has_the_same_addresses(public: Library, site: Site) -> None:
    addresses = [[page.address for page in pages.pages(public, site, language)] for language in LANGUAGES]
    assert addresses[0] == addresses[1] == addresses[2]
    assert len(set(addresses[0])) == len(addresses[0])


def test_tables_open_in_a_spreadsheet(public: Library, site: Site) -> None:
    """Excel on Windows needs the byte order mark; RFC 4180 asks for CRLF."""
    for name, content in exports.files(public, site).items():
        if name.endswith(".csv"):
            assert content.startswith(b"\xef\xbb\xbf")
            assert content.count(b"\r\n") == content.count(b"\n") >= 2
