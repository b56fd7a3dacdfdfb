"""Amendments: the text in force on any day is what was adopted with every change until then, and no id ever means two things."""

from __future__ import annotations

import datetime
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourpress import adoption, in_force, library, pages, reader
from fourpress import site as sites
from fourpress.model import Pillar
from fourpress.model.amendment import Amendment
from fourpress.model.record import give_addresses

AMENDED = Path(__file__).parent / "amended"
DAY = datetime.date


@pytest.fixture
def amended(utopia: Path) -> Path:
    """Utopia after two amendments."""
    shutil.copytree(AMENDED, utopia / "plans/plan-a/amendments")
    return utopia


def handles(root: Path, today: datetime.date | None = None) -> list[str]:
    (plan,) = library.load(root, today=today).plans
    return [placed.commitment.handle for placed in plan.commitments]


def test_the_text_in_force_is_the_adopted_one_until_the_first_amendment(amended):
    assert library.load(amended).problems == ()
    assert handles(amended, DAY(2026, 1, 31)) == ["1.1", "1.2", "1.2.1.1", "2.1", "promise-nothing"]


def test_each_amendment_applies_from_its_day(amended):
    assert handles(amended, DAY(2026, 2, 1)) == ["1.1", "1.3", "1.2", "1.2.1.1", "2.1", "2.2"]
    assert handles(amended, DAY(2026, 7, 31)) == handles(amended, DAY(2026, 2, 1))
    assert handles(amended, DAY(2026, 8, 1)) == ["1.1", "1.4", "1.5", "1.2.1.1", "2.3"]


def test_a_replaced_value_keeps_what_was_not_replaced_and_remembers_what_was(amended):
    (plan,) = library.load(amended).plans
    commitment = plan.commitments[0].commitment
    assert [str(line.printed) for line in commitment.due] == ["Avant l’été suivant"]
    assert len(commitment.budget) > 0
    (event,) = plan.state.history["1.1"]
    assert (event.kind, event.fields) == ("replaced", ("due",))
    assert [str(line.date) for line in event.before.due] == ["2025-06-30", "2026-12"]


def test_an_id_that_ended_says_how_and_what_took_its_place(amended):
    (plan,) = library.load(amended).plans
    assert {name: (one.kind, one.replaced_by) for name, one in plan.state.ended.items()} == {
        "promise-nothing": ("renumbered", ("2.2",)),
        "2.1": ("merged", ("2.3",)),
        "2.2": ("merged", ("2.3",)),
        "1.2": ("split", ("1.4", "1.5")),
        "1.3": ("withdrawn", ("1.4",)),
    }


