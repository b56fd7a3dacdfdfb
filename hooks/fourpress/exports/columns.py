"""The columns of every table of data: key, type and meaning of each, said once for CSV, workbook and data dictionary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from fourpress.model.values import Date

Single = str | int | Decimal | Date | None
Cell = Single | tuple[str | Date, ...]
"""One value, or several that stand in one cell with semicolons between them."""
Row = Mapping[str, Cell | Mapping[str, Cell]]
"""The values of a line by key of the column; where a column is spread, a mapping of codes to values."""

PER_LANGUAGE = "<language>"
PER_CURRENCY = "<currency>"


@dataclass(frozen=True)
class Column:
    """One column, or one for each language or currency where its key ends in `.<language>` or `.<currency>`."""

    key: str
    kind: str
    """Its type, in plain words."""
    about: str
    """What it says."""
    always: bool = False
    """Whether no line leaves it empty."""

    @property
    def spread(self) -> str:
        """`<language>`, `<currency>`, or nothing for a single column."""
        return next((over for over in (PER_LANGUAGE, PER_CURRENCY) if self.key.endswith(over)), "")


@dataclass(frozen=True)
class Table:
    """Lines under columns. `codes` holds the languages and the currencies over which columns are spread."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def _spread(self) -> Iterator[tuple[Column, str]]:
        for column in self.columns:
            for code in self.codes.get(column.spread, ()) if column.spread else ("",):
                yield column, code

    @property
    def head(self) -> list[str]:
        """The headings, such as `id` and `text.fr`."""
        return [column.key.replace(column.spread, code) if code else column.key for column, code in self._spread()]

    @property
    def words(self) -> list[bool]:
        """Which columns hold running text."""
        return [column.spread == PER_LANGUAGE for column, _ in self._spread()]

    def cells(self) -> Iterator[list[Cell]]:
        """The values of each line, in the order of the headings."""
        for row in self.rows:
            yield [_value(row[column.key], code) for column, code in self._spread()]


def _value(value: Cell | Mapping[str, Cell], code: str) -> Cell:
    return value.get(code) if isinstance(value, Mapping) else value


_TEXT = "text"
_DATE = "date: 2026, 2026-12 or 2026-12-31"
_BODIES = "ids of organisations, with semicolons between them"
_IDS = "ids, with semicolons between them"
_PLAN = Column("plan", "id of a plan", "The plan, as people cite it.", always=True)
_PILLAR = Column("pillar", "file name", "The pillar, by its file name and address.", always=True)
_COMMITMENT = Column("commitment", "printed id", "The commitment, by its printed id; empty where none is printed.")
_KEY = Column("key", "id", "The handle of a commitment that has no printed id.")
_ADDRESS = Column("address", "web address", "Where the commitment stands on the site.", always=True)
_STATUS = "one of not-started, in-progress, done, late, cancelled"
_OWN = "text in the plan's first language"

COMMITMENTS = (
    _PLAN,
    _PILLAR,
    Column(
        "stands_for", "one of protection, prevention, prosecution, partnership", "The P that the pillar stands for."
    ),
    Column("objectives", _IDS, "The objectives above the commitment, outermost first; those without id are left out."),
    Column("id", "printed id", "The commitment's id exactly as printed; empty where none is printed."),
    _KEY,
    Column("text.<language>", _TEXT, "The commitment, word for word, in each language that is authentic or current."),
    Column("lead", _BODIES, "Who is responsible."),
    Column("with", _BODIES, "Who takes part."),
    Column("start", _DATE, "When work begins."),
    Column(
        "due", "dates, with semicolons between them", "The deadlines; the last day of each still keeps the promise."
    ),
    Column("area", _IDS, "Where: areas of the plan."),
    Column("groups", _IDS, "For whom: groups of the plan."),
    Column("indicators", "printed ids, with semicolons between them", "How it is measured."),
    Column("basis", "instruments and articles, with semicolons between them", "The legal basis."),
    Column("sdg", "goals or targets, with semicolons between them", "Targets of the Sustainable Development Goals."),
    Column(
        "budget.<currency>",
        "number",
        "The sum of the budget lines in this currency, whatever their state; currencies are never added up.",
    ),
    Column("status", _STATUS, "Where it stands by the newest report that speaks of it; empty where none does."),
    Column("status_own", _OWN, "The plan's own word for that status, where it uses its own."),
    Column("status_period", "period: first/last", "The period of that report."),
    _ADDRESS,
)
"""`/data/<plan>.csv`: one line per commitment."""

