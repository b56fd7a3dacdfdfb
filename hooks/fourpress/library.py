"""Everything the authors wrote, found, read and joined, for one audience.

`load` is the only place that opens the authors' files and the only place that withholds: what an audience may not read
is absent from the library, and so from every page, document, index and file of data.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from fourpress import checks, in_force, prose, reader
from fourpress.in_force import State, visible_state
from fourpress.languages.catalogue import Catalogue, read_catalogue, texts
from fourpress.model import (
    Bodies,
    Body,
    ChapterHead,
    Commitment,
    Instrument,
    Instruments,
    Measure,
    Objective,
    Pillar,
    PlanHead,
    Progress,
    Role,
    SopHead,
    Step,
)
from fourpress.model.amendment import AdoptedTexts, Amendment
from fourpress.model.plan import STATUSES
from fourpress.model.record import Audience, Record, give_addresses, may_read, replaced, visible
from fourpress.model.values import LANGUAGE
from fourpress.problem import Place, Problem, in_order
from fourpress.prose import Prose

NO_BODIES = Bodies.model_construct(language=("en",), bodies=())
NO_INSTRUMENTS = Instruments.model_construct(language=("en",), instruments=())


@dataclass(frozen=True)
class Placed:
    """A commitment and where it stands: its pillar and the objectives above it, outermost first."""

    pillar: Pillar
    objectives: tuple[Objective, ...]
    commitment: Commitment


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan with everything that belongs to it. `slug` is its folder: it stands in addresses and file names."""

    slug: str
    head: PlanHead
    pillars: tuple[Pillar, ...]
    """The text in force on the library's day."""
    progress: tuple[Progress, ...] = ()
    adopted: tuple[Pillar, ...] = ()
    """The text as it was adopted."""
    amendments: tuple[Amendment, ...] = ()
    """All amendments by date, those to come included."""
    state: State = field(default_factory=lambda: State(()))
    """The history behind the text in force, and what became of ids that no longer stand."""
    record: AdoptedTexts | None = None
    """The fingerprints of what was adopted, where they were recorded."""
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """Ids written anywhere in its files, those of records with mistakes included; empty once it was checked."""
    complete: bool = True
    """Whether every file that it names could be read: else references cannot be judged."""
    sound: bool = True
    """Whether no file of it had a mistake: else sums cannot be judged."""
    path: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The authentic languages, the first as the one that plain text is written in."""
        return self.head.language

    @cached_property
    def commitments(self) -> tuple[Placed, ...]:
        """Every commitment in printed order."""
        return tuple(placed for pillar in self.pillars for placed in commitments_of(pillar))

    @cached_property
    def areas(self) -> dict[str, Record]:
        """Names of places by id."""
        return {area.id: area for area in self.head.areas}

    @cached_property
    def groups(self) -> dict[str, Record]:
        """Names of groups by id."""
        return {group.id: group for group in self.head.groups}

    @cached_property
    def statuses(self) -> dict[str, str]:
        """The canonical status of every status word, the canonical ones included."""
        return {**{name: name for name in STATUSES}, **{word.id: word.means for word in self.head.statuses}}

    def records(self) -> Iterator[Record]:
        """The roots of all its records, in the order in which a translator meets them."""
        yield self.head
        yield from self.pillars
        yield from self.progress
        yield from self.amendments


def commitments_of(pillar: Pillar) -> Iterator[Placed]:
    """The pillar's commitments in printed order, each with the objectives above it."""

    def below(objective: Objective, above: tuple[Objective, ...]) -> Iterator[Placed]:
        here = (*above, objective)
        yield from (Placed(pillar, here, commitment) for commitment in objective.commitments)
        for narrower in objective.objectives:
            yield from below(narrower, here)

    for objective in pillar.objectives:
        yield from below(objective, ())
    yield from (Placed(pillar, (), commitment) for commitment in pillar.commitments)


