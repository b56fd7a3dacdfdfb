"""The data dictionary: every key that authors write and every column that is published, with its type and meaning.

It is made from the model's docstrings and from the tables' columns, so that it cannot say anything else than they do.
"""

# The words are English, as docstrings are. A translation would join them like any other text of the house: one catalogue
# per language, the context being `record.key` (`commitment.due`, `<plan>-budget.csv.amount`), the msgid the description.

from __future__ import annotations

import inspect
import json
import types
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from fourpress.exports.columns import DICTIONARY, FILES, Column, Row, Table
from fourpress.exports.schemas import AUTHORED
from fourpress.exports.tables import as_csv
from fourpress.model import values
from fourpress.model.record import Record, Refers

_PLAIN: tuple[tuple[Any, str], ...] = (
    (values.Text, "text, translated"),
    (values.Date, "date: 2026, 2026-12 or 2026-12-31"),
    (values.Span, "span of time such as 24 h or 7 days"),
    (values.Number, "number"),
    (values.Year, "year"),
    (values.PrintedId, "printed id"),
    (values.DocumentId, "id of a plan or procedure"),
    (values.LanguageCode, "language code (BCP 47)"),
    (values.Country, "ISO 3166 country code"),
    (values.Currency, "ISO 4217 currency code"),
    (values.SdgTarget, "goal or target of the 2030 Agenda"),
    (values.Link, "web address"),
    (values.Basis, "instrument and article, such as palermo:9.1"),
    (values.Slug, "id: small letters, digits, hyphens"),
    (Decimal, "number"),
    (bool, "true or false"),
    (int, "whole number"),
    (str, "word"),
    (Any, "whatever the key it names allows"),
)
"""The model's values in plain words; what is narrower stands first."""
_REFERS = {
    "body": "id of an organisation",
    "status": "a canonical status or one of the plan's own",
}
_OF_ALL = ("audience",)
"""Keys that every record may have come last."""


def dictionary(model: type[Record]) -> list[dict[str, str]]:
    """The lines on a record and on every record inside it, each described once, in the order of the fields."""
    return [line for record in records(model) for line in _of_record(record)]


def all_rows() -> list[dict[str, str]]:
    """The whole dictionary: what authors write, then what is published."""
    lines = [line for record in _all_records() for line in _of_record(record)]
    return lines + [line for name, (about, columns) in FILES.items() for line in _of_file(name, about, columns)]


def files() -> dict[str, bytes]:
    """`dictionary.json` and `dictionary.csv`."""
    lines = all_rows()
    rows: tuple[Row, ...] = tuple(dict(line) for line in lines)
    return {
        "dictionary.json": (json.dumps(lines, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
        "dictionary.csv": as_csv(Table(DICTIONARY, rows)),
    }


def records(model: type[Record]) -> list[type[Record]]:
    """The model and every kind of record that it can hold, in the order in which they are met."""
    found: list[type[Record]] = []

    def visit(kind: type[Record]) -> None:
        if kind not in found:
            found.append(kind)
            for info in kind.model_fields.values():
                for inner in _inside(info.annotation):
                    visit(inner)

    visit(model)
    return found


def _all_records() -> list[type[Record]]:
    return list(dict.fromkeys(record for model in AUTHORED.values() for record in records(model)))


def _inside(annotation: Any) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _inside(part)


def _of_record(record: type[Record]) -> list[dict[str, str]]:
    hints = get_type_hints(record, include_extras=True)
    names = sorted(record.model_fields, key=lambda name: name in _OF_ALL)  # stable: the others keep their order
    lines = [_line(record.noun, "", "record", inspect.cleandoc(record.__doc__ or ""))]
    for name in names:
        info = record.model_fields[name]
        key = info.alias or name
        lines.append(
            _line(record.noun, key, in_words(hints[name]), info.description or "", required=info.is_required())
        )
    return lines


def _of_file(name: str, about: str, columns: Sequence[Column]) -> list[dict[str, str]]:
    lines = [_line(name, "", "table", about)]
    return lines + [_line(name, one.key, one.kind, one.about, required=one.always) for one in columns]


def _line(record: str, key: str, kind: str, description: str, *, required: bool = False) -> dict[str, str]:
    return {
        "record": record,
        "key": key,
        "type": kind,
        "required": "yes" if required else "no",
        "description": " ".join(description.split()),
    }


def in_words(hint: Any) -> str:
    """A field's type as an author would say it: `one or more: id of an organisation`."""
    for known, said in _PLAIN:
        if hint is known or (get_origin(known) is Annotated and hint == known):
            return said
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _annotated(arguments[0], arguments[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(in_words(one) for one in arguments if one is not types.NoneType)
    if origin is Literal:
        return "one of " + ", ".join(arguments)
    if origin is tuple:
        return f"list: {in_words(arguments[0])}"
    if origin in (dict, Mapping):
        return f"mapping of names: {in_words(arguments[1])}"
    if isinstance(hint, type) and issubclass(hint, Record):
        return hint.noun
    raise TypeError(f"{hint} has no name in the data dictionary; give it one in {__name__}")


def _annotated(inner: Any, marks: tuple[Any, ...]) -> str:
    refers = next((mark for mark in marks if isinstance(mark, Refers)), None)
    if refers:
        article = "an" if refers.kind[0] in "aeiou" else "a"
        return _REFERS.get(refers.kind, f"id of {article} {refers.kind}")
    if values.OneOrMore in marks:
        return f"one or more: {in_words(get_args(inner)[0])}"
    return in_words(inner)
