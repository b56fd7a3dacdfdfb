"""Translations: nothing translated is ever lost, nothing outdated passes for current, and a second run changes nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fourpress import exports, library
from fourpress.languages import translate
from fourpress.languages.catalogue import Source, merged, read_catalogue, sources
from fourpress.languages.voice import completeness, wording
from fourpress.library import Plan
from fourpress.model import Commitment
from fourpress.problem import Place, Problem
from fourpress.site import Site

PLAN = "plans/plan-a"
Rewrite = Callable[[str, str, str], None]


def source(address: str, words: str) -> Source:
    return Source(address, words, "commitment: text", Place("x.yml"))


def update(root: Path, *languages: str) -> dict[str, str]:
    """Runs the update as a translator does, and gives every catalogue that then stands there."""
    translate.update(library.load(root, "restricted"), languages or ("en",))
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in sorted(root.rglob("*.po"))}


def entry(text: str, address: str) -> str:
    """The block of a PO file that belongs to an address, its comments included."""
    (found,) = [block for block in text.split("\n\n") if f'msgctxt "{address}"' in block]
    return found


def read(text: str, language: str = "en") -> dict[str, tuple[str, str, bool]]:
    problems: list[Problem] = []
    found = read_catalogue("x.po", language, text, problems)
    assert problems == []
    return {address: (one.source, one.words, one.doubtful) for address, one in found.entries.items()}


def promise(root: Path, handle: str) -> tuple[Plan, Commitment]:
    (plan,) = library.load(root).plans
    (found,) = [placed.commitment for placed in plan.commitments if placed.commitment.handle == handle]
    return plan, found


# Bringing up to date


def test_catalogues_of_utopia_are_up_to_date(utopia: Path) -> None:
    before = {path.relative_to(utopia).as_posix(): path.read_text("utf-8") for path in sorted(utopia.rglob("*.po"))}
    assert update(utopia) == before


def test_a_second_run_changes_no_byte(utopia: Path, rewrite: Rewrite) -> None:
    rewrite(
        "plans/plan-a/protection.yml",
        "Laisser une lampe allumée toute la nuit.",
        "Laisser deux lampes allumées toute la nuit.",
    )
    first = update(utopia, "en", "rn")
    second = update(utopia, "en", "rn")
    third = update(utopia, "en", "rn")
    assert first == second == third


def test_a_new_language_gets_a_catalogue_beside_every_document_with_nothing_translated(utopia: Path) -> None:
    written = update(utopia, "rn")
    assert {name for name in written if name.endswith("rn.po")} == {
        "plans/rn.po",
        "plans/plan-a/rn.po",
        "sops/sop-a/rn.po",
    }
    for name in ("plans/rn.po", "plans/plan-a/rn.po", "sops/sop-a/rn.po"):
        assert '"Language: rn\\n"' in written[name]
        assert read(written[name], "rn") == {}


def test_the_official_language_gets_no_catalogue(utopia: Path) -> None:
    assert not any(name.endswith("fr.po") for name in update(utopia, "fr", "en"))


def test_a_changed_text_makes_exactly_its_own_entry_fuzzy_and_keeps_the_words_that_were_translated(
    utopia: Path, rewrite: Rewrite
) -> None:
    before = update(utopia)[f"{PLAN}/en.po"]
    rewrite(
        "plans/plan-a/protection.yml",
        "Laisser une lampe allumée toute la nuit.",
        "Laisser deux lampes allumées toute la nuit.",
    )
    after = update(utopia)[f"{PLAN}/en.po"]

    changed = entry(after, "1.2/text")
    assert "#, fuzzy\n" in changed
    assert '#| msgid "Laisser une lampe allumée toute la nuit."\n' in changed
    assert 'msgid "Laisser deux lampes allumées toute la nuit."\nmsgstr "Leave a lamp lit all night."' in changed
    assert after.replace(changed, entry(before, "1.2/text")) == before


def test_a_text_that_came_back_is_no_longer_fuzzy_only_when_a_translator_says_so(
    utopia: Path, rewrite: Rewrite
) -> None:
    old, new = "Laisser une lampe allumée toute la nuit.", "Laisser deux lampes allumées toute la nuit."
    rewrite("plans/plan-a/protection.yml", old, new)
    update(utopia)
    rewrite("plans/plan-a/protection.yml", new, old)
    assert "fuzzy" in entry(update(utopia)[f"{PLAN}/en.po"], "1.2/text")


def test_a_removed_text_goes_to_the_end_where_it_can_be_fetched(utopia: Path, rewrite: Rewrite) -> None:
    rewrite("plans/plan-a/plan.yml", "goal: Que chaque arrivée soit vue et que chaque départ soit libre.\n", "")
    written = update(utopia)[f"{PLAN}/en.po"]
    assert (
        '#~ msgctxt "goal"\n#~ msgid "Que chaque arrivée soit vue et que chaque départ soit libre."\n#~ msgstr "Every arrival seen, every departure free."'
        in written
    )
    assert '#~ msgstr "Buy a second ferry."' in written
    assert 'msgctxt "goal"' not in re.sub("^#~.*$", "", written, flags=re.MULTILINE)
    assert update(utopia)[f"{PLAN}/en.po"] == written


def test_the_head_of_the_file_survives_to_the_letter(utopia: Path, rewrite: Rewrite) -> None:
    head = (utopia / PLAN / "en.po").read_text("utf-8").split("\n\n", 1)[0]
    assert "Last-Translator: Somebody on the ferry" in head
    rewrite("plans/plan-a/plan.yml", "vision: Une île", "vision: Un rocher")
    assert update(utopia)[f"{PLAN}/en.po"].startswith(f"{head}\n\n")


def test_what_translators_remark_survives(utopia: Path, rewrite: Rewrite) -> None:
    remark = '# "Toute la nuit" means until the ferry leaves, which may be Tuesday.\n'
    rewrite("plans/plan-a/protection.yml", "Laisser une lampe", "Laisser la lampe")
    assert entry(update(utopia)[f"{PLAN}/en.po"], "1.2/text").startswith(remark)


def test_a_catalogue_saved_with_a_byte_order_mark_loses_nothing(utopia: Path) -> None:
    path = utopia / PLAN / "en.po"
    before = path.read_text("utf-8")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert library.load(utopia).problems == ()
    assert update(utopia)[f"{PLAN}/en.po"].lstrip("\ufeff") == before


def test_a_catalogue_saved_with_windows_line_ends_loses_nothing(utopia: Path) -> None:
    path = utopia / PLAN / "en.po"
    before = path.read_text("utf-8")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert update(utopia)[f"{PLAN}/en.po"].replace("\r\n", "\n") == before


def test_a_commitment_that_moves_to_another_objective_takes_its_translation_along(
    utopia: Path, rewrite: Rewrite
) -> None:
    lines = '              - id: "1.2.1.1"\n                text: Avoir une deuxième lampe.\n'
    rewrite("plans/plan-a/protection.yml", lines, lines.replace("1.2.1.1", "1.2.1.2").replace("deuxième", "troisième"))
    rewrite(
        "plans/plan-a/prevention.yml",
        "commitments:\n  - key",
        'commitments:\n  - {id: "1.2.1.1", text: Avoir une deuxième lampe.}\n  - key',
    )
    assert "fuzzy" not in entry(update(utopia)[f"{PLAN}/en.po"], "1.2.1.1/text")
    plan, moved = promise(utopia, "1.2.1.1")
    assert wording(plan, moved, "text", moved.text, ("en", "fr")).words == "Own a second lamp."


# Whatever translators write

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=60)
LINES = st.text(st.sampled_from('ab "\\\n\t%{}é#~|'), min_size=1, max_size=30)

PARAGRAPH = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=120)
    .map(str.strip)
    .filter(bool)
)
SOURCES = st.lists(PARAGRAPH, min_size=1, max_size=3).map("\n\n".join)
"""Source words as the model hands them on: paragraphs without control characters."""


@given(
    translated=st.dictionaries(
        st.sampled_from(["1/text", "1.1/text", "areas/quay/title"]), st.one_of(WORDS, LINES), min_size=1
    )
)
@example(translated={"1/text": '"'})
@example(translated={"1/text": "\\n"})
@example(translated={"1/text": "a\\"})
@example(translated={"1/text": "a\n\nb\n"})
@example(translated={"1/text": "\r\n"})
@example(translated={"1/text": "100 %(sure)s"})
def test_whatever_a_translator_writes_survives_being_written_and_read(translated: dict[str, str]) -> None:
    here = [source(address, f"mots de {address}") for address in translated]
    text = merged(here, "en", None, translated)
    assert {address: words for address, (_, words, _) in read(text).items()} == translated
    assert merged(here, "en", text) == text


@given(words=st.one_of(WORDS, LINES), old=SOURCES, new=SOURCES)
@example(
    words="x",
    old="Laisser une lampe allumée toute la nuit, et une autre le jour, quand le brouillard entre dans le port.",
    new="Non.",
)
@example(words="x", old='Un paragraphe.\n\nEt un autre, avec « deux  espaces » et des "guillemets".', new="Non.")
def test_whatever_changes_in_the_source_the_translation_survives(words: str, old: str, new: str) -> None:
    first = merged([source("1/text", old)], "en", None, {"1/text": words})
    second = merged([source("1/text", new)], "en", first)
    assert read(second) == {"1/text": (new, words, old != new)}
    assert ("#| msgid" in second) == (old != new)
    assert merged([source("1/text", new)], "en", second) == second


@given(words=st.one_of(WORDS, LINES), old=SOURCES)
def test_whatever_is_removed_stays_in_the_file_and_settles(words: str, old: str) -> None:
    first = merged([source("1/text", old), source("2/text", "reste")], "en", None, {"1/text": words})
    second = merged([source("2/text", "reste")], "en", first)
    assert second.count("#~ msgstr") == 1
    assert merged([source("2/text", "reste")], "en", second) == second


@given(text=st.one_of(st.text(max_size=120), st.lists(st.sampled_from(['msgid ""\n', 'msgstr ""\n', 'msgid "a"\n', 'msgctxt "b"\n', 'msgstr "c"\n', "#, fuzzy\n", "#~ ", "#| msgid", '"Language: klingon\\n"\n', '"Content-Type: text/plain; charset=klingon\\n"\n', '"Plural-Forms: nplurals=x\\n"\n', '"POT-Creation-Date: soon\\n"\n', "msgstr[0] ", "msgid_plural ", "\n", '"', "\\", "é", "\x00"]), max_size=14).map("".join)))  # fmt: skip
@example(
    text='msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=klingon\\n"\n\nmsgctxt "a"\nmsgid "b"\nmsgstr "c"\n'
)
@example(text='msgctxt "a"\nmsgid "b"\nmsgid_plural "bb"\nmsgstr[0] "c"\nmsgstr[1] "d"\n')
@example(text='msgctxt "a"\nmsgid "b"\nmsgstr "\\')
def test_any_text_in_the_place_of_a_catalogue_is_read_or_told(text: str) -> None:
    problems: list[Problem] = []
    read_catalogue("x.po", "en", text, problems)
    assert all(1 <= problem.place.line <= text.count("\n") + 2 and problem.rule == "catalogue" for problem in problems)


# What readers get


def test_an_outdated_translation_is_called_outdated_and_comes_with_the_official_words(
    utopia: Path, rewrite: Rewrite
) -> None:
    rewrite("plans/plan-a/protection.yml", "Avoir une deuxième lampe.", "Avoir une troisième lampe.")
    plan, commitment = promise(utopia, "1.2.1.1")
    said = wording(plan, commitment, "text", commitment.text, ("en", "fr"))
    assert (said.words, said.language, said.state) == ("Own a second lamp.", "en", "outdated")
    assert said.official == ("Avoir une troisième lampe.", "fr")


def test_an_outdated_translation_is_in_no_data(utopia: Path, rewrite: Rewrite, site: Site) -> None:
    before = exports.files(library.load(utopia), site)["data/plan-a.json"].decode()
    assert "Own a second lamp." in before
    rewrite("plans/plan-a/protection.yml", "Avoir une deuxième lampe.", "Avoir une troisième lampe.")
    files = exports.files(library.load(utopia), site)
    for name in ("data/plan-a.json", "data/plan-a.csv"):
        assert "Own a second lamp." not in files[name].decode()
        assert "Avoir une troisième lampe." in files[name].decode()
    json.loads(files["data/plan-a.json"])


def test_a_translation_that_waits_for_approval_is_outdated_though_its_source_is_the_same(utopia: Path) -> None:
    plan, commitment = promise(utopia, "2.1")
    assert wording(plan, commitment, "text", commitment.text, ("en", "fr")).state == "outdated"


def test_the_update_does_not_make_an_outdated_translation_current(utopia: Path, rewrite: Rewrite) -> None:
    rewrite("plans/plan-a/protection.yml", "Avoir une deuxième lampe.", "Avoir une troisième lampe.")
    update(utopia)
    update(utopia)
    plan, commitment = promise(utopia, "1.2.1.1")
    assert wording(plan, commitment, "text", commitment.text, ("en", "fr")).state == "outdated"


@pytest.mark.parametrize(
    ("chain", "handle", "expected"),
    [
        (("fr",), "1.2", ("fr", "authentic")),
        (("en", "fr"), "1.2", ("en", "current")),
        (("en", "fr"), "2.1", ("en", "outdated")),
        (("rn", "fr", "en"), "1.2", ("fr", "missing")),
        (("rn", "en", "fr"), "1.2", ("en", "missing")),
        (("rn", "en", "fr"), "2.1", ("fr", "missing")),
        (("sw",), "1.2", ("fr", "missing")),
    ],
)
def test_a_reader_gets_the_best_wording_and_the_truth_about_it(
    chain: tuple[str, ...], handle: str, expected: tuple[str, str], utopia: Path
) -> None:
    plan, commitment = promise(utopia, handle)
    said = wording(plan, commitment, "text", commitment.text, chain)
    assert (said.language, said.state) == expected


def test_a_name_that_differs_by_law_is_authentic_in_both_languages(utopia: Path) -> None:
    found = library.load(utopia)
    lantern = found.bodies["lantern"]
    for language, name in (("fr", "La Lanterne"), ("en", "The Lantern")):
        said = wording(found.shared, lantern, "name", lantern.name, (language,))
        assert (said.words, said.state) == (name, "authentic")
    assert "lantern/name" not in {one.address for one in sources(found.shared.records(), "fr")}


def test_the_state_of_a_translation_is_counted_text_by_text(utopia: Path) -> None:
    (plan,) = library.load(utopia, "restricted").plans
    english, french, kirundi = (completeness(plan, language) for language in ("en", "fr", "rn"))
    assert (english.outdated, english.missing) == (1, 3)
    assert (french.percent, french.total) == (100, english.total)
    assert (kirundi.current, kirundi.percent) == (0, 0)
    assert english.percent < 100
