#!/usr/bin/env bash
# Write the locked lists anew from pyproject.toml. Needs uv, which the project itself does not.
# The public package index only: nothing that this machine is set up with may end in a lock.
set -euo pipefail
cd "$(dirname "$0")/.."

lock() {
    uv --no-config pip compile pyproject.toml --quiet --upgrade --universal --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
        --fork-strategy fewest --custom-compile-command "make lock" "$@"
}
lock --group build --output-file requirements/run.txt
lock --group build --group dev --constraint requirements/run.txt --output-file requirements/dev.txt
