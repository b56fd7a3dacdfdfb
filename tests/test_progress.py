"""Progress: what is counted, what is overdue, what changed, and what each organisation is asked for."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html

from fourpress import library, reporting
from fourpress.library import Library, Plan
from fourpress.pages import progress
from fourpress.pages.page import Page
from fourpress.pages.render import Renderer
from fourpress.site import Site

Write = Callable[..., None]
SITE = Site(languages=("fr", "en", "ar"), fallbacks={"ar": ("en",)})

BODIES = """
language: fr
bodies:
  - {id: office, name: Office des phares, acronym: ODP, kind: agency}
  - {id: crew, name: Équipage, kind: community}
  - {id: pilot, name: Pilotes du port, kind: private}
  - {id: witness, name: Témoins, kind: civil-society}
  - {id: heron, name: Société du héron, kind: civil-society, audience: restricted}
"""

PLAN = """
id: XX-PHARES
title: Plan des phares
country: XX
language: fr
period: {from: 2025-01, to: 2027-12}
status: in-force
publisher: office
reporting: {every: 6 months, within: 2 months}
statuses: [{id: flickering, title: Vacillant, means: in-progress}]
pillars: [light, dark]
"""

LIGHT = """
title: Lumière
number: I
commitments:
  - id: "1"
    text: Allumer le phare.
    lead: office
    with: [crew, pilot]
    due: 2025-06
    indicators: [{id: 1.a, text: Phares allumés, unit: phares, baseline: {value: 0, year: 2024}, target: {value: 3, year: 2025}}]
  - {id: "2", text: Garder le phare allumé., lead: [crew, office], due: [2025-03, 2026-06]}
  - {id: "3", text: Compter les navires., lead: office, due: 2025-12-31}
"""

DARK = """
title: Obscurité
commitments:
  - {id: "4", text: Éteindre ce qui trompe., lead: pilot, due: 2026}
  - {key: no-mirror, text: Ne rien promettre à un miroir., with: office}
  - {id: "5", text: Cacher le nid., lead: heron, due: 2025-02, audience: restricted}
"""

FIRST = """
period: {from: 2025-01, to: 2025-06}
published: 2025-08
by: office
commitments:
  "1": {status: in-progress, text: Un phare sur trois., values: {1.a: 1}}
  "2": {status: not-started}
  "3": {status: in-progress}
"""

SECOND = """
period: {from: 2025-07, to: 2025-12}
published: 2026-02-10
by: office
source: {title: Bulletin des phares, on: 2026-02-10}
pillars: {light: {text: Il fait plus clair.}}
announced: ["4"]
commitments:
  "1":
    status: flickering
    challenges: L’huile manque.
    values: {1.a: 2}
    assessed: {by: witness, on: 2026-01, status: late, text: On n’en voit qu’un., evidence: [{title: Carnet de nuit}]}
  "2": {status: not-started}
  "4": {status: done, evidence: [{title: Miroir brisé}]}
"""


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes the plan of lighthouses; a file given by name replaces or joins those that stand there."""

    def into(**files: str) -> None:
        texts = {"plan": PLAN, "light": LIGHT, "dark": DARK, "first": FIRST, "second": SECOND, **files}
        folder = tmp_path / "plans" / "phares"
        (folder / "progress").mkdir(parents=True, exist_ok=True)
        (folder / "amendments").mkdir(exist_ok=True)
        (folder.parent / "bodies.yml").write_text(BODIES, "utf-8")
        places = {
            "first": "progress/2025-s1.yml",
            "second": "progress/2025-s2.yml",
            "third": "progress/2026-s1.yml",
            "amendment": "amendments/2026-01-01.yml",
        }
        for name, text in texts.items():
            (folder / places.get(name, f"{name}.yml")).write_text(text, "utf-8")

    return into


def read(
    root: Path, audience: library.Audience = "restricted", today: datetime.date | None = None
) -> tuple[Library, Plan]:
    found = library.load(root, audience, today)
    assert found.problems == ()
    return found, found.plans[0]


