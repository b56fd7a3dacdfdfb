"""YAML text to a record of the model, every value with its place, and every mistake as a Problem.

YAML is read as events, not through a constructor: a value is the text that the author wrote and means what the model
says it means, so `NO` is Norway and `1.10` is not 1.1. What makes a file mean something other than what it shows is
refused: duplicate keys, tags, aliases and merge keys.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import pydantic
import yaml

from fourpress.model.record import Reading, Record, nouns
from fourpress.model.values import shown
from fourpress.problem import Place, Problem, did_you_mean

R = TypeVar("R", bound=Record)

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C parser where the wheel has it: ten times faster

DEEPEST = 40
"""Levels of nesting that a file may have: no plan comes near, and a hostile file cannot exhaust the stack."""


class Scalar(str):
    """Text as written, and where."""

    place: Place

    def __new__(cls, text: str, place: Place) -> Scalar:
        """The text as written, at its place."""
        scalar = super().__new__(cls, text)
        scalar.place = place
        return scalar


class Sequence(list[Any]):
    """A list, and where it begins."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place


class Mapping(dict[str, Any]):
    """Keys and values, where it begins, and where each key stands."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place
        self.keys_at: dict[str, Place] = {}

    def without(self, names: set[str]) -> Mapping:
        """The same mapping less some keys."""
        rest = Mapping(self.place)
        rest.update((key, value) for key, value in self.items() if key not in names)
        rest.keys_at.update(self.keys_at)
        return rest


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True)
class Found(Generic[R]):
    """What a file holds.

    `record` is None only when the file is not YAML. After a mistake it lacks what is wrong, so that the rules across
    files still see the rest and an author gets every mistake at once; it is not fit to publish. `written` are all
    values of `id` and `key`, the wrong ones included: a reference to a commitment with a mistake in it is no mistake.
    """

    record: R | None
    problems: tuple[Problem, ...]
    written: frozenset[str] = frozenset()


def read(path: str, text: str, model: type[R]) -> Found[R]:
    """The record that a file holds and everything that is wrong with it. Never raises, whatever the text.

    `path` is what messages name: relative to the project, with `/`.
    """
    problems: list[Problem] = []
    tree = parse(path, text, problems)
    if tree is None:
        return Found(None, tuple(problems))
    if not isinstance(tree, Mapping):
        problems.append(Problem(tree.place, f"expected {nouns(model)} as `key: value` lines; write them so", "record"))
        return Found(None, tuple(problems))
    written = frozenset(_written(tree))  # before values with mistakes are taken out
    reading = Reading(lambda place, message, rule: problems.append(Problem(place, message, rule)))
    record: R | None
    try:
        record = model.model_validate(tree, context=reading)
    except pydantic.ValidationError as error:
        problems.extend(_explained(error, tree))
        record = _salvaged(tree, model)
    return Found(record, tuple(problems), written)


def validated(tree: Mapping, model: type[R], problems: list[Problem]) -> R | None:
    """A record from values that were read before; what the model refuses joins `problems`, and None comes back."""
    reading = Reading(lambda place, message, rule: problems.append(Problem(place, message, rule)))
    try:
        record: R = model.model_validate(tree, context=reading)
    except pydantic.ValidationError as error:
        problems.extend(_explained(error, tree))
        return None
    return None if problems else record


def _salvaged(tree: Mapping, model: type[R]) -> R | None:
    """The record without the values that were refused; a nested record that lacks something goes as a whole."""
    silent = Reading(lambda place, message, rule: None)
    partial = _with_optional_fields(model)
    for _ in range(100):  # each turn removes at least one value; a file with more mistakes than that waits
        try:
            salvaged: R = partial.model_validate(tree, context=silent)
        except pydantic.ValidationError as error:
            removed = sum(_remove(tree, tuple(detail["loc"])) for detail in reversed(error.errors(include_url=False)))
            if not removed:
                return None
        else:
            return salvaged
    return None


def _remove(tree: Mapping, path: tuple[int | str, ...]) -> bool:
    """Take the value at `path` out of the tree, or the nearest value above it that is there."""
    trail: list[tuple[Any, int | str]] = []
    node: Any = tree
    for step in path:
        if not _holds(node, step):
            break
        trail.append((node, step))
        node = node[step]
    if not trail:
        return False
    holder, step = trail[-1]
    del holder[step]
    return True


@functools.cache
def _with_optional_fields(model: type[R]) -> type[R]:
    """The same record with nothing required at its top, for a file with mistakes there."""
    fields: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        if info.is_required():
            optional = copy.copy(info)
            optional.default = None
            fields[name] = (info.annotation, optional)
    made: type[R] = pydantic.create_model(model.__name__, __base__=model, **fields)
    return made


def _written(node: Any) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in ("id", "key") and isinstance(value, Scalar):
                yield str(value)
            yield from _written(value)
    elif isinstance(node, Sequence):
        for value in node:
            yield from _written(value)


def parse(path: str, text: str, problems: list[Problem]) -> Node | None:
    """The text as Scalars, Sequences and Mappings; None when it is empty or not YAML (then `problems` says so)."""
    builder = _Builder(path, problems)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            if not builder.take(event):
                return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(path, mark.line + 1, mark.column + 1) if mark else Place(path)
        fact = " ".join(str(error.problem or error.context).split())
        problems.append(Problem(place, f"not valid YAML: {fact}; check quotes, colons and indentation here", "yaml"))
        return None
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, so the character is looked for again.
        found = _FORBIDDEN.search(text)
        line, column = _line_and_column(text, found.start() if found else 0)
        code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
        message = f"the character U+{code:04X} is not allowed in YAML; remove it"
        problems.append(Problem(Place(path, line, column), message, "yaml"))
        return None
    if builder.root is None:
        problems.append(Problem(Place(path), "the file is empty; fill it or delete it", "empty-value"))
    return builder.root


_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What is not printable in YAML 1.1 (5.1, c-printable)."""


