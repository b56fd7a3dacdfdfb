"""The data dictionary: every key that authors write and every column that is published, with its type and meaning.

It is made from the model's docstrings and from the tables' columns, so that it cannot say anything else than they do. The
docstrings are English; `dictionaries/` holds a PO catalogue for each other language. The context of an entry is
`record.key` (`commitment.due`), the record alone for the line on the record itself, and its msgid the English description:
a changed docstring makes its translation outdated by itself, and the reader gets the next language of the chain.
"""

from __future__ import annotations

import functools
import inspect
import io
import json
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from babel.messages.pofile import read_po

from fourpress.exports.columns import DICTIONARY, FILES, Column, Row, Table
from fourpress.exports.schemas import AUTHORED
from fourpress.languages.words import Said, base_is_english
from fourpress.model import values
from fourpress.model.record import Record, Refers
from fourpress.site import Site

FOLDER = Path(__file__).parent / "dictionaries"
TYPE = "type"
"""Context of the words of types, names of records among them."""
COLUMN = "column"
"""Context of the headings over the lines."""
_AROUND = ("one or more: ", "list: ", "mapping of names: ", "one of ")
"""What may stand before the rest of a type; a catalogue has them with `{of}` for the rest."""
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


def files(site: Site) -> dict[str, bytes]:
    """`dictionary.json` with every language that is current, and `dictionary.<language>.csv` in each of the site's."""
    from fourpress.exports.tables import as_csv  # tables need pages, and the page of data needs this module

    lines = all_rows()
    found = {"dictionary.json": (json.dumps(in_all(lines), ensure_ascii=False, indent=1) + "\n").encode("utf-8")}
    for language in site.languages:
        rows: tuple[Row, ...] = tuple(_in_chain(line, site.chain(language)) for line in lines)
        found[f"dictionary.{language}.csv"] = as_csv(Table(DICTIONARY, rows))
    return found


def _in_chain(line: Mapping[str, str], chain: tuple[str, ...]) -> dict[str, str]:
    said = description(line, chain)
    return {**line, "type": kind(line["type"], chain).words, "language": said.language, "description": said.words}


def in_all(lines: Sequence[Mapping[str, str]]) -> list[dict[str, Any]]:
    """The lines with type and description as objects of languages: English, and each that says exactly the same."""
    others = [language for language in languages() if language != "en"]
    return [
        {
            **line,
            "type": _each(line["type"], others, functools.partial(_kind_in, line["type"])),
            "description": _each(line["description"], others, functools.partial(_description_in, line)),
        }
        for line in lines
    ]


def _each(english: str, others: Sequence[str], say: Callable[[str], str | None]) -> dict[str, str]:
    return {"en": english, **{language: said for language in others if (said := say(language))}}


# Languages


@functools.cache
def _catalogue(language: str) -> Mapping[tuple[str, str], str]:
    """(context, English) -> words of the language."""
    path = FOLDER / f"{language}.po"
    if not path.is_file():
        return {}
    catalog = read_po(io.BytesIO(path.read_bytes()), locale=None)
    return {
        (message.context or "", str(message.id)): str(message.string)
        for message in catalog
        if message.id and message.string and not message.fuzzy
    }


def languages() -> tuple[str, ...]:
    """Languages in which the dictionary speaks, in whole or in part."""
    return tuple(sorted({"en", *(path.stem for path in FOLDER.glob("*.po"))}))


def context(line: Mapping[str, str]) -> str:
    """Where a line stands in a catalogue: `commitment.due`, `commitment`."""
    return f"{line['record']}.{line['key']}" if line["key"] else line["record"]


def description(line: Mapping[str, str], chain: tuple[str, ...]) -> Said:
    """What a line says, in the first language of the chain that has exactly this."""
    return _first(line["description"], chain, functools.partial(_description_in, line))


def kind(english: str, chain: tuple[str, ...]) -> Said:
    """A type, or the name of a record, in the first language of the chain that has all its words."""
    return _first(english, chain, functools.partial(_kind_in, english))


def heading(english: str, chain: tuple[str, ...]) -> Said:
    """The heading over a column of the dictionary."""
    return _first(english, chain, lambda language: _catalogue(language).get((COLUMN, english)))


def _first(english: str, chain: tuple[str, ...], say: Callable[[str], str | None]) -> Said:
    for language in chain:
        if base_is_english(language):
            break
        for code in dict.fromkeys((language, language.split("-")[0])):
            if found := say(code):
                return Said(found, language)
    return Said(english, "en")


def _description_in(line: Mapping[str, str], language: str) -> str | None:
    return _catalogue(language).get((context(line), line["description"]))


def _kind_in(english: str, language: str) -> str | None:
    own = _catalogue(language)
    if whole := own.get((TYPE, english)):
        return whole
    before = next((before for before in _AROUND if english.startswith(before)), None)
    if before is None or (around := own.get((TYPE, f"{before}{{of}}"))) is None:
        return None
    rest = english.removeprefix(before)
    # `one of` is followed by the words that are written in the file: they are the same in every language.
    inner = rest if before == "one of " else _kind_in(rest, language)
    return around.replace("{of}", inner) if inner else None


# Lines


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