INDICATORS = (
    _PLAN,
    _PILLAR,
    _COMMITMENT,
    _KEY,
    Column("id", "printed id", "The indicator's id.", always=True),
    Column("text.<language>", _TEXT, "What is measured."),
    Column("unit.<language>", _TEXT, "Unit of the values."),
    Column(
        "figure",
        "one of baseline, target, reached",
        "What the value is: the one at the start, one to reach, or one that a report gives; empty where there is none.",
    ),
    Column("value", "number", "The value."),
    Column("year", "year", "The year that a baseline or target holds for."),
    Column("period", "period: first/last", "The period of the report that gives a value reached."),
    Column("note.<language>", _TEXT, "How the value was obtained."),
    Column("verification.<language>", _TEXT, "Means of verification."),
    Column("source.<language>", _TEXT, "Where the figures come from."),
    Column("responsible", "id of an organisation", "Who collects them."),
    _ADDRESS,
)
"""`/data/<plan>-indicators.csv`: one line per value of an indicator; one without value for an indicator that has none."""

BUDGET = (
    _PLAN,
    _PILLAR,
    _COMMITMENT,
    _KEY,
    Column("amount", "number", "How much, in whole units of the currency.", always=True),
    Column(
        "currency", "ISO 4217 code", "The currency of the amount; amounts in several are never added up.", always=True
    ),
    Column("state", "one of secured, pledged, announced, to-mobilise", "Whether the money is there.", always=True),
    Column("source", "id of an organisation", "Who pays."),
    Column("year", "year", "Budget year."),
    Column("printed.<language>", _TEXT, "The words of the official document, where it prints words for the amount."),
    Column("note.<language>", _TEXT, "What the amount covers."),
    _ADDRESS,
)
"""`/data/<plan>-budget.csv`: one line per budget line."""

PROGRESS = (
    _PLAN,
    Column("period_from", _DATE, "First year, month or day of the period reported on.", always=True),
    Column("period_to", _DATE, "Its last year, month or day, included.", always=True),
    Column("published", _DATE, "When the report was published.", always=True),
    Column("by", "id of an organisation", "Who reports.", always=True),
    Column("pillar", "file name", "The pillar; empty where the commitment no longer stands in the plan."),
    Column("commitment", "printed id", "The commitment; empty where none is printed or the report is on the pillar."),
    _KEY,
    Column("announced", "yes or empty", "Whether the commitment was first announced in this period."),
    Column("status", _STATUS, "Where the commitment stands, as the plan's own report sees it."),
    Column("status_own", _OWN, "The plan's own word for that status, where it uses its own."),
    Column("text.<language>", _TEXT, "What was done."),
    Column("challenges.<language>", _TEXT, "What stood in the way."),
    Column("evidence", "titles and addresses, with semicolons between them", "What proves it."),
    Column("values", "indicator: number, with semicolons between them", "Values reached."),
    Column(
        "assessed_by", "id of an organisation", "Who assessed independently; this view is never merged into the report."
    ),
    Column("assessed_on", _DATE, "When they assessed."),
    Column("assessed_status", _STATUS, "Where the commitment stands in their view."),
    Column("assessed_status_own", _OWN, "The plan's own word for that status, where it is used."),
    Column("assessed_text.<language>", _TEXT, "Their reasons."),
    Column("assessed_evidence", "titles and addresses, with semicolons between them", "What they rest on."),
    Column("address", "web address", "Where the commitment or the pillar stands on the site."),
)
"""`/data/<plan>-progress.csv`: one line per period and commitment; one per period and pillar reported on as a whole."""

BODIES = (
    Column("id", "id", "How other tables name the organisation.", always=True),
    Column("name.<language>", _TEXT, "Official name."),
    Column("acronym.<language>", _TEXT, "Acronym, where people use one."),
    Column("kind", "word", "What kind of organisation it is.", always=True),
    Column("parent", _BODIES, "What it belongs to."),
    Column("chair", _BODIES, "Who chairs it."),
    Column("mandate.<language>", _TEXT, "What it does against trafficking, in a sentence."),
    Column("from", _DATE, "When it began to exist."),
    Column("until", _DATE, "When it ceased to exist or changed its name."),
    Column("successor", "id of an organisation", "What took over."),
    Column("url", "web address", "Its public website."),
    Column("address", "web address", "Where it stands on the site.", always=True),
)
"""The sheet `bodies` of `/data/<plan>.xlsx`: one line per organisation."""

