#!/usr/bin/env bash
# Every proof, in the order of how soon it can fail. `quick`: without PostgreSQL and the browser. `journeys`: the browser only.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
trap stop_services EXIT
trap 'exit 130' INT TERM

export PATH="$PWD/.venv/bin:$PATH"
failed=()
step() { # step NAME COMMAND...: go on after a failure, so that one run tells everything
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    "$@" || failed+=("$name")
    echo "-- $name: $((SECONDS - began)) s"
}
proof() { # proof NAME ARGS...: one pytest run, its counts kept for the closing line
    local name=$1
    shift
    step "tests: $name" pytest -q --junitxml="$services_dir/$name.xml" "$@"
}
on_postgres() {
    if ! start_postgres || ! start_valkey; then
        failed+=("the databases for the tests did not start") && return
    fi
    export DATABASE_URL=$postgres_url VALKEY_URL=$valkey_url
    proof postgresql tests --ignore=tests/house --ignore=tests/reasoning --ignore=tests/journeys
    unset DATABASE_URL VALKEY_URL
}

what=${1:-all}
if [ "$what" != journeys ]; then
    step "ruff" ruff check .
    step "import contracts" lint-imports
    step "scans" python scripts/scans.py
    [ "$what" = quick ] || step "types" mypy companionway
    proof pure tests/reasoning -p no:django -W ignore::pytest.PytestConfigWarning
    proof sqlite tests --ignore=tests/reasoning --ignore=tests/journeys --ignore=tests/chaos
    [ "$what" = quick ] || on_postgres
fi
[ "$what" = quick ] || proof journeys tests/journeys
[ "$what" != all ] || proof chaos tests/chaos

python scripts/totals.py "$services_dir"/*.xml || failed+=("a test failed or was skipped")
if [ ${#failed[@]} -gt 0 ]; then
    printf 'NOT well: %s\n' "${failed[@]}"
    exit 1
fi
echo "All well in $SECONDS s."
