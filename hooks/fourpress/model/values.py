"""The small values that plans and procedures are made of: text, dates as precise as they were promised, spans of time, money.

Each type parses what an author writes, prints it back the same, and explains itself in one line when it cannot.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Any, Final

from babel import Locale
from babel.core import get_global
from pydantic import AfterValidator, BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from fourpress.model.record import Refers

LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?")
"""A BCP 47 language code as far as publications need it: language, script, region (RFC 5646, 2.2.1 to 2.2.4)."""


def wrong(rule: str, message: str) -> PydanticCustomError:
    """An error of a value; `rule` is its name in the problem's brackets. Without a context pydantic formats nothing."""
    return PydanticCustomError(rule, message)


def shown(value: object) -> str:
    """An author's value as a message shows it: in quotes, and cut where it is longer than anybody reads."""
    text = str(value)
    return repr(text if len(text) <= LONGEST else f"{text[:LONGEST]}…")


LONGEST = 80


class Text:
    """Words in the document's official language, or one wording per equally authentic language.

    Written as plain text, or as `{fr: ..., en: ...}` where a document has several authentic languages or a name differs
    by law from language to language. Blank lines part paragraphs.
    """

    __slots__ = ("wordings",)

    def __init__(self, wordings: Mapping[str | None, str]) -> None:
        self.wordings: Final = dict(wordings)

    def __str__(self) -> str:
        return next(iter(self.wordings.values()))

    def __repr__(self) -> str:
        return f"Text({self.wordings!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self.wordings == other.wordings

    def __hash__(self) -> int:
        return hash(tuple(self.wordings.items()))

    def authentic(self, languages: tuple[str, ...]) -> dict[str, str]:
        """The authentic wordings by language, for a document whose official languages are these."""
        return {language or languages[0]: words for language, words in self.wordings.items()}

    @classmethod
    def _parse(cls, value: Any) -> Text:
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls({None: _clean(value)})
        if isinstance(value, dict):
            for key, words in value.items():
                if not LANGUAGE.fullmatch(key):
                    raise wrong("language", f"{shown(key)} is not a language code; use one such as fr, rn or sw")
                if not isinstance(words, str):
                    raise wrong("text", f"expected text for {key!r}; write it on this line or in quotes")
            if not value:
                raise wrong("empty-value", "the text is empty; write it or remove the key")
            return cls({str(key): _clean(words) for key, words in value.items()})
        raise wrong("text", "expected text; write it on this line or in quotes")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._parse, serialization=core_schema.plain_serializer_function_ser_schema(lambda text: text.wordings)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        per_language = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
        return {"anyOf": [{"type": "string", "minLength": 1}, per_language]}


def _clean(words: str) -> str:
    """Words without the accidents of YAML layout: trailing blanks, and single line breaks inside a paragraph."""
    if not words.strip():
        raise wrong("empty-value", "the text is empty; write it or remove the key")
    lines = "\n".join(line.strip(" \t") for line in words.strip().split("\n"))
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in re.split(r"\n{2,}", lines))


