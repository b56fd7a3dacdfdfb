"""From a clean tree to a PDF: pandoc to Typst, Typst to a tagged PDF, pikepdf to half its size."""

from __future__ import annotations

import contextlib
import datetime
import io
import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pypandoc
import typst

from fourpress.documents.tree import Tree
from fourpress.model.values import Date

TEMPLATES = Path(__file__).parent / "templates"


class NotTypeset(Exception):
    """A document that cannot be made; the message is typst's or pandoc's own first line."""


@cache
def font_folders() -> list[str]:
    """Where the fonts of the wheels lie. Only these are used: the same PDF on every machine."""
    folders = []
    for package in ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic"):
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            raise NotTypeset(f"the fonts of {package} are not installed")
        folders.append(str(Path(next(iter(spec.submodule_search_locations)))))
    return folders


@cache
def pandoc() -> str:
    """The pandoc program of its wheel."""
    return str(pypandoc.get_pandoc_path())


def typeset(tree: Tree, front: Mapping[str, Any], date: Date, desk: Path) -> bytes:
    """A PDF of the tree; `desk` is an empty folder to work in. `date` is the document's, not the clock's."""
    desk.mkdir(parents=True, exist_ok=True)
    (desk / "body.html").write_text(f"<!doctype html><meta charset=utf-8><body>{tree.html}", "utf-8")
    (desk / "front.json").write_text(json.dumps(dict(front), ensure_ascii=False), "utf-8")
    shutil.copy(TEMPLATES / "document.typ", desk / "document.typ")
    for image in tree.images:
        shutil.copy(image.path, desk / image.name)
    for drawing in tree.drawings:
        (desk / drawing.name).write_text(drawing.shapes, "utf-8")
    _to_typst(desk, str(front["dir"]))
    moment = datetime.datetime.combine(date.first, datetime.time(12), datetime.UTC)
    source = (
        '#import "document.typ": *\n'
        f'#show: document.with(front: json("front.json"), date: datetime(year: {moment.year}, month: {moment.month}, '
        f"day: {moment.day}))\n"
    )
    (desk / "main.typ").write_text(source + (desk / "body.typ").read_text("utf-8"), "utf-8")
    try:
        raw = typst.compile(
            str(desk / "main.typ"),
            root=str(desk),
            font_paths=[*font_folders()],
            ignore_system_fonts=True,
            format="pdf",
            # Archive (ISO 19005-2, level A) and accessible (ISO 14289-1): what an official document owes its readers.
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(moment.timestamp()),
        )
    except Exception as error:  # typst raises its own TypstError, which older wheels name differently
        raise NotTypeset(_first_line(error)) from error
    return slimmed(raw)


def _to_typst(desk: Path, direction: str) -> None:
    (desk / "list.txt").write_text(
        f"{(desk / 'body.html').as_posix()}\t{(desk / 'body.typ').as_posix()}\t{direction}\n", "utf-8"
    )
    command = [pandoc(), "lua", str(TEMPLATES / "typst.lua"), str(desk / "list.txt")]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise NotTypeset(f"pandoc: {(done.stderr.strip() or 'failed').splitlines()[0]}")


def _first_line(error: Exception) -> str:
    message = str(error).strip()
    with contextlib.suppress(IndexError):
        message = re.sub(r"^error: ", "", message.splitlines()[0])
    hints = getattr(error, "hints", None)
    return f"{message} ({hints[0]})" if hints else message


def slimmed(raw: bytes) -> bytes:
    """The same PDF with object streams: half the bytes on a cheap phone, and the same bytes every time."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue()
