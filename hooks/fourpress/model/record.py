"""What every record of the model has in common: it is frozen, remembers where it was written, and refuses unknown keys."""

from __future__ import annotations

import difflib
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationInfo, model_validator
from pydantic.fields import FieldInfo

from fourpress.problem import Place

Audience = Literal["public", "professional", "restricted"]
AUDIENCES: tuple[Audience, ...] = ("public", "professional", "restricted")
"""From the widest to the narrowest: who may read one may read those before it."""


@dataclass(frozen=True)
class Reading:
    """Where a record says what is wrong with it while it is read."""

    say: Callable[[Place, str, str], None]


@dataclass(frozen=True)
class Refers:
    """Marks a field whose value is the id of something else: `Annotated[str, Refers("body")]`."""

    kind: str


class Record(BaseModel):
    """A mapping in an author's file. Fields are spelled as in YAML; a trailing `_` frees Python's own words (`from_`)."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.rstrip("_"),
        use_attribute_docstrings=True,
        arbitrary_types_allowed=False,
    )
    noun: ClassVar[str] = "record"
    cited: ClassVar[bool] = False
    """Whether its id is printed in the official document, where people cite it."""

    audience: Audience | None = Field(
        default=None, description="Who may read this; without it, whoever may read what holds it."
    )

    _node: Any = PrivateAttr(default=None)
    _address: str = PrivateAttr(default="")

    @model_validator(mode="wrap")
    @classmethod
    def _with_place(cls, value: Any, handler: Callable[[Any], Self], info: ValidationInfo) -> Self:
        node = value
        reading = info.context
        if isinstance(reading, Reading) and isinstance(value, dict) and hasattr(value, "keys_at"):
            value = _known_keys_only(cls, value, reading)
        record = handler(value)
        record._node = node
        return record

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.place_of()

    def place_of(self, *path: str | int) -> Place:
        """Where the value of a field stands, spelled as in YAML; the nearest place above when it is not written."""
        node = self._node
        # A record in its short form (`due: 2026-12`) stands where its only value stands.
        found: Place = getattr(node, "place", None) or _first_place(node)
        for step in path:
            try:
                node = node[step]
            except (KeyError, IndexError, TypeError):
                break
            found = getattr(node, "place", found)
        return found

    def place_of_key(self, *path: str) -> Place:
        """Where the key at the end of `path` stands: `text`, or `commitments`, `1.1.1`; what holds it when it is not written."""
        node = self._node
        for step in path[:-1]:
            node = node.get(step) if isinstance(node, dict) else None
        keys: dict[str, Place] = getattr(node, "keys_at", {})
        return keys.get(path[-1], self.place_of(*path[:-1]))

    def wrote(self, name: str) -> bool:
        """Whether the author wrote the key, even with a value that was refused."""
        return name in getattr(self._node, "keys_at", {})

    @property
    def address(self) -> str:
        """Stable address of the record inside its document (`1.1.1`, `protection`): the context of its translations."""
        return self._address


def _first_place(node: Any) -> Place:
    values = node.values() if isinstance(node, dict) else ()
    return next((place for value in values if (place := getattr(value, "place", None))), Place(""))


def _known_keys_only(cls: type[Record], value: Any, reading: Reading) -> Any:
    """Report unknown and missing keys here, where the record's name is known, so that one line says everything."""
    names = key_names(cls)
    unknown = {key for key in value.keys_at if key not in names}
    meant = set()
    for key in sorted(unknown):
        near = difflib.get_close_matches(key, set(names) - set(value.keys_at), 1)
        meant.update(near)
        remedy = f"did you mean {near[0]!r}?" if near else "remove it or see the schema"
        reading.say(value.keys_at[key], f"{nouns(cls)} has no key {key[:80]!r}; {remedy}", "unknown-key")
    for key, field_info in names.items():
        # A misspelled key is one mistake, not a wrong one and a missing one.
        if field_info.is_required() and key not in value.keys_at and key not in meant:
            reading.say(value.place, f"{nouns(cls)} lacks {key!r}; add it", "required")
    return value.without(unknown) if unknown else value


