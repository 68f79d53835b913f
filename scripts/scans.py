"""Static scans of the code, the templates and the locks: `python scripts/scans.py`. One line for each finding.

What is allowed stands in scripts/allowed.toml with its reason. Dependencies are checked against the public list of
known weaknesses; where that cannot be reached the summary says "not checked", which is not the same as well.
"""

from __future__ import annotations

import ast
import json
import math
import re
import shutil
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = Path(__file__).with_name("allowed.toml")
SQL = re.compile(
    r"\s*(select|insert|update|delete|create|drop|alter|with|set|lock|truncate|vacuum|analyze)\s", re.I
)
SECRETS = {
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "a cloud or code-host token": re.compile(
        r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{30,}|glpat-[\w-]{20}|xox[abp]-[\w-]{10,})"
    ),
    "a passphrase in an address": re.compile(r"\b[a-z][a-z0-9+]+://[^/\s:@'\"{}$]+:(?!passphrase@)[^/\s:@'\"{}$]{6,}@"),
    "a secret by its name": re.compile(
        r"(?i)(?:secret|token|api_?key|password|passwd|passphrase)\w*\s*[:=]\s*[\"']([\w+/=-]{16,})[\"']"
    ),
}  # fmt: skip
ENTROPY_BITS = 3.5
NOT_SCANNED = re.compile(
    r"(^requirements/|\.(po|mo|woff2|png|jpg|svg|ico|docx|gz)$|^companionway/people/words\.txt$)"
)
TEMPLATE_RULES = {
    "|safe": re.compile(r"\|\s*safe(?:seq)?\b"),
    "autoescape off": re.compile(r"{%\s*autoescape\s+off"),
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")[^>]*>", re.I),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.I),
    "javascript: address": re.compile(r"javascript:", re.I),
    "another machine": re.compile(
        r"(?:src|srcset)\s*=\s*[\"'](?:https?:)?//|<link[^>]+href\s*=\s*[\"'](?:https?:)?//", re.I
    ),
}  # fmt: skip
MARKS = {"mark_safe", "SafeString", "SafeText", "html_safe"}


def tracked(root: Path = ROOT) -> list[str]:
    if not (root / ".git").exists():
        files = (path.relative_to(root) for path in root.rglob("*") if path.is_file())
        brought = {".git", "node_modules"}
        return sorted(
            str(path)
            for path in files
            if path.parts[0] not in {".venv", "var"} and not brought.intersection(path.parts)
        )
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout  # noqa: S607
    return [name for name in listed.decode().split("\0") if name and (root / name).is_file()]


def secrets_in(name: str, text: str) -> list[str]:
    """Private keys, tokens by their form, and long random values given to something called a secret."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        for what, pattern in SECRETS.items():
            for match in pattern.finditer(line):
                if not match.groups() or _entropy(match[1]) >= ENTROPY_BITS:
                    found.append(f"{name}:{number}: {what}")
    return found


def _entropy(text: str) -> float:
    counts = Counter(text).values()
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


def faults_in_template(name: str, text: str) -> list[str]:
    return [f"{name}: {what}" for what, pattern in TEMPLATE_RULES.items() if pattern.search(text)]


def marks_in(name: str, code: str) -> list[str]:
    """Files that say of a text that it needs no escaping."""
    calls = (node.func for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call))
    used = {each.id for each in calls if isinstance(each, ast.Name)}
    return [f"{name}: {mark}" for mark in sorted(used & MARKS)]


def sql_in(name: str, code: str) -> list[str]:
    """What is put together into SQL by Python: `file: expression` for every part that is no constant."""
    found = []
    for node in ast.walk(ast.parse(code)):
        found += [f"{name}: {ast.unparse(part)}" for part in _parts(node)]
    return sorted(set(found))


def _parts(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.JoinedStr) and SQL.match(_beginning(node)):
        yield from (part.value for part in node.values if isinstance(part, ast.FormattedValue))
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod | ast.Add) and _is_sql(node.left):
        yield node.right
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _is_sql(node.func.value):
        yield from [*node.args, *(each.value for each in node.keywords)]


def _is_sql(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.match(node.value))


def _beginning(node: ast.JoinedStr) -> str:
    first = node.values[0] if node.values else None
    return str(first.value) if isinstance(first, ast.Constant) else ""


def bandit() -> list[str]:
    """Findings of medium and high weight, as `file: rule`."""
    done = subprocess.run(  # noqa: S603
        [str(Path(sys.executable).with_name("bandit")), "-q", "-r", "companionway", "manage.py", "-ll", "-f", "json",
         # Ours look closer: `sql` at every part that is put in, `marks` at every file.
         "--skip", "B608,B308,B703"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)["results"]
    return sorted(
        {f"{each['filename'].removeprefix('./')}: {each['test_id']} {each['issue_text']}" for each in found}
    )


def dependencies() -> tuple[str, bool]:
    """(what to say, whether that is well)."""
    audit = shutil.which("pip-audit") or str(Path(sys.executable).with_name("pip-audit"))
    done = subprocess.run(  # noqa: S603
        [audit, "--strict", "--disable-pip", "--require-hashes", "-r", "requirements/run.txt", "--timeout", "5",
         "--progress-spinner", "off"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = done.stdout + done.stderr
    if done.returncode == 0 and "No known vulnerabilities found" in said:
        return "dependencies: no known weakness in requirements/run.txt", True
    if re.search(r"Found \d+ known vulnerabilit", said):
        return f"dependencies: {said.strip()}", False
    return "dependencies: NOT CHECKED (the vulnerability data could not be reached)", True


def findings() -> dict[str, list[str]]:
    """Everything found, by scan, before what is allowed is taken away."""
    found: dict[str, list[str]] = {"secrets": [], "templates": [], "marks": [], "sql": [], "bandit": bandit()}
    for name in tracked():
        if NOT_SCANNED.search(name):
            continue
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        found["secrets"] += secrets_in(name, text)
        if name.startswith("companionway/") and name.endswith(".html"):
            found["templates"] += faults_in_template(name, text)
        if name.startswith("companionway/") and name.endswith(".py") and "/migrations/" not in name:
            found["marks"] += marks_in(name, text)
            found["sql"] += sql_in(name, text)
    return found


def is_allowed(finding: str, allowed: list[dict[str, str]]) -> bool:
    return any(finding.startswith(each["is"]) and each["because"] for each in allowed)


def main() -> int:
    allowed: dict[str, list[dict[str, str]]] = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))
    wrong = 0
    for scan, found in findings().items():
        left = [each for each in found if not is_allowed(each, allowed.get(scan, []))]
        wrong += len(left)
        print(f"{scan}: {len(left)} found, {len(found) - len(left)} allowed with a reason")
        for each in left:
            print(f"  {each}")
    says, is_well = dependencies()
    print(says)
    return 1 if wrong or not is_well else 0


if __name__ == "__main__":
    sys.exit(main())
