"""The data dictionary in every language: it says what the model says, or says in which language it does."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from lxml import html as parser

from fourpress import pages
from fourpress.exports import dictionary
from fourpress.exports.dictionary import all_rows, context, description, heading, kind
from fourpress.library import Library
from fourpress.model import Commitment
from fourpress.pages import data
from fourpress.pages.page import Page, source_of
from fourpress.site import Site

WHOLE = ("fr",)
"""Languages in which nothing may be missing."""
SITE = Site(languages=("fr", "en", "rn"), fallbacks={"rn": ("fr", "en")})
HEADINGS = ("record", "key", "type", "required", "language", "description")
MARKS = re.compile(r"`[^`]*`|<[^>]*>|\b[\w<>/-]+\.(?:yml|csv|xlsx)\b")


class Changed(Commitment):
    """A promise that nobody has translated yet."""

    noun: ClassVar[str] = "commitment"
    text: Any
    """The commitment, in a description that was rewritten this morning."""


def entries(language: str) -> Iterator[Message]:
    content = (dictionary.FOLDER / f"{language}.po").read_bytes()
    return (message for message in read_po(io.BytesIO(content)) if message.id)


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def changed() -> list[dict[str, str]]:
    return [line for line in dictionary.dictionary(Changed) if line["record"] == "commitment"]


# Catalogues


@pytest.mark.parametrize("language", WHOLE)
def test_every_description_has_a_translation_of_exactly_these_words(language: str):
    missing = [context(line) for line in all_rows() if description(line, (language,)).language != language]
    assert not missing, f"translate in exports/dictionaries/{language}.po"


@pytest.mark.parametrize("language", WHOLE)
def test_every_type_and_heading_and_name_of_a_record_is_translated(language: str):
    names = {line["record"] for line in all_rows() if line["type"] == "record"}
    types = {line["type"] for line in all_rows()}
    said = {name: kind(name, (language,)) for name in sorted(names | types | {"yes", "no"})}
    said |= {name: heading(name, (language,)) for name in HEADINGS}
    assert [name for name, one in said.items() if one.language != language] == []


@pytest.mark.parametrize("language", sorted(set(dictionary.languages()) - {"en"}))
def test_no_catalogue_keeps_what_the_model_no_longer_says(language: str):
    told = {(context(line), line["description"]) for line in all_rows()}
    left = [
        (one.context, one.id) for one in entries(language) if one.context not in (dictionary.TYPE, dictionary.COLUMN)
    ]
    assert [one for one in left if one not in told] == []
    assert len(left) == len(set(left))


@pytest.mark.parametrize("language", sorted(set(dictionary.languages()) - {"en"}))
def test_no_markup_is_lost_in_translation(language: str):
    for one in entries(language):
        assert sorted(MARKS.findall(str(one.string))) == sorted(MARKS.findall(str(one.id))), one.context
        assert str(one.id).count("{of}") == str(one.string).count("{of}")
        assert str(one.string).count("`") % 2 == 0


def test_french_has_its_spaces_and_apostrophes():
    for one in entries("fr"):
        prose = re.sub(r"`[^`]*`", "", str(one.string))
        assert not re.search(r"(?<=[^\s\u00a0])[;!?»]|[ ][:;!?»]|« |'", prose), one.string


def test_no_context_of_a_record_is_one_of_ours():
    assert not {context(line) for line in all_rows()} & {dictionary.TYPE, dictionary.COLUMN}
    contexts = [context(line) for line in all_rows()]
    assert len(contexts) == len(set(contexts))


# A changed description


def test_a_changed_docstring_falls_back_to_english_and_says_so():
    own, *keys = changed()
    (text,) = [line for line in keys if line["key"] == "text"]
    for line in (own, text):
        said = description(line, ("fr",))
        assert (said.words, said.language) == (line["description"], "en")
    (due,) = [line for line in keys if line["key"] == "due"]
    assert description(due, ("fr",)).language == "fr"


def test_a_changed_docstring_is_in_no_other_language_of_the_json():
    told = {line["key"]: line["description"] for line in dictionary.in_all(changed())}
    assert set(told["text"]) == {"en"}
    assert set(told["due"]) == set(dictionary.languages())


def test_a_type_with_one_unknown_word_is_english_as_a_whole():
    assert kind("list: commitment", ("fr",)).words == "liste\u00a0: engagement"
    said = kind("list: something new", ("fr",))
    assert (said.words, said.language) == ("list: something new", "en")


def test_what_is_written_in_files_is_never_translated():
    said = kind("one or more: one of shelter, medical", ("fr",)).words
    assert said.endswith("shelter, medical")


def test_a_reader_gets_the_next_language_of_the_chain():
    line = next(line for line in all_rows() if context(line) == "commitment.due")
    assert description(line, ("rn", "fr", "en")).language == "fr"
    assert description(line, ("sw", "en", "fr")).language == "en"
    assert description(line, ("fr-CD", "fr")).language == "fr-CD"
    assert description(line, ("rn",)).language == "en"


# Files


def test_there_is_a_table_for_each_language_of_the_site_and_one_json():
    assert set(dictionary.files(SITE)) == {"dictionary.json", *(f"dictionary.{code}.csv" for code in SITE.languages)}


def test_each_line_says_in_which_language_its_description_is():
    files = dictionary.files(SITE)
    for code, expected in (("fr", {"fr"}), ("en", {"en"}), ("rn", {"fr"})):
        lines = table(files[f"dictionary.{code}.csv"])
        assert tuple(lines[0]) == HEADINGS
        assert {line["language"] for line in lines} == expected
        assert [(line["record"], line["key"]) for line in lines] == [
            (line["record"], line["key"]) for line in all_rows()
        ]


def test_the_json_has_each_language_that_is_current_and_the_words_of_the_tables():
    files = dictionary.files(SITE)
    told = json.loads(files["dictionary.json"])
    for code in ("fr", "en"):
        lines = table(files[f"dictionary.{code}.csv"])
        for name in ("type", "description"):
            assert [line[name][code] for line in told] == [line[name] for line in lines]
    english = [line | {"type": line["type"]["en"], "description": line["description"]["en"]} for line in told]
    assert english == all_rows()


def test_the_same_model_gives_the_same_bytes():
    first = dictionary.files(SITE)
    dictionary._catalogue.cache_clear()
    assert dictionary.files(SITE) == first
    assert dictionary.files(replace(SITE, languages=("rn", "fr", "en")))["dictionary.json"] == first["dictionary.json"]


# The page


def page_of(library: Library, site: Site, language: str) -> Page:
    (page,) = [page for page in pages.pages(library, site, language) if page.address == data.ADDRESS]
    return page


def test_the_page_has_every_key_and_every_description(public: Library, site: Site):
    text = html.unescape(re.sub(r"<[^>]+>", "", page_of(public, site, "fr").markdown))
    for line in all_rows():
        assert description(line, site.chain("fr")).words.replace("`", "") in text
    keys = re.findall(r'<th scope="row"><code dir="ltr">([^<]*)</code>', page_of(public, site, "fr").markdown)
    wanted = [line["key"] for line in all_rows() if line["key"] and line["key"] != "audience"]
    assert sorted(html.unescape(key) for key in keys) == sorted([*wanted, "audience"])


def test_the_page_links_the_data_of_each_document(public: Library, site: Site):
    made = {f"data/{name}" for name in dictionary.files(site)}
    for language in site.languages:
        root = "../" * (1 + site.root(language).count("/"))
        links = {
            link.removeprefix(root) for link in re.findall(r'href="([^"]+)"', page_of(public, site, language).markdown)
        }
        for plan in public.plans:
            assert {f"data/{plan.slug}{ending}" for ending in (".xlsx", ".json", ".csv", "-budget.csv")} <= links
        for sop in public.sops:
            assert {f"data/{sop.slug}.csv", f"data/{sop.slug}.json"} <= links
        assert {f"data/dictionary.{language}.csv", "data/dictionary.json"} == links & made


def test_what_falls_back_is_marked(public: Library, site: Site):
    markdown = page_of(public, site, "rn").markdown
    tree = parser.fromstring(f"<div>{markdown}</div>")
    words = [cell.xpath("normalize-space()") for cell in tree.xpath("//td[not(span[@lang])]")]
    assert words == []
    assert not tree.xpath('//span[@lang="rn"]')
    assert "<span" not in page_of(public, site, "en").markdown.split("dictionary-every-element", 1)[1]


def test_anchors_are_unique_and_no_name_becomes_markup(public: Library, site: Site):
    for language in site.languages:
        markdown = page_of(public, site, language).markdown
        anchors = re.findall(r"\{#([^}]+)\}", markdown)
        assert len(anchors) == len(set(anchors))
        assert not re.search(r"<(plan|sop|language|currency|period|date|pillar|NN-chapter)>", markdown)
        assert set(re.findall(r'aria-labelledby="([^"]+)"', markdown)) <= set(anchors)


def test_the_page_has_its_line_in_the_menu_and_does_not_stand_among_the_files(public: Library, site: Site):
    assert source_of(data.ADDRESS) == "open-data.md"
    assert not data.ADDRESS.startswith("data/")
    for language in site.languages:
        sources = [source for entry in pages.menu(public, site, language) for source in entry.sources()]
        assert sources.count("open-data.md") == 1
