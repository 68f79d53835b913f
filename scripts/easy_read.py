"""What is said in easy read, and what has no twin yet.

    python scripts/easy_read.py --missing    lists every sentence without a twin, by file
    python scripts/easy_read.py --add        puts them into the catalogue, empty, for somebody to write

Then write them in companionway/locale/en_Simple/LC_MESSAGES/django.po (decision 0029 says how) and run `make words`.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from babel.messages import pofile
from babel.messages.catalog import Catalog, Message
from django.utils.translation import template

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "companionway"
CATALOGUE = HOUSE / "locale" / "en_Simple" / "LC_MESSAGES" / "django.po"
# As in Django's makemessages.
KEYWORDS = (
    "gettext_noop", "gettext_lazy", "ngettext_lazy:1,2", "pgettext:1c,2", "npgettext:1c,2,3", "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)  # fmt: skip
LONGEST = 15
HOLDERS = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+[^>]*>|&#?\w+;")
_ENDS = re.compile(r"(?<=[.!?:])[”\"')]*(?:\s+|$)|\n")
Key = tuple[str | None, str]


@dataclass(frozen=True)
class Scope:
    """Which files are said easily: whole rooms, some files of others, less what no member reads."""

    rooms: tuple[str, ...]
    also: tuple[str, ...]
    exempt: dict[str, str]

    @classmethod
    def read(cls) -> Scope:
        data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
        return cls(tuple(data["rooms"]), tuple(data["also"]), data["exempt"])

    def holds(self, name: str) -> bool:
        is_ours = name.split("/")[0] in self.rooms or any(fnmatch(name, each) for each in self.also)
        return is_ours and name not in self.exempt


def files(scope: Scope, house: Path = HOUSE) -> list[str]:
    """The templates and modules in scope, as paths inside the house."""
    names = (path.relative_to(house) for path in house.rglob("*") if path.suffix in {".html", ".py"})
    return sorted(str(name) for name in names if "migrations" not in name.parts and scope.holds(str(name)))


def said_in(names: Iterable[str], house: Path = HOUSE) -> dict[Key, tuple[Message, list[str]]]:
    """Everything these files say that is to be translated, each with the files that say it."""
    if not (names := list(names)):
        return {}
    program = shutil.which("xgettext")
    assert program, "xgettext is missing: scripts/debian.sh tests"
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            code = Path(folder) / name
            code.parent.mkdir(parents=True, exist_ok=True)
            text = (house / name).read_text(encoding="utf-8")
            code.write_text(template.templatize(text, origin=name) if code.suffix == ".html" else text)
        command = [program, "-d", "django", "--language=Python", "--from-code=UTF-8", "--output=-"]
        command += ["--add-location=file", *(f"--keyword={each}" for each in KEYWORDS), *names]
        found = subprocess.run(command, cwd=folder, capture_output=True, check=True).stdout
        header = found.replace(b"=CHARSET", b"=UTF-8").replace(
            b"INTEGER; plural=EXPRESSION", b"2; plural=n != 1"
        )
        (Path(folder) / "found.po").write_bytes(header)
        with (Path(folder) / "found.po").open("rb") as source:
            every = [each for each in pofile.read_po(source) if each.id]
    return {key_of(each): (each, sorted({name for name, _line in each.locations})) for each in every}


def key_of(message: Message) -> Key:
    return message.context, forms_of(message.id)[0]


def forms_of(words: Any) -> list[str]:
    return [str(each) for each in words] if isinstance(words, tuple | list) else [str(words or "")]


def catalogue(path: Path = CATALOGUE) -> Catalog:
    with path.open("rb") as source:
        return pofile.read_po(source)


def twins(said: Catalog) -> dict[Key, Message]:
    """What has a twin: every form written, none of them a guess."""
    whole = (each for each in said if each.id and not each.fuzzy and all(forms_of(each.string)))
    return {key_of(each): each for each in whole}


def missing(scope: Scope, said: Catalog, house: Path = HOUSE) -> list[tuple[str, Message]]:
    """(file, sentence) of all that is said and has no twin, or has one where the other has two forms."""
    known = twins(said)
    return [
        (where[0], each)
        for key, (each, where) in said_in(files(scope, house), house).items()
        if key not in known or len(forms_of(known[key].string)) < len(forms_of(each.id))
    ]


def long_sentences(said: Catalog) -> list[str]:
    """Sentences of twins with more words than an easy sentence has."""
    texts = (text for each in said if each.id for text in forms_of(each.string))
    return [part for text in texts for part in _ENDS.split(text) if len(_words(part)) > LONGEST]


def _words(sentence: str) -> list[str]:
    return [word for word in re.sub(r"<[^>]*>", " ", sentence).split() if re.search(r"\w", word)]


def lost_holders(said: Catalog) -> list[str]:
    """Twins whose placeholders, tags and entities are not those of the ordinary words."""
    wrong = []
    for each in twins(said).values():
        meant = forms_of(each.id)
        for place, text in enumerate(forms_of(each.string)):
            wanted = sorted(HOLDERS.findall(meant[min(place, len(meant) - 1)]))
            found = sorted(HOLDERS.findall(text))
            if found != wanted and not (len(meant) > 1 and set(found) <= set(wanted)):
                wrong.append(text)
    return wrong


def main(asked: list[str]) -> int:
    said = catalogue()
    lacking = missing(Scope.read(), said)
    for where, each in sorted(lacking, key=lambda pair: (pair[0], forms_of(pair[1].id))):
        print(f"{where}: {forms_of(each.id)[0]}")
    print(f"{len(lacking)} without a twin, {len(twins(said))} with one.")
    if "--add" in asked:
        there, new = {key_of(each) for each in said if each.id}, Catalog()
        for _where, each in lacking:
            if key_of(each) not in there:
                new.add(each.id, context=each.context)
        with CATALOGUE.open("ab") as target:
            pofile.write_po(target, new, width=0, omit_header=True)
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