class Date:
    """A date as precise as it was promised: a year, a month or a day (ISO 8601 calendar dates, reduced precision)."""

    __slots__ = ("day", "month", "year")

    def __init__(self, year: int, month: int | None = None, day: int | None = None) -> None:
        if month == 0 or day == 0:
            raise ValueError("there is no month or day 0")
        self.year, self.month, self.day = year, month, day
        self.last  # a day that does not exist raises ValueError here  # noqa: B018

    @property
    def first(self) -> datetime.date:
        """The first day that it can mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> datetime.date:
        """The last day that it can mean: a promise for 2026 is late in 2027."""
        month = self.month or 12
        return datetime.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        parts = [f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    def __repr__(self) -> str:
        return f"Date({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Date) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    @classmethod
    def parse(cls, value: Any) -> Date:
        """`2026`, `2026-12` or `2026-12-31`."""
        if isinstance(value, Date):
            return value
        found = (
            re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", str(value), re.ASCII) if isinstance(value, str) else None
        )
        if found:
            try:
                return cls(*(int(part) for part in found.groups() if part))
            except ValueError:
                raise wrong("date", f"{shown(value)} is not in the calendar; correct the month or the day") from None
        found_value = f", got {shown(value)}" if isinstance(value, str) else ""
        raise wrong("date", f"expected a date such as 2026, 2026-12 or 2026-12-31{found_value}; write it so")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # A bare year reads as a number in editors, so the schema allows one.
        return {
            "anyOf": [
                {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},
            ]
        }


class Span:
    """A span of time in which a step must be done: `immediately`, `30 min`, `24 h`, `7 days`, `2 weeks`, `3 months`."""

    __slots__ = ("amount", "unit")

    UNITS: Final = ("min", "h", "days", "weeks", "months")
    BABEL_UNITS: Final = {"min": "minute", "h": "hour", "days": "day", "weeks": "week", "months": "month"}

    def __init__(self, amount: int, unit: str) -> None:
        self.amount, self.unit = amount, unit

    @property
    def immediate(self) -> bool:
        """Whether nothing may come first."""
        return self.amount == 0

    @property
    def minutes(self) -> int:
        """Length for comparison and data, a month counted as 30 days."""
        return self.amount * {"min": 1, "h": 60, "days": 1440, "weeks": 10080, "months": 43200}[self.unit]

    def __str__(self) -> str:
        return "immediately" if self.immediate else f"{self.amount} {self.unit}"

    def __repr__(self) -> str:
        return f"Span({self})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    @classmethod
    def parse(cls, value: Any) -> Span:
        """The span that an author wrote."""
        if isinstance(value, Span):
            return value
        text = str(value) if isinstance(value, str) else ""
        if text == "immediately":
            return cls(0, "min")
        found = re.fullmatch(r"([1-9]\d{0,3}) ?(min|h|days?|weeks?|months?)", text, re.ASCII)
        if not found:
            got = f", got {shown(text)}" if text else ""
            raise wrong("span", f"expected a time limit such as immediately, 24 h or 7 days{got}; write it so")
        unit = found[2]
        return cls(int(found[1]), unit if unit in cls.UNITS else unit + "s")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(cls.parse, serialization=core_schema.to_string_ser_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": r"^(immediately|[1-9]\d{0,3} ?(min|h|days?|weeks?|months?))$"}


def _number(value: Any) -> Any:
    if isinstance(value, str):
        if not re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value, re.ASCII):
            raise wrong(
                "number", f"expected a number such as 120000 or 1250.50, got {shown(value)}; write it without spaces"
            )
        return Decimal(value)
    if isinstance(value, Decimal | int):
        return Decimal(value)
    raise wrong("number", "expected a number such as 120000 or 1250.50; write it so")


def _pattern(pattern: str, rule: str, message: str) -> AfterValidator:
    matcher = re.compile(pattern, re.ASCII)

    def check(value: str) -> str:
        if not matcher.fullmatch(value):
            raise wrong(rule, message.replace("%", shown(value), 1))
        return str(value)

    return AfterValidator(check)


_CURRENCIES = frozenset(get_global("all_currencies"))
_COUNTRIES = frozenset(code for code in map(str, Locale("en").territories) if len(code) == 2 and code.isalpha()) | {
    "XX"
}


def _one_of(known: frozenset[str], rule: str, what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise wrong(rule, f"{shown(value)} is not {what}")
        return str(value)

    return AfterValidator(check)


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else (value,)


OneOrMore = BeforeValidator(_as_list, json_schema_input_type=Any)
"""Lets an author write a single value where a list may stand."""

Number = Annotated[Decimal, BeforeValidator(_number, json_schema_input_type=float | str)]
Year = Annotated[int, Field(ge=1900, le=2200)]
Slug = Annotated[
    str,
    _pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*",
        "kebab-case",
        "% is not an id; use small letters, digits and hyphens, such as social-affairs",
    ),
    Field(json_schema_extra={"pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}),
]
"""An id that the author makes up: it stands in addresses and file names."""
PrintedId = Annotated[
    str,
    _pattern(
        r"[^\s#/?%&\"'<>`\\]([^#/?%&\"'<>`\\\t\n]*[^\s#/?%&\"'<>`\\])?",
        "printed-id",
        "% has a character that no id may have; remove # / ? % & < > and quotes",
    ),
]
"""An id exactly as the official document prints it (`C02.1.01`, `4.4.2`, `Action 25`)."""
DocumentId = Annotated[
    str,
    _pattern(
        r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*",
        "document-id",
        "% is not a document id; use letters, digits, dots and hyphens, such as XX-PAN-2025",
    ),
]
LanguageCode = Annotated[
    str, _pattern(LANGUAGE.pattern, "language", "% is not a language code; use one such as fr, rn or sw")
]
Country = Annotated[
    str, _one_of(_COUNTRIES, "country", "an ISO 3166 country code; use two capitals such as BI, or XX in a model")
]
Currency = Annotated[
    str, _one_of(_CURRENCIES, "currency", "an ISO 4217 currency code; use three capitals such as USD or BIF")
]
SdgTarget = Annotated[
    str,
    _pattern(
        r"(1[0-7]|[1-9])(\.([0-9]{1,2}|[a-d]))?", "sdg", "% is not an SDG goal or target; write one such as 8.7 or 16.2"
    ),
]
Link = Annotated[
    str,
    _pattern(
        r"(https?://[^\s<>\"]+|mailto:[^\s<>\"]+|tel:\+?[0-9-]+)", "link", "% is not an address; begin it with https://"
    ),
]
BodyId = Annotated[Slug, Refers("body")]
"""The id of an organisation of plans/bodies.yml."""
Basis = Annotated[
    str,
    _pattern(
        r"[a-z0-9]+(-[a-z0-9]+)*(:.+)?",
        "basis",
        "% is not a legal basis; write the instrument's id and the article, such as palermo:6.1",
    ),
    Refers("instrument"),
]
"""An instrument of plans/instruments.yml and, after a colon, the article or paragraph."""