@dataclass(frozen=True, eq=False)
class Chapter:
    """A chapter of a procedure: its measures, and its prose in each language that has one."""

    slug: str
    stem: str
    head: ChapterHead
    prose: Mapping[str, Prose] = field(default_factory=dict)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Measures by printed number, in order."""
        return {measure.id: measure for measure in self.head.measures}


@dataclass(frozen=True, eq=False)
class Sop:
    """A procedure with its chapters. `slug` is its folder."""

    slug: str
    head: SopHead
    chapters: tuple[Chapter, ...]
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    """Ids written anywhere in its files, those of records with mistakes included; empty once it was checked."""
    complete: bool = True
    """Whether every file that it names could be read: else references cannot be judged."""
    path: str = ""

    @property
    def languages(self) -> tuple[str, ...]:
        """The authentic languages, the first as the one that plain text is written in."""
        return self.head.language

    @cached_property
    def roles(self) -> dict[str, Role]:
        """Roles by id."""
        return {role.id: role for role in self.head.roles}

    @cached_property
    def steps(self) -> dict[str, tuple[Chapter, Measure, Step]]:
        """Every step by printed number, in order, with where it stands."""
        return {
            step.id: (chapter, measure, step)
            for chapter in self.chapters
            for measure in chapter.head.measures
            for step in measure.steps
        }

    @cached_property
    def measures(self) -> dict[str, tuple[Chapter, Measure]]:
        """Every measure by printed number, in order, with its chapter."""
        return {measure.id: (chapter, measure) for chapter in self.chapters for measure in chapter.head.measures}

    def records(self) -> Iterator[Record]:
        """The roots of all its records, in the order in which a translator meets them."""
        yield self.head
        yield from (chapter.head for chapter in self.chapters)


@dataclass(frozen=True, eq=False)
class Shared:
    """What plans and procedures share: organisations and legal instruments."""

    body_file: Bodies = NO_BODIES
    instrument_file: Instruments = NO_INSTRUMENTS
    catalogues: Mapping[str, Catalogue] = field(default_factory=dict)
    known_bodies: frozenset[str] | None = frozenset()
    """Ids of bodies as written; None when the file could not be read, so that no reference can be judged."""
    known_instruments: frozenset[str] | None = frozenset()
    path: str = "plans"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which names are written."""
        return self.body_file.language

    @cached_property
    def bodies(self) -> dict[str, Body]:
        """Organisations by id, in the file's order."""
        return {body.id: body for body in self.body_file.bodies}

    @cached_property
    def instruments(self) -> dict[str, Instrument]:
        """Legal instruments by id, in the file's order."""
        return {instrument.id: instrument for instrument in self.instrument_file.instruments}

    def records(self) -> Iterator[Record]:
        """The roots of all its records."""
        yield self.body_file
        yield self.instrument_file


Document = Plan | Sop | Shared


@dataclass(frozen=True, eq=False)
class Library:
    """All that was written, as one audience may read it, and all that is wrong with it."""

    root: Path
    audience: Audience
    shared: Shared
    plans: tuple[Plan, ...]
    sops: tuple[Sop, ...]
    handwritten: Mapping[str, Mapping[str, Prose]] = field(default_factory=dict)
    """Pages of `docs/`, by name without language and ending (`index`, `about`), in each language."""
    today: datetime.date | None = None
    """The day for which it was loaded; None where no day matters."""
    problems: tuple[Problem, ...] = ()

    @property
    def documents(self) -> tuple[Plan | Sop, ...]:
        """Plans and procedures."""
        return (*self.plans, *self.sops)

    @property
    def bodies(self) -> dict[str, Body]:
        """Organisations by id."""
        return self.shared.bodies


def load(root: Path, audience: Audience = "public", today: datetime.date | None = None) -> Library:
    """Everything under `plans/` and `sops/` of a project, with all its problems, as an audience may read it.

    `today` decides which amendments are in force; without it, all are.

    The rules look at all that was written, whoever may read it; only then is withheld what the audience may not see.
    """
    problems: list[Problem] = []
    desk = _Desk(root, problems)
    shared = _shared(desk)
    plans = tuple(plan for folder in desk.folders("plans", "plan.yml") if (plan := _plan(desk, folder, today)))
    sops = tuple(sop for folder in desk.folders("sops", "sop.yml") if (sop := _sop(desk, folder)))
    whole = Library(root, "restricted", shared, plans, sops, _handwritten(desk), today)
    for document in (shared, *whole.documents):
        for record in document.records():
            if not record.address:
                give_addresses(record)
    problems.extend(checks.run(whole, tolerant=bool(problems)))
    return replace(
        whole,
        audience=audience,
        shared=_shared_for(shared, audience),
        plans=tuple(_plan_for(plan, audience) for plan in plans if may_read(plan.head, audience)),
        sops=tuple(_sop_for(sop, audience) for sop in sops if may_read(sop.head, audience)),
        problems=in_order(problems),
    )


