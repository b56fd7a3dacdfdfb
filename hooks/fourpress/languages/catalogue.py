"""Translations of a document's words: one gettext PO file per document and language, the address of a text as context.

A catalogue knows the source words that each translation was made from. When the source changes, the translation is known
to be outdated from that moment, without anybody marking it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, denormalize, normalize, read_po, write_po

from fourpress.model.record import Record, children
from fourpress.model.values import Text
from fourpress.problem import Place, Problem


@dataclass(frozen=True)
class Translation:
    """The words of one text in one language, and the source words that they translate."""

    source: str
    words: str
    doubtful: bool
    """Marked fuzzy: made from other words, or not yet approved by a translator."""


@dataclass(frozen=True)
class Catalogue:
    """All translations of a document into a language, by address (`1.1.1/text`)."""

    path: str
    language: str
    entries: Mapping[str, Translation] = field(default_factory=dict)


@dataclass(frozen=True)
class Source:
    """A text to translate: its address, its words, and what a translator should know of it."""

    address: str
    words: str
    comment: str
    place: Place


def texts(record: Record) -> Iterator[tuple[str, Text, Record, str]]:
    """Every Text below a record: (address, text, the record that holds it, field)."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        spelled = name.rstrip("_")
        base = f"{record.address}/{spelled}" if record.address else spelled
        if isinstance(value, Text):
            yield base, value, record, spelled
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                if isinstance(item, Text):
                    yield f"{base}/{index}", item, record, spelled
    for _, _, child in children(record):
        yield from texts(child)


def sources(records: Iterable[Record], language: str) -> Iterator[Source]:
    """What a translator translates, in the order of the document. Texts with a wording per language are not among it."""
    for record in records:
        for address, text, holder, name in texts(record):
            words = text.wordings.get(None) or text.wordings.get(language)
            if words is None or len(text.wordings) > 1:
                continue
            printed = getattr(holder, "handle", "")
            yield Source(address, words, f"{holder.noun} {printed}: {name}".replace(" :", ":"), holder.place_of(name))


_LINE = re.compile(r'\s*(#.*|(msgctxt|msgid|msgid_plural|msgstr(\[\d\])?)\s+"([^"\\]|\\.)*"|"([^"\\]|\\.)*")?\s*$')


def read_catalogue(path: str, language: str, text: str, problems: list[Problem]) -> Catalogue:
    """A PO file; when it cannot be read, that is told with its line, and nothing of it is used."""
    for number, line in enumerate(text.split("\n"), 1):
        if not _LINE.match(line):  # Babel would cut a letter where a quote is lost
            message = 'not a PO catalogue: a quote is missing or a word is unknown; write `msgstr "..."`'
            problems.append(Problem(Place(path, number), message, "catalogue"))
            return Catalogue(path, language)
    try:
        catalog = read_po(io.BytesIO(_as_utf8(text)), locale=None, abort_invalid=True)
    except (PoFileError, ValueError, LookupError) as error:
        at = int(getattr(error, "lineno", 0) or 0) + 1
        fact = re.sub(r" on \d+$", "", " ".join(str(error).split())) or "cannot be read"
        problems.append(Problem(Place(path, at), f"not a PO catalogue: {fact}; correct it here", "catalogue"))
        return Catalogue(path, language)
    entries = {}
    for one in catalog:
        if one.id and one.context and one.string:
            entries[str(one.context)] = Translation(str(one.id), str(one.string), one.fuzzy)
    return Catalogue(path, language, entries)


def _as_utf8(text: str) -> bytes:
    """The file's bytes as they are: our files are UTF-8, whatever a header says."""
    return re.sub(r"charset=[^\\\"]*", "charset=utf-8", text, count=1).encode("utf-8")


_PREVIOUS = re.compile(r'((?:^#\|.*\n)+)^msgctxt ("(?:[^"\\]|\\.)*")$', re.MULTILINE)


def _previous(text: str) -> dict[str, str]:
    """The source words before the last change, by address: Babel loses them, and lines of them that are alike."""
    found = {}
    for lines, address in _PREVIOUS.findall(text):
        words = "\n".join(line.removeprefix("#|").strip() for line in lines.splitlines())
        found[str(denormalize(address))] = str(denormalize(words.removeprefix("msgid ")))
    return found


def _with_previous(text: str, previous: Mapping[str, str]) -> str:
    """The file with the previous source of each changed entry as `#| msgid`, which Babel writes in broken lines."""

    def insert(found: re.Match[str]) -> str:
        words = previous.get(str(denormalize(found[1])))
        if words is None:
            return found[0]
        lines = f"msgid {normalize(words, width=0)}".split("\n")
        return "".join(f"#| {line}\n" for line in lines) + found[0]

    return re.sub(r'^msgctxt ("(?:[^"\\]|\\.)*")$', insert, text, flags=re.MULTILINE)


def _header(old: str | None, language: str) -> str:
    """The head of a PO file: as it was, whatever translators' programs wrote there, or a new one."""
    head = (old or "").lstrip("\ufeff").split("\n\n", 1)[0].strip("\n")
    if 'msgid ""' in head and "msgctxt" not in head:
        return head + "\n"
    return (
        'msgid ""\nmsgstr ""\n'
        f'"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
    )


def merged(
    sources: Iterable[Source], language: str, old: str | None, translated: Mapping[str, str] | None = None
) -> str:
    """The PO file for a document: `old` brought up to date with the sources.

    A changed source keeps its translation, marked fuzzy, with the previous source as `#|`; a text that is gone moves to
    the obsolete entries at the end, where a translator can still fetch it. With unchanged sources not a byte changes.
    `translated` (address -> words) fills what has no translation yet.
    """
    before = read_po(io.BytesIO(_as_utf8(old)), locale=None) if old else Catalog()
    was_before: dict[str, str] = {}
    previous = _previous(old or "")
    known = {str(message.context): message for message in before if message.id and message.context}
    new = Catalog(locale=None, charset="utf-8", fuzzy=False)
    new.header_comment = before.header_comment if old else ""
    here: set[str] = set()
    for source in sources:
        here.add(source.address)
        was = known.get(source.address)
        words = str(was.string) if was and was.string else (translated or {}).get(source.address, "")
        changed = bool(was and was.string and str(was.id) != source.words)
        flags = {flag for flag in (was.flags if was else ()) if flag == "fuzzy"} | ({"fuzzy"} if changed else set())
        if was and "fuzzy" in flags and (earlier := str(was.id) if changed else previous.get(source.address)):
            was_before[source.address] = earlier
        new.add(
            source.words,
            words,
            context=source.address,
            auto_comments=[source.comment],
            user_comments=[line for line in was.user_comments if not line.startswith("|")] if was else (),
            flags=flags,
        )
    for address, message in known.items():
        if address not in here and message.string:
            new.obsolete[address] = Message(message.id, message.string, context=address)
    new.obsolete.update({key: message for key, message in before.obsolete.items() if key not in new.obsolete})
    out = io.BytesIO()
    write_po(out, new, width=0, omit_header=True)
    body = re.sub(r"\n{3,}", "\n\n", out.getvalue().decode("utf-8")).strip("\n")
    body = _with_previous(body, was_before)
    header = _header(old, language)
    return f"{header}\n{body}\n" if body else header
