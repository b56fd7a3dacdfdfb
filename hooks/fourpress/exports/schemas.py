"""JSON Schemas (draft 2020-12) from the model: editors complete and check the YAML with them, and they document the data."""

from __future__ import annotations

import json
from typing import Any

from fourpress.model import Bodies, ChapterHead, Instruments, Pillar, PlanHead, Progress, SopHead
from fourpress.model.amendment import AdoptedTexts, Amendment
from fourpress.model.record import Record

AUTHORED: dict[str, type[Record]] = {
    "bodies": Bodies,
    "instruments": Instruments,
    "plan": PlanHead,
    "pillar": Pillar,
    "progress": Progress,
    "amendment": Amendment,
    "adopted": AdoptedTexts,
    "sop": SopHead,
    "chapter": ChapterHead,
}
"""What each schema describes: one kind of file that authors write."""


def schema(model: type[Record]) -> dict[str, Any]:
    """The schema of a file. Titles that pydantic makes up are left out: editors show the descriptions."""
    made = model.model_json_schema(by_alias=True, mode="validation")
    _without_titles(made)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **made}


def _without_titles(node: Any) -> None:
    if isinstance(node, dict):
        if isinstance(node.get("title"), str):
            del node["title"]
        for value in node.values():
            _without_titles(value)
    elif isinstance(node, list):
        for value in node:
            _without_titles(value)


def files() -> dict[str, bytes]:
    """Every schema by file name: those of the authored files, and those of `/data/<plan>.json` and `/data/<sop>.json`."""
    found = {f"{name}.json": _bytes(schema(model)) for name, model in AUTHORED.items()}
    found["plan-data.json"] = _bytes(
        _data_schema(
            "A plan with all its languages: the keys of the YAML files; each text as an object of languages.",
            {"plan": "plan.json", "pillars": ["pillar.json"], "progress": ["progress.json"]},
        )
    )
    found["sop-data.json"] = _bytes(
        _data_schema(
            "A procedure with all its languages: the keys of the YAML files; each text as an object of languages.",
            {"sop": "sop.json", "chapters": ["chapter.json"]},
        )
    )
    return found


def _data_schema(description: str, parts: dict[str, Any]) -> dict[str, Any]:
    properties: dict[str, Any] = {"$schema": {"type": "string"}}
    for name, reference in parts.items():
        if isinstance(reference, list):
            # The same record as in the file, and the name of the file.
            properties[name] = {"type": "array", "items": {"$ref": reference[0]}}
            if name in ("pillars", "chapters"):
                properties[name]["items"] = {
                    "type": "object",
                    "description": f"As in {reference[0]}, and `slug`: the name of the file and of its page.",
                    "required": ["slug"],
                    "properties": {"slug": {"type": "string"}},
                }
        else:
            properties[name] = {"$ref": reference}
    properties["bodies"] = {"type": "array", "items": {"$ref": "bodies.json#/$defs/Body"}}
    properties["addresses"] = {
        "type": "object",
        "description": "Where each id stands on the site.",
        "additionalProperties": {"type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "description": description,
        "type": "object",
        "required": [*parts, "bodies", "addresses"],
        "properties": properties,
    }


def _bytes(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