def _line_and_column(text: str, index: int) -> tuple[int, int]:
    before = re.split("\r\n|[\r\n\x85\u2028\u2029]", text[:index])
    return len(before), len(before[-1]) + 1


@dataclass
class _Open:
    """A list or mapping whose end has not come yet; `key` waits for its value."""

    node: Sequence | Mapping
    key: str | None = None
    key_place: Place | None = None
    skip: bool = False


@dataclass
class _Builder:
    """Turns parse events into nodes; iterative, so that depth cannot exhaust the stack."""

    path: str
    problems: list[Problem]
    root: Node | None = None
    stack: list[_Open] = field(default_factory=list)
    documents: int = 0

    def take(self, event: yaml.Event) -> bool:
        """Take one event; False when it makes no sense to go on."""
        mark = event.start_mark
        assert mark is not None  # only events that programs make up have none
        place = Place(self.path, mark.line + 1, mark.column + 1)
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.say(place, "a second document begins here; keep one document in a file", "yaml")
                return False
        elif isinstance(event, yaml.AliasEvent):
            self.say(place, f"alias '*{event.anchor}' repeats another value; write the value out", "alias")
            self.add(None)
        elif isinstance(event, yaml.ScalarEvent):
            self.refuse_tag(event, place, quoted=not event.implicit[0])
            self.scalar(event, place)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.refuse_tag(event, place)
            if len(self.stack) >= DEEPEST:
                self.say(place, f"nested more than {DEEPEST} levels deep; check the indentation", "yaml")
                return False
            if self.waits_for_key():
                self.say(place, "a key must be plain text; quote it if it begins with a bracket", "yaml")
                return False
            node: Sequence | Mapping = Mapping(place) if isinstance(event, yaml.MappingStartEvent) else Sequence(place)
            self.add(node)
            self.stack.append(_Open(node))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        return True

    def say(self, place: Place, message: str, rule: str) -> None:
        self.problems.append(Problem(place, message, rule))

    def refuse_tag(self, event: yaml.NodeEvent, place: Place, quoted: bool = False) -> None:
        # libyaml gives a quoted scalar the non-specific tag "!", which no author wrote.
        tag = getattr(event, "tag", None)
        if tag and not (tag == "!" and quoted):
            shown = tag.replace("tag:yaml.org,2002:", "!!")
            self.say(place, f"tag '{shown}' is not read; remove it", "tag")

    def waits_for_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].node, Mapping) and self.stack[-1].key is None

    def scalar(self, event: yaml.ScalarEvent, place: Place) -> None:
        value = Scalar(event.value, place)
        if self.waits_for_key():
            self.key(value, place)
        elif not event.style and event.value in ("", "~", "null", "Null", "NULL"):
            # An empty value is nearly always a line begun and forgotten; leaving the key out says "nothing" clearly.
            at = self.stack[-1].key_place if self.stack and self.stack[-1].key_place else place
            if self.stack and not self.stack[-1].skip:
                name = self.stack[-1].key
                what = f"'{name}' has no value" if name is not None else "this item has no value"
                self.say(at, f"{what}; give it one or remove it", "empty-value")
            self.add(None)
        else:
            self.add(value)

    def key(self, value: Scalar, place: Place) -> None:
        top = self.stack[-1]
        assert isinstance(top.node, Mapping)
        top.key, top.key_place, top.skip = str(value), place, False
        if value == "<<":
            self.say(place, "merge key '<<' hides what the file says; write the keys out", "alias")
            top.skip = True
        elif value in top.node.keys_at:
            first = top.node.keys_at[value].line
            self.say(place, f"'{value}' is given twice, first in line {first}; keep one", "duplicate-key")
            top.skip = True
        else:
            top.node.keys_at[str(value)] = place

    def add(self, node: Node | None) -> None:
        """Put a finished node, or one that has just begun, where it belongs; None leaves its key out."""
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if isinstance(top.node, Sequence):
            if node is not None:
                top.node.append(node)
            return
        if top.key is None:  # an alias or the like in the place of a key
            top.key, top.skip = "", True
            return
        if node is not None and not top.skip:
            top.node[top.key] = node
        top.key = None
        top.key_place = None