@pytest.fixture
def plan(write: Write, tmp_path: Path) -> Plan:
    """The plan of lighthouses, whole, after two reports."""
    write()
    return read(tmp_path)[1]


def pages(
    root: Path, language: str = "fr", audience: library.Audience = "restricted", day: str = "2026-03-01"
) -> dict[str, Page]:
    """The pages of progress by address."""
    today = datetime.date.fromisoformat(day)
    found, plan = read(root, audience, today)
    return {page.address: page for page in progress.pages(Renderer(found, SITE, language), plan, today)}


def section(page: Page, anchor: str) -> str:
    """A part of a page, from its heading to the next of the same rank."""
    (found,) = re.findall(rf"^## .*\{{#{anchor}\b[^}}]*\}}\n(.*?)(?=^## |\Z)", page.markdown, re.MULTILINE | re.DOTALL)
    return str(found)


def words(text: str) -> str:
    """What a reader sees of a piece of HTML."""
    return " ".join(" ".join(html.fragment_fromstring(text, create_parent="div").itertext()).split())


def handles(found: object) -> list[str]:
    return [one.commitment.handle for one in found]  # type: ignore[attr-defined]


DASHBOARD, FIRST_REPORT, SECOND_REPORT = (f"plans/phares/progress/{name}" for name in ("", "2025-s1/", "2025-s2/"))


# Counts


def test_every_commitment_counts_once_by_the_newest_report_on_it(plan: Plan) -> None:
    assert progress.tally(progress.standings(plan)) == {"in-progress": 2, "not-started": 1, "done": 1, "unreported": 2}


def test_the_tallies_of_the_pillars_add_up_to_that_of_the_plan(plan: Plan) -> None:
    rows = {pillar.address: counts for pillar, counts in progress.by_pillar(plan)}
    assert rows["light"] == {"in-progress": 2, "not-started": 1}
    assert rows["dark"] == {"done": 1, "unreported": 2}
    assert sum(rows.values(), Counter()) == progress.tally(progress.standings(plan))


def test_a_commitment_of_two_leads_counts_for_both(plan: Plan) -> None:
    rows = dict(progress.by_lead(plan, ("office", "crew", "pilot", "witness", "heron")))
    assert rows == {
        "office": {"in-progress": 2, "not-started": 1},
        "crew": {"not-started": 1},
        "pilot": {"done": 1},
        "heron": {"unreported": 1},
    }


def test_leads_that_are_not_known_are_counted_together_and_last(plan: Plan) -> None:
    rows = progress.by_lead(plan, ("office",))
    assert rows[-1] == ("", {"not-started": 1, "done": 1, "unreported": 1})


def test_the_dashboard_shows_the_counts_that_were_made(write: Write, tmp_path: Path) -> None:
    write()
    page = pages(tmp_path)[DASHBOARD]
    assert words(section(page, "by-pillar")).endswith("Lumière 1 2 0 0 3 Obscurité 0 0 1 2 3")


# Overdue, due soon, never reported on


@pytest.mark.parametrize(
    ("day", "late"),
    [
        ("2025-02-28", {}),
        ("2025-03-01", {"5": 1}),
        ("2025-12-31", {"5": 306, "1": 184}),
        ("2026-01-01", {"5": 307, "1": 185, "3": 1}),
        ("2026-07-01", {"5": 488, "1": 366, "3": 182, "2": 1}),
        ("2027-01-01", {"5": 672, "1": 550, "3": 366, "2": 185}),
    ],
)
def test_overdue_is_what_lies_past_its_last_deadline_and_is_not_done(
    plan: Plan, day: str, late: dict[str, int]
) -> None:
    """4 is done; 2 has a second deadline; what has no deadline is never overdue."""
    found = progress.overdue(plan, datetime.date.fromisoformat(day))
    assert {one.standing.commitment.handle: one.days for one in found} == late
    assert [one.days for one in found] == sorted((one.days for one in found), reverse=True)


