"""What an audience may not read is absent: from the library, from every page, from every file of data.

Utopia's restricted words all say `canari` (or `canary`), its professional ones `pinson` (or `finch`).
"""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import openpyxl
import pytest
import yaml

from fourpress import exports, library, pages
from fourpress.exports.schemas import AUTHORED
from fourpress.library import Library
from fourpress.model.record import Audience, Record, children, walk
from fourpress.model.values import Text
from fourpress.site import Site

UTOPIA = Path(__file__).parent / "utopia"
RESTRICTED = re.compile(r"canar[iy]", re.IGNORECASE)
PROFESSIONAL = re.compile(r"pinson|finch", re.IGNORECASE)


def within_reach(thing: Any, seen: set[int], way: str) -> Iterator[tuple[str, str]]:
    """(way, text) of every text that attributes, items and keys lead to. Only `_node`, the place in the file, is passed by."""
    if id(thing) in seen:
        return
    seen.add(id(thing))
    if isinstance(thing, str):
        yield way, thing
    elif isinstance(thing, Path):
        yield way, str(thing)
    elif isinstance(thing, Mapping):
        for key, value in thing.items():
            yield from within_reach(key, seen, f"{way} key")
            yield from within_reach(value, seen, f"{way}[{key!r}]")
    elif isinstance(thing, (list, tuple, set, frozenset)):
        for index, value in enumerate(thing):
            yield from within_reach(value, seen, f"{way}[{index}]")
    else:
        yield from within_reach_of_attributes(thing, seen, way)


def within_reach_of_attributes(thing: Any, seen: set[int], way: str) -> Iterator[tuple[str, str]]:
    """The same for what a thing holds in slots or in its dictionary."""
    slots = [name for kind in type(thing).__mro__ for name in getattr(kind, "__slots__", ())]
    held = {name: getattr(thing, name) for name in slots if hasattr(thing, name) and not name.startswith("__")}
    held |= vars(thing) if hasattr(thing, "__dict__") else {}
    if isinstance(thing, Record):
        held |= {name: getattr(thing, name) for name in ("_address",)}
    for name, value in held.items():
        if name != "_node":
            yield from within_reach(value, seen, f"{way}.{name}")


def ways_to(words: re.Pattern[str], found: Library) -> list[str]:
    """Where the words can be reached in a library, its lazy attributes included."""
    for document in (found.shared, *found.documents):
        for kind in type(document).__mro__:
            for name, value in vars(kind).items():
                if isinstance(value, (functools.cached_property, property)):
                    getattr(document, name)
    return [f"{way}: {text[:60]}" for way, text in within_reach(found, set(), "library") if words.search(text)]


def published(found: Library, site: Site, languages: tuple[str, ...] = ()) -> dict[str, str]:
    """Everything that leaves the house as text, by name: pages, menus, data."""
    texts = {}
    for language in languages or site.languages:
        for page in pages.pages(found, site, language):
            own = page.markdown.split("{#dictionary}")[0]  # what follows is the model's, as in the files below
            texts[f"{language} {page.address}"] = f"{page.address}\n{page.title}\n{own}"
        texts[f"{language} menu"] = repr(pages.menu(found, site, language))
    for name, content in exports.files(found, site).items():
        # Schemas and the dictionary speak of the model: they are the same for every project and audience.
        if "/schemas/" not in name and "/dictionary." not in name:
            texts[name] = as_text(content)
    return texts


def as_text(content: bytes) -> str:
    """A file of data as text: the cells of a workbook with semicolons between them, a calendar without its folds."""
    if not content.startswith(b"PK"):
        return content.replace(b"\r\n ", b"").decode("utf-8")
    cells = (cell for sheet in openpyxl.load_workbook(io.BytesIO(content)) for row in sheet.iter_rows() for cell in row)
    return ";\n".join(str(cell.value) for cell in cells if cell.value is not None)


def leaks(words: re.Pattern[str], texts: dict[str, str]) -> list[str]:
    return [name for name, text in texts.items() if words.search(text)]


# Utopia


