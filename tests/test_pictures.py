"""The pictures of a plan: they say what the plan says, in every language, and can be read where they are printed."""

from __future__ import annotations

import dataclasses
import functools
import importlib.util
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import ImageFont

from fourpress import library, pictures
from fourpress import site as sites
from fourpress.library import Library, Plan
from fourpress.model import Indicator
from fourpress.model.plan import Reading
from fourpress.model.values import Date
from fourpress.pages.plans import PlanSheet
from fourpress.pages.render import Renderer
from fourpress.pictures import figures, measure, paper, parts
from fourpress.site import Site
from site_builds import PROJECT

STARTER, STATES, UTOPIA = PROJECT, PROJECT / "tests" / "united-states", PROJECT / "tests" / "utopia"
LANGUAGES = ("en", "fr", "ar")
KINDS = ("timeline", "budget", "progress", "indicators")


def load(root: Path) -> tuple[Library, Plan]:
    found = library.load(root)
    return found, found.plans[0]


def drawn(content: Library, plan: Plan, site: Site, language: str) -> dict[str, str]:
    """The four pictures of a plan as a page would show them."""
    sheet = PlanSheet(Renderer(content, site, language), f"plans/{plan.slug}/", plan, language)
    return {kind: str(getattr(pictures, kind)(sheet, getattr(figures, kind)(plan))) for kind in KINDS}


@pytest.fixture(scope="module", params=[STARTER, STATES, UTOPIA], ids=["starter", "united-states", "utopia"])
def root(request) -> Path:
    return request.param


@pytest.fixture(scope="module", params=LANGUAGES)
def shown(root: Path, request) -> dict[str, str]:
    content, plan = load(root)
    return drawn(content, plan, sites.read(root), request.param)


def elements(shown: dict[str, str], path: str) -> list[etree._Element]:
    return [
        found
        for text in shown.values()
        if text
        for found in html.fragments_fromstring(text)
        for found in found.iterfind(path)
    ]


# What they say


def test_the_sums_of_a_budget_are_those_of_the_plan_to_the_cent_in_each_currency(root):
    _, plan = load(root)
    lines = [line for placed in plan.commitments for line in placed.commitment.budget]
    money = figures.budget(plan)
    assert [one.currency for one in money] == list(dict.fromkeys(line.currency for line in lines))
    for one in money:
        total = sum((line.amount for line in lines if line.currency == one.currency), Decimal(0))
        gap = sum(
            (line.amount for line in lines if (line.currency, line.state) == (one.currency, "to-mobilise")), Decimal(0)
        )
        assert (one.whole.total, one.whole.gap) == (total, gap)
        for rows in (one.pillars, one.years, one.sources):
            assert sum((sums.total for _, sums in rows), Decimal(0)) == total
            assert sum((sums.gap for _, sums in rows), Decimal(0)) == gap


def test_cents_are_kept_and_currencies_stand_apart():
    _, plan = load(UTOPIA)
    dollars, francs = figures.budget(plan)
    assert (dollars.currency, francs.currency) == ("USD", "BIF")
    assert dollars.whole.total == Decimal("12000.50") + sum(
        line.amount for placed in plan.commitments[1:] for line in placed.commitment.budget if line.currency == "USD"
    )


def test_every_commitment_is_counted_once_by_pillar_and_once_for_each_lead():
    _, plan = load(STARTER)
    standing = figures.progress(plan)
    assert standing.whole.total == len(plan.commitments)
    assert sum(own.total for _, own in standing.pillars) == len(plan.commitments)
    assert sum(own.total for _, own in standing.leads) == sum(len(one.commitment.lead) or 1 for one in plan.commitments)
    reported = {name for period in plan.progress for name in period.commitments}
    assert standing.whole.reported == len(reported)
    assert standing.whole.amounts["unreported"] == len(plan.commitments) - len(reported)


def test_a_timeline_holds_every_commitment_with_a_deadline_and_every_date():
    for root in (STARTER, STATES):
        _, plan = load(root)
        found = figures.timeline(plan)
        bars = [bar for _, own in found.pillars for bar in own]
        assert [bar.placed for bar in bars] == [one for one in plan.commitments if one.commitment.due]
        for bar in bars:
            assert all(0 <= found.place(date.last) <= 1 for date in bar.deadlines)
            assert [date.last for date in bar.deadlines] == sorted(date.last for date in bar.deadlines)


def way(baseline: int | None, target: int, value: int | None) -> figures.Way:
    _, plan = load(STARTER)
    indicator = Indicator.model_construct(
        id="x", baseline=None if baseline is None else Reading.model_construct(value=Decimal(baseline), year=None)
    )
    goal = Reading.model_construct(value=Decimal(target), year=2028)
    reached = None if value is None else Decimal(value)
    return figures.Way(plan.commitments[0], indicator, reached, Date(2026) if value is not None else None, (goal,))