def _shared_for(shared: Shared, audience: Audience) -> Shared:
    bodies, instruments = shared.body_file, shared.instrument_file
    kept = replace(
        shared,
        body_file=visible(bodies, audience) if may_read(bodies, audience) else NO_BODIES,
        instrument_file=visible(instruments, audience) if may_read(instruments, audience) else NO_INSTRUMENTS,
        known_bodies=frozenset(),
        known_instruments=frozenset(),
    )
    return replace(kept, catalogues=_catalogues_for(kept, audience))


def _plan_for(plan: Plan, audience: Audience) -> Plan:
    pillars = tuple(visible(pillar, audience) for pillar in plan.pillars if may_read(pillar, audience))
    amendments = tuple(visible(amendment, audience) for amendment in plan.amendments)
    state = visible_state(plan.state, lambda record: may_read(record, audience), pillars, amendments)
    # What was reported on a commitment that an amendment has ended since is still a report.
    shown = {handle: ended.commitment for handle, ended in state.ended.items()}
    shown |= {placed.commitment.handle: placed.commitment for pillar in pillars for placed in commitments_of(pillar)}
    slugs = tuple(pillar.address for pillar in pillars)
    hidden = {word.id: word.means for word in plan.head.statuses if not may_read(word, audience)}
    kept = replace(
        plan,
        head=replaced(visible(plan.head, audience), pillars=slugs),
        pillars=pillars,
        progress=tuple(
            _progress_for(visible(period, audience), shown, slugs, hidden)
            for period in plan.progress
            if may_read(period, audience)
        ),
        adopted=tuple(visible(pillar, audience) for pillar in plan.adopted if may_read(pillar, audience)),
        amendments=amendments,
        state=state,
        record=None,
        known=frozenset(),
    )
    return replace(kept, catalogues=_catalogues_for(kept, audience))


def _progress_for(
    period: Progress, shown: Mapping[str, Commitment], pillars: tuple[str, ...], hidden: Mapping[str, str]
) -> Progress:
    """A period's report without what would tell of a withheld commitment, indicator or pillar.

    A status word of the plan's own that is withheld, in `hidden`, becomes the canonical status that it means.
    """
    reports = {}
    for handle, report in period.commitments.items():
        if handle in shown:
            readable = {indicator.id for indicator in shown[handle].indicators}
            view = report.assessed
            reports[handle] = replaced(
                report,
                status=hidden.get(report.status, report.status),
                values={k: v for k, v in report.values.items() if k in readable},
                assessed=view and replaced(view, status=hidden.get(view.status, view.status)),
            )
    return replaced(
        period,
        commitments=reports,
        pillars={slug: said for slug, said in period.pillars.items() if slug in pillars},
        announced=tuple(handle for handle in period.announced if handle in shown),
    )


def _sop_for(sop: Sop, audience: Audience) -> Sop:
    chapters = tuple(
        replace(chapter, head=visible(chapter.head, audience))
        for chapter in sop.chapters
        if may_read(chapter.head, audience)
    )
    head = replaced(visible(sop.head, audience), chapters=tuple(chapter.stem for chapter in chapters))
    kept = replace(sop, head=head, chapters=chapters, known=frozenset())
    return replace(kept, catalogues=_catalogues_for(kept, audience))


def _catalogues_for(document: Document, audience: Audience) -> dict[str, Catalogue]:
    """Translations of what is left: a catalogue holds the source words of all."""
    if audience == "restricted":
        return dict(document.catalogues)
    addresses = {address for root in document.records() for address, *_ in texts(root)}
    return {
        language: replace(one, entries={name: entry for name, entry in one.entries.items() if name in addresses})
        for language, one in document.catalogues.items()
    }


RESERVED = frozenset({"adopted", "amendments", "matrix", "pictures", "progress"})
"""Names of pages that stand beside a plan's pillars."""
_CHAPTER_NUMBER = re.compile(r"^\d+-")