STEPS = (
    Column("sop", "id of a procedure", "The procedure, as people cite it.", always=True),
    Column("chapter", "file name", "The chapter, by its address.", always=True),
    Column("measure", "printed id", "The measure.", always=True),
    Column("id", "printed id", "The step's number exactly as printed.", always=True),
    Column("text.<language>", _TEXT, "The instruction, in each language that is authentic or current."),
    Column("by", "ids of roles, with semicolons between them", "Who does it.", always=True),
    Column("with", "ids of roles, with semicolons between them", "Who supports."),
    Column("informed", "ids of roles, with semicolons between them", "Who must be informed."),
    Column("within", "span of time such as 24 h", "Time limit."),
    Column("within_minutes", "number", "The time limit in minutes, a month counted as 30 days."),
    Column("consent", "one of none, required", "Whether informed consent is needed before the step."),
    Column("critical", "yes or empty", "Whether missing it can cost safety."),
    Column("for", "words, with semicolons between them", "Whom it is for."),
    Column("form", "id", "The form to fill in."),
    Column("service", "words, with semicolons between them", "The service needed."),
    Column("go", "printed ids, with semicolons between them", "Where its branches lead."),
    Column("next", "printed id", "The step that follows, where it is not the next one."),
    Column("address", "web address", "Where the step stands on the site.", always=True),
)
"""`/data/<sop>.csv`: one line per step."""

ABOUT = (
    Column("key", "word", "What is said, or the name of a sheet.", always=True),
    Column("value", _TEXT, "What there is to know of it.", always=True),
)
"""The sheet `about` of `/data/<plan>.xlsx`: what the workbook is and what its sheets hold."""

TOTALS = (
    Column("total", _TEXT, "The word `total`, which marks the block.", always=True),
    Column("amount", "number", "The sum of the lines in one currency and state.", always=True),
    Column("currency", "ISO 4217 code", "That currency.", always=True),
    Column("state", "a state of the budget, or all", "That state; `all` for the whole currency.", always=True),
)
"""The block under the lines of the sheet `budget`: sums per currency and state."""

DICTIONARY = (
    Column("record", "text", "What an author writes (a commitment, an indicator), or a file of data.", always=True),
    Column(
        "key", "word", "The key in YAML and JSON, or the column; empty in the line on the record itself.", always=False
    ),
    Column("type", _TEXT, "What may stand there.", always=True),
    Column("required", "yes or no", "Whether it must be there.", always=True),
    Column(
        "language",
        "language code (BCP 47)",
        "Language in which the description is; another than asked for where no current translation is there.",
        always=True,
    ),
    Column("description", _TEXT, "What it means.", always=True),
)
"""`/data/dictionary.<language>.csv`: one line per key and column."""

FILES: Mapping[str, tuple[str, tuple[Column, ...]]] = {
    "<plan>.csv": ("One line per commitment; also the sheet `commitments` of <plan>.xlsx.", COMMITMENTS),
    "<plan>-indicators.csv": (
        "One line per value of an indicator; also the sheet `indicators` of <plan>.xlsx.",
        INDICATORS,
    ),
    "<plan>-budget.csv": ("One line per amount of money; also the sheet `budget` of <plan>.xlsx.", BUDGET),
    "<plan>-progress.csv": (
        "One line per period and commitment, or pillar as a whole; also the sheet `progress` of <plan>.xlsx.",
        PROGRESS,
    ),
    "<plan>.xlsx: about": ("What the workbook is and what its sheets hold.", ABOUT),
    "<plan>.xlsx: budget, totals": ("Sums per currency and state, under the budget lines.", TOTALS),
    "<plan>.xlsx: bodies": ("One line per organisation.", BODIES),
    "<sop>.csv": ("One line per step.", STEPS),
    "dictionary.<language>.csv": ("One line per key and column: this dictionary.", DICTIONARY),
}
"""Every table that is published: what one of its lines is, and its columns."""
