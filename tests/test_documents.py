"""The PDFs: they open, speak their language, can be navigated and read aloud, and are made only once."""

from __future__ import annotations

import io
import re
from pathlib import Path

import page
import pikepdf
import pytest
from page import ValidationProfile

from fourpress import library
from fourpress import site as sites
from fourpress.documents import typeset
from fourpress.documents.tree import Tree
from fourpress.model.values import Date
from site_builds import Built, run

pytestmark = pytest.mark.slow
PDF_UA_1, PDF_A_2A = ValidationProfile.PDF_UA_1, ValidationProfile.PDF_A_2A


def documents(built: Built) -> list[Path]:
    return sorted((built.site / "documents").glob("*.pdf"))


@pytest.fixture(scope="module", params=["starter", "united_states"])
def built(request) -> Built:
    return request.getfixturevalue(request.param)


def test_every_pdf_has_its_language_title_tags_and_outline(built):
    content, site = library.load(built.root), sites.read(built.root)
    assert len(documents(built)) == len(content.documents) * len(site.languages)
    for path in documents(built):
        _slug, language = path.stem.rsplit(".", 1)
        with pikepdf.open(path) as pdf:
            assert str(pdf.Root.Lang) == language, path.name
            assert pdf.Root.MarkInfo.Marked is True
            assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
            with pdf.open_metadata() as metadata:
                assert metadata["dc:title"]
                assert metadata["pdfuaid:part"] == "1"
                assert metadata["pdfaid:part"] == "2"
            with pdf.open_outline() as outline:
                titles = [item.title for item in outline.root]
            assert len(titles) >= 5, f"{path.name}: the overview and every pillar or chapter"
            assert len(pdf.pages) > 3


def test_every_pdf_passes_an_independent_validator_of_pdf_ua(built):
    for path in documents(built):
        verdict = validated(path)
        assert verdict == [], f"{path.name}: {verdict[:5]}"


def validated(path: Path) -> list[str]:
    """What page-validation finds against PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

    One rule of its 0.11 is left out: it takes a stream whose data ends in a line feed for one of the wrong length, in
    files of pikepdf that the veraPDF engine passes.
    """
    reports = [page.validate_pdf(path, profile=profile) for profile in (PDF_UA_1, PDF_A_2A)]
    return [
        f"{failure.rule_id} {failure.message}"
        for report in reports
        for failure in report.failures
        if failure.rule_id != "PDFA2A-STREAM-LENGTH-001"
    ]


def test_no_glyph_is_missing_in_any_language(tmp_path):
    """A character that no font of the wheels has stops the document; it is never printed as a box."""
    front = _front("fr")
    with pytest.raises(typeset.NotTypeset, match="could not be displayed"):
        typeset.typeset(Tree("<div><h1>漢字</h1></div>"), front, Date(2026), tmp_path / "a")
    for number, words in enumerate(("Mbɔ́tɛ, ɛ̂ ɔ̌", "Sängö nzönî kôbe", "Iteka ry’uwutunzwe", "السَّلامة أولًا", "Ng’ombe")):
        typeset.typeset(Tree(f"<div><h1>{words}</h1><p>{words}</p></div>"), front, Date(2026), tmp_path / f"b{number}")


def _front(language: str) -> dict[str, object]:
    nothing = {"words": "", "lang": "", "dir": ""}
    said = dict.fromkeys(
        (
            "kind",
            "short",
            "edition",
            "status",
            "when",
            "publisher",
            "page_of",
            "authentic",
            "watermark",
            "overview",
            "notice",
        ),
        nothing,
    )
    return {"lang": language, "dir": "ltr", "id": "X", "depth": 2, "site": "", **said,
            "title": {"words": "T", "lang": "fr", "dir": "ltr"}, "contents": {"words": "C", "lang": "fr", "dir": "ltr"}}  # fmt: skip


def test_text_of_authors_never_becomes_code_in_typst(tmp_path):
    hostile = "#panic(1) $x$ \\ _a_ *b* `c` <l> @r [ ] { } // # #{ 1 } \" ' ~ -- ... -? -5 = h"
    escaped = hostile.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    tree = Tree(f'<div><h1>{escaped}</h1><div class="step" id="a.1"><div class="instruction"><p><span class="number">{escaped}</span> {escaped}</p></div></div>'
                f"<table><tr><th>{escaped}</th></tr><tr><td>{escaped}</td></tr></table></div>")  # fmt: skip
    data = typeset.typeset(tree, _front("fr"), Date(2026), tmp_path / "x")
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert outline.root[0].title == hostile


def test_the_same_document_is_the_same_bytes_every_time(tmp_path):
    tree = Tree("<div><h1>Même</h1><p>octets</p></div>")
    first = typeset.typeset(tree, _front("fr"), Date(2026, 3, 1), tmp_path / "a")
    second = typeset.typeset(tree, _front("fr"), Date(2026, 3, 1), tmp_path / "b")
    assert first == second


def test_an_unchanged_second_build_makes_no_document_again(starter):
    before = {path.name: path.read_bytes() for path in documents(starter)}
    again = run(starter.root, "--strict")
    assert again.code == 0, again.said
    assert re.search(r"8 documents \(0 made now, 8 unchanged\)", again.said), again.said
    assert {path.name: path.read_bytes() for path in documents(again)} == before
