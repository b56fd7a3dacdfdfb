"""The small values: what an author writes comes back the same, and what cannot be is refused in one line."""

from __future__ import annotations

import calendar
import contextlib
import datetime
from decimal import Decimal
from typing import Any

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourpress.model.values import (
    Basis,
    Country,
    Currency,
    Date,
    DocumentId,
    LanguageCode,
    Link,
    Number,
    PrintedId,
    SdgTarget,
    Slug,
    Span,
    Text,
)


def accepted(kind: Any, value: Any) -> Any:
    """The value as a record holds it."""
    return pydantic.TypeAdapter(kind).validate_python(value)


def refused(kind: Any, value: Any) -> tuple[str, str]:
    """(rule, message) of the refusal."""
    with pytest.raises(pydantic.ValidationError) as told:
        accepted(kind, value)
    (error,) = told.value.errors()
    return error["type"], error["msg"]


# Dates


@given(day=st.dates())
def test_a_day_comes_back_as_it_was_written(day: datetime.date) -> None:
    date = accepted(Date, day.isoformat())
    assert str(date) == day.isoformat()
    assert date.first == date.last == day


@given(year=st.integers(1, 9999), month=st.integers(1, 12))
def test_a_month_lasts_from_its_first_day_to_its_last(year: int, month: int) -> None:
    date = accepted(Date, f"{year:04d}-{month:02d}")
    assert str(date) == f"{year:04d}-{month:02d}"
    assert date.first == datetime.date(year, month, 1)
    assert date.last == datetime.date(year, month, calendar.monthrange(year, month)[1])


@given(year=st.integers(1, 9999))
def test_a_promise_for_a_year_is_late_in_the_next(year: int) -> None:
    date = accepted(Date, f"{year:04d}")
    assert str(date) == f"{year:04d}"
    assert (date.first, date.last) == (datetime.date(year, 1, 1), datetime.date(year, 12, 31))


@given(year=st.integers(0, 9999), month=st.integers(0, 99), day=st.integers(0, 99))
def test_what_three_numbers_mean_is_decided_by_the_calendar(year: int, month: int, day: int) -> None:
    written = f"{year:04d}-{month:02d}-{day:02d}"
    try:
        real = datetime.date(year, month, day)
    except ValueError:
        assert refused(Date, written) == ("date", f"'{written}' is not in the calendar; correct the month or the day")
    else:
        assert accepted(Date, written).first == real


@pytest.mark.parametrize(
    "written", ["2026-02-30", "2025-02-29", "2026-13", "2026-00", "2026-05-00", "2026-00-00", "0000", "0000-01-01"]
)
def test_a_date_that_the_calendar_lacks_is_refused(written: str) -> None:
    assert refused(Date, written)[0] == "date"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "26-05-01",
        "2026-5",
        "2026/05/01",
        "01.05.2026",
        "2026-05-01T00:00",
        " 2026",
        "2026\n",
        "20260501",
        "٢٠٢٦",
        "-2026",
        "2026-",
        "fin 2026",
        ["2026"],
        {},
        None,
        2026,
    ],
)
def test_what_is_no_date_is_refused_with_three_examples(written: Any) -> None:
    rule, message = refused(Date, written)
    assert rule == "date"
    assert "expected a date such as 2026, 2026-12 or 2026-12-31" in message


@given(text=st.text(max_size=12))
def test_a_date_is_printed_as_written_or_refused(text: str) -> None:
    with contextlib.suppress(pydantic.ValidationError):
        assert str(accepted(Date, text)) == text


@given(day=st.dates())
def test_dates_that_print_the_same_are_the_same(day: datetime.date) -> None:
    one, other = Date.parse(day.isoformat()), Date.parse(day.isoformat())
    assert one == other
    assert hash(one) == hash(other)
    assert one != Date.parse(f"{day:%Y-%m}" if day.year > 999 else "2026")
    assert accepted(Date, one) is one


# Spans

SPANS = st.tuples(
    st.integers(1, 9999), st.sampled_from(["min", "h", "day", "days", "week", "weeks", "month", "months"])
)


