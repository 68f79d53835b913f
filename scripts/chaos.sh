#!/usr/bin/env bash
# The long proof of durability (docs/durability.md). It runs in a copy, so that work in this folder may go on meanwhile.
set -euo pipefail
cd "$(dirname "$0")/.."
page="$PWD/docs/durability.md" python="$PWD/.venv/bin/python"
copy=$(mktemp -d "${TMPDIR:-/tmp}/companionway-copy.XXXXXX")
chmod 755 "$copy"
trap 'rm -rf "$copy"' EXIT
trap 'exit 130' INT TERM
cp -r companionway tests manage.py pyproject.toml "$copy"
cd "$copy"
PYTHONPATH="$copy" "$python" -m tests.chaos --page "$page" "$@"
