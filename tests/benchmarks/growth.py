"""How build time grows with a plan: 100 commitments against 800, in three languages, on the same machine.

Run: `python tests/benchmarks/growth.py [ROUNDS]`. The goal is at most 8.5 times the time for 8 times the commitments: nothing
in the house may cost more than its share when a plan grows.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

PROJECT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(PROJECT / "tests"), str(PROJECT / "tests" / "benchmarks")]

from build import seconds  # noqa: E402

from site_builds import copied  # noqa: E402

PILLARS = ("protection", "prevention", "prosecution", "partnership")


def project(target: Path, commitments: int) -> Path:
    """The starter project with one plan of so many commitments, ten under each objective."""
    copied(target)
    shutil.rmtree(target / "sops")
    folder = target / "plans" / "pan-2025"
    for name in ("adopted.yml", "amendments", "progress"):
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    for path in folder.glob("*.po"):
        path.unlink()
    for number, pillar in enumerate(PILLARS, 1):
        lines = [f"title: Pilier {number}", "objectives:"]
        for index in range(commitments // len(PILLARS)):
            if index % 10 == 0:
                lines += [f'  - id: "{number}.{index // 10 + 1}"', "    title: Objectif", "    commitments:"]
            name = f"{number}.{index // 10 + 1}.{index % 10 + 1}"
            lines += [
                f'      - id: "{name}"',
                f"        text: Engagement {name}, d’une longueur ordinaire, avec assez de mots pour une phrase de plan national.",
                "        lead: coordination",
                "        with: [iom, unicef]",
                "        due: {date: 2026-12, printed: Fin 2026}",
                "        budget: [{amount: 1000, currency: USD, source: iom, state: secured, year: 2026}]",
                "        indicators:",
                f"          - {{id: {name}.a, text: Nombre, unit: personnes, baseline: {{value: 0, year: 2024}}, target: {{value: 9, year: 2026}}}}",
            ]
        (folder / f"{pillar}.yml").write_text("\n".join(lines) + "\n", "utf-8")
    head = folder / "plan.yml"
    text = head.read_text("utf-8")
    head.write_text(
        text.split("budget:\n")[0] + "reporting:" + text.split("reporting:")[1], "utf-8"
    )  # totals of other lines
    settings = (target / "mkdocs.yml").read_text("utf-8").replace("        - {locale: rn, name: Ikirundi}\n", "")
    (target / "mkdocs.yml").write_text(settings, "utf-8")
    return target


def main(rounds: int) -> None:
    """Measure and print; JSON on the last line."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = project(Path(folder) / "small", 100), project(Path(folder) / "large", 800)
        build = [sys.executable, "-m", "mkdocs", "build", "-q", "--strict"]
        times: dict[str, list[float]] = {"100": [], "800": []}
        for number in range(rounds + 1):  # the first round is not counted
            for name, root in (("100", small), ("800", large)):
                taken = seconds(build, root, FOURPRESS_DOCUMENTS="false")
                if number:
                    times[name].append(taken)
    medians = {name: statistics.median(values) for name, values in times.items()}
    found = {f"seconds_{name}": round(value, 2) for name, value in medians.items()}
    found["ratio"] = round(medians["800"] / medians["100"], 2)
    for name, value in found.items():
        print(f"{name:14} {value}")
    print(json.dumps(found))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
