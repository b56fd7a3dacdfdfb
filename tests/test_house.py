"""The house itself: its rooms keep their order, its words are all there, its tools agree."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from fourpress import exports, library
from fourpress.exports import schemas
from fourpress.languages import words
from fourpress.model import body, plan, sop
from site_builds import PROJECT, Built, copied, run

PACKAGE = PROJECT / "hooks" / "fourpress"


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add(node.module or "")
    return found


def test_the_package_never_imports_the_site_engine():
    engines = ("mkdocs", "material", "mkdocs_static_i18n", "properdocs", "zensical")
    for path in PACKAGE.rglob("*.py"):
        assert not [name for name in imports(path) if name.split(".")[0] in engines], path
    code = (
        "import sys, fourpress.edition, fourpress.__main__\n"
        f"print([m for m in sys.modules if m.split('.')[0] in {engines!r}])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(PROJECT / "hooks")},
    )
    assert done.stdout.strip() == "[]"


ROOMS = (
    "problem",
    "model",
    "reader",
    "prose",
    "languages",
    "checks",
    "library",
    "site",
    "pages",
    "documents",
    "exports",
    "web",
    "edition",
)


def test_no_room_of_the_model_knows_what_is_made_from_it():
    for room in ("problem.py", "prose.py", "reader.py", "model", "checks"):
        path = PACKAGE / room
        for file in [path] if path.is_file() else sorted(path.rglob("*.py")):
            later = {f"fourpress.{name}" for name in ("pages", "documents", "exports", "web", "edition", "site")}
            assert not {
                name for name in imports(file) if any(name == one or name.startswith(f"{one}.") for one in later)
            }, file


def test_only_publish_speaks_mkdocs_and_it_is_short():
    hooks = list((PROJECT / "hooks").glob("*.py"))
    assert [path.name for path in hooks] == ["publish.py"]
    assert len(hooks[0].read_text("utf-8").splitlines()) < 320


def used_words() -> set[str]:
    """Every interface word that code and templates ask for, vocabularies of the model included."""
    keys: set[str] = set()
    for path in (*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.j2")):
        text = path.read_text("utf-8")
        keys |= set(re.findall(r"""\bt\(\s*"([^"~]+)"\s*[,)]""", text))
        keys |= set(re.findall(r"""words\.word\(\s*"([^"]+)",""", text))
    for path in (PROJECT / "hooks" / "theme").rglob("*.html"):
        keys |= set(re.findall(r"""\bsay\(\s*["']([^"']+)["']\s*\)""", path.read_text("utf-8")))
    for path in (PACKAGE / "pages").glob("*.py"):
        keys |= set(re.findall(r'(?m)^\s+\(\s*"([A-Z][A-Za-z ]+)",', path.read_text("utf-8")))
    vocabularies = {
        "status": (plan.PlanStatus, plan.CommitmentStatus, sop.SopStatus),
        "budget": (plan.BudgetState,),
        "people": (sop.People,),
        "exploitation": (sop.Exploitation,),
        "service": (sop.Service,),
        "kind": (body.Body.model_fields["kind"].annotation,),
    }
    for name, literals in vocabularies.items():
        for literal in literals:
            keys |= {f"{name}: {value}" for value in literal.__args__}
    keys |= {f"part: {name}" for name in ("leads", "supports", "funds")}
    keys |= {f"callout: {name}" for name in ("note", "tip", "important", "warning", "caution")}
    return keys


@pytest.mark.parametrize("language", ["fr", "sw", "ar"])
def test_every_word_of_the_interface_is_there(language):
    missing = sorted(key for key in used_words() if words.word(key, (language,)).language != language)
    assert not missing


def test_every_vocabulary_has_english_words():
    bare = sorted(key for key in used_words() if re.match(r"[a-z]+: ", key) and words.word(key, ("en",)).words == key)
    assert not bare


@pytest.mark.parametrize("language", words.languages())
def test_every_placeholder_of_a_word_is_in_its_translation(language):
    for key in used_words():
        said = words.word(key, (language,)).words
        wanted = {name for _, name, _, _ in Formatter().parse(key) if name}
        assert {name for _, name, _, _ in Formatter().parse(said) if name} == wanted, key


def test_languages_that_no_speaker_has_read_are_known_as_drafts():
    assert words.is_draft("rn")
    assert words.is_draft("sw")
    assert not words.is_draft("fr")


