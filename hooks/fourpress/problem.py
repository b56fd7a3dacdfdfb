"""What an author is told about a mistake: where it stands, what is wrong, one remedy, and the rule's name.

A mistake in a plan is a value, not an exception: all of them are collected, sorted and shown at once. Exceptions are
kept for bugs.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Place:
    """A spot in an author's file: path relative to the project with `/`, line and column counted from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake. `message` is a lower-case fact, then `; ` and at most one remedy; no full stop."""

    place: Place
    message: str
    rule: str
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "" if self.severity == "error" else "warning: "
        return f"{self.place}: {mark}{self.message} ({self.rule})"


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sorted by place, each said once."""
    return tuple(sorted(set(problems)))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that forbid publishing."""
    return tuple(problem for problem in problems if problem.severity == "error")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?`, or the remedy that lists what there is when nothing is close."""
    names = sorted(set(known))
    near = difflib.get_close_matches(word, names, 1)
    if near:
        return f"; did you mean {near[0]!r}?"
    if 0 < len(names) <= 12:
        return f"; known are {', '.join(names)}"
    return ""


def as_text(problems: Iterable[Problem]) -> str:
    """One line each, as a person reads them."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """A JSON array of objects with path, line, column, message, rule and severity, for editors and scripts."""
    rows = [
        {
            "path": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "message": problem.message,
            "rule": problem.rule,
            "severity": problem.severity,
        }
        for problem in problems
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_github(problems: Iterable[Problem]) -> str:
    """Workflow commands that GitHub shows beside the line in a pull request.

    Escapes as the documentation of workflow commands asks: `%`, carriage return and newline everywhere; `:` and `,` in
    properties too.
    """

    def data(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def value(text: str) -> str:
        return data(text).replace(":", "%3A").replace(",", "%2C")

    return "".join(
        f"::{problem.severity} file={value(problem.place.path)},line={problem.place.line},col={problem.place.column},"
        f"title={value(problem.rule)}::{data(problem.message)}\n"
        for problem in problems
    )
