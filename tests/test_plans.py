"""Plans as real ones are: any pillars, ids to the letter, several deadlines, a lead that changes its name; and what their dates say."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from fourpress import library, pages
from fourpress import site as sites
from fourpress.pages.notices import notices
from fourpress.pages.plans import PlanSheet
from fourpress.pages.render import Renderer
from fourpress.pages.sops import SopSheet
from site_builds import PROJECT, run

FIVE = PROJECT / "tests" / "five-pillars"
DAY = datetime.date


def texts(root: Path, today: datetime.date | None = None, language: str = "fr") -> dict[str, str]:
    content, site = library.load(root, today=today), sites.read(root)
    assert content.problems == ()
    return {page.address: page.markdown for page in pages.pages(content, site, language)}


def test_five_pillars_keep_their_order_and_their_printed_letters():
    (plan,) = library.load(FIVE).plans
    assert [(str(pillar.number), pillar.stands_for) for pillar in plan.pillars] == [
        ("C01", "protection"),
        ("C02", "prevention"),
        ("C03", "prosecution"),
        ("C04", "partnership"),
        ("C05", None),
    ]


def test_printed_ids_are_kept_to_the_letter_zeros_included():
    page = texts(FIVE)["plans/nap-2022/prevention/"]
    assert "{#C02.1.1 " in page
    assert "{#C02.1.01 " in page


def test_deadlines_read_as_the_plan_prints_them():
    page = texts(FIVE)["plans/nap-2022/prevention/"]
    assert "<dd>Fin 2024</dd>" in page
    assert "<dd>Février 2022, Février 2023</dd>" in page


def test_a_lead_that_changed_its_name_is_shown_with_the_name_of_today():
    before = texts(FIVE, DAY(2023, 3, 31))["plans/nap-2022/prevention/"]
    after = texts(FIVE, DAY(2023, 4, 1))["plans/nap-2022/prevention/"]
    assert "CJVT" not in before
    assert "APLT</a> (depuis <a" in after
    assert "CJVT" in after


def test_the_words_of_the_open_government_partnership_map_to_canonical_ones():
    (plan,) = library.load(FIVE).plans
    assert {word: plan.statuses[word] for word in ("ogp-not-started", "limited", "substantial", "complete")} == {
        "ogp-not-started": "not-started",
        "limited": "in-progress",
        "substantial": "in-progress",
        "complete": "done",
    }
    assert '<span class="status in-progress">Limité</span>' in texts(FIVE)["plans/nap-2022/protection/"]


def test_the_yearly_sheets_of_the_united_states_are_three_periods_that_announce_every_commitment():
    (plan,) = library.load(PROJECT / "tests" / "united-states").plans
    announced = [handle for period in plan.progress for handle in period.announced]
    assert [len(period.announced) for period in plan.progress] == [26, 23, 18]
    assert sorted(announced) == sorted(placed.commitment.key for placed in plan.commitments if placed.commitment.key)


@pytest.mark.slow
def test_it_builds_in_three_languages_with_nothing_forced_into_free_text(tmp_path):
    root = tmp_path / "tests" / "five-pillars"
    shutil.copytree(FIVE, root, ignore=shutil.ignore_patterns("site", ".cache"))
    shutil.copytree(PROJECT / "hooks", tmp_path / "hooks", ignore=shutil.ignore_patterns("__pycache__"))
    built = run(root, "--strict")
    assert built.code == 0, built.said
    assert sorted(path.name for path in (built.site / "documents").glob("nap-2022.*.pdf")) == [
        "nap-2022.ar.pdf",
        "nap-2022.en.pdf",
        "nap-2022.fr.pdf",
    ]


# Notices


def kinds(root: Path, today: datetime.date) -> list[str]:
    content, site = library.load(root, today=today), sites.read(root)
    renderer = Renderer(content, site, site.default)
    found = [notices(PlanSheet(renderer, "", plan, site.default), plan) for plan in content.plans]
    found += [notices(SopSheet(renderer, "", sop, site.default), sop) for sop in content.sops]
    return [notice.kind for document in found for notice in document]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (DAY(2021, 12, 31), ["not-yet"]),
        (DAY(2022, 1, 1), ["in-force"]),
        (DAY(2023, 3, 31), ["in-force"]),
        (DAY(2024, 3, 31), ["in-force"]),
        (DAY(2024, 4, 1), ["report-overdue", "in-force"]),
        (DAY(2025, 1, 1), ["expired", "report-overdue"]),
    ],
)
def test_notices_follow_from_dates_alone(today, expected):
    assert kinds(FIVE, today) == expected


def test_a_plan_that_another_one_supersedes_says_so_and_leads_there(tmp_path):
    root = Path(shutil.copytree(FIVE, tmp_path / "project"))
    shutil.copytree(root / "plans/nap-2022", root / "plans/nap-2025")
    head = root / "plans/nap-2025/plan.yml"
    text = (
        head.read_text("utf-8")
        .replace("XX-NAP-2022", "XX-NAP-2025")
        .replace("2022-01, to: 2024-12", "2022-01, to: 2027-12")
    )
    head.write_text(text + "supersedes: XX-NAP-2022\n", "utf-8")
    page = texts(root, DAY(2025, 6, 1))["plans/nap-2022/"]
    assert 'href="../nap-2025/"' in page
    assert "Remplacé par" in page
    assert "Expiré" not in page


def test_a_procedure_past_its_review_says_so_on_the_page_and_in_the_running_head():
    assert "review-overdue" in kinds(PROJECT, DAY(2027, 7, 2))
    assert "review-overdue" not in kinds(PROJECT, DAY(2027, 7, 1))


def test_no_notice_is_composed_where_no_day_matters():
    content, site = library.load(FIVE), sites.read(FIVE)
    assert notices(PlanSheet(Renderer(content, site, "fr"), "", content.plans[0], "fr"), content.plans[0]) == []


def test_an_edition_that_holds_more_than_the_public_one_says_so_first():
    content, site = library.load(FIVE, "professional", DAY(2025, 1, 1)), sites.read(FIVE)
    sheet = PlanSheet(Renderer(content, site, "fr"), "", content.plans[0], "fr")
    assert [notice.kind for notice in notices(sheet, content.plans[0])] == ["professional", "expired", "report-overdue"]
