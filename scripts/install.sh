#!/usr/bin/env bash
# Make .venv and put the locked dependencies into it, every file checked against its hash: scripts/install.sh run|dev
set -euo pipefail
cd "$(dirname "$0")/.."

new_enough() { command -v "$1" >/dev/null && "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; }
python=""
for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
    if new_enough "$candidate"; then python=$candidate && break; fi
done
if [ -z "$python" ]; then
    echo "Companionway needs Python 3.11 or newer; on Debian 12: sudo apt-get install python3 python3-venv" >&2
    exit 1
fi

if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    PYTHON=$python scripts/debian.sh venv
    echo "Making .venv"
    "$python" -m venv --clear .venv
fi
echo "Installing the locked dependencies ($1); the first time this takes a minute or two"
pip() { .venv/bin/python -m pip --disable-pip-version-check --quiet "$@"; }
pip install --require-hashes -r "requirements/$1.txt"
pip install --no-deps --no-build-isolation --editable .
