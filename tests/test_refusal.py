"""Twenty-five mistakes planted in the starter content: each is named at its place, nothing else is, and no site is touched."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from fourpress import checks, library
from site_builds import copied, run


@dataclass(frozen=True)
class Mistake:
    """A change to one line of a file, and the rule that must speak; the column is that of `at` in the changed line."""

    file: str
    old: str
    new: str
    at: str
    rule: str


MISTAKES = (
    Mistake("plans/bodies.yml", "    kind: coordination", "    kind: cordination", "cordination", "choice"),
    Mistake("plans/pan-2025/partnership.yml", "lead: coordination", "lead: Coordination", "Coordination", "kebab-case"),
    Mistake("plans/instruments.yml", "    kind: treaty", "    kin: treaty", "kin:", "unknown-key"),
    Mistake("plans/pan-2025/plan.yml", "country: XX", "country: Burundi", "Burundi", "country"),
    Mistake("plans/pan-2025/plan.yml", "launched: 2025-02-14", "launched: 2025-02-30", "2025-02-30", "date"),
    Mistake(
        "plans/pan-2025/plan.yml", "publisher: coordination", "publisher: coordinatoin", "coordinatoin", "unknown-body"
    ),
    Mistake("plans/pan-2025/protection.yml", 'id: "1.3.3"', 'id: "1.1.1"', '"1.1.1"', "unique-id"),
    Mistake("plans/pan-2025/protection.yml", "amount: ", "amount: 1x", "1x", "number"),
    Mistake("plans/pan-2025/protection.yml", "currency: USD", "currency: FBu", "FBu", "currency"),
    Mistake("plans/pan-2025/protection.yml", "area: [national]", "area: [everywhere]", "everywhere", "unknown-area"),
    Mistake("plans/pan-2025/prevention.yml", '"palermo:', '"palermi:', '"palermi:', "unknown-instrument"),
    Mistake("plans/pan-2025/prevention.yml", "groups: [", "groups: [aliens, ", "aliens", "unknown-group"),
    Mistake("plans/pan-2025/prosecution.yml", "        start: 2025", "        start: 2030", "2030", "start-before-due"),
    Mistake("plans/pan-2025/partnership.yml", "stands_for: partnership", "stands_for: *p", "*p", "alias"),
    Mistake("plans/pan-2025/partnership.yml", "title: ", "title: !!str ", "!!str", "tag"),
    Mistake("plans/pan-2025/progress/2025-s2.yml", "by: coordination", "by:", "by:", "empty-value"),
    Mistake("plans/pan-2025/progress/2025-s2.yml", '"1.1.1":', '"9.9.9":', '"9.9.9"', "unknown-commitment"),
    Mistake("sops/tip/sop.yml", "effective: 2025-07-01", "effective: 2024-07-01", "2024-07-01", "control-order"),
    Mistake("sops/tip/01-identification.yml", "within: immediately", "within: soon", "soon", "span"),
    Mistake("sops/tip/01-identification.yml", 'go: "1.2"', 'go: "1.99"', '"1.99"', "unknown-step"),
    Mistake(
        "sops/tip/02-referral.yml",
        "principles: [consent",
        "principles: [consentment",
        "consentment",
        "unknown-principle",
    ),
    Mistake("sops/tip/02-referral.yml", "by: [", "by: [nobody, ", "nobody", "unknown-role"),
    Mistake("sops/tip/03-investigation.fr.md", "[[measure 3.2]]", "[[measure 3.1]]", "[[measure 3.1]]", "placed-twice"),
    Mistake("sops/tip/04-assistance.fr.md", "## ", "<script>alert(1)</script>\n\n## ", "<script", "raw-html"),
    Mistake("sops/tip/04-assistance.en.md", "{#", "{#other-", "## ", "same-headings"),
)


def plant(root: Path) -> list[tuple[str, str]]:
    """Make all mistakes; returns where each must be reported, as (path:line:column, rule)."""
    expected = []
    for mistake in MISTAKES:
        path = root / mistake.file
        text = path.read_text("utf-8")
        assert mistake.old in text, f"{mistake.file} has no {mistake.old!r} any more"
        begin = text.index(mistake.old)
        text = text[:begin] + mistake.new + text[begin + len(mistake.old) :]
        path.write_text(text, "utf-8")
        start = text.rindex(mistake.at, 0, begin + len(mistake.new))
        line, column = text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
        expected.append((f"{mistake.file}:{line}:{column}", mistake.rule))
    return expected


def reported(text: str) -> list[tuple[str, str]]:
    found = re.findall(r"(?m)(?:^|ERROR\s+-\s+)((?:plans|sops|docs)/\S+:\d+:\d+): .*\(([a-z-]+)\)$", text)
    return sorted(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    root = copied(tmp_path_factory.mktemp("mistakes") / "project")
    (root / "plans/pan-2025/adopted.yml").unlink()  # before its adoption: each of these changes would break it too
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("the site as it was", "utf-8")
    return root, plant(root)


def also(expected: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """A renamed heading is missing under its old name too: that is a second mistake of the same line of thought."""
    return sorted([*expected, ("sops/tip/04-assistance.en.md:1:1", "same-headings")])


def test_check_names_each_of_twenty_five_mistakes_at_its_place_and_nothing_else(project):
    root, expected = project
    assert len(MISTAKES) == 25
    done = subprocess.run(
        [sys.executable, "-m", "fourpress", "check"],
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert reported(done.stdout) == also(expected)
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_build_refuses_with_the_same_list_and_leaves_the_site_as_it_was(project):
    root, expected = project
    built = run(root, "--strict")
    assert built.code != 0
    assert reported(built.said) == also(expected)
    assert "Traceback" not in built.said
    assert (root / "site" / "index.html").read_text("utf-8") == "the site as it was"
    assert not (root / "site.new").exists()


def test_the_starter_content_has_no_problem():
    assert library.load(Path(__file__).parent.parent, "restricted").problems == ()


def test_github_and_json_say_the_same_as_the_text(project):
    root, expected = project
    done = {
        form: subprocess.run(
            [sys.executable, "-m", "fourpress", "check", "--format", form],
            cwd=root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        ).stdout
        for form in ("github", "json")
    }
    rows = __import__("json").loads(done["json"])
    assert sorted((f"{row['path']}:{row['line']}:{row['column']}", row["rule"]) for row in rows) == also(expected)
    assert done["github"].count("::error file=") == len(rows)


def test_every_rule_has_a_bad_and_a_good_example():
    for name, text in checks.rules().items():
        assert "Bad:" in text, name
        assert "Good:" in text, name