def test_what_is_cancelled_is_not_overdue(write: Write, tmp_path: Path) -> None:
    write(second=SECOND.replace('"2": {status: not-started}', '"2": {status: cancelled}'))
    late = progress.overdue(read(tmp_path)[1], datetime.date(2026, 12, 1))
    assert "2" not in [one.standing.commitment.handle for one in late]


def test_the_overdue_list_says_on_which_day_it_speaks_and_what_stood_in_the_way(write: Write, tmp_path: Path) -> None:
    write()
    text = words(section(pages(tmp_path, day="2026-01-15")[DASHBOARD], "overdue"))
    assert "15 janvier 2026" in text
    assert "L’huile manque." in text


def test_each_deadline_of_the_next_six_months_is_listed_for_itself(plan: Plan) -> None:
    def soon(day: str) -> list[tuple[str, str]]:
        found = progress.due_soon(plan, datetime.date.fromisoformat(day))
        return [(standing.commitment.handle, str(deadline.date)) for standing, deadline in found]

    assert soon("2024-12-31") == [("5", "2025-02"), ("2", "2025-03"), ("1", "2025-06")]
    assert soon("2025-03-31") == [("2", "2025-03"), ("1", "2025-06")]
    assert soon("2025-12-31") == [("3", "2025-12-31"), ("2", "2026-06")]
    assert soon("2026-07-01") == []


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2025-08-31", 6, "2026-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2025-01-15", 12, "2026-01-15"),
        ("2025-12-01", 1, "2026-01-01"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: str, months: int, later: str) -> None:
    assert reporting.months_later(datetime.date.fromisoformat(day), months) == datetime.date.fromisoformat(later)


def test_what_no_report_has_spoken_of_is_listed_in_the_plan_s_order(plan: Plan) -> None:
    assert handles(progress.unreported(plan)) == ["no-mirror", "5"]


# What changed


def test_before_the_first_report_there_was_nothing_to_change(plan: Plan) -> None:
    assert progress.changes(plan, progress.periods(plan)[0]) is None


def test_a_report_says_what_moved_what_is_new_and_what_is_missing(plan: Plan) -> None:
    found = progress.changes(plan, progress.periods(plan)[1])
    assert found is not None
    assert [(placed.commitment.handle, before.status, now.status) for placed, before, now in found.moved] == [
        ("1", "in-progress", "flickering")
    ]
    assert [(placed.commitment.handle, now.status) for placed, now in found.first] == [("4", "done")]
    assert [(placed.commitment.handle, before.status) for placed, before in found.gone] == [("3", "in-progress")]


def test_what_was_done_is_not_missed_in_the_next_report(write: Write, tmp_path: Path) -> None:
    third = "period: {from: 2026-01, to: 2026-06}\npublished: 2026-08\nby: office\ncommitments:\n  '3': {status: in-progress, challenges: Trop de navires.}\n"
    write(third=third)
    _, plan = read(tmp_path)
    found = progress.changes(plan, progress.periods(plan)[2])
    assert found is not None
    assert [placed.commitment.handle for placed, _ in found.gone] == ["1", "2"]
    assert (found.moved, found.first) == ((), ()), "3 was reported on a year before, with the same status"


def test_the_report_shows_before_and_now_side_by_side(write: Write, tmp_path: Path) -> None:
    write()
    text = words(section(pages(tmp_path)[SECOND_REPORT], "changes"))
    assert "1 Allumer le phare. En cours Vacillant" in text
    assert "3 Compter les navires. En cours" in text


# Words, assessments, values


def test_an_own_status_word_has_the_look_of_the_canonical_one(write: Write, tmp_path: Path) -> None:
    write()
    assert '<span class="status in-progress">Vacillant</span>' in pages(tmp_path)[SECOND_REPORT].markdown


