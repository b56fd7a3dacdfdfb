"""The library as data that partners load: JSON with every language, CSV for spreadsheets, and the schemas of both."""

from __future__ import annotations

from fourpress.exports import schemas, tables
from fourpress.exports.json_data import plan_json, sop_json
from fourpress.library import Library
from fourpress.site import Site


def files(library: Library, site: Site) -> dict[str, bytes]:
    """Every data file of the site, by its name in the site."""
    found: dict[str, bytes] = {f"data/schemas/{name}": content for name, content in schemas.files().items()}
    for plan in library.plans:
        found[f"data/{plan.slug}.json"] = plan_json(library, site, plan)
        found[f"data/{plan.slug}.csv"] = tables.plan_csv(site, plan)
    for sop in library.sops:
        found[f"data/{sop.slug}.json"] = sop_json(library, site, sop)
        found[f"data/{sop.slug}.csv"] = tables.sop_csv(site, sop)
    return found


__all__ = ["files"]