@given(span=SPANS, gap=st.sampled_from(["", " "]))
def test_a_span_comes_back_the_same_from_what_it_prints(span: tuple[int, str], gap: str) -> None:
    amount, unit = span
    read = accepted(Span, f"{amount}{gap}{unit}")
    assert accepted(Span, str(read)) == read
    assert hash(accepted(Span, str(read))) == hash(read)
    assert (read.amount, read.immediate) == (amount, False)


def test_immediately_comes_before_everything() -> None:
    now = accepted(Span, "immediately")
    assert now.immediate
    assert str(now) == "immediately"
    assert now.minutes < accepted(Span, "1 min").minutes


def test_spans_of_different_units_can_be_compared_by_their_minutes() -> None:
    written = [
        "immediately",
        "1 min",
        "59 min",
        "1 h",
        "23 h",
        "1 day",
        "6 days",
        "1 week",
        "4 weeks",
        "1 month",
        "2 months",
    ]
    minutes = [accepted(Span, span).minutes for span in written]
    assert minutes == sorted(set(minutes))


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "0 h",
        "0",
        "-1 h",
        "24",
        "h",
        "1.5 h",
        "24  h",
        "24\u00a0h",
        "10000 h",
        "24 H",
        "24 hours",
        "1 year",
        "٢ h",
        "Immediately",
        ["24 h"],
        {},
        None,
        24,
    ],
)
def test_what_is_no_span_is_refused_with_three_examples(written: Any) -> None:
    rule, message = refused(Span, written)
    assert rule == "span"
    assert "such as immediately, 24 h or 7 days" in message


# Numbers


@given(number=st.decimals(-(10**14), 10**14, allow_nan=False, places=2))
def test_a_number_keeps_every_decimal_that_was_written(number: Decimal) -> None:
    read = accepted(Number, f"{number:f}")
    assert read == number
    assert f"{read:f}" == f"{number:f}"


@given(number=st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_stays_whole(number: int) -> None:
    assert accepted(Number, str(number)) == number


@pytest.mark.parametrize(
    "written",
    [
        "",
        "12 000",
        "12\u00a0000",
        "12\u202f000",
        "1,50",
        "12,000",
        "1e3",
        "NaN",
        "inf",
        "-",
        ".5",
        "5.",
        "+5",
        "0x10",
        "1_000",
        "٣",
        "½",
        "five",
        "1" * 16,
        "0.1234567",
        " 1",
        "1\n",
        [],
        {},
        None,
    ],
)
def test_what_is_no_plain_number_is_refused(written: Any) -> None:
    rule, message = refused(Number, written)
    assert rule == "number"
    assert "120000 or 1250.50" in message


# Text


@given(words=st.text(max_size=80))
def test_text_that_has_been_read_reads_the_same_again(words: str) -> None:
    if words.strip():
        text = accepted(Text, words)
        assert accepted(Text, str(text)) == text
        assert accepted(Text, text) is text
    else:
        assert refused(Text, words)[0] == "empty-value"


@given(words=st.text(max_size=80))
def test_reading_text_changes_white_space_only(words: str) -> None:
    try:
        text = accepted(Text, words)
    except pydantic.ValidationError:
        return
    assert "".join(str(text).split()) == "".join(words.split())


def test_a_single_line_break_is_layout_and_a_blank_line_is_a_paragraph() -> None:
    assert str(accepted(Text, "  one\n  two \n\n\t\n three\n")) == "one two\n\nthree"


@given(words=st.text("a \t\n", max_size=40))
def test_no_paragraph_of_a_text_is_empty(words: str) -> None:
    try:
        text = accepted(Text, words)
    except pydantic.ValidationError:
        return
    assert all(paragraph.strip() == paragraph != "" for paragraph in str(text).split("\n\n"))


def test_plain_text_is_in_the_first_official_language() -> None:
    assert accepted(Text, "la lampe").authentic(("fr", "en")) == {"fr": "la lampe"}


def test_text_may_have_one_wording_for_each_official_language() -> None:
    text = accepted(Text, {"en": "the lamp", "fr": " la\n lampe "})
    assert text.authentic(("fr", "en")) == {"en": "the lamp", "fr": "la lampe"}
    assert text == Text({"en": "the lamp", "fr": "la lampe"})


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("", "empty-value"),
        (" \n\t", "empty-value"),
        ({}, "empty-value"),
        ({"fr": ""}, "empty-value"),
        ({"french": "la lampe"}, "language"),
        ({"FR": "la lampe"}, "language"),
        ({"fr": ["la lampe"]}, "text"),
        (["la lampe"], "text"),
        (1, "text"),
        (None, "text"),
    ],
)
def test_what_is_no_text_is_refused(written: Any, rule: str) -> None:
    assert refused(Text, written)[0] == rule


