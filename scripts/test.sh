#!/usr/bin/env bash
# Every proof, in the order of how soon it can fail. `quick`: without PostgreSQL and the browser. `journeys`: the browser only.
# The long ones go in two lanes side by side, for a machine with two cores; the second lane's words follow the first's.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
trap 'kill $(jobs -p) 2>/dev/null || true; stop_services' EXIT
trap 'exit 130' INT TERM

export PATH="$PWD/.venv/bin:$PATH"
failed() { echo "$*" >>"$services_dir/failed"; }
step() { # step NAME COMMAND...: go on after a failure, so that one run tells everything
    local name=$1 began=$SECONDS
    shift
    echo "== $name"
    "$@" || failed "$name"
    echo "-- $name: $((SECONDS - began)) s"
}
proof() { # proof NAME ARGS...: one pytest run, its counts kept for the closing line
    local name=$1
    shift
    step "tests: $name" pytest -q --durations=12 --junitxml="$services_dir/$name.xml" "$@"
}
with_servers() { # a lane of its own: PostgreSQL with Valkey run already; then the real program, killed
    export DATABASE_URL=$postgres_url VALKEY_URL=$valkey_url
    proof postgresql tests --ignore=tests/house --ignore=tests/reasoning --ignore=tests/journeys --ignore=tests/chaos
    proof postgresql-chaos tests/chaos # apart: a browser's thread keeps an event loop for the rest of its run
    unset DATABASE_URL VALKEY_URL
    proof chaos tests/chaos
}
on_sqlite() {
    proof pure tests/reasoning -p no:django -W ignore::pytest.PytestConfigWarning
    proof sqlite tests --ignore=tests/reasoning --ignore=tests/journeys --ignore=tests/chaos
}

what=${1:-all}
if [ "$what" != journeys ]; then
    step "ruff" ruff check .
    step "import contracts" lint-imports
    step "scans" python scripts/scans.py
    [ "$what" = quick ] || step "types" mypy companionway
    second=""
    if [ "$what" = all ]; then
        if start_postgres && start_valkey; then
            with_servers >"$services_dir/second.log" 2>&1 &
            second=$!
        else
            failed "the databases for the tests did not start"
        fi
    fi
    on_sqlite
    [ "$what" = quick ] || proof journeys tests/journeys
    [ -z "$second" ] || { wait "$second" || true; cat "$services_dir/second.log"; }
else
    proof journeys tests/journeys
fi

python scripts/totals.py "$services_dir"/*.xml || failed "a test failed or was skipped"
if [ -s "$services_dir/failed" ]; then
    sed 's/^/NOT well: /' "$services_dir/failed"
    exit 1
fi
echo "All well in $SECONDS s."
