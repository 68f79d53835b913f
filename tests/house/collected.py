"""What the pages and the code say today, collected as `make words` collects it, without touching a file."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from babel.messages import pofile
from django.utils.translation import template

from scripts.easy_read import KEYWORDS
from tests.house.files import HOUSE, ours

Said = tuple[str | None, str]


def collected(folder: Path, house: Path = HOUSE) -> set[Said]:
    """(context, English) of everything that is to be translated. `folder` takes the pages rewritten as code."""
    sources = [*ours(".py", under=house), *_as_code(folder, house)]
    listed = folder / "sources.txt"
    listed.write_text("\n".join(map(str, sources)))
    program = shutil.which("xgettext")
    assert program, "xgettext is missing: scripts/debian.sh tests"
    collecting = [
        program,
        "-d",
        "django",
        "--language=Python",
        "--from-code=UTF-8",
        "--output=-",
        "--no-location",
    ]
    collecting += [f"--keyword={each}" for each in KEYWORDS] + [f"--files-from={listed}"]
    found = subprocess.run(collecting, capture_output=True, check=True)
    header = found.stdout.replace(b"=CHARSET", b"=UTF-8").replace(
        b"INTEGER; plural=EXPRESSION", b"2; plural=n != 1"
    )
    (folder / "found.po").write_bytes(header)
    with (folder / "found.po").open("rb") as source:
        return {(each.context, first(each.id)) for each in pofile.read_po(source) if each.id}


def first(words: object) -> str:
    """The singular where there are two."""
    return str(words[0]) if isinstance(words, tuple | list) else str(words)


def _as_code(folder: Path, house: Path) -> list[Path]:
    made = []
    for number, page in enumerate(ours(".html", ".txt", under=house)):
        code = folder / f"page{number}.py"
        code.write_text(template.templatize(page.read_text(), origin=str(page)))
        made.append(code)
    return made
