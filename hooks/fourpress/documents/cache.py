"""Finished documents, kept by what they were made from: nothing is made twice."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

TOOLS = ("typst", "pypandoc_binary", "pikepdf", "fontpkg-noto-sans", "fontpkg-noto-sans-arabic")
TEMPLATES = Path(__file__).parent / "templates"
PAPER = Path(__file__).parent.parent / "pictures" / "paper.py"


def tools() -> str:
    """Versions and bytes of everything but the content that decides how a document looks."""
    digest = hashlib.sha256()
    for name in TOOLS:
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted((*TEMPLATES.iterdir(), *Path(__file__).parent.glob("*.py"), PAPER)):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()


def key(parts: Iterable[str | bytes]) -> str:
    """The name under which a document is kept: a hash over everything that it is made from, lengths included."""
    digest = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8")
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def keep(folder: Path, name: str, data: bytes) -> Path:
    """Store a finished document; a reader never sees half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    half = folder / f"{name}.{os.getpid()}.part"
    half.write_bytes(data)
    half.replace(path)
    return path


def forget_old(folder: Path, used: set[str], most: int = 2000) -> None:
    """Remove the oldest documents that this build did not use, so that the cache does not grow for ever."""
    if not folder.is_dir():
        return
    others = sorted((path for path in folder.iterdir() if path.name not in used), key=lambda path: path.stat().st_mtime)
    for path in others[: max(0, len(others) + len(used) - most)]:
        path.unlink(missing_ok=True)
