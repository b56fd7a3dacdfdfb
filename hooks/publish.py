"""The only file that speaks MkDocs: its events, handed on to the edition, and nothing of our own.

Events that touch files come after static-i18n (priority -100), which crashes on generated files or drops them. It builds
the languages one after the other inside one process, the default one first, by calling MkDocs again from its own
`on_post_build`; so every event below runs once per language, and the outermost `on_post_build` ends the whole.
"""

from __future__ import annotations

import json
import logging
import os
import shutil
from pathlib import Path

from jinja2 import ChoiceLoader, DictLoader, FileSystemBytecodeCache, TemplateNotFound
from mkdocs import utils
from mkdocs.exceptions import PluginError
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, InclusionLevel

import fourpress  # noqa: F401  # found beside this file while it is loaded; later imports find it in sys.modules
from fourpress import clock
from fourpress.edition import Edition
from fourpress.languages import words
from fourpress.languages.language import direction, own_name
from fourpress.problem import errors
from fourpress.site import from_settings
from fourpress.web import head, interface, search
from fourpress.web.blocks import lifted, restored

AFTER_I18N = -200
BEFORE_I18N_ENDS = -50
log = logging.getLogger("mkdocs.hooks.fourpress")
clean_directory = utils.clean_directory


class _Warnings(logging.Handler):
    """Counts warnings: under --strict MkDocs itself counts them only after `on_post_build`, too late to hold back the site."""

    def __init__(self):
        super().__init__(logging.WARNING)
        self.seen = 0

    def emit(self, record):  # noqa: ARG002  # the signature of logging
        self.seen += 1


class _Build:
    """The build that runs: one per process and time. MkDocs keeps hooks loaded between builds of `serve`."""

    edition = None
    command = "build"
    site_dir = None
    warnings = None
    indexes = {}


def _i18n(config):
    return config.plugins["i18n"]


def _language(config):
    return _i18n(config).current_language


def _root(config):
    return Path(config.config_file_path).parent


def on_startup(command, dirty):
    _Build.command = command


@event_priority(AFTER_I18N)
def on_config(config):
    i18n = _i18n(config)
    if not i18n.building:
        _begin(config)
    site = _Build.edition.site
    language = _language(config)
    config.theme["language"] = language
    config.site_name = site.title(language)
    config.mdx_configs.setdefault("toc", {})["permalink_title"] = words.word(
        "Permanent link", site.chain(language)
    ).words
    vars(config.extra).pop(
        "alternate", None
    )  # static-i18n leaves the last page's links there, and 404.html would show them
    plugin = config.plugins.get("material/search")
    if plugin:
        plugin.search_index.config.update(search.settings(language))
    return config


def _begin(config):
    utils.clean_directory = clean_directory  # static-i18n leaves its own behind when a build breaks
    settings = config.extra.get("fourpress") or {}
    languages = [dict(row, locale=row.locale) for row in _i18n(config).config.languages]
    if _Build.command == "serve":
        settings = {**settings, "documents": os.environ.get("FOURPRESS_DOCUMENTS", "") == "1"}
    try:
        site = from_settings(languages, settings, config.site_url or "", config.site_name)
    except ValueError as error:
        raise PluginError(str(error)) from error
    edition = Edition(_root(config), site, _root(config) / ".cache" / "fourpress", clock.today())
    for problem in edition.problems:
        (log.error if problem.severity == "error" else log.warning)("%s", problem)
    if not edition.publishable:
        raise PluginError(f"{len(errors(edition.problems))} problems in plans/ and sops/; nothing was built")
    _Build.edition, _Build.indexes = edition, {}
    if _Build.command == "build":
        # Nothing half-built is ever seen: the site is made beside the old one and takes its place when it is whole.
        _Build.site_dir = config.site_dir
        config.site_dir = f"{config.site_dir.rstrip('/')}.new"
        _Build.warnings = _Warnings()
        logging.getLogger("mkdocs").addHandler(_Build.warnings)


@event_priority(AFTER_I18N)
def on_files(files, config):
    i18n, edition, language = _i18n(config), _Build.edition, _language(config)
    for file in list(files.documentation_pages()):
        files.remove(file)  # the edition has read docs/ too, with its own chain of languages
    menu = edition.menu(language)
    in_menu = {source for entry in menu for source in entry.sources()}
    for page in edition.pages(language).values():
        markdown, blocks = lifted(page.markdown)
        file = _file(page, config, language, markdown)
        file.blocks = blocks
        file.alternates = {language: file}
        for other in edition.site.languages:
            if other != language:
                file.alternates[other] = _file(page, config, other)
        file.fourpress = page
        file.inclusion = InclusionLevel.INCLUDED if page.source in in_menu else InclusionLevel.NOT_IN_NAV
        files.append(file)
    i18n.i18n_files_per_language[language] = [
        file for file in files.documentation_pages() if file.fourpress.translated or language == edition.site.default
    ]
    config.nav = [_entry(entry) for entry in menu]
    return files