@pytest.mark.parametrize("words", [RESTRICTED, PROFESSIONAL], ids=["restricted", "professional"])
def test_the_public_is_told_nothing_that_is_withheld_on_any_page_or_in_any_data(
    words: re.Pattern[str], public: Library, site: Site
) -> None:
    assert leaks(words, published(public, site)) == []


@pytest.mark.parametrize("words", [RESTRICTED, PROFESSIONAL], ids=["restricted", "professional"])
def test_nothing_in_a_public_library_leads_to_what_is_withheld(words: re.Pattern[str], public: Library) -> None:
    assert ways_to(words, public) == []


def test_professionals_read_what_is_meant_for_them_and_nothing_restricted(site: Site) -> None:
    found = library.load(UTOPIA, "professional")
    texts = published(found, site)
    assert leaks(RESTRICTED, texts) == []
    assert ways_to(RESTRICTED, found) == []
    assert {"fr sops/sop-a/arrival/", "en sops/sop-a/arrival/", "data/sop-a.json"} <= set(leaks(PROFESSIONAL, texts))


def test_the_whole_library_has_everything(whole: Library, site: Site) -> None:
    texts = published(whole, site)
    assert {"fr bodies/canary-house/", "fr sops/sop-a/help/", "data/plan-a.json", "data/sop-a.csv"} <= set(
        leaks(RESTRICTED, texts)
    )
    assert "fr sops/sop-a/arrival/" in leaks(PROFESSIONAL, texts)
    assert len(ways_to(RESTRICTED, whole)) > 10


def test_every_audience_reads_what_wider_audiences_read() -> None:
    steps = [list(library.load(UTOPIA, audience).sops[0].steps) for audience in get_args(Audience)]
    public, professional, restricted = map(set, steps)
    assert public < professional < restricted
    assert professional - public == {"1.2.1", "1.2.2"}
    assert restricted - professional == {"2.1.3"}


def test_what_is_left_stands_where_it_stood(public: Library, whole: Library) -> None:
    """A place in the file and an address do not move when a neighbour is withheld: translations and edit links hold."""
    for before, after in zip((whole.shared, *whole.documents), (public.shared, *public.documents), strict=True):
        stood = {(record.address, record.place) for root in before.records() for record in walk(root)}
        stands = {(record.address, record.place) for root in after.records() for record in walk(root)}
        assert stands <= stood


def test_loading_for_the_public_leaves_the_rules_as_strict_as_ever(
    rewrite: Callable[[str, str, str], None], utopia: Path
) -> None:
    rewrite("sops/sop-a/02-help.yml", "by: canary", "by: ostrich")
    (problem,) = library.load(utopia, "public").problems
    assert problem.rule == "unknown-role"


# Every kind of record

PUT_IN = re.compile(r" canari$")
"""How a text ends that a test has marked; utopia's own canaries end otherwise or are withheld."""


def spots(whole: Library) -> Iterator[tuple[Record, Record, tuple[str | int, ...]]]:
    """Every record of utopia with its root and the keys that lead to it in the root's file."""

    def below(
        root: Record, record: Record, path: tuple[str | int, ...]
    ) -> Iterator[tuple[Record, Record, tuple[str | int, ...]]]:
        yield root, record, path
        for name, key, child in children(record):
            yield from below(root, child, (*path, name.rstrip("_"), *(() if key is None else (key,))))

    for document in (whole.shared, *whole.documents):
        for root in document.records():
            yield from below(root, root, ())


def all_kinds() -> list[str]:
    """Every kind of record that a file can hold."""
    found: set[type[Record]] = set()
    waiting: list[Any] = list(AUTHORED.values())
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, type) and issubclass(thing, Record):
            if thing not in found:
                found.add(thing)
                waiting += [info.annotation for info in thing.model_fields.values()]
        else:
            waiting += [
                part for part in (*get_args(thing), *getattr(thing, "__metadata__", ())) if part is not Ellipsis
            ]
    # Amendments would change what every bad file is held against; test_amendments.py looks at them.
    return sorted(kind.__name__ for kind in found if kind.__module__ != "fourpress.model.amendment")


