"""Links between the languages of a page, as search engines want them."""

from __future__ import annotations

import re
from html import escape

_ALTERNATE = re.compile(r'[ \t]*<link rel="alternate" href="[^"]*" hreflang="[^"]*">[ \t]*\n?')


def with_alternates(html: str, links: list[tuple[str, str]], default: str) -> str:
    """The page with absolute `hreflang` links instead of the theme's relative ones.

    `links` are (language, absolute address) of the languages that the page really exists in. The blank in `alternate `
    keeps the token valid and hides it from a script of the theme that would fetch one sitemap per language on every view.
    """
    found = dict(links)
    rows = [*links, *([("x-default", found[default])] if default in found else [])]
    tags = "".join(
        f'      <link rel="alternate " href="{escape(address)}" hreflang="{code}">\n' for code, address in rows
    )
    head, end, body = html.partition("</head>")
    return _ALTERNATE.sub("", head) + tags + end + body
