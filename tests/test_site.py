"""The starter content as a whole site: every address of the contract, no broken link, the right language everywhere."""

from __future__ import annotations

import json
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from lxml import html
from referencing import Registry, Resource

from fourpress import library
from fourpress import site as sites
from site_builds import Built

pytestmark = pytest.mark.slow


def pages(built: Built) -> list[Path]:
    return sorted(built.site.rglob("*.html"))


def root_of(site: sites.Site, language: str) -> str:
    return site.root(language)


@pytest.fixture(scope="module")
def site(starter: Built) -> sites.Site:
    return sites.read(starter.root)


@pytest.fixture(scope="module")
def content(starter: Built) -> library.Library:
    return library.load(starter.root)


def test_every_address_of_the_contract_is_there_in_every_language(starter, site, content):
    missing = []
    for language in site.languages:
        start = starter.site / site.root(language)
        addresses = ["", "plans/", "sops/", "bodies/", *(f"bodies/{name}/" for name in content.bodies)]
        for plan in content.plans:
            addresses += [f"plans/{plan.slug}/", f"plans/{plan.slug}/matrix/"]
            addresses += [f"plans/{plan.slug}/{pillar.address}/" for pillar in plan.pillars]
        for sop in content.sops:
            addresses += [f"sops/{sop.slug}/", *(f"sops/{sop.slug}/{chapter.slug}/" for chapter in sop.chapters)]
        missing += [f"{language}: {name}" for name in addresses if not (start / name / "index.html").is_file()]
        for document in content.documents:
            if not (starter.site / f"documents/{document.slug}.{language}.pdf").is_file():
                missing.append(f"{document.slug}.{language}.pdf")
    assert not missing


def test_every_commitment_and_step_has_its_printed_id_as_anchor_in_every_language(starter, site, content):
    missing = []
    for language in site.languages:
        for plan in content.plans:
            for placed in plan.commitments:
                text = (
                    starter.site / site.root(language) / f"plans/{plan.slug}/{placed.pillar.address}/index.html"
                ).read_text("utf-8")
                if f'id="{placed.commitment.handle}"' not in text:
                    missing.append((language, placed.commitment.handle))
        for sop in content.sops:
            for name, (chapter, _, _) in sop.steps.items():
                text = (starter.site / site.root(language) / f"sops/{sop.slug}/{chapter.slug}/index.html").read_text(
                    "utf-8"
                )
                if f'id="{name}"' not in text:
                    missing.append((language, name))
    assert not missing