def test_an_assessment_stands_beside_the_report_and_is_never_counted(write: Write, tmp_path: Path) -> None:
    write()
    made = pages(tmp_path)
    tree = html.fragment_fromstring(made[SECOND_REPORT].markdown, create_parent="div")
    (box,) = tree.find_class("assessment")
    said = " ".join(box.text_content().split())
    assert "En retard On n’en voit qu’un." in said
    assert "Témoins" in said
    assert "janvier 2026" in said
    assert "Carnet de nuit" in said
    assert not [report for report in tree.find_class("report") if "On n’en voit qu’un." in report.text_content()]
    assert "status late" not in made[DASHBOARD].markdown
    assert not html.fragment_fromstring(made[FIRST_REPORT].markdown, create_parent="div").find_class("assessment")


def test_a_value_stands_between_its_baseline_and_its_target(write: Write, tmp_path: Path) -> None:
    write()
    tree = html.fragment_fromstring(pages(tmp_path)[SECOND_REPORT].markdown, create_parent="div")
    (table,) = tree.find_class("indicators")
    assert [cell.text_content() for cell in table.iterfind("tbody/tr/td")][1:] == ["0 (2024)", "2", "3 (2025)"]


def test_the_report_says_where_it_was_published_what_it_says_of_pillars_and_what_it_announced(
    write: Write, tmp_path: Path
) -> None:
    write()
    page = pages(tmp_path)[SECOND_REPORT]
    assert "Bulletin des phares" in page.markdown
    assert "Il fait plus clair." in section(page, "light")
    assert words(section(page, "announced")).endswith("4 Éteindre ce qui trompe. 2026")


def test_a_report_goes_through_the_plan_in_its_own_order_whatever_the_order_of_the_file(
    write: Write, tmp_path: Path
) -> None:
    write()
    page = pages(tmp_path)[SECOND_REPORT]
    assert re.findall(r"^### .*\{#(\S+) ", page.markdown, re.MULTILINE) == ["1", "2", "4"]


# Amendments


def test_what_was_reported_under_an_old_number_counts_under_the_new_one(write: Write, tmp_path: Path) -> None:
    amendment = (
        "on: 2026-01\nact: {act: Décret n° 2, by: office, on: 2025-12}\nreason: Compter autrement.\n"
        "renumber: [{commitment: '2', to: '2-bis'}]\nwithdraw: [{commitment: '3'}]\n"
    )
    write(amendment=amendment)
    _, plan = read(tmp_path)
    assert {one.commitment.handle: one.state for one in progress.standings(plan)}["2-bis"] == "not-started"
    found = progress.changes(plan, progress.periods(plan)[1])
    assert found is not None
    assert [name for name, _, _ in found.ended] == ["3"]
    assert found.gone == ()
    page = pages(tmp_path)[FIRST_REPORT]
    assert "Compter les navires." in section(page, "ended"), (
        "what was reported on a commitment that ended is still a report"
    )


# The next report


def test_the_next_report_is_the_first_period_that_none_covers(plan: Plan) -> None:
    asked = reporting.next_report(plan)
    assert asked is not None
    assert (str(asked.first), str(asked.last), str(asked.due)) == ("2026-01", "2026-06", "2026-08-30")


def test_a_gap_between_reports_is_asked_for_first(write: Write, tmp_path: Path) -> None:
    write(first=FIRST.replace("from: 2025-01, to: 2025-06", "from: 2026-01, to: 2026-06"))
    folder = tmp_path / "plans" / "phares" / "progress"
    text = (folder / "2025-s1.yml").read_text("utf-8")
    late = text.replace("status: in-progress", "status: in-progress, challenges: Brume").replace("2025-08", "2026-08")
    (folder / "2025-s1.yml").write_text(late, "utf-8")
    asked = reporting.next_report(read(tmp_path)[1])
    assert asked is not None
    assert (str(asked.first), str(asked.last)) == ("2025-01", "2025-06")


def test_without_a_rule_no_next_report_is_promised(write: Write, tmp_path: Path) -> None:
    write(plan=PLAN.replace("reporting: {every: 6 months, within: 2 months}\n", ""))
    assert reporting.next_report(read(tmp_path)[1]) is None


