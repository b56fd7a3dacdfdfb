"""What is known of a language: its direction, its own name, how it writes dates, numbers, money and lists (CLDR)."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_precision
from babel.units import format_unit

from fourpress.languages import words
from fourpress.languages.words import Said
from fourpress.model.values import Date, Span

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ks", "ku-Arab", "ps", "sd", "ug", "ur", "yi"})
# Names that CLDR lacks or writes in another way than the countries that use the language.
OWN_NAMES = {
    "rn": "Ikirundi",
    "rw": "Ikinyarwanda",
    "sg": "Sängö",
    "ln": "Lingála",
    "kg": "Kikongo",
    "ktu": "Kikongo ya leta",
    "lua": "Tshiluba",
    "sw": "Kiswahili",
    "swc": "Kiswahili (Kongo)",
}


def base(code: str) -> str:
    """`fr` of `fr-CD`."""
    return code.split("-", maxsplit=1)[0]


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if code in RIGHT_TO_LEFT or base(code) in RIGHT_TO_LEFT or "-Arab" in code else "ltr"


@functools.cache
def own_name(code: str) -> str:
    """The language's name in itself, with a capital as in a menu; the code where nothing is known."""
    if code in OWN_NAMES:
        return OWN_NAMES[code]
    try:
        name = Locale.parse(code, sep="-").get_display_name() or code
    except (UnknownLocaleError, ValueError):
        return code
    return name[:1].upper() + name[1:]


@functools.cache
def _known_locale(code: str) -> Locale | None:
    try:
        return Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@functools.cache
def _locale(codes: tuple[str, ...]) -> Locale:
    """CLDR's data for the first language of a chain that it knows."""
    return next((locale for code in codes if (locale := _known_locale(code))), Locale("en"))


@dataclass(frozen=True)
class Writing:
    """How dates, numbers and lists are written for readers of a chain of languages.

    Digits stay European in every language: printed ids, laws and phone numbers use them, and one page must not have two
    kinds. `chain` runs from the reader's language to the last fallback; `language` is the one that CLDR had data for, so
    that a page can mark what it wrote in another language.
    """

    chain: tuple[str, ...]

    @property
    def locale(self) -> Locale:
        """The data used."""
        return _locale(self.chain)

    @property
    def language(self) -> str:
        """The language in which dates and the like are really written."""
        return next((code for code in self.chain if base(code) == self.locale.language), self.locale.language)

    def date(self, date: Date | datetime.date) -> str:
        """`31 décembre 2026`, `décembre 2026` or `2026`: as precise as it was promised."""
        if isinstance(date, datetime.date):
            return format_date(date, "long", locale=self.locale)
        if date.day:
            return format_date(date.first, "long", locale=self.locale)
        if date.month:
            return format_skeleton("yMMMM", date.first, locale=self.locale)
        return str(date.year)

    def period(self, first: Date, last: Date) -> str:
        """Both ends with a dash; `2025 – 2028` when the months are whole years'."""
        if (first.month or 1, last.month or 12) == (1, 12) and not (first.day or last.day):
            return f"{first.year}–{last.year}" if first.year != last.year else str(first.year)
        return f"{self.date(first)} – {self.date(last)}"

    def number(self, value: Decimal | int) -> str:
        """With the language's separators and no more decimals than were written."""
        value = Decimal(value)
        places = max(0, -int(value.normalize().as_tuple().exponent))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return format_decimal(value, format=pattern, locale=self.locale)

    def money(self, amount: Decimal, currency: str) -> str:
        """Amount and ISO code: symbols differ from country to country, codes do not."""
        places = get_currency_precision(currency) if amount != amount.to_integral_value() else 0
        digits = format_decimal(amount, format="#,##0" + ("." + "0" * places if places else ""), locale=self.locale)
        return f"{digits}\u00a0{currency}"

    def span(self, span: Span) -> Said | None:
        """`24 heures`, in the first language of the chain that has a word for the unit; None when none has.

        CLDR has no units for Kirundi, Sango or Swahili; where our own words have them (`span: h`), they are used.
        """
        unit = Span.BABEL_UNITS[span.unit]
        for code in self.chain:
            own = words.word(f"span: {span.unit}", (code,))
            if own.language == code and "{number}" in own.words:
                return Said(own.words.format(number=span.amount), code)
            locale = _known_locale(code)
            if locale:
                text = format_unit(span.amount, unit, "long", locale=locale)
                if base(code) == "en" or not text.endswith(f" {unit}"):  # Babel's makeshift where CLDR has nothing
                    return Said(text, code)
        return None

    def listing(self, items: Iterable[str]) -> str:
        """`a, b et c`."""
        return format_list(list(items), locale=self.locale)


def likely_script(code: str) -> str:
    """ISO 15924 code of the script that a language is mostly written in; Latn when unknown."""
    likely: Mapping[str, str] = get_global("likely_subtags")
    found = likely.get(code.replace("-", "_")) or likely.get(base(code))
    parts = found.split("_") if found else []
    return next((part for part in parts if len(part) == 4), "Latn")