def node_at(data: Any, path: tuple[str | int, ...]) -> Any:
    """The mapping at `path`, or None where the author wrote the short form."""
    for step in path:
        if (isinstance(data, list) and isinstance(step, int)) or (isinstance(data, dict) and step in data):
            data = data[step]
        elif step != 0:  # a single value where a list may stand
            return None
    return data if isinstance(data, dict) else None


def marked(node: dict[str, Any], record: Record) -> None:
    """Puts a canary into every text of a record and of all below it."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        spelled = name.rstrip("_")
        if isinstance(value, Text) and spelled in node:
            node[spelled] = f"{value} canari"
        elif isinstance(value, tuple) and value and isinstance(value[0], Text):
            node[spelled] = [f"{text} canari" for text in value]
    for name, key, child in children(record):
        below = node_at(node, (name.rstrip("_"), *(() if key is None else (key,))))
        if below is not None:
            marked(below, child)


class Withheld:
    """Utopia with one record of a kind marked as restricted, all its texts with a canary in them."""

    def __init__(self, kind: str, whole: Library, utopia: Path) -> None:
        for root, record, path in spots(whole):
            file = utopia / root.place.path
            data = yaml.load(file.read_text("utf-8"), Loader=yaml.BaseLoader)
            node = node_at(data, path)
            if type(record).__name__ == kind and node is not None and "audience" not in node:
                marked(node, record)
                assert (
                    path == ()
                    or RESTRICTED.search(repr(node))
                    or kind in ("Deadline", "Period", "Reading", "Reporting")
                ), node
                node["audience"] = "restricted"
                file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
                return
        pytest.fail(f"utopia has no {kind}; give it one")


@pytest.mark.parametrize("kind", all_kinds())
def test_a_withheld_record_is_on_no_page_and_in_no_data_whatever_its_kind(
    kind: str, whole: Library, utopia: Path, site: Site
) -> None:
    Withheld(kind, whole, utopia)
    found = library.load(utopia)
    if found.problems:
        # An author who may not withhold this is told so; nothing is published then.
        assert all("audience" in problem.message for problem in found.problems)
        return
    assert ways_to(PUT_IN, without_catalogues(found)) == []
    assert leaks(RESTRICTED, published(found, site, ("fr",))) == []


def without_catalogues(found: Library) -> Library:
    """Catalogues have a test of their own."""
    return replace(
        found,
        shared=replace(found.shared, catalogues={}),
        plans=tuple(replace(plan, catalogues={}) for plan in found.plans),
        sops=tuple(replace(sop, catalogues={}) for sop in found.sops),
    )


def test_utopia_has_a_record_of_every_kind(whole: Library) -> None:
    assert {type(record).__name__ for _, record, _ in spots(whole)} | {"Named"} == set(all_kinds()) | {"Named"}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("plans/plan-a/plan.yml", "period: {from: 2025-01,", "period: {audience: restricted, from: 2025-01,"),
        (
            "plans/plan-a/progress/2025-s1.yml",
            "period: {from: 2025-01,",
            "period: {audience: restricted, from: 2025-01,",
        ),
        ("plans/plan-a/protection.yml", "source: {title: Discours", "source: {audience: restricted, title: Discours"),
    ],
    ids=["period of a plan", "period of a report", "source of a statement"],
)
def test_a_part_that_its_record_cannot_do_without_cannot_be_withheld_alone(
    name: str, old: str, new: str, rewrite: Callable[[str, str, str], None], utopia: Path
) -> None:
    """A statement without its source, a plan without its time: the page would break, or lie."""
    rewrite(name, old, new)
    (problem,) = library.load(utopia).problems
    assert (problem.place.path, "audience" in problem.message) == (name, True)


# What names a withheld record


def test_a_report_on_a_withheld_commitment_is_withheld(
    rewrite: Callable[[str, str, str], None], utopia: Path, site: Site
) -> None:
    rewrite(
        "plans/plan-a/prevention.yml",
        "  - key: promise-nothing\n",
        "  - key: promise-nothing\n    audience: restricted\n",
    )
    texts = published(library.load(utopia), site)
    assert leaks(re.compile("promise-nothing|On avait promis|A seat had been"), texts) == []


def test_a_value_of_a_withheld_indicator_is_withheld(
    rewrite: Callable[[str, str, str], None], utopia: Path, site: Site
) -> None:
    rewrite(
        "plans/plan-a/protection.yml",
        "          - id: 1.1.a\n",
        "          - id: 1.1.a\n            audience: restricted\n",
    )
    texts = published(library.load(utopia), site)
    assert leaks(re.compile(r"1\.1\.a"), texts) == []


def test_the_file_name_of_a_withheld_pillar_is_withheld(
    rewrite: Callable[[str, str, str], None], utopia: Path, site: Site
) -> None:
    rewrite("plans/plan-a/prevention.yml", "title: Prévention\n", "title: Prévention\naudience: restricted\n")
    texts = published(library.load(utopia), site)
    assert leaks(re.compile("prevention(?! of)"), texts) == []


def test_the_file_name_of_a_withheld_chapter_is_withheld(
    rewrite: Callable[[str, str, str], None], utopia: Path, site: Site
) -> None:
    rewrite("sops/sop-a/02-help.yml", "title: L’aide\n", "title: L’aide\naudience: restricted\n")
    rewrite("sops/sop-a/01-arrival.yml", 'go: "2.1"}', "go: end}")
    found = library.load(utopia)
    assert found.problems == ()
    assert leaks(re.compile("02-help|/help/|Personne n’est obligé"), published(found, site)) == []


@pytest.mark.parametrize(
    ("name", "old", "word"),
    [
        ("plans/bodies.yml", "id: lantern", "lantern"),
        ("plans/instruments.yml", "id: charter", "charter"),
        ("plans/plan-a/plan.yml", "id: quay", "quay"),
        ("plans/plan-a/plan.yml", "id: passengers", "passengers"),
        ("sops/sop-a/sop.yml", "id: keeper", "keeper"),
        ("sops/sop-a/sop.yml", "id: consent", "consent"),
    ],
    ids=["body", "instrument", "area", "group", "role", "principle"],
)
def test_the_id_of_what_is_withheld_is_named_nowhere(
    name: str, old: str, word: str, rewrite: Callable[[str, str, str], None], utopia: Path, site: Site
) -> None:
    """An id is a name: `lead: safe-house-north` would say what the page of bodies does not."""
    flow = "{" if f"{{{old}" in (utopia / name).read_text("utf-8") else ""
    mark = ", audience: restricted," if flow else "\n    audience: restricted\n"
    rewrite(name, f"{flow}{old}{',' if flow else chr(10)}", f"{flow}{old}{mark}")
    found = library.load(utopia)
    if found.problems:  # the author is told, and nothing is published
        assert all(repr(word) in problem.message for problem in found.problems)
        return
    texts = published(found, site)
    data = {name: text for name, text in texts.items() if name.startswith("data/")}
    reference = re.compile(rf'"{word}[":]|(?<=[,; \n]){word}(?=[,;:\n])')
    if word == "consent":
        reference = re.compile(r'"principles": \[\s*"consent"')
    assert leaks(reference, data) == []
    assert leaks(re.compile(rf"bodies/{word}/|role-{word}\b|>{word}[:<]|, {word}[:<]"), texts) == []


@pytest.mark.parametrize("audience", get_args(Audience))
def test_an_empty_project_is_a_library_with_nothing_in_it(audience: Audience, tmp_path: Path, site: Site) -> None:
    found = library.load(tmp_path, audience)
    assert (found.plans, found.sops, found.bodies, found.problems) == ((), (), {}, ())
    assert list(pages.pages(found, site, "fr")) == []


def test_commitments_come_in_printed_order_with_what_stands_above_them(public: Library) -> None:
    (plan,) = public.plans
    assert [
        (placed.pillar.address, [objective.handle for objective in placed.objectives], placed.commitment.handle)
        for placed in plan.commitments
    ] == [
        ("protection", ["1"], "1.1"),
        ("protection", ["1", "night"], "1.2"),
        ("protection", ["1", "night", "1.2.1"], "1.2.1.1"),
        ("prevention", [""], "2.1"),
        ("prevention", [], "promise-nothing"),
    ]
