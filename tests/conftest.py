"""What all tests share: utopia, a country small enough to know by heart, and the option that rewrites golden files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest

from fourpress import library
from fourpress import site as sites
from fourpress.library import Library
from fourpress.site import Site

TESTS = Path(__file__).parent
UTOPIA = TESTS / "utopia"

# The same examples in every run, and none refused for a slow machine: a test that fails must fail again.
hypothesis.settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=60)
hypothesis.settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="rewrite tests/golden/ with what the code makes now")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def utopia(tmp_path: Path) -> Path:
    """A copy of utopia that a test may change."""
    return Path(shutil.copytree(UTOPIA, tmp_path / "utopia"))


@pytest.fixture(scope="session")
def public() -> Library:
    """Utopia as everybody may read it."""
    return library.load(UTOPIA)


@pytest.fixture(scope="session")
def whole() -> Library:
    """Utopia as only those read it whom the canary knows."""
    return library.load(UTOPIA, "restricted")


@pytest.fixture(scope="session")
def site() -> Site:
    """The site of utopia."""
    return sites.read(UTOPIA)


@pytest.fixture
def rewrite(utopia: Path) -> Callable[[str, str, str], None]:
    """Replaces words in a file of the copy; they must stand there exactly once."""

    def change(name: str, old: str, new: str) -> None:
        path = utopia / name
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), "utf-8", newline="\n")

    return change