def nouns(cls: type[Record]) -> str:
    """`a commitment`, `an objective`."""
    return f"{'an' if cls.noun[:1] in 'aeiou' else 'a'} {cls.noun}"


@functools.cache
def key_names(cls: type[Record]) -> dict[str, FieldInfo]:
    """Each field under the name that authors write."""
    return {(info.alias or name): info for name, info in cls.model_fields.items()}


@functools.cache
def references(cls: type[Record]) -> dict[str, str]:
    """Fields that hold ids of something else, with the kind: `{"lead": "body"}`. Keys are Python names."""
    found = {}
    for name, info in cls.model_fields.items():
        marks = [mark for mark in _marks((info.annotation, *info.metadata)) if isinstance(mark, Refers)]
        if marks:
            found[name] = marks[0].kind
    return found


def _marks(annotation: Any) -> Iterator[Any]:
    """Everything inside an annotation, `Annotated` metadata included."""
    if isinstance(annotation, tuple):
        for part in annotation:
            yield from _marks(part)
        return
    yield annotation
    for part in (*get_args(annotation), *getattr(annotation, "__metadata__", ())):
        yield from _marks(part)


Key = str | int
T = TypeVar("T")


@functools.cache
def _holding(cls: type[Record]) -> tuple[str, ...]:
    """Fields that can hold records: every rule walks every record, and most fields hold none."""
    return tuple(
        name
        for name, info in cls.model_fields.items()
        if any(
            isinstance(mark, type) and issubclass(mark, Record) for mark in _marks((info.annotation, *info.metadata))
        )
    )


def children(record: Record) -> Iterator[tuple[str, Key | None, Record]]:
    """The records directly inside a record: (field as in Python, key or index, record)."""
    for name in _holding(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            yield name, None, value
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Record):
                    yield name, index, item
        elif isinstance(value, dict):
            for key, item in value.items():
                if isinstance(item, Record):
                    yield name, key, item


def walk(record: Record) -> Iterator[Record]:
    """The record and all below it, in the order of the file's fields."""
    yield record
    for _, _, child in children(record):
        yield from walk(child)


def give_addresses(record: Record, address: str = "") -> None:
    """Name every record below `record`.

    What carries a printed id is named by it alone, since printed ids are unique in a document: a commitment keeps its
    address when it moves to another objective, and its translations move with it. The plan's own vocabulary is named
    by field and id (`groups/children`); what has no id, by where it stands (`1.1.1/budget/0`).
    """
    record._address = address
    for name, key, child in children(record):
        own = str(getattr(child, "handle", ""))
        if own and type(child).cited:
            here = own
        else:
            here = "/".join(
                part for part in (address, name.rstrip("_"), own or ("" if key is None else str(key))) if part
            )
        give_addresses(child, here)


def visible(record: T, audience: Audience) -> T:
    """The record without what the audience may not read. Returns the same object when nothing is withheld."""
    if not isinstance(record, Record):
        return record
    changes: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        kept: Any = value
        if isinstance(value, Record):
            kept = visible(value, audience) if may_read(value, audience) else None
        elif isinstance(value, tuple):
            kept = tuple(visible(item, audience) for item in value if may_read(item, audience))
            kept = value if len(kept) == len(value) and all(a is b for a, b in zip(kept, value, strict=True)) else kept
        elif isinstance(value, dict):
            kept = {key: visible(item, audience) for key, item in value.items() if may_read(item, audience)}
            kept = value if len(kept) == len(value) and all(kept[key] is value[key] for key in kept) else kept
        if kept is not value:
            changes[name] = kept
    if not changes:
        return record
    return replaced(record, **changes)


def replaced(record: T, **changes: Any) -> T:
    """A copy with other values in some fields, which stands where the original stands."""
    assert isinstance(record, Record)
    copy = record.model_copy(update=changes)
    copy._node, copy._address = record._node, record._address
    return copy


def may_read(item: Any, audience: Audience) -> bool:
    """Whether somebody of this audience may read a record; what is not a record is as readable as what holds it."""
    level = item.audience if isinstance(item, Record) else None
    return level is None or AUDIENCES.index(level) <= AUDIENCES.index(audience)
