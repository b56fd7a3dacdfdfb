"""What the site is: its languages and what they fall back to, its name and address, the options of mkdocs.yml that concern us."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from fourpress.languages import language as languages
from fourpress.languages.voice import chain_for
from fourpress.model.record import AUDIENCES, Audience


@dataclass(frozen=True)
class Site:
    """The site as mkdocs.yml sets it up. `languages` begins with the default, which stands at the root."""

    languages: tuple[str, ...] = ("en",)
    name: str = "Fourpress"
    names: Mapping[str, str] = field(default_factory=dict)
    """The site's name in each language that has its own."""
    url: str = ""
    fallbacks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Languages to try for a reader, in order, before the default."""
    audience: Audience = "public"
    documents: bool = True
    """Whether PDFs are made."""

    @property
    def default(self) -> str:
        """The language at the root of the site."""
        return self.languages[0]

    def chain(self, language: str) -> tuple[str, ...]:
        """The languages that a reader of `language` gets, in order."""
        return chain_for(language, dict(self.fallbacks), self.default)

    def title(self, language: str) -> str:
        """The site's name for readers of a language."""
        return self.names.get(language, self.name)

    def root(self, language: str) -> str:
        """Where a language's pages begin: `` for the default, `en/` for another."""
        return "" if language == self.default else f"{language}/"

    def alternates(self) -> list[tuple[str, str]]:
        """(code, own name) of every language, as the language menu shows them."""
        return [(code, languages.own_name(code)) for code in self.languages]


def from_settings(languages: list[Mapping[str, Any]], settings: Mapping[str, Any], url: str, name: str) -> Site:
    """The site from the `languages` of the i18n plugin and the `fourpress` block under `extra` of mkdocs.yml."""
    built = [row for row in languages if row.get("build", True) and row.get("locale") not in (None, "null")]
    ordered = sorted(built, key=lambda row: not row.get("default", False))
    fallback = settings.get("fallback") or {}
    audience = str(settings.get("audience") or "public")
    if audience not in AUDIENCES:
        raise ValueError(f"mkdocs.yml: extra.fourpress.audience is {audience!r}; use one of {', '.join(AUDIENCES)}")
    return Site(
        languages=tuple(str(row["locale"]) for row in ordered) or ("en",),
        name=name,
        names={str(row["locale"]): str(row["site_name"]) for row in ordered if row.get("site_name")},
        url=url if not url or url.endswith("/") else url + "/",
        fallbacks={str(code): tuple(str(step) for step in steps) for code, steps in fallback.items()},
        audience=audience,
        documents=settings.get("documents", True) not in (False, "false", "no", "0", ""),
    )


class _Settings(yaml.SafeLoader):
    """Reads mkdocs.yml for its plain values; tags that only MkDocs understands read as nothing."""


_Settings.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read(root: Path) -> Site:
    """The site as mkdocs.yml in `root` describes it, for commands that run without MkDocs."""
    path = root / "mkdocs.yml"
    if not path.is_file():
        return Site()
    data = yaml.load(path.read_text("utf-8"), Loader=_Settings) or {}  # noqa: S506  # builds plain values only
    plugins = data.get("plugins") or []
    i18n = next((row["i18n"] for row in plugins if isinstance(row, dict) and "i18n" in row), None) or {}
    settings = (data.get("extra") or {}).get("fourpress") or {}
    return from_settings(
        i18n.get("languages") or [], settings, str(data.get("site_url") or ""), str(data.get("site_name") or "")
    )