@pytest.mark.parametrize(
    ("baseline", "target", "value", "place", "reached"),
    [
        (0, 10, 5, 0.5, False),
        (10, 2, 6, 0.5, False),
        (10, 2, 12, -0.25, False),
        (10, 2, 1, 1.125, True),
        (None, 8, 2, 0.25, False),
        (5, 5, 5, 1, True),
        (5, 5, 3, 0, False),
        (0, 0, 0, 1, True),
    ],
)
def test_a_longer_way_is_always_better_whether_the_figure_is_to_rise_or_to_fall(
    baseline, target, value, place, reached
):
    one = way(baseline, target, value)
    assert one.value is not None
    assert one.place(one.value) == pytest.approx(place)
    assert one.reached is reached


def test_an_indicator_without_a_value_says_so():
    content, plan = load(STARTER)
    silent = [one for _, ways in figures.indicators(plan) for one in ways if one.value is None]
    shown = drawn(content, plan, sites.read(STARTER), "en")["indicators"]
    assert silent
    assert not silent[0].reached
    assert shown.count(">no value reported</text>") == len(silent)
    assert shown.count(">no value reported</td>") == len(silent)


def test_every_figure_of_a_drawing_stands_in_its_table(shown):
    for figure in elements(shown, "."):
        if figure.tag != "figure":
            continue
        twin = " ".join(" ".join(table.itertext()) for table in figure.iter("table"))
        for text in figure.iter("text"):
            if text.get("class") == "axis":  # the scale, not a figure
                continue
            for number in re.findall(r"\d[\d.,\u00a0\u202f]*\d|\d", text.text):
                assert number in twin, f"{number} of {text.text!r} stands in no table"


def test_every_picture_has_a_title_a_description_and_a_table(shown):
    for figure in elements(shown, "."):
        assert figure.tag == "figure"
        assert figure.findtext("figcaption") is not None
        assert figure.find(".//table/thead") is not None
        for svg in figure.iter("svg"):
            assert svg.get("role") == "img"
            named = [figure.get_element_by_id(name) for name in svg.get("aria-labelledby").split()]
            assert [element.tag for element in named] == ["title", "desc"]
            assert all(element.text.strip() for element in named)


def test_a_plan_with_nothing_to_draw_gives_nothing():
    content, plan = load(STARTER)
    bare = tuple(
        pillar.model_copy(
            update={
                "objectives": (),
                "commitments": tuple(
                    placed.commitment.model_copy(update={"due": (), "budget": (), "indicators": ()})
                    for placed in library.commitments_of(pillar)
                ),
            }
        )
        for pillar in plan.pillars
    )
    for empty in (
        dataclasses.replace(plan, pillars=bare, progress=()),
        dataclasses.replace(plan, pillars=(), progress=()),
    ):
        assert drawn(content, empty, sites.read(STARTER), "fr") == dict.fromkeys(KINDS, "")


# How they say it


def test_a_drawing_holds_nothing_that_a_strict_policy_forbids(shown):
    for text in shown.values():
        assert not re.search(r"<(script|style|foreignObject|image|a)\b", "".join(re.findall(r"<svg.*?</svg>", text)))
        assert not re.search(r"<[^>]+\s(style|on\w+)=", text)
        for target in re.findall(r'(?:href|src)="([^"]*)"', "".join(re.findall(r"<svg.*?</svg>", text))):
            assert target.startswith("#")
        for target in re.findall(r"url\(([^)]*)\)", text):
            assert target.startswith("#")


@pytest.mark.parametrize("language", ["rn", "sw"])
def test_a_word_that_falls_back_to_another_language_never_breaks_an_attribute(language):
    for text in drawn(*load(STARTER), sites.read(STARTER), language).values():
        tree = html.fragments_fromstring(text)
        assert [one for one in tree if isinstance(one, str)] == []
        for one in tree:
            assert "<" not in "".join(one.itertext())
            assert ">" not in "".join(one.itertext())
            assert {"class", "role", "tabindex", "aria-label"} == set(one.find("div").attrib)


def test_every_id_is_there_once_and_every_reference_leads_somewhere(shown):
    text = "".join(shown.values())
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    wanted = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', "".join(re.findall(r"<svg.*?</svg>", text)))
    assert {name for pair in wanted for name in pair if name} <= set(ids)


def test_the_same_plan_gives_the_same_bytes(root):
    site = sites.read(root)
    assert drawn(*load(root), site, "fr") == drawn(*load(root), site, "fr")


def test_every_state_has_a_pattern_of_its_own():
    for names in (figures.STATES, figures.STANDINGS):
        fills = [parts.FILLS[name] for name in names]
        assert len(set(fills)) == len(fills)


FONTS = {
    package: next(
        path
        for folder in importlib.util.find_spec(package).submodule_search_locations
        for path in Path(folder).rglob("*.ttf")
        if "Italic" not in path.name
    ).read_bytes()
    for package in ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
}
SCALE = 10  # fonts are measured large, so that hinting does not round