def _file(page, config, language, markdown=""):
    file = File.generated(config, page.source, content=markdown)
    file.generated_by = "fourpress"
    file.dest_uri = _Build.edition.site.root(language) + file.dest_uri  # before url and abs_dest_path are first read
    file.locale, file.locale_alternate_of, file.localization = page.ambient, language, None
    file.norm_src_uri = page.source
    file.edit_uri = page.place.path
    return file


def _entry(entry):
    return {entry.title: [_entry(child) for child in entry.children] or entry.source}


def on_page_markdown(markdown, page, config, files):
    made = page.file.fourpress
    page.meta["title"] = made.title if made.address else _Build.edition.site.title(made.language)
    if not made.searched:
        page.meta["search"] = {"exclude": True}
    if made.wide:
        page.meta["hide"] = ["navigation", "toc"]
    return markdown


@event_priority(AFTER_I18N)
def on_page_content(html, page, config, files):
    made = page.file.fourpress
    html = restored(html, page.file.blocks)
    if made.ambient == made.language:
        return html
    return f'<div lang="{made.ambient}" dir="{direction(made.ambient)}">\n{html}\n</div>'


@event_priority(AFTER_I18N)
def on_env(env, config, files):
    edition, language = _Build.edition, _language(config)
    # Each language gets new templates of the theme from MkDocs; compiled, they are the same.
    compiled = edition.cache / "templates"
    compiled.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(compiled))
    if not _speaks(env, language):
        chain = edition.site.chain(language)
        inherited = next(code for code in (*chain, "en") if _speaks(env, code))
        text = interface.partial(language, chain, inherited)
        env.loader = ChoiceLoader([DictLoader({f"partials/languages/{language}.html": text}), env.loader])
    edition.receive(language, {file.fourpress.address: file.page.content for file in files.documentation_pages()})
    return env


def _speaks(env, language):
    try:
        env.loader.get_source(env, f"partials/languages/{language}.html")
    except TemplateNotFound:
        return False
    return True


def on_template_context(context, template_name, config):
    return _with_words(context, config)


@event_priority(AFTER_I18N)
def on_page_context(context, page, config, nav):
    # static-i18n gives the menu of languages the names of mkdocs.yml; fallback pages stay reachable through it.
    return _with_words(context, config, page.url)


def _with_words(context, config, here=""):
    edition, language = _Build.edition, _language(config)
    root = edition.site.root(language) or "."
    context["say"] = lambda key: words.word(key, edition.site.chain(language)).words
    context["language_root"] = utils.get_relative_url(root, here)
    context["languages"] = [
        {"code": code, "name": own_name(code), "dir": direction(code)} for code in edition.site.languages
    ]
    return context


@event_priority(AFTER_I18N)
def on_post_template(output, template_name, config):
    # static-i18n would overwrite one 404 page once per language.
    if template_name == "404.html" and _language(config) != _Build.edition.site.default:
        path = Path(config.site_dir, _language(config), "404.html")
        utils.write_file(output.encode("utf-8"), str(path))
        return ""
    return output


@event_priority(AFTER_I18N)
def on_post_page(output, page, config):
    edition, made = _Build.edition, page.file.fourpress
    if not edition.site.url:
        return output
    links = [
        (code, edition.site.url + edition.site.root(code) + made.address) for code in edition.translations(made.address)
    ]
    return head.with_alternates(output, links, edition.site.default)


@event_priority(BEFORE_I18N_ENDS)
def _after_language(config):
    plugin = config.plugins.get("material/search")
    if plugin:
        root = _Build.edition.site.root(_language(config))
        _Build.indexes[root] = search.index(plugin.search_index.entries, root, _language(config))


@event_priority(AFTER_I18N)
def _after_all(config):
    if _i18n(config).building:
        return
    target = Path(config.site_dir)
    for root, index in _Build.indexes.items():
        text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
        utils.write_file(text.encode("utf-8"), str(target / root / "search" / "search_index.json"))
    problems, made = _Build.edition.finish(target)
    for problem in problems:
        log.error("%s", problem)
    if errors(problems):
        raise PluginError(f"{len(problems)} problems in documents; nothing was published")
    if _Build.command == "build":
        _publish(config, target)
    log.info("Fourpress\n%s", _Build.edition.summary(Path(config.site_dir), made))


def _publish(config, target):
    config.site_dir = _Build.site_dir
    if config.strict and _Build.warnings.seen:
        return  # MkDocs ends the build with its own message; the old site stays
    shutil.rmtree(config.site_dir, ignore_errors=True)
    target.rename(config.site_dir)


on_post_build = CombinedEvent(_after_language, _after_all)


def on_serve(server, config, builder):
    for room in ("plans", "sops", "hooks"):
        if (_root(config) / room).is_dir():
            server.watch(str(_root(config) / room))
    return server


def on_build_error(error):
    utils.clean_directory = clean_directory


def on_shutdown():
    if _Build.warnings:
        logging.getLogger("mkdocs").removeHandler(_Build.warnings)
    if _Build.site_dir:
        shutil.rmtree(f"{_Build.site_dir.rstrip('/')}.new", ignore_errors=True)