def test_every_old_anchor_goes_on_to_resolve_in_every_language(amended):
    content, site = library.load(amended, today=DAY(2026, 12, 1)), sites.read(amended)
    for language in site.languages:
        text = "".join(page.markdown for page in pages.pages(content, site, language))
        for name in ("1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "2.3", "promise-nothing"):
            assert f"{{#{name} .promise" in text or f"{{#{name}}}" in text, (language, name)


def test_the_text_as_adopted_is_shown_as_it_was(amended):
    content, site = library.load(amended), sites.read(amended)
    page = next(page for page in pages.pages(content, site, "fr") if page.address == "plans/plan-a/adopted/")
    assert "Laisser une lampe allumée toute la nuit." in page.markdown
    assert "Acheter des allumettes" not in page.markdown


def test_the_command_prints_the_text_of_a_day(amended):
    def printed(day: str) -> str:
        command = [sys.executable, "-m", "fourpress", "text", "plan-a", "--on", day]
        return subprocess.run(command, cwd=amended, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    assert "1.2  Laisser une lampe allumée toute la nuit." in printed("2026-07-31")
    assert "1.2  split on 2026-08-01, see 1.4, 1.5" in printed("2026-08-01")


def test_adopting_records_the_text_once_and_a_later_change_is_told(utopia):
    command = [sys.executable, "-m", "fourpress", "adopt", "plan-a"]
    done = subprocess.run(command, cwd=utopia, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert library.load(utopia).problems == ()
    path = utopia / "plans/plan-a/protection.yml"
    path.write_text(f"# another comment\n{path.read_text('utf-8')}".replace("\n", "\r\n"), "utf-8", newline="")
    assert library.load(utopia).problems == (), "comments and line ends are not the text"
    path.write_text(path.read_text("utf-8").replace("Avoir une deuxième lampe.", "Avoir une troisième lampe."), "utf-8")
    assert [problem.rule for problem in library.load(utopia).problems] == ["adopted-text"]
    again = subprocess.run(command, cwd=utopia, capture_output=True, text=True, encoding="utf-8", check=False)
    assert again.returncode == 1


def test_moving_a_commitment_is_a_change_of_the_adopted_text():
    one = pillars({"1": ["1.1"], "2": ["2.1"]})
    other = pillars({"1": [], "2": ["2.1", "1.1"]})
    prints = [
        {name: adoption.fingerprint(record, under) for name, record, under in adoption.named(tree)}
        for tree in (one, other)
    ]
    assert prints[0]["1.1"] != prints[1]["1.1"]


def test_what_an_amendment_adds_for_professionals_is_withheld_from_the_public(amended):
    path = amended / "plans/plan-a/amendments/2026-02-01.yml"
    path.write_text(
        path.read_text("utf-8").replace('    after: "1.1"', '    after: "1.1"\n    audience: professional'), "utf-8"
    )
    last = amended / "plans/plan-a/amendments/2026-08-01.yml"
    last.unlink()
    content, site = library.load(amended), sites.read(amended)
    text = "".join(page.markdown for page in pages.pages(content, site, "fr"))
    assert "allumettes" not in text
    assert "1.3" not in content.plans[0].state.history


# Random sequences of amendments, against a replay that a child could do by hand


def pillars(objectives: dict[str, list[str]]) -> tuple[Pillar, ...]:
    lines = ["title: P", "objectives:"]
    for name, ids in objectives.items():
        lines += [f'  - id: "{name}"', "    title: O"]
        if ids:
            lines.append("    commitments:")
            lines += [f'      - {{id: "{one}", text: "{words(one)}"}}' for one in ids]
    found = reader.read("p.yml", "\n".join(lines), Pillar)
    assert found.record is not None
    assert not found.problems, found.problems
    give_addresses(found.record, "p")
    return (found.record,)


def words(name: str) -> str:
    """Words that no two commitments share."""
    return " ".join(f"{name}w{number}" for number in range(8))


def amendment(number: int, text: str) -> Amendment:
    head = f"on: 2026-01-{number + 1:02d}\nact: {{on: 2026-01-01}}\nreason: r\n"
    found = reader.read(f"a{number}.yml", head + text, Amendment)
    assert found.record is not None
    assert not found.problems, found.problems
    return found.record


MOVES = st.lists(
    st.tuples(
        st.sampled_from(["due", "add", "withdraw", "renumber", "merge", "split", "reuse", "reword"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    max_size=20,
)


@given(moves=MOVES)
def test_replaying_any_sequence_gives_what_one_gets_by_hand(moves):  # noqa: C901, PLR0915  # one list of moves, read from top to bottom
    standing, due, gone, ever = ["1.1", "1.2", "1.3"], {}, {}, {"1.1", "1.2", "1.3"}
    made, refused = [], 0
    history = dict.fromkeys(standing, 0)
    for number, (move, one, two) in enumerate(moves):
        if not standing:
            break
        name, other = standing[one % len(standing)], standing[two % len(standing)]
        new, newer = f"n{number}", f"m{number}"
        if move == "due":
            made.append(
                amendment(number, f'replace:\n  - {{commitment: "{name}", fields: {{due: 20{10 + two % 80}}}}}')
            )
            due[name] = f"20{10 + two % 80}"
            history[name] += 1
        elif move == "reword":
            made.append(
                amendment(number, f'replace:\n  - {{commitment: "{name}", fields: {{text: "{words(newer)}"}}}}')
            )
            refused += 1
        elif move == "add":
            made.append(
                amendment(
                    number,
                    f'add:\n  - {{under: "1", after: "{name}", commitment: {{id: "{new}", text: "{words(new)}"}}}}',
                )
            )
            standing.insert(standing.index(name) + 1, new)
            ever.add(new)
            history[new] = 1
        elif move == "reuse":
            old = sorted(ever)[two % len(ever)]
            made.append(
                amendment(number, f'add:\n  - {{under: "1", commitment: {{id: "{old}", text: "{words(new)}"}}}}')
            )
            refused += 1
        elif move == "withdraw":
            made.append(amendment(number, f'withdraw:\n  - {{commitment: "{name}"}}'))
            standing.remove(name)
            gone[name] = ()
        elif move == "renumber":
            made.append(amendment(number, f'renumber:\n  - {{commitment: "{name}", to: "{new}"}}'))
            standing[standing.index(name)] = new
            gone[name] = (new,)
            ever.add(new)
            due[new] = due.pop(name, None)
            history[new] = history.pop(name) + 1
        elif move == "merge" and name != other:
            made.append(amendment(number, f'merge:\n  - {{commitments: ["{name}", "{other}"], into: "{name}"}}'))
            standing.remove(other)
            gone[other] = (name,)
            history[name] += 1
        elif move == "split":
            rows = "\n".join(
                f'  - {{under: "1", commitment: {{id: "{one}", text: "{words(one)}"}}}}' for one in (new, newer)
            )
            made.append(
                amendment(number, f'add:\n{rows}\nsplit:\n  - {{commitment: "{name}", into: ["{new}", "{newer}"]}}')
            )
            standing.remove(name)
            standing += [new, newer]
            gone[name] = (new, newer)
            ever |= {new, newer}
            history |= {new: 2, newer: 2}
    state = in_force.replay(pillars({"1": ["1.1", "1.2", "1.3"]}), made)
    found = {row.handle: row for row in state.pillars[0].objectives[0].commitments}
    assert list(found) == standing, "nothing is lost, nothing stands twice, all in order"
    assert {name: one.replaced_by for name, one in state.ended.items()} == gone
    assert not set(found) & set(state.ended), "an id stands or has ended, never both"
    assert {name: str(row.due[0].date) for name, row in found.items() if row.due} == {
        k: v for k, v in due.items() if v and k in found
    }
    assert len(state.problems) == refused, "what is refused is told, and nothing else"
    assert {name: len(state.history.get(name, ())) for name in standing} == {name: history[name] for name in standing}


@given(moves=MOVES, day=st.integers(0, 25))
def test_the_text_of_a_day_does_not_depend_on_later_amendments(moves, day):
    made = [
        amendment(number, f'add:\n  - {{under: "1", commitment: {{id: "n{number}", text: "{words(f"n{number}")}"}}}}')
        for number in range(len(moves))
    ]
    on = DAY(2026, 1, 1) + datetime.timedelta(days=day)
    start = pillars({"1": ["1.1"]})
    early = [one for one in made if one.on.first <= on]
    assert in_force.replay(start, made, on).pillars == in_force.replay(start, early).pillars


def test_progress_on_a_commitment_that_no_longer_stands_is_told_and_an_earlier_report_is_not(amended):
    folder = amended / "plans/plan-a/progress"
    report = 'period: {{from: {first}, to: {last}}}\npublished: {last}\nby: harbour\ncommitments:\n  "1.2": {{status: in-progress}}\n'
    (folder / "2026-s1.yml").write_text(report.format(first="2026-01", last="2026-06"), "utf-8")
    assert library.load(amended).problems == ()
    (folder / "2026-s2.yml").write_text(report.format(first="2026-09", last="2026-12"), "utf-8")
    (problem,) = library.load(amended).problems
    assert str(problem) == (
        "plans/plan-a/progress/2026-s2.yml:5:3: commitment '1.2' no longer stands since 2026-08-01; "
        "report on 1.4, 1.5 (unknown-commitment)"
    )