def test_no_link_and_no_anchor_of_any_page_is_broken(starter):
    ids: dict[Path, set[str]] = {}
    trees = {}
    for path in pages(starter):
        tree = html.fromstring(path.read_bytes())
        trees[path] = tree
        ids[path] = {element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")}
    broken = []
    for path, tree in trees.items():
        for element in tree.iter("a", "link", "script", "img"):
            target = element.get("href") or element.get("src") or ""
            if not target or re.match(r"(?:[a-z]+:|#$|//)", target) or element.get("rel") == "canonical":
                continue
            way, _, anchor = target.partition("#")
            if way.startswith("/"):
                found = starter.site / unquote(way).lstrip("/")
            else:
                found = Path(posixpath.normpath((path.parent / unquote(way)).as_posix())) if way else path
            if found.is_dir():
                found = found / "index.html"
            if not found.is_file():
                broken.append(f"{path.relative_to(starter.site)}: {target}")
            elif anchor and found.suffix == ".html" and unquote(anchor) not in ids[found]:
                broken.append(f"{path.relative_to(starter.site)}: {target} has no such anchor")
    assert not broken, "\n".join(sorted(set(broken))[:40])


def test_no_id_stands_twice_on_a_page(starter):
    twice = []
    for path in pages(starter):
        found = [
            element.get("id")
            for element in html.fromstring(path.read_bytes()).iter()
            if isinstance(element.tag, str) and element.get("id")
        ]
        twice += [f"{path.relative_to(starter.site)}: {name}" for name in set(found) if found.count(name) > 1]
    assert not twice


def test_each_page_says_which_language_it_is_in(starter, site):
    for language in site.languages:
        tree = html.fromstring((starter.site / site.root(language) / "index.html").read_bytes())
        assert tree.get("lang") == language
        tree = html.fromstring((starter.site / site.root(language) / "404.html").read_bytes())
        assert tree.get("lang") == language, "every language has a page of its own for what is not found"


def test_a_text_that_falls_back_is_marked_with_the_language_that_it_is_in(starter, content):
    plan = content.plans[0]
    placed = plan.commitments[0]
    words = str(placed.commitment.text)
    text = (starter.site / "rn" / f"plans/{plan.slug}/{placed.pillar.address}/index.html").read_bytes()
    carriers = [
        element
        for element in html.fromstring(text).iter("span", "p", "div")
        if (element.text or "").strip() == words.strip()
    ]
    assert carriers
    assert {element.get("lang") for element in carriers} == {"fr"}


def test_the_language_menu_leads_to_the_same_page(starter, site):
    tree = html.fromstring((starter.site / "plans/pan-2025/protection/index.html").read_bytes())
    ways = {link.get("hreflang"): link.get("href") for link in tree.iter("a") if link.get("hreflang")}
    assert set(ways) == set(site.languages)
    for language, way in ways.items():
        assert way.rstrip("/").endswith(f"{site.root(language)}plans/pan-2025/protection") or way in (".", "./")


def test_search_engines_are_told_only_of_translations_that_exist(starter):
    text = (starter.site / "sops/tip/referral/index.html").read_text("utf-8")
    told = set(re.findall(r'hreflang="([a-z-]+)">', text.split("</head>")[0]))
    assert told == {"fr", "en", "x-default"}, "the chapter has no Kirundi and no Swahili prose"


def test_each_language_searches_its_own_pages_with_and_without_accents(starter, site):
    for language in site.languages:
        index = json.loads((starter.site / site.root(language) / "search/search_index.json").read_text("utf-8"))
        places = {entry["location"] for entry in index["docs"]}
        assert "sops/tip/referral/" in places
        assert not [place for place in places if place.split("/")[0] in site.languages]
        assert not [place for place in places if place.startswith("plans/pan-2025/matrix/")], (
            "it says the same once more"
        )
        assert "stemmer" not in index["config"]["pipeline"]
    french = json.loads((starter.site / "search/search_index.json").read_text("utf-8"))
    assert any("referencement" in entry.get("fold_title", "") for entry in french["docs"])


def test_nothing_on_the_site_comes_from_elsewhere(starter):
    foreign = []
    for path in pages(starter):
        for element in html.fromstring(path.read_bytes()).iter("script", "img", "iframe", "link", "source"):
            if element.tag == "link" and (element.get("rel") or "").strip() in ("canonical", "alternate"):
                continue
            target = element.get("src") or element.get("href") or ""
            if re.match(r"(?:https?:)?//", target):
                foreign.append(f"{path.name}: {target}")
    assert not foreign


def test_the_data_is_complete_and_fits_its_published_schema(starter, content):
    schemas = starter.site / "data/schemas"
    registry = Registry().with_resources(
        (path.name, Resource.from_contents(json.loads(path.read_text("utf-8")))) for path in schemas.glob("*.json")
    )
    for plan in content.plans:
        data = json.loads((starter.site / f"data/{plan.slug}.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(
            json.loads((schemas / "plan-data.json").read_text("utf-8")), registry=registry
        ).validate(data)
        pillar = jsonschema.Draft202012Validator(
            json.loads((schemas / "pillar.json").read_text("utf-8")), registry=registry
        )
        for row in data["pillars"]:
            pillar.validate({key: value for key, value in row.items() if key != "slug"})
        assert set(data["addresses"]) == {placed.commitment.handle for placed in plan.commitments}
        first = data["pillars"][0]["objectives"][0]["commitments"][0]
        assert set(first["text"]) == {"fr", "en"}, (
            "every language in which the text is authentic or current, and no other"
        )
        rows = (starter.site / f"data/{plan.slug}.csv").read_bytes().decode("utf-8-sig").count("\r\n")
        assert rows >= len(plan.commitments) + 1
    for sop in content.sops:
        data = json.loads((starter.site / f"data/{sop.slug}.json").read_text("utf-8"))
        jsonschema.Draft202012Validator(
            json.loads((schemas / "sop-data.json").read_text("utf-8")), registry=registry
        ).validate(data)
        assert set(data["addresses"]) == set(sop.steps)


def test_what_is_restricted_is_nowhere_in_the_site(starter, content):
    whole = library.load(starter.root, "restricted")
    public = set(content.sops[0].steps)
    withheld = [str(step.text) for name, (_, _, step) in whole.sops[0].steps.items() if name not in public]
    assert withheld, "the starter procedure has steps for professionals"
    everything = "\n".join(
        path.read_text("utf-8", errors="ignore")
        for path in starter.site.rglob("*")
        if path.suffix in (".html", ".json", ".csv", ".xml", ".js")
    )
    found = [words for words in withheld if words in everything or json.dumps(words)[1:-1] in everything]
    assert not found


def test_the_summary_says_what_was_built_and_where_to_open_it(starter):
    assert "1 plan, 1 procedure (SOP), 4 languages: fr, en, sw, rn" in starter.said
    assert "8 documents" in starter.said
    assert "site/index.html" in starter.said.replace("\\", "/")