@functools.cache
def real_width(text: str, size: float, *, bold: bool = False) -> float:
    total = 0.0
    for run in re.findall(r"[\u0600-\u06ff]+|[^\u0600-\u06ff]+", text):
        arabic = "\u0600" <= run[0] <= "\u06ff"
        font = font_of("fontpkg_noto_sans_arabic" if arabic else "fontpkg_noto_sans", round(size * SCALE), bold)
        total += font.getlength(re.sub(r"[\u2066-\u2069]", "", run)) / SCALE
    return total


@functools.cache
def font_of(package: str, size: int, bold: bool) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(io.BytesIO(FONTS[package]), size)
    axes = font.get_variation_axes()
    font.set_variation_by_axes(
        [600 if bold and axis["name"] in (b"Weight", "Weight") else axis["default"] for axis in axes]
    )
    return font


def boxes(svg: etree._Element, wide: float) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right and bottom of every text of a drawing so many pixels wide."""
    found = []
    for shape in paper.drawing(svg)["shapes"]:
        if shape["kind"] == "text":
            length = real_width(shape["words"], shape["size"], bold=shape["bold"])
            left = (
                shape["x"][0] / 100 * wide
                + shape["x"][1]
                - length * {"left": 0, "center": 0.5, "right": 1}[shape["side"]]
            )
            found.append(
                (
                    left,
                    shape["y"] - shape["size"] * 0.8,
                    left + length,
                    shape["y"] + shape["size"] * 0.22,
                    shape["words"],
                )
            )
    return found


def test_no_two_words_of_a_drawing_meet_and_none_leaves_it(shown):
    for svg in elements(shown, ".//svg"):
        for wide in (measure.NARROW, 620):
            places = boxes(svg, wide)
            for number, one in enumerate(places):
                assert one[0] >= -0.5, f"{one[4]!r} begins outside"
                assert one[2] <= wide + 0.5, f"{one[4]!r} ends outside"
                assert one[3] <= float(svg.get("height")), f"{one[4]!r} stands under the drawing"
                for other in places[number + 1 :]:
                    apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                    assert apart, f"{one[4]!r} meets {other[4]!r} at {wide}"


def test_no_letter_is_smaller_than_eleven_pixels_and_a_drawing_never_shrinks(shown):
    for svg in elements(shown, ".//svg"):
        assert svg.get("viewbox") is None  # with it, letters would shrink with the picture
        assert svg.get("width") == "100%"
        sizes = [float(text.get("font-size") or svg.get("font-size")) for text in svg.iter("text")]
        assert min(sizes) >= 11


def test_words_are_never_wider_than_reckoned(shown):
    for svg in elements(shown, ".//svg"):
        for shape in paper.drawing(svg)["shapes"]:
            if shape["kind"] == "text":
                words, size, bold = shape["words"], shape["size"], shape["bold"]
                assert real_width(words, size, bold=bold) <= measure.width(words, size, bold=bold) + 0.5, words


def test_right_to_left_every_place_is_mirrored():
    content, plan = load(STARTER)
    site = sites.read(STARTER)
    there, back = (drawn(content, plan, site, language)["timeline"] for language in ("en", "ar"))
    marks = [
        [float(x) for x in re.findall(r'class="diamond" href="[^"]+" x="([\d.]+)%"', text)] for text in (there, back)
    ]
    assert len(marks[0]) > 50
    assert marks[1] == pytest.approx([100 - x for x in marks[0]], abs=0.011)
    number = plan.commitments[0].commitment.id
    assert re.search(rf'<text x="100%" [^>]*text-anchor="end" direction="ltr"[^>]*>{re.escape(number)}</text>', back)


def test_a_label_that_is_too_long_ends_in_an_ellipsis():
    lines = measure.wrapped("Organisation intergouvernementale " * 6, 200, 13)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(measure.width(line, 13) <= 200 for line in lines)
    assert measure.wrapped("Anticonstitutionnellement" * 3, 200, 13)[0].endswith("…")
    assert measure.wrapped("court", 200, 13) == ["court"]


# On paper


def test_what_paper_draws_is_what_the_screen_shows(shown):
    for svg in elements(shown, ".//svg"):
        shapes = paper.drawing(svg)["shapes"]
        assert [shape["words"] for shape in shapes if shape["kind"] == "text"] == [
            text.text for text in svg.iter("text")
        ]
        assert len(shapes) == len([child for child in svg if child.tag in ("rect", "line", "use", "text")])
        assert svg.findtext("desc") in paper.alternative(svg)


@pytest.mark.parametrize("language", ["ar", "fr", "rn", "sw"])
def test_no_word_of_the_interface_is_wider_than_reckoned(language):
    catalogue = (PROJECT / "hooks" / "fourpress" / "words" / f"{language}.po").read_text("utf-8")
    said = [one for one in re.findall(r'msgstr "(.+)"', catalogue) if "\\n" not in one]
    assert len(said) > 100
    for words in said:
        assert real_width(words, 13) <= measure.width(words, 13) + 0.5, words
