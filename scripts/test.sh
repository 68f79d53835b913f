#!/usr/bin/env bash
# Every proof, in the order of how soon it can fail. `quick`: without PostgreSQL and the browser. `journeys`: the browser only.
# The long ones go in three lanes side by side, for a machine with two cores (the third mostly waits for what it started); the words
# of the second and third follow the first's.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/services.sh
trap 'kill $(jobs -p) 2>/dev/null || true; stop_services' EXIT
trap 'exit 130' INT TERM

export PATH="$PWD/.venv/bin:$PATH"
unset PYTHONDONTWRITEBYTECODE # hundreds of processes begin here, and each would compile every module again
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
with_servers() { # PostgreSQL with Valkey run already
    export DATABASE_URL=$postgres_url VALKEY_URL=$valkey_url
    proof postgresql tests --ignore=tests/house --ignore=tests/reasoning --ignore=tests/journeys --ignore=tests/chaos
}
from_outside() { # the real program: killed, and met by browsers; on PostgreSQL with a Valkey of its own, which others do not fill
    proof chaos tests/chaos
    proof journeys tests/journeys
    [ -z "${other_valkey_url:-}" ] || DATABASE_URL=$postgres_url VALKEY_URL=$other_valkey_url proof postgresql-chaos tests/chaos
}
on_sqlite() {
    proof pure tests/reasoning -p no:django -W ignore::pytest.PytestConfigWarning
    proof sqlite tests --ignore=tests/reasoning --ignore=tests/journeys --ignore=tests/chaos
}

what=${1:-all}
if [ "$what" != journeys ]; then
    others=()
    if [ "$what" = all ]; then
        if start_postgres && start_valkey && other_valkey_url=$valkey_url && start_valkey; then
            with_servers >"$services_dir/servers.log" 2>&1 &
            others+=($!)
        else
            other_valkey_url=""
            failed "the databases for the tests did not start"
        fi
        from_outside >"$services_dir/outside.log" 2>&1 &
        others+=($!)
    fi
    step "ruff" ruff check .
    step "import contracts" lint-imports
    step "scans" python scripts/scans.py
    [ "$what" = quick ] || step "types" mypy companionway
    on_sqlite
    for lane in "${others[@]}"; do wait "$lane" || failed "a lane was cut off"; done
    for log in "$services_dir"/{servers,outside}.log; do [ ! -f "$log" ] || cat "$log"; done
else
    proof journeys tests/journeys
fi

[ "$what" != all ] || PYTHONPATH=. python scripts/hazards.py "$services_dir"/*.xml || failed "a hazard's control has no passing test"
python scripts/totals.py "$services_dir"/*.xml || failed "a test failed or was skipped"
if [ -s "$services_dir/failed" ]; then
    sed 's/^/NOT well: /' "$services_dir/failed"
    exit 1
fi
echo "All well in $SECONDS s."