# Words of a pattern


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Slug, ["a", "social-affairs", "2025-s1", "1"], ["", "A", "a_b", "a--b", "-a", "a-", "a b", "é", "a/b", "a\n"]),
        (
            PrintedId,
            ["1.1", "C02.1.01", "Action 25", "4.4.2 (a)", "É-1", "١"],
            ["", " 1", "1 ", "1/2", "1#2", "1?", "100%", "a\nb", "<b>", 'a"b', "a'b", "a&b", "a`b", "a\\b"],
        ),
        (DocumentId, ["XX-PAN-2025", "BI-PAN-1.0", "a"], ["", "XX PAN", "XX_PAN", "-XX", "XX-", "XX--1", "É"]),
        (
            LanguageCode,
            ["fr", "rn", "swc", "fr-CD", "sr-Latn", "ku-Arab-IQ"],
            ["", "french", "FR", "fr-cd", "f", "fr_CD", "fr-"],
        ),
        (Country, ["BI", "CD", "CF", "NO", "XX"], ["", "bi", "Burundi", "EUR", "001", "ZZZ"]),
        (Currency, ["USD", "BIF", "CDF", "XAF"], ["", "usd", "$", "FBu", "franc", "XYZ"]),
        (
            SdgTarget,
            ["1", "17", "8.7", "16.2", "5.a", "17.19"],
            ["", "0", "18", "18.1", "8.7.1", "8,7", "8.", "goal 8"],
        ),
        (
            Link,
            ["https://www.example.org/a?b=c#d", "mailto:a@example.org", "tel:+000-1"],
            ["", "www.example.org", "javascript:alert(1)", "https://a b", "ftp://a", "//a", 'https://a"b', "tel:one"],
        ),
        (Basis, ["charter", "charter:7.1", "night-law:art. 2 (b)"], ["", "Charter", "charter 7", "charter:", ":7"]),
    ],
    ids=["slug", "printed-id", "document-id", "language", "country", "currency", "sdg", "link", "basis"],
)
def test_words_of_a_pattern_are_kept_to_the_letter_or_refused(kind: Any, good: list[str], bad: list[str]) -> None:
    for word in good:
        assert accepted(kind, word) == word
    for word in bad:
        rule, message = refused(kind, word)
        assert rule.replace("-", "").isalpha(), word
        assert message[:1] == "'" or message.islower(), word


@given(word=st.text("{}%a/", min_size=1, max_size=6).filter(lambda word: word.strip("a")))
def test_a_refusal_shows_the_word_exactly_once_and_as_it_was_written(word: str) -> None:
    _, message = refused(Slug, word)
    assert message == f"{word!r} is not an id; use small letters, digits and hyphens, such as social-affairs"


@given(word=st.text("{}%", min_size=1, max_size=6))
def test_a_refused_number_or_date_is_shown_as_it_was_written(word: str) -> None:
    assert repr(word) in refused(Number, word)[1]
    assert repr(word) in refused(Date, word)[1]
    assert repr(word) in refused(Span, word)[1]


def test_a_refused_printed_id_names_the_characters_that_it_may_not_have() -> None:
    assert refused(PrintedId, "1/2")[1] == "'1/2' has a character that no id may have; remove # / ? % & < > and quotes"
