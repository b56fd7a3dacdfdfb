"""The library as data that partners load: JSON with every language, CSV and workbooks for spreadsheets, calendars of
deadlines, the schemas of what authors write, and a dictionary of all of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fourpress.exports import dictionary, schemas, tables
from fourpress.exports.calendar import plan_ics
from fourpress.exports.json_data import plan_json, sop_json
from fourpress.exports.workbook import plan_xlsx
from fourpress.library import Library, Plan
from fourpress.site import Site


def files(library: Library, site: Site) -> dict[str, bytes]:
    """Every data file of the site, by its name in the site."""
    found: dict[str, bytes] = {f"data/schemas/{name}": content for name, content in schemas.files().items()}
    for name, content in _files(library, site):
        if f"data/{name}" in found:  # a plan named like another's table: `pan` and `pan-budget`
            raise ValueError(f"two files of data are named {name}; give one of the documents another folder")
        found[f"data/{name}"] = content
    return found


def _files(library: Library, site: Site) -> Iterator[tuple[str, bytes]]:
    yield from dictionary.files(site).items()
    for plan in library.plans:
        yield from _plan_files(library, site, plan)
    for sop in library.sops:
        yield f"{sop.slug}.json", sop_json(library, site, sop)
        yield f"{sop.slug}.csv", tables.sop_csv(site, sop)


def _plan_files(library: Library, site: Site, plan: Plan) -> Iterator[tuple[str, bytes]]:
    yield f"{plan.slug}.json", plan_json(library, site, plan)
    yield from tables.plan_csv(library, site, plan).items()
    yield f"{plan.slug}.xlsx", plan_xlsx(library, site, plan)
    for language in site.languages:
        made = plan_ics(library, site, plan, language)
        if made is not None:
            yield f"{plan.slug}.{language}.ics", made


__all__ = ["files"]
