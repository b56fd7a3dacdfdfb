"""How long a build takes, beside bare MkDocs with Material on the same Markdown, and how fast documents are made.

Run: `python tests/benchmarks/build.py [ROUNDS]`. Both sites are built in turn on the same machine, each in a process of its
own; what counts is the ratio of the medians. Documents are measured apart, first with an empty cache, then again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import yaml

PROJECT = Path(__file__).parent.parent.parent
sys.path[:0] = [str(PROJECT / "hooks"), str(PROJECT / "tests")]

from fourpress import library, pages  # noqa: E402
from fourpress import site as sites  # noqa: E402
from site_builds import copied  # noqa: E402

BARE = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
for path in sys.argv[1:]:
    build(load_config(path))
"""


def bare_projects(target: Path) -> list[Path]:
    """The same pages as plain files, one project per language, with the same theme and extensions and no hook of ours."""
    content, site = library.load(PROJECT), sites.read(PROJECT)
    settings = yaml.load((PROJECT / "mkdocs.yml").read_text("utf-8"), Loader=sites._Settings)
    made = []
    for language in site.languages:
        root = target / language
        for page in pages.pages(content, site, language):
            path = root / "docs" / page.source
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(page.markdown, "utf-8")
        spoken = language if language in ("fr", "en", "ar", "pt") else "fr"
        config = {
            "site_name": settings["site_name"],
            "site_url": settings["site_url"],
            "theme": {**{k: v for k, v in settings["theme"].items() if k != "custom_dir"}, "language": spoken},
            "nav": [_entry(entry) for entry in pages.menu(content, site, language)],
            "plugins": ["search"],
            "markdown_extensions": settings["markdown_extensions"],
            "validation": settings["validation"],
        }
        (root / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
        made.append(root / "mkdocs.yml")
    return made


def _entry(entry: pages.Entry) -> dict[str, object]:
    return {entry.title: [_entry(child) for child in entry.children] or entry.source}


def seconds(command: list[str], root: Path, **environment: str) -> float:
    """Wall time of a process that must succeed."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment}
    start = time.perf_counter()
    subprocess.run(command, cwd=root, check=True, capture_output=True, env=env)
    return time.perf_counter() - start


def main(rounds: int) -> None:
    """Measure and print; JSON on the last line."""
    with tempfile.TemporaryDirectory() as folder:
        ours, bare = copied(Path(folder) / "ours"), bare_projects(Path(folder) / "bare")
        build = [sys.executable, "-m", "mkdocs", "build", "-q"]
        plain = [sys.executable, "-c", BARE, *map(str, bare)]
        times: dict[str, list[float]] = {"ours": [], "bare": []}
        for number in range(rounds + 1):  # the first round warms the disk and is not counted
            a, b = seconds(build, ours, FOURPRESS_DOCUMENTS="false"), seconds(plain, ours)
            if number:
                times["ours"].append(a)
                times["bare"].append(b)
        site, base = statistics.median(times["ours"]), statistics.median(times["bare"])
        found = {"site_seconds": round(site, 2), "bare_seconds": round(base, 2), "ratio": round(site / base, 3)}

        shutil.rmtree(ours / ".cache", ignore_errors=True)
        first, again = _documents(ours), _documents(ours)
        count = 0
        for path in (ours / "site" / "documents").glob("*.pdf"):
            with pikepdf.open(path) as pdf:
                count += len(pdf.pages)
        found |= {
            "documents_first_seconds": round(first, 2),
            "documents_second_seconds": round(again, 3),
            "second_over_first": round(again / first, 4),
            "pdf_pages": count,
            "pdf_pages_per_second": round(count / first, 1),
        }
    for name, value in found.items():
        print(f"{name:28} {value}")
    print(json.dumps(found))


def _documents(root: Path) -> float:
    """Seconds that making all documents takes, from the HTML of a finished build."""
    code = """
import sys, time, pathlib, tempfile
sys.path.insert(0, 'hooks')
from fourpress import library, site as sites, pages
from fourpress.documents.make import Maker
from lxml import html, etree
root = pathlib.Path('.')
content, site = library.load(root), sites.read(root)
made = {}
for language in site.languages:
    rows = []
    for page in pages.pages(content, site, language):
        path = root / 'site' / site.root(language) / page.address / 'index.html'
        article = html.fromstring(path.read_bytes()).find('.//article')
        rows.append((page, ''.join(etree.tostring(child, encoding='unicode', method='html') for child in article)))
    made[language] = rows
start = time.perf_counter()
maker = Maker(content, site, root / '.cache' / 'benchmark')
for language, rows in made.items():
    maker.start(language, rows)
problems, done = maker.finish(root / 'site' / 'documents')
print(time.perf_counter() - start, len(problems), len(done))
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, check=True, capture_output=True, text=True)
    found = re.match(r"([\d.]+) 0 [1-9]", done.stdout)
    if not found:
        raise SystemExit(f"documents failed: {done.stdout}{done.stderr}")
    return float(found[1])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
