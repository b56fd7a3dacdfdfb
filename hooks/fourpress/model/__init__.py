"""What authors write, in their words: one record per mapping, a docstring under every field.

The same records check the YAML, give the JSON Schemas that editors complete from, and name the keys of the data.
"""

from fourpress.model.body import Bodies, Body, Instrument, Instruments
from fourpress.model.plan import (
    BudgetLine,
    Commitment,
    Deadline,
    Indicator,
    Objective,
    Pillar,
    PlanHead,
    Progress,
    Report,
)
from fourpress.model.sop import Branch, ChapterHead, Measure, Role, SopHead, Step

__all__ = [
    "Bodies",
    "Body",
    "Branch",
    "BudgetLine",
    "ChapterHead",
    "Commitment",
    "Deadline",
    "Indicator",
    "Instrument",
    "Instruments",
    "Measure",
    "Objective",
    "Pillar",
    "PlanHead",
    "Progress",
    "Report",
    "Role",
    "SopHead",
    "Step",
]