def place_of(node: Any, path: tuple[int | str, ...] = ()) -> Place:
    """The place of the value at `path` below `node`, or of the nearest value above it."""
    place: Place = node.place
    for step in path:
        if not _holds(node, step):
            break
        node = node[step]
        place = getattr(node, "place", place)
    return place


def _holds(node: Any, step: int | str) -> bool:
    if isinstance(node, Mapping):
        return step in node
    return isinstance(node, Sequence) and isinstance(step, int) and step < len(node)


def _shown(error: dict[str, Any]) -> str:
    return shown(error.get("input"))


def _choice(error: dict[str, Any]) -> tuple[str, str]:
    if not isinstance(error["input"], str):
        return "expected text; write it on this line or in quotes", "text"
    choices = [word.strip("'") for word in error["ctx"]["expected"].replace(" or ", ", ").split(", ")]
    found = str(error["input"])
    return f"{shown(found)} is not one of {', '.join(choices)}{_near(found, choices)}", "choice"


def _near(word: str, choices: list[str]) -> str:
    remedy = did_you_mean(word, choices)
    return remedy if "did you mean" in remedy else "; choose one"


# What pydantic says, in the words of somebody who writes plans: (message, rule).
_EXPLANATIONS: dict[str, Callable[[dict[str, Any]], tuple[str, str]]] = {
    "string_type": lambda e: ("expected text; write it on this line or in quotes", "text"),
    "tuple_type": lambda e: ("expected a list; begin each item with '- '", "list"),
    "list_type": lambda e: ("expected a list; begin each item with '- '", "list"),
    "dict_type": lambda e: ("expected `key: value` lines; write them so", "record"),
    "model_type": lambda e: ("expected `key: value` lines; write them so", "record"),
    "int_parsing": lambda e: (f"expected a whole number, got {_shown(e)}; write digits only", "number"),
    "int_type": lambda e: ("expected a whole number; write digits only", "number"),
    "greater_than_equal": lambda e: (f"{_shown(e)} is less than {e['ctx']['ge']}; correct it", "number"),
    "less_than_equal": lambda e: (f"{_shown(e)} is more than {e['ctx']['le']}; correct it", "number"),
    "bool_parsing": lambda e: (f"{_shown(e)} is not one of true, false; choose one", "choice"),
    "bool_type": lambda e: ("expected true or false; write one of them", "choice"),
    "int_parsing_size": lambda e: ("the number is too large; correct it", "number"),
    "literal_error": _choice,
    "too_short": lambda e: ("the list is empty; add an item or remove the key", "empty-value"),
    "string_too_short": lambda e: ("the text is empty; write it or remove the key", "empty-value"),
}


def _explained(error: pydantic.ValidationError, tree: Mapping) -> Iterator[Problem]:
    for found in error.errors(include_url=False):
        detail: dict[str, Any] = dict(found)
        kind = str(detail["type"])
        path = tuple(detail["loc"])
        if kind == "missing" or (kind == "too_short" and detail["input"]):
            continue  # said by Record itself, which knows what the record is called
        if kind in _EXPLANATIONS:
            message, rule = _EXPLANATIONS[kind](detail)
        else:  # raised by our own types: `kind` is the rule
            message, rule = str(detail["msg"]), kind
        yield Problem(place_of(tree, path), message, rule)
