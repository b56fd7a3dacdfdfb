"""The HTML of a document's pages, as the site shows it, made into one clean tree for paper.

What only a screen needs goes; addresses between the pages become addresses inside the document; every anchor carries the
name of its page, so that two chapters may both have `#consent`. Nothing of the words is touched.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree, html

from fourpress.pages import Page
from fourpress.pictures import paper

SCREEN_ONLY = ("screen", "headerlink", "footnote-backref")
_KEPT_CLASSES_OF = ("p", "dl", "ul", "ol", "table")


@dataclass(frozen=True)
class Image:
    """A picture that the document shows: the name under which the tree calls it, and its file."""

    name: str
    path: Path


@dataclass(frozen=True)
class Drawing:
    """A drawing of ours, which typst draws itself: the name under which the tree calls it, and its shapes as JSON."""

    name: str
    shapes: str


@dataclass(frozen=True)
class Tree:
    """A whole document as HTML, and the pictures and drawings that it needs."""

    html: str
    images: tuple[Image, ...] = ()
    drawings: tuple[Drawing, ...] = ()


def prefix(page: Page) -> str:
    """The name that a page's anchors carry: `plans.pan-2025.protection`."""
    return page.address.strip("/").replace("/", ".") or "home"


def joined(
    pages: Sequence[tuple[Page, str]], site_url: str, root: str, docs: Path, overview: Mapping[str, str]
) -> Tree:
    """One document from its pages in reading order.

    The first page's title stands on the cover; its heading becomes `overview` (words, lang, dir). `site_url` and `root` (the language's
    folder) make the address of what is not in the document; without a site_url such links become plain text, since an
    address that leads nowhere helps nobody on paper. `docs` is where pictures are found.
    """
    body = etree.Element("div")
    addresses = {page.address: page for page, _ in pages}
    anchors: set[str] = set()
    images: list[Image] = []
    drawings: list[Drawing] = []
    for index, (page, text) in enumerate(pages):
        part = html.fragment_fromstring(text, create_parent="div")
        part.set("class", "page wide" if page.wide else "page")
        if page.ambient != page.language and not part.get("lang"):
            part.set("lang", page.ambient)
        _without_screen_parts(part)
        heading = part.find(".//h1")
        if heading is not None:
            heading.set("id", "top")
            if index == 0:
                _replace_words(heading, overview)
        for element in part.iter():
            if isinstance(element.tag, str) and element.get("id"):
                element.set("id", f"{prefix(page)}.{element.get('id')}")
                anchors.add(str(element.get("id")))
        body.append(part)
    for page, part in zip((page for page, _ in pages), body, strict=True):
        _links(part, page, addresses, anchors, site_url + root if site_url else "")
        images += _images(part, page, docs)
        drawings += _drawings(part, page)
        _wrap_classes(part)
    text = etree.tostring(body, encoding="unicode", method="html")
    return Tree(text, tuple(dict.fromkeys(images)), tuple(drawings))


def _without_screen_parts(part: html.HtmlElement) -> None:
    for element in list(part.iter()):
        classes = (element.get("class") or "").split() if isinstance(element.tag, str) else []
        if any(name in SCREEN_ONLY for name in classes) or element.tag in ("script", "style", "button"):
            element.drop_tree()


def _replace_words(heading: html.HtmlElement, said: Mapping[str, str]) -> None:
    for child in list(heading):
        heading.remove(child)
    heading.text = said["words"]
    if said.get("lang"):
        heading.set("lang", said["lang"])
        heading.set("dir", said["dir"])


def _links(part: etree._Element, page: Page, addresses: dict[str, Page], anchors: set[str], base: str) -> None:
    for link in list(part.iter("a")):
        href = link.get("href")
        if not href:
            continue
        if re.match(r"[a-z][a-z0-9+.-]*:", href):
            continue
        way, _, anchor = href.partition("#")
        target = _resolved(way, page.address)
        if target in addresses:
            name = f"{prefix(addresses[target])}.{anchor or 'top'}"
            if name in anchors:
                link.set("href", f"#{name}")
                continue
            target_url = f"{base}{target}" + (f"#{anchor}" if anchor else "")
        else:
            target_url = f"{base}{target}" + (f"#{anchor}" if anchor else "")
        if base:
            link.set("href", target_url)
        else:
            link.tag = "span"
            del link.attrib["href"]


def _resolved(way: str, address: str) -> str:
    """The address that a relative link means, `` for the home page."""
    if not way:
        return address
    path = posixpath.normpath(posixpath.join("/", address, way)).lstrip("/")
    return f"{path}/" if path and not posixpath.splitext(path)[1] else path


def _images(part: html.HtmlElement, page: Page, docs: Path) -> Iterator[Image]:
    for image in part.iter("img"):
        path = docs / _resolved(image.get("src") or "", page.address)
        name = (
            f"image-{re.sub(r'[^A-Za-z0-9.]+', '-', path.relative_to(docs).as_posix())}"
            if path.is_relative_to(docs)
            else ""
        )
        if name and path.is_file():
            image.set("src", name)
            yield Image(name, path)
        else:
            image.drop_tree()


def _drawings(part: html.HtmlElement, page: Page) -> Iterator[Drawing]:
    """Each drawing becomes a picture with an alternative text, and its figure a block that pandoc leaves alone."""
    for number, svg in enumerate(list(part.iter("svg")), 1):
        if "drawing" not in (svg.get("class") or "").split():
            continue
        name = f"drawing-{prefix(page)}-{number}.json"
        yield Drawing(name, json.dumps(paper.drawing(svg), ensure_ascii=False))
        paragraph = etree.Element("p")
        etree.SubElement(paragraph, "img", src=name, alt=paper.alternative(svg))
        parent = svg.getparent()
        assert parent is not None
        paragraph.tail, svg.tail = svg.tail, None
        parent.replace(svg, paragraph)
    for figure in part.iter("figure"):
        if "picture" in (figure.get("class") or "").split():
            figure.tag = "div"
            for caption in figure.iter("figcaption"):
                caption.tag = "p"


def _wrap_classes(part: etree._Element) -> None:
    """Pandoc forgets the class of a paragraph, a list and a definition list, and the tag bdi: divs and spans carry them."""
    for element in list(part.iter(*_KEPT_CLASSES_OF)):
        parent = element.getparent()
        if element.get("class") and parent is not None:
            wrapper = etree.Element("div")
            wrapper.set("class", str(element.attrib.pop("class")))
            for name in ("id", "lang", "dir"):
                if element.get(name):
                    wrapper.set(name, str(element.attrib.pop(name)))
            parent.replace(element, wrapper)
            wrapper.tail, element.tail = element.tail, None
            wrapper.append(element)
    for element in part.iter("bdi"):
        element.tag = "span"
        element.set("class", f"{element.get('class') or ''} ltr".strip())
    for element in part.iter("input"):
        if element.get("type") == "checkbox":
            element.tag = "span"
            element.set("class", "checkbox")
            element.attrib.pop("type")
