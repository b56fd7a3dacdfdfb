"""Rules across fields and files. A rule is a generator of Problems named `check_<rule>`; its docstring is the rule.

The first sentence of a docstring is what must hold; `Bad:` and `Good:` show it. `python -m fourpress rules` prints them
with those of the reader, so that the manual and the code cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from fourpress.checks import amendments, chapters, plans, procedures, progress, references
from fourpress.problem import Problem

if TYPE_CHECKING:
    from fourpress.library import Library

Check = Callable[["Library"], Iterator[Problem]]

CHECKS: tuple[Check, ...] = (
    references.check_unique_id,
    references.check_printed_or_key,
    references.check_unknown_body,
    references.check_unknown_instrument,
    references.check_unknown_area,
    references.check_unknown_group,
    references.check_unknown_role,
    references.check_unknown_principle,
    references.check_unknown_status,
    references.check_unknown_step,
    references.check_same_folder,
    references.check_names_withheld,
    references.check_audience_of_part,
    plans.check_period_order,
    plans.check_due_within_plan,
    plans.check_start_before_due,
    plans.check_budget_total,
    plans.check_unknown_commitment,
    plans.check_unknown_indicator,
    plans.check_value_without_baseline,
    plans.check_progress_after_period,
    progress.check_periods_overlap,
    progress.check_late_needs_challenges,
    progress.check_done_needs_evidence,
    progress.check_value_needs_baseline,
    progress.check_unknown_pillar,
    progress.check_unknown_announced,
    progress.check_own_status_shadows,
    amendments.check_adopted_text,
    amendments.check_amended_before_adoption,
    procedures.check_control_order,
    procedures.check_critical_within,
    procedures.check_branch_to_withheld,
    chapters.check_chapter_language,
    chapters.check_unknown_marker,
    chapters.check_placed_twice,
    chapters.check_heading_id,
    chapters.check_heading_twice,
    chapters.check_same_headings,
    chapters.check_raw_html,
)

READER_RULES: dict[str, str] = {
    "yaml": "A file is one YAML document. Bad: an unclosed quote. Good: quotes around text with a colon.",
    "utf-8": "Files are saved as UTF-8. Bad: a file saved as ANSI. Good: 'Save as', encoding UTF-8.",
    "tag": 'No tags: a value means what the model says. Bad: `id: !!str 1`. Good: `id: "1"`.',
    "alias": "No anchors, aliases or merge keys: a file says what it shows. Bad: `lead: *who`. Good: `lead: social-affairs`.",
    "duplicate-key": "A key stands once in a mapping. Bad: two lines `due:`. Good: one, or a list.",
    "unknown-key": "Keys are those of the model. Bad: `titel: ...`. Good: `title: ...`.",
    "required": "What a record cannot do without is there. Bad: a commitment with no `text`. Good: `text: ...`.",
    "empty-value": "A key has a value. Bad: `due:`. Good: `due: 2026-12`, or no such line.",
    "text": "Text is text. Bad: a list under `title`. Good: `title: ...`.",
    "list": "A list is a list. Bad: `steps: none`. Good: items that begin with `- `.",
    "record": "A record is `key: value` lines. Bad: `period: 2025-2028`. Good: `period: {from: 2025, to: 2028}`.",
    "choice": "A value is one of those listed. Bad: `status: running`. Good: `status: in-force`.",
    "number": "Amounts and figures are plain numbers. Bad: `12 000`. Good: `12000`.",
    "date": "Dates are of the calendar. Bad: `2026-02-30`. Good: `2026-02-28`, `2026-02` or `2026`.",
    "span": "Time limits are spans. Bad: `within: soon`. Good: `within: 24 h`.",
    "language": "Languages are BCP 47 codes. Bad: `language: french`. Good: `language: fr`.",
    "country": "Countries are ISO 3166 codes. Bad: `country: Burundi`. Good: `country: BI`.",
    "currency": "Currencies are ISO 4217 codes. Bad: `currency: FBu`. Good: `currency: BIF`.",
    "kebab-case": "Ids that you make up are kebab-case. Bad: `id: Social Affairs`. Good: `id: social-affairs`.",
    "printed-id": "Printed ids have no character that breaks an address. Bad: `id: 1/2`. Good: `id: 1.2`.",
    "document-id": "Document ids are letters, digits, dots and hyphens. Bad: `id: PAN 2025`. Good: `id: BI-PAN-2025`.",
    "sdg": "SDG targets are those of Agenda 2030. Bad: `sdg: [18.1]`. Good: `sdg: [8.7]`.",
    "link": "Links begin with https://, mailto: or tel:. Bad: `url: www.example.org`. Good: `url: https://www.example.org`.",
    "basis": "A legal basis is an instrument's id and an article. Bad: `basis: Palermo art. 6`. Good: `basis: palermo:6`.",
    "reserved-name": "A pillar's file is not named like another page of the plan. Bad: `pillars: [matrix]`. Good: `pillars: [protection]`.",
    "missing-file": "What a head file names is there. Bad: `pillars: [protection]` without protection.yml. Good: the file.",
    "stray-file": "Every file belongs to something. Bad: protecton.yml that no plan names. Good: its name in `pillars`.",
    "catalogue": 'A catalogue is a gettext PO file. Bad: a lost quote. Good: `msgstr "..."`.',
}
"""Rules that hold while a file is read, before records exist."""
AMENDMENT_RULES: dict[str, str] = {
    "amend-unknown": "An amendment changes a commitment that stands. Bad: `commitment: 9.9.9`. Good: an id in force.",
    "amend-id": "An id is not replaced like a value. Bad: `fields: {id: 1.1.9}`. Good: `renumber: [{commitment: 1.1.1, to: 1.1.9}]`.",
    "amend-place": 'An addition stands under an objective or pillar. Bad: `under: 9.9`. Good: `under: "1.1"`.',
    "id-reused": "An id is used once for ever. Bad: adding a commitment under a withdrawn id. Good: a new id.",
    "other-promise": "An id keeps its promise. Bad: the words of 1.1.2 put under 1.1.1. Good: withdraw the one, add the other.",
}
"""Rules that hold while amendments are replayed."""


def run(library: Library, tolerant: bool = False) -> Iterator[Problem]:
    """What all rules say of a library.

    `tolerant`: the reader found mistakes, so records may have holes; a rule that falls into one has nothing to add to
    the line that reported it.
    """
    for check in CHECKS:
        try:
            yield from check(library)
        except (AttributeError, TypeError):
            if not tolerant:
                raise


def rules() -> dict[str, str]:
    """Every rule's name with its text, in the order of the manual."""
    written = {rule_name(check): " ".join((check.__doc__ or "").split()) for check in CHECKS}
    return {**READER_RULES, **AMENDMENT_RULES, **written}


def rule_name(check: Check) -> str:
    """`due-within-plan` for `check_due_within_plan`."""
    return check.__name__.removeprefix("check_").replace("_", "-")
