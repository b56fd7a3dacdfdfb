"""Whole builds that several tests look at: each is made once per test run, as a user makes it, by the command line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
COPIED = ("docs", "hooks", "plans", "sops", "mkdocs.yml")


@dataclass(frozen=True)
class Built:
    """A finished build: where its project and its site stand, and what the command said."""

    root: Path
    site: Path
    said: str
    code: int = 0


def run(root: Path, *arguments: str, engine: str = "mkdocs", **environment: str) -> Built:
    """Build a project as the README says."""
    command = [sys.executable, "-m", engine, "build", *arguments]
    env = {**os.environ, "PYTHONPATH": "", "NO_MKDOCS_2_WARNING": "1", **environment}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, encoding="utf-8", env=env, check=False)
    return Built(root, root / "site", done.stdout + done.stderr, done.returncode)


def copied(target: Path, source: Path = PROJECT) -> Path:
    """A copy of a project that a test may change."""
    target.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        path = source / name
        if path.is_dir():
            shutil.copytree(path, target / name, ignore=shutil.ignore_patterns("__pycache__", "*.pyc"))
        elif path.is_file():
            shutil.copy(path, target / name)
    return target


@pytest.fixture(scope="session")
def starter(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The starter content, built with --strict."""
    built = run(copied(tmp_path_factory.mktemp("starter") / "project"), "--strict")
    assert built.code == 0, built.said
    return built


@pytest.fixture(scope="session")
def united_states(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The United States' plan of 2021, built with --strict in English, French and Arabic."""
    root = tmp_path_factory.mktemp("us") / "tests" / "united-states"
    shutil.copytree(PROJECT / "tests" / "united-states", root, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.copytree(PROJECT / "hooks", root.parent.parent / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    built = run(root, "--strict")
    assert built.code == 0, built.said
    return built
