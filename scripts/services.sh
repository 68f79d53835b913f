# Sourced by scripts/test.sh: a private PostgreSQL cluster and a private Valkey or Redis, both thrown away at the end.

services_dir=$(mktemp -d "${TMPDIR:-/tmp}/companionway-test.XXXXXX")
valkey_pids=()

free_port() { .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# PostgreSQL refuses to run as root, so root becomes the user that Debian made for it.
as_postgres() { if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi; }

start_postgres() {
    local programs port
    programs=$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | tail -n 1)")
    [ ! -L "$programs/initdb" ] || programs=$(dirname "$(readlink -f "$programs/initdb")")
    pg_ctl="$programs/pg_ctl" port=$(free_port)
    mkdir "$services_dir/pg"
    [ "$(id -u)" -ne 0 ] || { chmod 711 "$services_dir" && chown postgres "$services_dir/pg"; }
    as_postgres "$programs/initdb" -D "$services_dir/pg/data" -U companionway --auth=trust --encoding=UTF8 --no-sync >/dev/null || return 1
    as_postgres "$pg_ctl" -D "$services_dir/pg/data" -l "$services_dir/pg/log" -w -t 60 start \
        -o "-p $port -k $services_dir/pg -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c jit=off -c max_connections=60" >/dev/null || return 1
    postgres_url="postgres://companionway@127.0.0.1:$port/postgres"
}

start_valkey() {
    local port
    port=$(free_port)
    "$(command -v valkey-server || command -v redis-server)" --port "$port" --bind 127.0.0.1 --save "" --appendonly no \
        --dir "$services_dir" >"$services_dir/valkey.log" 2>&1 &
    valkey_pids+=($!)
    valkey_url="redis://127.0.0.1:$port/0"
}

stop_services() {
    [ ${#valkey_pids[@]} -eq 0 ] || kill "${valkey_pids[@]}" 2>/dev/null || true
    [ ! -d "$services_dir/pg/data" ] || as_postgres "$pg_ctl" -D "$services_dir/pg/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$services_dir"
}
