"""`python -m fourpress`: the same house without the site engine, for authors, translators, editors and scripts."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

from fourpress import __version__, adoption, checks, clock, library, problem
from fourpress import site as sites

FORMATS = {"text": problem.as_text, "github": problem.as_github, "json": problem.as_json}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; 0 when nothing is wrong, 1 when something is, 2 when the call itself is."""
    parser = argparse.ArgumentParser(prog="fourpress", description=(__doc__ or "").split(": ", 1)[1])
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--root", type=Path, default=Path(), help="the project's folder (default: this one)")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="say everything that is wrong in plans/, sops/ and docs/")
    check.add_argument("--format", choices=FORMATS, default="text", help="text for people, github or json for programs")
    commands.add_parser("rules", help="list the rules, each with a bad and a good example")
    translate = commands.add_parser("translate", help="bring the catalogues of translations up to date")
    translate.add_argument("languages", nargs="*", help="language codes (default: those of mkdocs.yml)")
    text = commands.add_parser("text", help="print the text of a plan in force on a day")
    text.add_argument("plan", help="the plan's folder, such as pan-2025, or its id")
    text.add_argument("--on", type=datetime.date.fromisoformat, help="the day, YYYY-MM-DD (default: today)")
    adopt = commands.add_parser("adopt", help="record the fingerprints of a plan's text on the day of its adoption")
    adopt.add_argument("plan", help="the plan's folder, such as pan-2025, or its id")
    schemas = commands.add_parser("schemas", help="write the JSON Schemas of the YAML files")
    schemas.add_argument("folder", type=Path, help="where to write them")
    chosen = parser.parse_args(arguments)
    # Problems name text in any script; a Windows console would refuse some of it.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    match chosen.command:
        case "check":
            return _check(chosen.root, chosen.format)
        case "rules":
            return _rules()
        case "translate":
            return _translate(chosen.root, tuple(chosen.languages))
        case "text":
            return _text(chosen.root, chosen.plan, chosen.on or clock.today())
        case "adopt":
            return _adopt(chosen.root, chosen.plan)
        case _:
            return _schemas(chosen.folder)


def _check(root: Path, form: str) -> int:
    found = library.load(root, "restricted", clock.today())
    sys.stdout.write(FORMATS[form](found.problems))
    if form == "text":
        wrong = len(problem.errors(found.problems))
        noun = "problem" if len(found.problems) == 1 else "problems"
        plans, sops = len(found.plans), len(found.sops)
        sys.stderr.write(f"{len(found.problems) or 'no'} {noun} in {plans} plans and {sops} procedures\n")
        return 1 if wrong else 0
    return 1 if problem.errors(found.problems) else 0


def _rules() -> int:
    for name, text in checks.rules().items():
        sys.stdout.write(f"{name}\n    {text}\n")
    return 0


def _translate(root: Path, languages: tuple[str, ...]) -> int:
    from fourpress.languages import translate

    found = library.load(root, "restricted")
    if problem.errors(found.problems):
        sys.stdout.write(problem.as_text(found.problems))
        sys.stderr.write("correct these first: a translation of a mistake is lost work\n")
        return 1
    for one in translate.update(found, languages or sites.read(root).languages):
        path = one.path.relative_to(root) if one.path.is_relative_to(root) else one.path
        state = one.state
        mark = "updated" if one.changed else "unchanged"
        sys.stdout.write(
            f"{path.as_posix()}: {state.percent} % current, {state.outdated} outdated, {state.missing} missing ({mark})\n"
        )
    return 0


def _plan(found: library.Library, name: str) -> library.Plan | None:
    plan = next((plan for plan in found.plans if name in (plan.slug, plan.head.id)), None)
    if plan is None:
        names = ", ".join(plan.slug for plan in found.plans) or "none"
        sys.stderr.write(f"there is no plan {name!r}; there are: {names}\n")
    return plan


def _text(root: Path, name: str, on: datetime.date) -> int:
    found = library.load(root, today=on)
    plan = _plan(found, name)
    if plan is None:
        return 2
    if problem.errors(found.problems):
        sys.stderr.write(problem.as_text(found.problems))
        return 1
    lines = [f"{plan.head.id}: {plan.head.title}", f"text in force on {on.isoformat()}"]
    for pillar in plan.pillars:
        lines += ["", str(pillar.title)]
        for placed in library.commitments_of(pillar):
            lines.append(f"{placed.commitment.handle}  {placed.commitment.text}")
    for handle, ended in plan.state.ended.items():
        into = f", see {', '.join(ended.replaced_by)}" if ended.replaced_by else ""
        lines.append(f"{handle}  {ended.kind} on {ended.amendment.on}{into}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


def _adopt(root: Path, name: str) -> int:
    found = library.load(root, "restricted")
    plan = _plan(found, name)
    if plan is None:
        return 2
    path = root / plan.path / "adopted.yml"
    if path.is_file():
        sys.stderr.write(f"{plan.path}/adopted.yml is there already: a text is adopted once; amend it in amendments/\n")
        return 1
    if problem.errors(found.problems) or plan.head.adopted is None:
        sys.stdout.write(problem.as_text(found.problems))
        sys.stderr.write("the plan must have no problem, and say in `adopted` by which act and when\n")
        return 1
    path.write_text(adoption.recorded(plan.adopted, str(plan.head.adopted.on)), "utf-8", newline="\n")
    sys.stdout.write(f"{plan.path}/adopted.yml: the text adopted on {plan.head.adopted.on} is recorded\n")
    return 0


def _schemas(folder: Path) -> int:
    from fourpress.exports import schemas

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in schemas.files().items():
        (folder / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
