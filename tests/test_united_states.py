"""A real plan keeps its words: every sentence of its sources stands, to the letter, in the records and on the pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from lxml import html

from fourpress import library
from fourpress.model.plan import Commitment, Pillar
from site_builds import Built

ROOT = Path(__file__).parent / "united-states"
PILLARS = ("prevention", "protection", "prosecution", "partnerships")
YEARS = (2022, 2023, 2024)


class Said(NamedTuple):
    """Something that a source says: of which pillar, as what, in which words."""

    pillar: str
    kind: str
    words: str


def folded(text: object) -> str:
    return " ".join(str(text).split())


def source(name: str) -> dict:
    # Without types: 1.3.2 is a text, and so is every date.
    return yaml.load((ROOT / "source" / f"{name}.yaml").read_text("utf-8"), yaml.BaseLoader)


def fact_sheets() -> Iterator[dict]:
    return (source(f"us-ht-pitf-commitments-{year}") for year in YEARS)


def everything_said() -> list[Said]:
    """Every principle, commitment, introduction and quotation of the sources, in their order."""
    said = []
    for pillar in source("us-ht-nap-2021-factsheet")["pillars"]:
        said.append(Said(pillar["pillar"], "introduction", pillar["intro"]))
        said += [Said(pillar["pillar"], "principle", principle["text"]) for principle in pillar["principles"]]
    said += [
        Said(item["pillar"], f"quotation of {item['id']}", item["quoted_text"])
        for item in source("us-ht-nap-2021-known-ids")["items"]
    ]
    for sheet in fact_sheets():
        date = sheet["document"]["date"]
        for pillar in sheet["pillars"]:
            if "intro" in pillar:
                said.append(Said(pillar["pillar"], f"introduction of {date}", pillar["intro"]))
            said += [Said(pillar["pillar"], f"commitment of {date}", found["text"]) for found in pillar["commitments"]]
    return [Said(pillar, kind, folded(words)) for pillar, kind, words in said]


def recorded(pillar: Pillar) -> list[str]:
    """The words that a pillar's records hold of its sources."""
    held = [pillar.intro, *(objective.title for objective in pillar.objectives)]
    held += [statement.text for statement in pillar.statements]
    for commitment in pillar.commitments:
        held += [commitment.text, *(origin.quote for origin in commitment.source if origin.quote)]
    return [folded(words) for words in held]


@pytest.fixture(scope="module")
def content() -> library.Library:
    return library.load(ROOT)


@pytest.fixture(scope="module")
def plan(content) -> library.Plan:
    return content.plans[0]


@pytest.fixture(scope="module")
def commitments(plan) -> list[Commitment]:
    return [placed.commitment for placed in plan.commitments]


@pytest.fixture(scope="module")
def printed(united_states: Built) -> dict[str, str]:
    """What a reader sees on the English page of each pillar."""
    return {name: text_of(united_states, f"plans/us-2021/{name}") for name in PILLARS}


def text_of(built: Built, address: str) -> str:
    page = html.fromstring((built.site / address / "index.html").read_bytes())
    (article,) = page.iter("article")
    return folded(article.text_content())


def facts_of(built: Built, address: str) -> dict[str, str]:
    """What the first list of facts on a page says, by its labels."""
    facts = html.fromstring((built.site / address / "index.html").read_bytes()).find(".//dl")
    return {folded(label.text_content()): folded(label.getnext().text_content()) for label in facts.iter("dt")}


def test_the_plan_is_read_without_a_problem(content):
    assert content.problems == ()
    assert len(content.plans) == 1


def test_four_pillars_hold_twenty_one_principles_and_sixty_nine_commitments(plan, commitments):
    assert tuple(pillar.address for pillar in plan.pillars) == PILLARS
    assert [len(pillar.objectives) for pillar in plan.pillars] == [5, 7, 4, 5]
    assert [record.id for record in commitments if record.id] == ["1.3.2", "4.4.2"]
    by_year = [sum((record.key or "").startswith(f"{year}-") for record in commitments) for year in YEARS]
    assert by_year == [26, 23, 18]
    assert len(commitments) == 67 + 2


def test_every_sentence_of_the_sources_stands_once_in_the_records(plan):
    held = {pillar.address: recorded(pillar) for pillar in plan.pillars}
    said = everything_said()
    assert len(said) == 4 + 21 + 67 + 3 + 4
    assert [entry for entry in said if held[entry.pillar].count(entry.words) != 1] == []


def test_the_records_hold_no_sentence_that_no_source_says_and_keep_the_order(plan):
    for pillar in plan.pillars:
        said = [entry for entry in everything_said() if entry.pillar == pillar.address]
        assert set(recorded(pillar)) == {entry.words for entry in said}
        principles = [entry.words for entry in said if entry.kind == "principle"]
        assert [folded(record.title) for record in pillar.objectives] == principles
        promised = [entry.words for entry in said if entry.kind.startswith("commitment")]
        assert [folded(record.text) for record in pillar.commitments if record.key] == promised