# Report cards


def test_there_is_a_card_for_each_organisation_that_leads_and_for_no_other(write: Write, tmp_path: Path) -> None:
    write()
    names = [address.split("/card/")[1] for address in pages(tmp_path) if "/card/" in address]
    assert names == ["office/", "crew/", "pilot/", "heron/"]


@pytest.mark.parametrize(
    ("name", "leads", "supports"), [("office", ["1", "2", "3"], ["–"]), ("crew", ["2"], ["1"]), ("pilot", ["4"], ["1"])]
)
def test_a_card_holds_exactly_the_organisation_s_commitments(
    name: str, leads: list[str], supports: list[str], write: Write, tmp_path: Path
) -> None:
    write()
    page = pages(tmp_path)[f"plans/phares/progress/card/{name}/"]
    tree = html.fragment_fromstring(page.markdown, create_parent="div")
    forms = tree.find_class("form")
    assert [form.find(".//bdi").text_content() for form in forms] == leads
    (table,) = tree.find_class("upcoming")
    assert [row.findtext("td[1]//bdi") or "–" for row in table.iterfind("tbody/tr")] == supports


def test_a_card_asks_for_a_status_in_the_plan_s_own_words_and_leaves_room_for_the_rest(
    write: Write, tmp_path: Path
) -> None:
    write()
    form = html.fragment_fromstring(
        pages(tmp_path)["plans/phares/progress/card/office/"].markdown, create_parent="div"
    ).find_class("form")[0]
    ticks = [tick.text_content().strip() for tick in form.find_class("tick") if tick.find_class("square")]
    assert ticks == ["Non démarré", "Vacillant", "Réalisé", "En retard", "Annulé"]
    assert [cell.text_content() for cell in form.iter("th")][1] != ""
    assert len([cell for cell in form.iter("td") if not cell.text_content().strip()]) == 3, "done, challenges, evidence"


# Audiences and languages


def test_an_organisation_that_is_withheld_is_named_nowhere(write: Write, tmp_path: Path) -> None:
    write()
    for address, page in pages(tmp_path, audience="public").items():
        assert not re.search("heron|héron|nid", f"{address}{page.title}{page.markdown}")


@pytest.mark.parametrize("language", SITE.languages)
def test_pages_speak_every_language_at_the_same_addresses(language: str, write: Write, tmp_path: Path) -> None:
    write()
    assert list(pages(tmp_path, language)) == list(pages(tmp_path, "fr"))


def test_the_same_day_makes_the_same_pages_and_no_other_clock_is_asked(write: Write, tmp_path: Path) -> None:
    write()
    assert pages(tmp_path) == pages(tmp_path)
    assert pages(tmp_path, day="2026-03-01")[DASHBOARD] != pages(tmp_path, day="2026-03-02")[DASHBOARD]


def test_a_plan_without_reports_has_no_pages_of_progress(write: Write, tmp_path: Path) -> None:
    write()
    for path in (tmp_path / "plans" / "phares" / "progress").glob("*.yml"):
        path.unlink()
    found, plan = read(tmp_path)
    assert list(progress.pages(Renderer(found, SITE, "fr"), plan, datetime.date(2026, 1, 1))) == []
    assert progress.entries(Renderer(found, SITE, "fr"), plan) == []


def test_the_menu_leads_to_the_dashboard_and_to_the_reports_newest_first(write: Write, tmp_path: Path) -> None:
    write()
    found, plan = read(tmp_path)
    (entry,) = progress.entries(Renderer(found, SITE, "fr"), plan)
    sources = [child.source for child in entry.children]
    assert sources[1:] == ["plans/phares/progress/2025-s2.md", "plans/phares/progress/2025-s1.md"]
    assert set(sources) <= {
        page.source for page in progress.pages(Renderer(found, SITE, "fr"), plan, datetime.date(2026, 1, 1))
    }