def test_the_lock_files_pin_what_the_project_asks_for_and_name_no_address():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    wanted = {re.split(r"[<>=!~; ]", line)[0].lower().replace("_", "-") for line in project["project"]["dependencies"]}
    for name in ("requirements.lock", "tests/requirements.lock"):
        text = (PROJECT / name).read_text("utf-8")
        pinned = {line.split("==")[0] for line in text.splitlines() if "==" in line}
        assert wanted <= pinned
        assert "://" not in text
        assert all("--hash=sha256:" in block for block in re.split(r"(?m)^(?=[a-z])", text) if "==" in block)


def test_the_starter_files_name_the_schema_that_they_follow(starter: Built):
    for path in sorted((*(PROJECT / "plans").rglob("*.yml"), *(PROJECT / "sops").rglob("*.yml"))):
        first = path.read_text("utf-8").splitlines()[0]
        found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert found, path
        schema = (path.parent / found[1]).resolve().relative_to(PROJECT)
        assert (starter.root / schema).is_file(), f"{path} names {found[1]}, which no build writes"


def test_the_schemas_describe_every_field():
    for name, model in schemas.AUTHORED.items():
        schema = schemas.schema(model)
        for record in (schema, *schema.get("$defs", {}).values()):
            for key, field in record.get("properties", {}).items():
                assert "description" in field or "$ref" in field, f"{name}: {key}"


def test_the_exports_do_not_depend_on_when_they_are_made():
    content = library.load(PROJECT)
    from fourpress import site as sites

    assert exports.files(content, sites.read(PROJECT)) == exports.files(library.load(PROJECT), sites.read(PROJECT))


@pytest.mark.slow
def test_the_same_project_builds_unchanged_under_properdocs(starter, tmp_path):
    other = run(copied(tmp_path / "project"), "--strict", engine="properdocs", FOURPRESS_DOCUMENTS="false")
    assert other.code == 0, other.said
    generator = re.compile(rb'<meta name="generator"[^>]*>')
    ours = {path.relative_to(starter.site): path for path in starter.site.rglob("*.html")}
    theirs = {path.relative_to(other.site): path for path in other.site.rglob("*.html")}
    assert set(ours) == set(theirs)
    button = re.compile(rb'<a class="button"[^>]*>.*?</a>', re.DOTALL)
    for name, path in ours.items():
        same = [button.sub(b"", generator.sub(b"", one.read_bytes())) for one in (path, theirs[name])]
        assert same[0] == same[1], name


DAY = "1795000000"  # after every amendment of the starter plan: other tests look at the same build


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(starter, tmp_path):
    other = run(copied(tmp_path / "project"), "--strict", SOURCE_DATE_EPOCH=DAY)
    first = run(starter.root, "--strict", SOURCE_DATE_EPOCH=DAY)
    assert (first.code, other.code) == (0, 0), other.said
    names = {path.relative_to(first.site) for path in first.site.rglob("*") if path.is_file()}
    assert names == {path.relative_to(other.site) for path in other.site.rglob("*") if path.is_file()}
    different = [str(name) for name in names if (first.site / name).read_bytes() != (other.site / name).read_bytes()]
    assert not different


def test_the_readme_shows_commands_that_exist():
    text = (PROJECT / "README.md").read_text("utf-8")
    for command in re.findall(r"python -m fourpress ([a-z]+)", text):
        done = subprocess.run(
            [sys.executable, "-m", "fourpress", command, "--help"], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, command
    assert text.count("\n```sh\n") == 2


def test_a_plan_in_the_data_reads_back_as_the_same_plan():
    """JSON's pillars have the keys of the YAML: what was written can be read from the data."""
    from fourpress import site as sites
    from fourpress.model import Pillar

    content = library.load(PROJECT)
    data = json.loads(exports.files(content, sites.read(PROJECT))["data/pan-2025.json"])
    for row, pillar in zip(data["pillars"], content.plans[0].pillars, strict=True):
        again = Pillar.model_validate_json(json.dumps({key: value for key, value in row.items() if key != "slug"}))
        theirs = [one.handle for one in library_commitments(again)]
        assert theirs == [one.handle for one in library_commitments(pillar)]


def library_commitments(pillar):
    return [placed.commitment for placed in library.commitments_of(pillar)]