@dataclass(frozen=True)
class _Desk:
    """Opens files and gathers what is wrong with them."""

    root: Path
    problems: list[Problem]

    def folders(self, room: str, head: str) -> list[Path]:
        """The folders of a room that hold a document, by name. A folder without its head file is told."""
        base = self.root / room
        if not base.is_dir():
            return []
        found = []
        for folder in sorted(path for path in base.iterdir() if path.is_dir() and not path.name.startswith(".")):
            if (folder / head).is_file():
                found.append(folder)
            elif any(folder.glob("*.yml")) or any(folder.glob("*.md")):
                place = Place(self.name(folder / head))
                self.problems.append(
                    Problem(place, f"{folder.name} has no {head}; write it or move the folder", "missing-file")
                )
        return found

    def name(self, path: Path) -> str:
        """Path as messages show it."""
        return path.relative_to(self.root).as_posix()

    def text(self, path: Path) -> str | None:
        """The file's text, a byte order mark removed; None, with a problem, where it is not UTF-8."""
        try:
            return path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            before = error.object[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            place = Place(self.name(path), line, column)
            self.problems.append(Problem(place, "not UTF-8 text; save the file with the encoding UTF-8", "utf-8"))
            return None

    def record(self, path: Path, model: type[reader.R]) -> reader.Found[reader.R]:
        """The record of a YAML file; its problems join the others."""
        text = self.text(path)
        if text is None:
            return reader.Found(None, ())
        found = reader.read(self.name(path), text, model)
        self.problems.extend(found.problems)
        return found

    def catalogues(self, folder: Path) -> dict[str, Catalogue]:
        """The translations beside a document, by language."""
        found = {}
        for path in sorted(folder.glob("*.po")):
            text = self.text(path)
            if text is not None:
                found[path.stem] = read_catalogue(self.name(path), path.stem, text, self.problems)
        return found

    def stray(self, folder: Path, expected: set[str]) -> None:
        """Tell of files that belong to nothing: a misspelled name would lose a pillar or a translation silently."""
        for path in sorted(path for ending in ("yml", "yaml", "md", "po") for path in folder.glob(f"*.{ending}")):
            known = path.name in expected or (path.suffix == ".po" and LANGUAGE.fullmatch(path.stem))
            if not known:
                remedy = f"name it {path.stem}.yml" if path.suffix == ".yaml" else "name it in the head file"
                message = f"{path.name} belongs to nothing here; {remedy} or delete it"
                self.problems.append(Problem(Place(self.name(path)), message, "stray-file"))


def _handwritten(desk: _Desk) -> dict[str, dict[str, Prose]]:
    """Pages of docs/: `about.fr.md` is the page `about` in French."""
    found: dict[str, dict[str, Prose]] = {}
    folder = desk.root / "docs"
    for path in sorted(folder.rglob("*.md")):
        name, _, language = path.relative_to(folder).as_posix().removesuffix(".md").rpartition(".")
        text = desk.text(path)
        if name and not LANGUAGE.fullmatch(language):
            message = f"{language!r} in the file name is not a language code; name it such as .fr.md"
            desk.problems.append(Problem(Place(desk.name(path)), message, "chapter-language"))
        if text is not None and name:
            found.setdefault(name, {})[language] = prose.read(desk.name(path), language, text)
        elif not name:
            message = f"{path.name} names no language; name it such as {path.stem}.fr.md"
            desk.problems.append(Problem(Place(desk.name(path)), message, "chapter-language"))
    return found


def _shared(desk: _Desk) -> Shared:
    folder = desk.root / "plans"
    shared = Shared()
    if (folder / "bodies.yml").is_file():
        bodies = desk.record(folder / "bodies.yml", Bodies)
        shared = replace(
            shared, body_file=bodies.record or NO_BODIES, known_bodies=bodies.written if bodies.record else None
        )
    if (folder / "instruments.yml").is_file():
        instruments = desk.record(folder / "instruments.yml", Instruments)
        shared = replace(
            shared,
            instrument_file=instruments.record or NO_INSTRUMENTS,
            known_instruments=instruments.written if instruments.record else None,
        )
    if folder.is_dir():
        desk.stray(folder, {"bodies.yml", "instruments.yml"})
        shared = replace(shared, catalogues=desk.catalogues(folder))
    return shared


def _plan(desk: _Desk, folder: Path, today: datetime.date | None) -> Plan | None:
    told = len(desk.problems)
    head = desk.record(folder / "plan.yml", PlanHead)
    if head.record is None:
        return None
    pillars: list[Pillar] = []
    written: set[str] = set(head.written)
    names = head.record.pillars or ()
    for index, name in enumerate(names):
        path = folder / f"{name}.yml"
        if name in RESERVED:
            place = head.record.place_of("pillars", index)
            message = f"{name!r} is the address of another page of the plan; give the pillar's file another name"
            desk.problems.append(Problem(place, message, "reserved-name"))
            continue
        if not path.is_file():
            place = head.record.place_of("pillars", index)
            desk.problems.append(
                Problem(place, f"there is no {name}.yml beside plan.yml; write it or remove the name", "missing-file")
            )
            continue
        found = desk.record(path, Pillar)
        written |= found.written
        if found.record is not None:
            give_addresses(found.record, name)
            pillars.append(found.record)
    progress = []
    for path in sorted((folder / "progress").glob("*.yml")):
        report = desk.record(path, Progress)
        if report.record is not None:
            give_addresses(report.record, f"progress/{path.stem}")
            progress.append(report.record)
    amendments, amended_ids = _amendments(desk, folder)
    written |= amended_ids
    adopted = tuple(pillars)
    state = in_force.replay(adopted, amendments, today)
    desk.problems.extend(state.problems)
    record = desk.record(folder / "adopted.yml", AdoptedTexts).record if (folder / "adopted.yml").is_file() else None
    if head.record.pillars is not None:
        desk.stray(folder, {"plan.yml", "adopted.yml", *(f"{name}.yml" for name in names)})
    return Plan(
        slug=folder.name,
        head=head.record,
        pillars=state.pillars,
        progress=tuple(progress),
        adopted=adopted,
        amendments=tuple(amendments),
        state=state,
        record=record,
        catalogues=desk.catalogues(folder),
        known=frozenset(written),
        complete=bool(names) and len(pillars) == len(names),
        sound=len(desk.problems) == told,
        path=desk.name(folder),
    )


def _amendments(desk: _Desk, folder: Path) -> tuple[list[Amendment], frozenset[str]]:
    """A plan's amendments by date, and the ids written in them; one with a mistake is left out."""
    for room in ("progress", "amendments"):
        desk.stray(folder / room, {path.name for path in (folder / room).glob("*.yml")})
    found: list[Amendment] = []
    written: set[str] = set()
    for path in sorted((folder / "amendments").glob("*.yml")):
        amendment = desk.record(path, Amendment)
        written |= amendment.written
        if amendment.record is not None and not amendment.problems:
            give_addresses(amendment.record, f"amendments/{path.stem}")
            found.append(amendment.record)
    return sorted(found, key=lambda one: one.on.first), frozenset(written)


def _sop(desk: _Desk, folder: Path) -> Sop | None:
    head = desk.record(folder / "sop.yml", SopHead)
    if head.record is None:
        return None
    chapters: list[Chapter] = []
    written: set[str] = set(head.written)
    expected = {"sop.yml"}
    for index, stem in enumerate(head.record.chapters or ()):
        path = folder / f"{stem}.yml"
        if not path.is_file():
            place = head.record.place_of("chapters", index)
            desk.problems.append(
                Problem(place, f"there is no {stem}.yml beside sop.yml; write it or remove the name", "missing-file")
            )
            continue
        found = desk.record(path, ChapterHead)
        written |= found.written
        texts = {}
        for source in sorted(folder.glob(f"{stem}.*.md")):
            language = source.name[len(stem) + 1 : -3]
            text = desk.text(source)
            if text is not None:
                texts[language] = prose.read(desk.name(source), language, text)
            expected.add(source.name)
        expected.add(path.name)
        if found.record is not None:
            slug = _CHAPTER_NUMBER.sub("", stem)
            give_addresses(found.record, slug)
            chapters.append(Chapter(slug, stem, found.record, texts))
    if head.record.chapters is not None:
        desk.stray(folder, expected)
    return Sop(
        slug=folder.name,
        head=head.record,
        chapters=tuple(chapters),
        catalogues=desk.catalogues(folder),
        known=frozenset(written),
        complete=bool(head.record.chapters) and len(chapters) == len(head.record.chapters),
        path=desk.name(folder),
    )
