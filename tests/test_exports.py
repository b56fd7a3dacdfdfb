"""Tables, workbooks, calendars and the dictionary: what partners load says what the plan says, and nothing else."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from fourpress import exports, library, model
from fourpress import site as sites
from fourpress.exports.columns import FILES
from fourpress.exports.dictionary import all_rows, dictionary
from fourpress.exports.json_data import number
from fourpress.exports.tables import safe
from fourpress.library import Library, Placed, Plan
from fourpress.model import amendment, body, plan, sop
from fourpress.model.record import Record, replaced
from fourpress.site import Site

PROJECT = Path(__file__).parent.parent
UTOPIA = PROJECT / "tests" / "utopia"
PROJECTS = {"starter": PROJECT, "united-states": PROJECT / "tests" / "united-states", "utopia": UTOPIA}
SHEETS = ["about", "commitments", "indicators", "budget", "progress", "bodies"]
Rewrite = Callable[[str, str, str], None]
CENT = Decimal("0.01")


def data_of(root: Path) -> tuple[Library, Site, dict[str, bytes]]:
    found, site = library.load(root), sites.read(root)
    return found, site, exports.files(found, site)


@pytest.fixture(scope="module", params=PROJECTS)
def project(request: pytest.FixtureRequest) -> tuple[Library, Site, dict[str, bytes]]:
    """The starter content, the plan of the United States and utopia, each with its files of data."""
    return data_of(PROJECTS[request.param])


def book_of(files: dict[str, bytes], slug: str) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(files[f"data/{slug}.xlsx"]))


def lines(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    """The lines of a sheet inside its filter."""
    area = list(sheet[sheet.auto_filter.ref])
    head = [cell.value for cell in area[0]]
    return [dict(zip(head, row, strict=True)) for row in area[1:]]


def amount(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(CENT)


def due(found: Plan) -> list[tuple[Placed, int, Any]]:
    """Every deadline with its commitment and its place."""
    return [(placed, index, one) for placed in found.commitments for index, one in enumerate(placed.commitment.due)]


def events(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


# The workbook


def test_a_workbook_opens_with_frozen_and_filtered_sheets(project):
    found, _, files = project
    for one in found.plans:
        book = book_of(files, one.slug)
        assert book.sheetnames == SHEETS
        for sheet in book:
            assert sheet.freeze_panes == "A2"
            assert sheet.auto_filter.ref.startswith("A1:")
            assert sheet.print_title_rows == "$1:$1"
            assert all(cell.font.bold and cell.value for cell in sheet[1])
            assert all(9 <= column.width <= 60 for column in sheet.column_dimensions.values())


def test_a_workbook_holds_no_formula(project):
    found, _, files = project
    for one in found.plans:
        cells = [cell for sheet in book_of(files, one.slug) for row in sheet.iter_rows() for cell in row]
        assert {cell.data_type for cell in cells} <= {"s", "n", "d"}


def test_sheets_have_the_headings_and_lines_of_the_csv(project):
    found, _, files = project
    for one in found.plans:
        book = book_of(files, one.slug)
        for name in ("commitments", "indicators", "budget", "progress"):
            own = f"data/{one.slug}.csv" if name == "commitments" else f"data/{one.slug}-{name}.csv"
            table = lines(files[own])
            assert [cell.value for cell in book[name][1]] == next(
                csv.reader([files[own].decode("utf-8-sig").splitlines()[0]])
            )
            assert len(rows(book[name])) == max(len(table), 0)


def test_the_first_sheet_says_what_the_workbook_is():
    found, _, files = data_of(UTOPIA)
    about = {row["key"].value: row["value"].value for row in rows(book_of(files, "plan-a")["about"])}
    assert about["plan"] == "XX-PLAN-A"
    assert about["title.fr"] == "Plan A de lutte contre la traite des personnes"
    assert about["title.en"] == "Plan A against Trafficking in Persons"
    assert (about["edition"], about["status"]) == ("1.10", "in-force")
    assert (about["period_from"], about["period_to"]) == ("2025-01", "2027-12")
    assert {f"sheet {name}" for name in SHEETS} <= set(about)
    assert "title.rn" not in about
    assert found.plans


def test_printed_ids_stay_text(utopia: Path, rewrite: Rewrite):
    rewrite("plans/plan-a/prevention.yml", 'id: "2.1"', 'id: "2.10"')
    _, _, files = data_of(utopia)
    found = {row["id"].value: row["id"] for row in rows(book_of(files, "plan-a")["commitments"]) if row["id"].value}
    assert "2.10" in found
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in found.values())


def test_every_id_of_every_sheet_is_text(project):
    found, _, files = project
    for one in found.plans:
        book = book_of(files, one.slug)
        for name in SHEETS[1:]:
            for row in rows(book[name]):
                for key in ("id", "key", "commitment", "objectives", "indicators", "sdg", "plan", "values"):
                    assert key not in row or row[key].value is None or row[key].data_type == "s"


def test_whole_days_are_dates_and_what_is_less_precise_is_text():
    found, _, files = data_of(PROJECT)
    by_id = {row["id"].value: row for row in rows(book_of(files, "pan-2025")["commitments"])}
    seen = set()
    for placed in found.plans[0].commitments:
        cell = by_id[placed.commitment.id]["due"]
        if len(placed.commitment.due) == 1:
            promised = placed.commitment.due[0].date
            seen.add(bool(promised.day))
            assert cell.is_date == bool(promised.day)
            assert cell.value.date() == promised.first if promised.day else cell.value == str(promised)
    assert seen == {True, False}


def test_numbers_are_numbers(project):
    found, _, files = project
    for one in found.plans:
        book = book_of(files, one.slug)
        for name, key in (("indicators", "value"), ("indicators", "year"), ("budget", "amount"), ("budget", "year")):
            assert all(row[key].data_type == "n" for row in rows(book[name]))


def test_a_commitment_that_begins_like_a_formula_is_text(utopia: Path, rewrite: Rewrite):
    words = '=HYPERLINK("https://example.org";"Laisser une lampe")'
    rewrite("plans/plan-a/protection.yml", "text: Laisser une lampe allumée toute la nuit.", f"text: '{words}'")
    _, _, files = data_of(utopia)
    (cell,) = [row["text.fr"] for row in rows(book_of(files, "plan-a")["commitments"]) if row["id"].value == "1.2"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (words, "s", True)
    (line,) = [line for line in lines(files["data/plan-a.csv"]) if line["id"] == "1.2"]
    assert line["text.fr"] == f"'{words}"


def test_text_is_made_harmless_and_numbers_are_left_alone():
    assert [safe(text) for text in ("=1", "+1", "-1", "@a", "\t=1", "＝1")] == [
        "'=1", "'+1", "'-1", "'@a", "'\t=1", "'＝1",
    ]  # fmt: skip
    assert (safe(Decimal(-5)), safe(-5), safe(None), safe("1-2")) == ("-5", "-5", "", "1-2")


def test_json_never_changes_the_digits_of_a_number():
    assert (number(Decimal("12000.50")), number(Decimal(7))) == (12000.5, 7)
    assert number(Decimal("123456789012345.678901")) == "123456789012345.678901"


# Money


def sums_of_json(content: bytes) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}

    def below(node: dict[str, Any]) -> None:
        for commitment in node.get("commitments", []):
            for line in commitment.get("budget", []):
                for key in ((line["currency"], line["state"]), (line["currency"], "all")):
                    sums[key] = sums.get(key, Decimal(0)) + amount(line["amount"])
        for objective in node.get("objectives", []):
            below(objective)

    for pillar in json.loads(content)["pillars"]:
        below(pillar)
    return sums


def sums_of_lines(table: list[dict[str, Any]]) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for line in table:
        for key in ((line["currency"], line["state"]), (line["currency"], "all")):
            sums[key] = sums.get(key, Decimal(0)) + amount(line["amount"])
    return sums


def totals_of_sheet(sheet: Worksheet) -> dict[tuple[str, str], Decimal]:
    head = {cell.value: place for place, cell in enumerate(sheet[1])}
    found = {}
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "total":
            key = (row[head["currency"]].value, row[head["state"]].value)
            assert key not in found
            found[key] = amount(row[head["amount"]].value)
    return found


def test_money_is_the_same_to_the_cent_in_json_csv_and_workbook(project):
    found, _, files = project
    for one in found.plans:
        sheet = book_of(files, one.slug)["budget"]
        expected = sums_of_json(files[f"data/{one.slug}.json"])
        assert expected
        assert sums_of_lines(lines(files[f"data/{one.slug}-budget.csv"])) == expected
        inside = [{key: cell.value for key, cell in row.items()} for row in rows(sheet)]
        assert sums_of_lines(inside) == expected
        assert totals_of_sheet(sheet) == expected


def test_cents_add_up(utopia: Path, rewrite: Rewrite):
    many = "".join(
        f"          - {{amount: 0.1, currency: USD, state: pledged, year: {2025 + n % 3}}}\n" for n in range(30)
    )
    rewrite("plans/plan-a/protection.yml", "        budget:\n", f"        budget:\n{many}")
    _, _, files = data_of(utopia)
    assert totals_of_sheet(book_of(files, "plan-a")["budget"])["USD", "pledged"] == Decimal("3.00")
    (line,) = [line for line in lines(files["data/plan-a.csv"]) if line["id"] == "1.1"]
    assert Decimal(line["budget.USD"]) == Decimal("12003.50")


def test_no_cell_adds_up_two_currencies():
    found, _, files = data_of(UTOPIA)
    spent = [line for placed in found.plans[0].commitments for line in placed.commitment.budget]
    currencies = {line.currency for line in spent}
    assert currencies == {"BIF", "USD"}
    mixed = sum(line.amount for line in spent)
    for sheet in book_of(files, "plan-a"):
        for row in sheet.iter_rows():
            assert all(cell.value != float(mixed) for cell in row if cell.data_type == "n")
    sheet = book_of(files, "plan-a")["budget"]
    head = {cell.value: place for place, cell in enumerate(sheet[1])}
    assert head["currency"] == head["amount"] + 1
    for row in sheet.iter_rows(min_row=2):
        if row[head["amount"]].value is not None:
            assert row[head["currency"]].value in currencies


def test_the_columns_of_commitments_agree_with_the_budget(project):
    found, _, files = project
    for one in found.plans:
        expected = sums_of_json(files[f"data/{one.slug}.json"])
        for currency in {currency for currency, _ in expected}:
            column = [line[f"budget.{currency}"] for line in lines(files[f"data/{one.slug}.csv"])]
            assert sum(amount(value) for value in column if value) == expected[currency, "all"]


# Indicators and progress


def test_every_figure_of_every_indicator_is_there(project):
    found, _, files = project
    for one in found.plans:
        table = lines(files[f"data/{one.slug}-indicators.csv"])
        for placed in one.commitments:
            for indicator in placed.commitment.indicators:
                own = [line for line in table if line["id"] == indicator.id]
                reached = [
                    str(report.values[indicator.id])
                    for progress in one.progress
                    for name, report in progress.commitments.items()
                    if name == placed.commitment.handle and indicator.id in report.values
                ]
                figures = {name: [line["value"] for line in own if line["figure"] == name] for name in
                           ("baseline", "target", "reached")}  # fmt: skip
                assert figures["target"] == [str(reading.value) for reading in indicator.target]
                assert figures["baseline"] == ([str(indicator.baseline.value)] if indicator.baseline else [])
                assert sorted(figures["reached"]) == sorted(reached)
                assert own


def test_the_independent_view_stands_beside_the_report_and_never_in_it(utopia: Path):
    (utopia / "plans/plan-a/progress/2026-s1.yml").write_text(
        "period: {from: 2026-01, to: 2026-06}\npublished: 2026-07-31\nby: assembly\ncommitments:\n"
        '  "1.1":\n    status: in-progress\n    text: Trois chaises.\n'
        "    assessed: {by: lantern, on: 2026-09-01, status: late, text: Deux chaises.}\n",
        "utf-8",
    )
    _, _, files = data_of(utopia)
    (line,) = [
        line
        for line in lines(files["data/plan-a-progress.csv"])
        if (line["commitment"], line["period_from"]) == ("1.1", "2026-01")
    ]
    assert (line["status"], line["text.fr"]) == ("in-progress", "Trois chaises.")
    assert (line["assessed_by"], line["assessed_on"]) == ("lantern", "2026-09-01")
    assert (line["assessed_status"], line["assessed_text.fr"]) == ("late", "Deux chaises.")
    (row,) = [line for line in lines(files["data/plan-a.csv"]) if line["id"] == "1.1"]
    assert (row["status"], row["status_period"]) == ("in-progress", "2026-01/2026-06")


def test_a_status_is_canonical_and_the_plans_own_word_stands_beside_it(utopia: Path):
    head = utopia / "plans/plan-a/plan.yml"
    if "statuses:" not in head.read_text("utf-8"):
        head.write_text(
            head.read_text("utf-8") + "statuses:\n  - {id: bobbing, title: À flot, means: in-progress}\n", "utf-8"
        )
    word = next(one for one in library.load(utopia).plans[0].head.statuses)
    (utopia / "plans/plan-a/progress/2026-s1.yml").write_text(
        "period: {from: 2026-01, to: 2026-06}\npublished: 2026-07-31\nby: assembly\ncommitments:\n"
        f'  "1.1": {{status: {word.id}, text: Voguer., challenges: Le vent.}}\n',
        "utf-8",
    )
    _, _, files = data_of(utopia)
    last = [line for line in lines(files["data/plan-a-progress.csv"]) if line["commitment"] == "1.1"][-1]
    (row,) = [line for line in lines(files["data/plan-a.csv"]) if line["id"] == "1.1"]
    for line in (last, row):
        assert (line["status"], line["status_own"]) == (word.means, str(word.title))


def test_every_report_on_every_commitment_is_a_line(project):
    found, _, files = project
    for one in found.plans:
        table = [line for line in lines(files[f"data/{one.slug}-progress.csv"]) if line["commitment"] or line["key"]]
        spoken = [
            name for progress in one.progress for name in {**progress.commitments, **dict.fromkeys(progress.announced)}
        ]
        assert sorted(line["commitment"] or line["key"] for line in table) == sorted(spoken)


# The same bytes


def test_two_loads_give_the_same_bytes(project):
    found, site, files = project
    assert exports.files(library.load(found.root), site) == files


def last_act(plan: Plan) -> date:
    """The day of the newest act that made the plan what it is."""
    adopted = [plan.head.adopted.on.first] if plan.head.adopted else []
    return max((*(one.on.first for one in plan.amendments), *adopted, date(1980, 1, 1)))


def test_no_clock_is_in_a_workbook():
    """Days of saving would make two builds differ: a workbook says the day of the adoption, its parts the first day of zip."""
    for root in PROJECTS.values():
        found, _, files = data_of(root)
        for one in found.plans:
            adopted = last_act(one)
            properties = book_of(files, one.slug).properties
            assert properties.created.date() == properties.modified.date() == adopted
            with zipfile.ZipFile(io.BytesIO(files[f"data/{one.slug}.xlsx"])) as parts:
                assert {info.date_time for info in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
                assert parts.testzip() is None


# The calendar


def test_every_deadline_is_in_the_calendar_of_every_language_on_its_last_day(project):
    found, site, files = project
    for one in found.plans:
        wanted = {
            f"{one.head.id}/{placed.commitment.handle}/{index}@fourpress": deadline.date.last
            for placed, index, deadline in due(one)
        }
        assert wanted
        for language in site.languages:
            made = events(files[f"data/{one.slug}.{language}.ics"])
            assert len(made) == len(wanted)
            assert {str(event["UID"]): event.decoded("DTSTART") for event in made} == wanted


def test_a_promise_for_a_month_ends_on_its_last_day_and_one_for_a_year_in_december():
    _, _, files = data_of(UTOPIA)
    ends = {str(event["UID"]): event.decoded("DTSTART") for event in events(files["data/plan-a.fr.ics"])}
    assert ends["XX-PLAN-A/1.1/0@fourpress"] == date(2025, 6, 30)
    assert ends["XX-PLAN-A/1.1/1@fourpress"] == date(2026, 12, 31)
    assert ends["XX-PLAN-A/1.2.1.1/0@fourpress"] == date(2025, 12, 31)


def backwards(record: Any) -> Any:
    """A pillar or objective with everything in it the other way round."""
    return replaced(
        record,
        commitments=record.commitments[::-1],
        objectives=tuple(backwards(objective) for objective in record.objectives[::-1]),
    )


def test_events_keep_their_names_when_commitments_are_reordered(project):
    found, site, files = project
    turned = tuple(
        replace(one, pillars=tuple(backwards(pillar) for pillar in one.pillars[::-1])) for one in found.plans
    )
    again = exports.files(replace(found, plans=turned), site)
    for one in found.plans:
        before, after = (
            [event.to_ical() for event in events(some[f"data/{one.slug}.{site.default}.ics"])]
            for some in (files, again)
        )
        assert before != after
        assert sorted(before) == sorted(after)


def test_a_calendar_is_what_the_standard_asks_for(project):
    found, site, files = project
    for one in found.plans:
        for language in site.languages:
            content = files[f"data/{one.slug}.{language}.ics"]
            assert content.count(b"\r\n") == content.count(b"\n")
            assert max(map(len, content.split(b"\r\n"))) <= 75
            calendar = icalendar.Calendar.from_ical(content)
            assert (calendar["VERSION"], calendar["METHOD"]) == ("2.0", "PUBLISH")
            assert calendar["PRODID"]
            assert calendar["X-WR-CALNAME"]
            stamp = last_act(one)
            for event in calendar.walk("VEVENT"):
                assert event.decoded("DTSTAMP") == datetime(stamp.year, stamp.month, stamp.day, tzinfo=UTC)
                assert event["TRANSP"] == "TRANSPARENT"
                assert event["SUMMARY"]
                assert event["DESCRIPTION"]
                assert event["CATEGORIES"]
                assert not event.errors


def test_an_event_says_the_whole_promise_and_who_leads():
    _, _, files = data_of(UTOPIA)
    (event,) = [one for one in events(files["data/plan-a.en.ics"]) if one["UID"] == "XX-PLAN-A/1.1/0@fourpress"]
    assert event["SUMMARY"].startswith("1.1 ")
    assert event["SUMMARY"].params["LANGUAGE"] == "en"
    assert "Keep a reception on the quay for every arrival of the ferry" in event["DESCRIPTION"]
    assert "Lead: Harbour Office" in event["DESCRIPTION"]
    assert event["URL"] == "https://example.org/en/plans/plan-a/protection/#1.1"


def test_a_language_without_translation_gets_the_official_words_and_says_whose_they_are():
    _, _, files = data_of(UTOPIA)
    (event,) = [one for one in events(files["data/plan-a.rn.ics"]) if one["UID"] == "XX-PLAN-A/1.2/0@fourpress"]
    assert event["SUMMARY"] == "1.2 Laisser une lampe allumée toute la nuit."
    assert event["SUMMARY"].params["LANGUAGE"] == "fr"


def test_an_outdated_translation_is_marked_in_the_calendar(utopia: Path, rewrite: Rewrite):
    rewrite("plans/plan-a/protection.yml", "Avoir une deuxième lampe.", "Avoir une troisième lampe.")
    _, _, files = data_of(utopia)
    (event,) = [one for one in events(files["data/plan-a.en.ics"]) if one["UID"] == "XX-PLAN-A/1.2.1.1/0@fourpress"]
    assert event["SUMMARY"] == "1.2.1.1 Own a second lamp. (translation outdated)"
    assert "Avoir une troisième lampe." in event["DESCRIPTION"]


def test_a_plan_without_deadlines_has_no_calendar(utopia: Path):
    found, site = library.load(utopia), sites.read(utopia)
    bare = tuple(
        replace(one, pillars=tuple(without_deadlines(pillar) for pillar in one.pillars)) for one in found.plans
    )
    assert not [name for name in exports.files(replace(found, plans=bare), site) if name.endswith(".ics")]


def without_deadlines(record: Any) -> Any:
    return replaced(
        record,
        commitments=tuple(replaced(commitment, due=()) for commitment in record.commitments),
        objectives=tuple(without_deadlines(objective) for objective in record.objectives),
    )


# The dictionary


def kinds(base: type[Record] = Record) -> Iterator[type[Record]]:
    """Every kind of record that a file can hold: those from which no other is made."""
    for kind in base.__subclasses__():
        if kind.__module__.startswith("fourpress.model"):
            yield from kinds(kind) if kind.__subclasses__() else (kind,)


def test_the_dictionary_has_every_key_of_every_record():
    assert {one.__name__ for one in (model, amendment, body, plan, sop)}
    told = {(row["record"], row["key"]) for row in all_rows()}
    for kind in kinds():
        keys = {(kind.noun, info.alias or name) for name, info in kind.model_fields.items()}
        assert {(kind.noun, ""), *keys} <= told, kind


def test_no_two_records_have_the_same_name():
    nouns = [kind.noun for kind in kinds()]
    assert sorted(nouns) == sorted(set(nouns))
    names = [(row["record"], row["key"]) for row in all_rows()]
    assert len(names) == len(set(names))


def test_the_dictionary_has_every_column_of_every_table(project):
    found, site, files = project
    told = {(row["record"], row["key"]) for row in all_rows()}
    slugs = {one.slug: "<plan>" for one in found.plans} | {one.slug: "<sop>" for one in found.sops}
    codes = "|".join({*site.languages, *(code for one in found.documents for code in one.languages)})
    for name, content in files.items():
        if name.endswith(".csv"):
            stem = name.removeprefix("data/")
            for slug, general in slugs.items():
                stem = re.sub(rf"^{re.escape(slug)}(?=[-.])", general, stem)
            stem = re.sub(rf"^dictionary\.({codes})\.", "dictionary.<language>.", stem)
            for heading in next(csv.reader([content.decode("utf-8-sig").splitlines()[0]])):
                key = re.sub(
                    rf"\.({codes})$", ".<language>", re.sub(r"^budget\.[A-Z]{3}$", "budget.<currency>", heading)
                )
                assert (stem, key) in told, f"{name}: {heading}"
    for one in found.plans:
        for cell in book_of(files, one.slug)["bodies"][1]:
            key = re.sub(rf"\.({codes})$", ".<language>", cell.value)
            assert ("<plan>.xlsx: bodies", key) in told


def test_every_line_of_the_dictionary_says_something():
    for row in all_rows():
        assert list(row) == ["record", "key", "type", "required", "description"]
        assert row["required"] in ("yes", "no")
        assert all(row[key] for key in ("record", "type", "description")), row


def test_the_dictionary_says_types_in_plain_words():
    told = {(row["record"], row["key"]): row for row in dictionary(model.Pillar)}
    assert told["commitment", "lead"]["type"] == "one or more: id of an organisation"
    assert told["commitment", "text"]["required"] == "yes"
    assert told["commitment", "with"]["description"] == "Who takes part."
    assert told["budget line", "state"]["type"] == "one of secured, pledged, announced, to-mobilise"
    assert told["pillar", "objectives"]["type"] == "list: objective"
    assert not [row for row in all_rows() if re.search(r"typing|Optional|class|\[|None", row["type"])]


def test_the_dictionary_is_the_same_in_json_and_csv():
    _, _, files = data_of(UTOPIA)
    told = json.loads(files["data/dictionary.json"])
    english = [line | {"type": line["type"]["en"], "description": line["description"]["en"]} for line in told]
    table = lines(files["data/dictionary.en.csv"])
    assert english == [{key: line[key] for key in line if key != "language"} for line in table] == all_rows()
    assert {row["record"] for row in all_rows()} >= set(FILES)


# The audience


def as_texts(files: dict[str, bytes]) -> dict[str, str]:
    """Every file as text, a workbook as the text of its parts, a calendar without its folds."""
    texts = {}
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as parts:
                texts[name] = "\n".join(parts.read(part).decode("utf-8") for part in parts.namelist())
        else:
            texts[name] = content.replace(b"\r\n ", b"").decode("utf-8-sig")
    return texts


def test_what_is_for_professionals_is_in_no_file_of_a_public_library(utopia: Path, rewrite: Rewrite):
    promise = '          - id: "1.2"\n'
    rewrite("plans/plan-a/protection.yml", promise, f"{promise}            audience: professional\n")
    site = sites.read(utopia)
    words = re.compile(
        r"Laisser une lampe allumée|Leave a lamp lit|XX-PLAN-A/1\.2/|#1\.2(?![.\d])|La nuit après la dernière"
    )
    public = as_texts(exports.files(library.load(utopia), site))
    assert [name for name, text in public.items() if words.search(text)] == []
    professional = as_texts(exports.files(library.load(utopia, "professional"), site))
    told = {name for name, text in professional.items() if words.search(text)}
    wanted = {"plan-a.json", "plan-a.csv", "plan-a-progress.csv", "plan-a.xlsx", "plan-a.fr.ics", "plan-a.en.ics"}
    assert {f"data/{name}" for name in wanted} <= told


def test_money_and_organisations_that_are_withheld_are_in_no_workbook():
    """Utopia's restricted words all say `canari` or `canary`."""
    _, _, files = data_of(UTOPIA)
    assert [name for name, text in as_texts(files).items() if re.search(r"canar[iy]", text, re.IGNORECASE)] == []
    whole = as_texts(exports.files(library.load(UTOPIA, "restricted"), sites.read(UTOPIA)))
    assert re.search("canar[iy]", whole["data/plan-a.xlsx"])
    assert re.search("canar[iy]", whole["data/plan-a-budget.csv"])


# Names


def test_two_files_of_one_name_are_refused(utopia: Path):
    (utopia / "plans/plan-a").rename(utopia / "plans/sop-a")
    with pytest.raises(ValueError, match=r"named sop-a\.json"):
        exports.files(library.load(utopia), sites.read(utopia))
