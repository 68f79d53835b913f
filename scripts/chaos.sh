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
export PYTHONPATH="$copy"
weather=0
# Each outage half a minute, on both databases; then the storm, which goes on whatever the weather was.
AWAY_SECONDS=30 "$python" -m pytest -q tests/chaos/test_weather.py || weather=1
AWAY_SECONDS=30 DATABASE_URL=postgres://its-own "$python" -m pytest -q tests/chaos/test_weather.py || weather=1
"$python" -m tests.chaos --page "$page" "$@"
[ "$weather" -eq 0 ] || { echo "NOT well: the weather (disk full, read-only, database away, clock)"; exit 1; }
