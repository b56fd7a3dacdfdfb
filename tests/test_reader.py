"""The reader takes any text: it may find a thousand mistakes, but it never raises and never points outside the file."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fourpress import checks, prose, reader
from fourpress.exports.schemas import AUTHORED
from fourpress.model import Bodies, ChapterHead, Instruments, Pillar, PlanHead, Progress, SopHead
from fourpress.model.record import Record
from fourpress.problem import Place, Problem

PROJECT = Path(__file__).parent.parent
UTOPIA = PROJECT / "tests" / "utopia"
RULES = frozenset(checks.rules())


def model_of(path: Path) -> type[Record]:
    """What the file is meant to hold, by its name and folder."""
    named = {
        "bodies": Bodies,
        "instruments": Instruments,
        "plan": PlanHead,
        "sop": SopHead,
        "adopted": AUTHORED["adopted"],
    }
    if path.stem in named:
        return named[path.stem]
    rooms = {"progress": Progress, "amendments": AUTHORED["amendment"]}
    if path.parent.name in rooms:
        return rooms[path.parent.name]
    return ChapterHead if "sops" in path.parts else Pillar


STARTERS = sorted(
    path.relative_to(PROJECT)
    for folder in (PROJECT / "plans", PROJECT / "sops", UTOPIA / "plans", UTOPIA / "sops")
    for path in folder.rglob("*.yml")
)


def assert_sound(text: str, problems: tuple[Problem, ...]) -> None:
    """Problems stand inside the text, bear a rule of the manual, and speak like a person."""
    lines = text.splitlines() or [""]
    for problem in problems:
        place = problem.place
        assert 1 <= place.line <= len(lines) + 1, problem
        length = len(lines[place.line - 1]) if place.line <= len(lines) else 0
        assert 1 <= place.column <= length + 1, problem
        assert problem.rule in RULES, problem
        assert not problem.message.startswith("Input should"), problem
        assert not problem.message.endswith("."), problem
        assert "Scalar(" not in problem.message, problem


def read(text: str, model: type[Record], name: str = "plans/x.yml") -> reader.Found[Record]:
    found = reader.read(name, text, model)
    assert_sound(text, found.problems)
    return found


# Any text

YAML_SHARDS = st.sampled_from(
    [
        "id: ", "title: ", "text: ", "language: fr", "- ", "  ", "    ", "\n", "\n- ", ": ", "? ", "| \n", ">-\n", "{", "}", "[", "]", ", ",
        '"', "'", "#", " #", "&a ", "*a", "<<: ", "!!str ", "! ", "--- ", "...", "%YAML 1.1\n", "\t", "~", "null", "NO", "1.10", "yes",
        "é", "ع", "\ufeff", "\x07", "\x85", "\u2028", "\r\n", "\r", "pillars: ", "period: {from: 2025, to: 2026}", "audience: ", "restricted",
        "commitments:\n", "steps: [", "by: ", "due: ", "2026-02-30", "amount: ", "values: {a: 1}", "critical: ", "year: ", "{}", "[]", "{{x}}", "%",
    ]
)  # fmt: skip
ALMOST_YAML = st.lists(st.one_of(YAML_SHARDS, st.text(max_size=8)), max_size=30).map("".join)


@pytest.mark.parametrize("model", AUTHORED.values(), ids=AUTHORED)
@given(text=st.one_of(st.text(max_size=300), ALMOST_YAML))
@example(text="")
@example(text="\ufeff")
@example(text="title: \x00")
@example(text="é" * 50 + "\x07")
@example(text="critical: perhaps\npartial: 2")
@example(text="year: " + "9" * 5000)
@example(text="? [a, b]\n: c")
@example(text="? \n: x\n? \n: y")
@example(text="title: {}\nlanguage: []\nid: {}\npillars: {}")
def test_any_text_is_read_without_a_traceback(model: type[Record], text: str) -> None:
    read(text, model)


KEYS_OF_ALL = sorted(
    {
        key
        for model in AUTHORED.values()
        for schema in (model.model_json_schema(), *model.model_json_schema().get("$defs", {}).values())
        for key in schema.get("properties", {})
    }
)


def values(children: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.one_of(
        st.lists(children, max_size=3), st.dictionaries(st.sampled_from(KEYS_OF_ALL), children, max_size=5)
    )


WORDS = st.sampled_from(
    [
        "2026",
        "2026-12",
        "1.10",
        "NO",
        "yes",
        "fr",
        "XX",
        "public",
        "a-b",
        "A b",
        "12",
        "{",
        "",
        "24 h",
        "USD",
        "law",
        "true",
    ]
)
SHAPES = st.recursive(WORDS, values, max_leaves=20)


@pytest.mark.parametrize("model", AUTHORED.values(), ids=AUTHORED)
@given(shape=st.dictionaries(st.sampled_from(KEYS_OF_ALL), SHAPES, max_size=8))
def test_known_keys_with_values_of_any_shape_are_read_without_a_traceback(
    model: type[Record], shape: dict[str, object]
) -> None:
    read(json.dumps(shape, ensure_ascii=False, indent=1), model)


# Real files, damaged


@pytest.mark.parametrize("path", STARTERS, ids=str)
def test_a_real_file_is_read_without_a_problem(path: Path) -> None:
    assert read((PROJECT / path).read_text("utf-8"), model_of(path), path.as_posix()).problems == ()


CUT = st.sampled_from(STARTERS)


@given(path=CUT, share=st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_read_without_a_traceback(path: Path, share: float) -> None:
    text = (PROJECT / path).read_text("utf-8")
    read(text[: int(len(text) * share)], model_of(path))


@given(path=CUT, data=st.data())
def test_a_file_that_lost_lines_is_read_without_a_traceback(path: Path, data: st.DataObject) -> None:
    lines = (PROJECT / path).read_text("utf-8").splitlines(keepends=True)
    lost = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1, max_size=6))
    read("".join(line for number, line in enumerate(lines) if number not in lost), model_of(path))


@given(path=CUT, data=st.data())
def test_a_file_with_lines_pasted_twice_is_read_without_a_traceback(path: Path, data: st.DataObject) -> None:
    lines = (PROJECT / path).read_text("utf-8").splitlines(keepends=True)
    first = data.draw(st.integers(0, len(lines) - 1))
    last = data.draw(st.integers(first, min(first + 8, len(lines) - 1)))
    target = data.draw(st.integers(0, len(lines)))
    read("".join([*lines[:target], *lines[first : last + 1], *lines[target:]]), model_of(path))


@given(path=CUT, order=st.randoms(use_true_random=False))
def test_a_file_with_its_lines_shuffled_is_read_without_a_traceback(path: Path, order: object) -> None:
    lines = (PROJECT / path).read_text("utf-8").splitlines(keepends=True)[:60]
    order.shuffle(lines)  # type: ignore[attr-defined]
    read("".join(lines), model_of(path))


@given(path=CUT, at=st.floats(0, 1), shard=st.one_of(YAML_SHARDS, st.text(max_size=3)))
def test_a_file_with_something_typed_into_it_is_read_without_a_traceback(path: Path, at: float, shard: str) -> None:
    text = (PROJECT / path).read_text("utf-8")
    spot = int(len(text) * at)
    read(text[:spot] + shard + text[spot:], model_of(path))


@given(name=st.sampled_from(sorted((PROJECT / "sops").rglob("*.md"))), at=st.floats(0, 1), shard=st.text(max_size=6))
def test_a_damaged_chapter_is_read_without_a_traceback(name: Path, at: float, shard: str) -> None:
    text = name.read_text("utf-8")
    spot = int(len(text) * at)
    text = text[:spot] + shard + text[spot:]
    found = prose.read("sops/x/01-a.fr.md", "fr", text)
    for thing in (*found.headings, *found.markers):
        assert 1 <= thing.place.line <= text.count("\n") + text.count("\r") + 1


# Words are what they look like


def instrument(value: str) -> str:
    return f"language: fr\ninstruments:\n  - {{id: x, kind: law, title: {value}}}\n"


@pytest.mark.parametrize(
    "word",
    [
        "NO",
        "no",
        "yes",
        "Off",
        "true",
        "1.10",
        "0777",
        "1_000",
        "0x1F",
        "12:30:45",
        "2026-02-30",
        "1e3",
        ".inf",
        "=",
        "2024-11-28",
    ],
)
def test_a_word_stays_what_the_author_wrote(word: str) -> None:
    found = reader.read("x.yml", instrument(word), Instruments)
    assert found.problems == ()
    assert found.record
    assert str(found.record.instruments[0].title) == word


def test_norway_is_a_country() -> None:
    text = (UTOPIA / "plans/plan-a/plan.yml").read_text("utf-8").replace("country: XX", "country: NO")
    found = reader.read("plan.yml", text, PlanHead)
    assert found.problems == ()
    assert found.record
    assert found.record.country == "NO"


def test_edition_one_ten_is_not_edition_one_one() -> None:
    text = (UTOPIA / "plans/plan-a/plan.yml").read_text("utf-8").replace('"1.10"', "1.10")
    found = reader.read("plan.yml", text, PlanHead)
    assert found.record
    assert found.record.edition == "1.10"


@given(
    words=st.text(
        st.characters(
            codec="utf-8", exclude_categories=["Cc", "Cs", "Co", "Cn"], exclude_characters="\ufeff\u2028\u2029"
        ),
        min_size=1,
    )
)
def test_text_in_double_quotes_means_exactly_itself(words: str) -> None:
    found = reader.read("x.yml", instrument(json.dumps(words, ensure_ascii=False)), Instruments)
    if words.strip():
        assert found.problems == ()
        assert found.record
        assert str(found.record.instruments[0].title) == words.strip()
    else:
        assert [problem.rule for problem in found.problems] == ["empty-value"]


# Places


def test_a_value_remembers_its_line_and_column() -> None:
    text = (UTOPIA / "plans/plan-a/protection.yml").read_text("utf-8")
    record = reader.read("protection.yml", text, Pillar).record
    assert record
    commitment = record.objectives[0].commitments[0]
    assert commitment.place_of("lead") == spot(text, "harbour")
    assert commitment.place_of_key("lead") == spot(text, "lead: harbour")
    assert commitment.due[0].place_of("printed") == spot(text, "Avant l’été")
    assert commitment.place_of("with", 1) == spot(text, "assembly]")
    assert commitment.place_of("nothing", "of", "the", "kind") == commitment.place


def test_a_record_in_its_short_form_stands_where_its_value_stands() -> None:
    """`due: 2025` stands for `due: {date: 2025}`."""
    text = "title: T\ncommitments:\n  - {id: '1', text: t, due: 2025}\n"
    record = reader.read("protection.yml", text, Pillar).record
    assert record
    assert record.commitments[0].due[0].place_of("date") == spot(text, "2025")
    assert record.commitments[0].due[0].place == spot(text, "2025")


def spot(text: str, words: str) -> Place:
    before = text[: text.index(words)]
    return Place("protection.yml", before.count("\n") + 1, len(before) - before.rfind("\n"))


@given(before=st.text("aé€𝄞", max_size=40), lines=st.integers(0, 3))
def test_a_forbidden_character_is_found_where_it_stands_whatever_comes_before(before: str, lines: int) -> None:
    """A parser that counts bytes would point further right with every accent."""
    text = f"title: {before}\n" * lines + f"title: {before}\x07\n"
    (problem,) = reader.read("x.yml", text, Pillar).problems
    assert (problem.place.line, problem.place.column) == (lines + 1, len("title: ") + len(before) + 1)


# Every mistake at once


def test_what_a_file_names_is_known_even_when_its_record_has_a_mistake() -> None:
    """So that a reference to it is not called a mistake too."""
    found = reader.read("x.yml", "language: fr\ninstruments:\n  - {id: charter, kind: law}\n", Instruments)
    assert [problem.rule for problem in found.problems] == ["required"]
    assert found.written == {"charter"}


def test_the_rest_of_a_file_with_mistakes_is_still_there() -> None:
    text = "title: T\ncommitments:\n  - {id: '1', text: [a]}\n  - {id: '2', text: b, due: tomorrow}\n"
    found = reader.read("x.yml", text, Pillar)
    assert [problem.rule for problem in found.problems] == ["text", "date"]
    assert found.record
    assert [commitment.id for commitment in found.record.commitments] == ["2"]


def test_a_hundred_and_one_mistakes_are_told_all_at_once() -> None:
    lines = "".join(f"  - {{id: i{number}, title: T, kind: song}}\n" for number in range(101))
    assert len(reader.read("x.yml", f"language: fr\ninstruments:\n{lines}", Instruments).problems) == 101


# Hostile files


@pytest.mark.parametrize("model", AUTHORED.values(), ids=AUTHORED)
@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 50_000,
        "objectives: " + "[{objectives: " * 5_000,
        "".join("  " * depth + "objectives:\n" for depth in range(500)),
        "- " * 50_000 + "x",
        "title: " + "{fr: " * 45 + "x" + "}" * 45,
    ],
    ids=["lists", "mappings", "objectives", "indented", "dashes", "languages"],
)
def test_nesting_that_no_plan_needs_is_told(model: type[Record], text: str) -> None:
    (problem,) = read(text, model).problems
    assert problem.rule == "yaml"
    assert "levels deep" in problem.message


def quickly(text: str, model: type[Record], seconds: float = 2) -> tuple[Problem, ...]:
    """The problems, found in a time that grows with the text and not with its square."""
    began = time.perf_counter()
    problems = read(text, model).problems
    assert time.perf_counter() - began < seconds
    return problems


MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("x" * MEGABYTE, "record"),
        ("title: " + "x" * MEGABYTE, None),
        ("title: x\nstands_for: " + "x" * MEGABYTE, "choice"),
        ("x" * MEGABYTE + ": title", "yaml"),
        ("title: x\n? " + "x" * MEGABYTE + "\n: y", "unknown-key"),
        ("title: x\nnumber: " + "a" * MEGABYTE + "#", "printed-id"),
        ('title: "' + "é" * MEGABYTE, "yaml"),
        ("title: x\ncommitments: [{key: a" + "-a" * (MEGABYTE // 2) + "!, text: t}]", "kebab-case"),
    ],
    ids=["bare", "title", "choice", "key", "explicit-key", "printed-id", "unclosed", "slug"],
)
def test_a_line_of_a_megabyte_is_read_quickly_and_told(text: str, rule: str | None) -> None:
    assert {problem.rule for problem in quickly(text, Pillar)} == ({rule} if rule else set())


def test_a_message_shows_no_more_of_a_long_value_than_a_person_reads() -> None:
    (problem,) = reader.read("x.yml", "title: x\nstands_for: " + "x" * 5000, Pillar).problems
    assert len(str(problem)) < 400


@pytest.mark.parametrize("gap", [" ", "\t", "\u00a0"])
def test_a_long_gap_inside_a_text_is_read_quickly(gap: str) -> None:
    assert quickly(f'title: "a{gap * 30_000}b"', Pillar, 0.5) == ()


def test_a_long_gap_inside_a_heading_is_read_quickly() -> None:
    began = time.perf_counter()
    prose.read("x.md", "fr", "## " + "a " * 20_000 + "{\n")
    assert time.perf_counter() - began < 2


def test_a_long_gap_inside_a_marker_is_read_quickly() -> None:
    began = time.perf_counter()
    prose.read("x.md", "fr", "[[measure" + " " * 1_500 + "\n")
    assert time.perf_counter() - began < 1


def test_anchors_cannot_multiply_a_small_file_into_a_large_one() -> None:
    lines = ["title: x", "a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{depth}: &a{depth} [{', '.join([f'*a{depth - 1}'] * 9)}]" for depth in range(1, 9)]
    problems = quickly("\n".join(lines), Pillar)
    assert sum(problem.rule == "alias" for problem in problems) == 72