def test_every_sentence_of_the_sources_stands_on_the_built_english_page_of_its_pillar(printed):
    assert [entry for entry in everything_said() if entry.words not in printed[entry.pillar]] == []


def test_every_sentence_stands_untranslated_and_marked_as_english_on_the_arabic_pages(united_states):
    for name in PILLARS:
        page = html.fromstring((united_states.site / f"ar/plans/us-2021/{name}/index.html").read_bytes())
        assert (page.get("lang"), page.find("body").get("dir")) == ("ar", "rtl")
        english = {folded(element.text_content()) for element in page.iter() if element.get("lang") == "en"}
        said = [entry for entry in everything_said() if entry.pillar == name]
        assert [entry for entry in said if entry.words not in english] == []


def test_a_commitment_names_the_publication_that_it_was_taken_from(commitments):
    sheets = {sheet["document"]["date"]: sheet for sheet in fact_sheets()}
    for record in commitments:
        if record.key:
            (origin,) = record.source
            document = sheets[str(origin.on)]["document"]
            assert record.key.startswith(document["date"][:4])
            assert (folded(origin.title), origin.url) == (folded(document["title"]), document["source_url"])


def test_a_quotation_in_part_says_so_and_names_every_page_that_quotes_it(commitments, printed):
    in_part = {record.id: record for record in commitments if record.partial}
    assert list(in_part) == ["1.3.2", "4.4.2"]
    items = source("us-ht-nap-2021-known-ids")["items"]
    for number, record in in_part.items():
        assert [origin.url for origin in record.source] == [item["url"] for item in items if item["id"] == number]
    for name in ("prevention", "partnerships"):
        assert "The whole commitment is not at hand." in printed[name]


def test_what_each_pillar_was_said_to_do_in_2024_is_told_with_its_date(plan, printed):
    for pillar in plan.pillars:
        (statement,) = pillar.statements
        assert str(statement.source.on) == "2024-02-14"
        assert f"{folded(statement.text)} FACT SHEET: " in printed[pillar.address]


def test_unnamed_partners_times_and_amounts_are_phrases_of_the_commitment_itself(commitments):
    invented = []
    for record in commitments:
        phrases = [record.with_others] if record.with_others else []
        phrases += [deadline.printed for deadline in record.due]
        phrases += [phrase for line in record.budget for phrase in (line.printed, line.note) if phrase]
        invented += [(record.key, phrase) for phrase in phrases if folded(phrase) not in folded(record.text)]
    assert invented == []
    assert sum(1 for record in commitments if record.with_others) == 23
    assert sum(1 for record in commitments if record.due) == 18


def test_announced_money_is_a_number_beside_the_printed_words(commitments, printed):
    lines = {record.key: line for record in commitments for line in record.budget}
    assert {key: (line.amount, str(line.printed)) for key, line in lines.items()} == {
        "2022-protection-1": (87_000_000, "almost $87 million"),
        "2023-partnerships-8": (50_000_000, "$50 million"),
        "2024-prevention-2": (1_000_000, "$1 million"),
        "2024-partnerships-1": (50_000, "$50,000"),
    }
    assert {(line.state, line.currency) for line in lines.values()} == {("announced", "USD")}
    assert {key[:4] for key in lines} == {str(line.year) for line in lines.values()}
    assert "almost $87 million" in printed["protection"]


def test_a_time_that_lies_beyond_the_plan_is_kept_as_it_was_printed(plan, commitments, printed):
    (beyond,) = [record for record in commitments for due in record.due if due.date.first > plan.head.period.to.last]
    assert (beyond.key, str(beyond.due[0].printed)) == ("2023-partnerships-8", "through 2027")
    assert "through 2027" in printed["partnerships"]


def test_the_plan_names_its_horizon_and_the_plan_before_it(united_states, plan):
    facts = source("us-ht-nap-2021-factsheet")["plan"]
    before = plan.head.supersedes
    assert facts["horizon"].startswith(str(plan.head.period.printed))
    assert facts["supersedes"] == f"{before.title} (October 2020)"
    assert str(before.on) == "2020-10"
    overview = text_of(united_states, "plans/us-2021")
    assert "three years" in overview
    assert str(before.title) in overview


def test_bodies_say_whom_they_belong_to_and_who_chairs_them(content, united_states):
    bodies = content.bodies
    assert bodies["niac"].parent == ("doi", "doj")
    assert bodies["forced-labor-enforcement-task-force"].chair == ("dhs",)
    assert facts_of(united_states, "bodies/forced-labor-enforcement-task-force")["Chair"] == "DHS"
    assert facts_of(united_states, "bodies/niac")["Part of"] == "DOI, DOJ"
