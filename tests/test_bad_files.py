"""Every rule on real files: each file of tests/bad says itself what an author must be told, and nothing else may be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from fourpress import checks, library
from fourpress.problem import as_text

BAD = Path(__file__).parent / "bad"
FILES = sorted(path for path in BAD.iterdir() if path.name != "README.md" and path.suffix != ".expect")

_COMMENT = {".yml": r"# (.*)", ".po": r"# (.*)", ".md": r"\[//\]: # \((.*)\)", ".expect": r"(.*)"}
_EXPECTED = re.compile(r"(?:(?P<path>\S+):)?(?P<place>\d+:\d+) (?P<rest>.+ \((?P<rule>[a-z0-9-]+)\))")


@dataclass(frozen=True)
class BadFile:
    """Where a bad file goes in utopia, and the problems that it must give, as they print."""

    replaces: str
    expected: tuple[str, ...]
    rules: frozenset[str]


def read(path: Path) -> BadFile:
    """What a bad file says of itself, in its first lines or in the `.expect` file beside it."""
    beside = path.with_name(f"{path.name}.expect")
    words = beside if beside.is_file() else path
    said: dict[str, list[str]] = {"replaces": [], "expect": []}
    for line in words.read_bytes().decode("utf-8", "replace").splitlines():
        comment = re.fullmatch(_COMMENT[words.suffix if words is beside else path.suffix], line)
        name, _, value = (comment[1] if comment else "").partition(": ")
        if name not in said:
            break
        said[name].append(value)
    assert len(said["replaces"]) == 1, f"{path.name} must say once which file it replaces"
    (replaces,) = said["replaces"]
    expected, rules = [], set()
    for line in said["expect"]:
        found = _EXPECTED.fullmatch(line)
        assert found, f"{path.name}: write `expect: 14:12 message (rule)`, not {line!r}"
        expected.append(f"{found['path'] or replaces}:{found['place']}: {found['rest']}")
        rules.add(found["rule"])
    return BadFile(replaces, tuple(expected), frozenset(rules))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_bad_file_gives_exactly_the_problems_that_it_says(path: Path, utopia: Path) -> None:
    bad = read(path)
    assert bad.expected, f"{path.name} expects no problem; a bad file has at least one"
    place = utopia / bad.replaces
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(path.read_bytes())

    found = library.load(utopia, "restricted").problems

    assert sorted(as_text(found).splitlines()) == sorted(bad.expected)
    # Whoever loads is told all; nobody's load may break on a mistake.
    assert library.load(utopia, "public").problems == found


@pytest.mark.parametrize("rule", checks.rules())
def test_every_rule_occurs_in_a_bad_file(rule: str) -> None:
    assert any(rule in read(path).rules for path in FILES), f"no file of tests/bad breaks the rule {rule}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_bad_file_is_named_after_its_rule(path: Path) -> None:
    assert any(path.stem == rule or path.stem.startswith(f"{rule}-") for rule in read(path).rules)


@pytest.mark.parametrize("rule", checks.rules())
def test_the_manual_shows_what_breaks_a_rule_and_what_keeps_it(rule: str) -> None:
    words = checks.rules()[rule]
    assert re.match(r"[A-Z].*?[.:] .*Bad: .+ Good: .+", words)


def test_utopia_itself_has_no_problem(utopia: Path) -> None:
    assert as_text(library.load(utopia, "restricted").problems) == ""


def test_problems_come_in_the_order_of_the_files_and_each_once(utopia: Path) -> None:
    for name in ("due-within-plan.yml", "choice-yes.yml"):
        (utopia / read(BAD / name).replaces).write_bytes((BAD / name).read_bytes())
    found = library.load(utopia, "restricted").problems
    assert list(found) == sorted(set(found))
    assert len({problem.place.path for problem in found}) >= 2
