#!/usr/bin/env bash
# Debian packages that are not there yet: `scripts/debian.sh venv` for running, `scripts/debian.sh tests` for testing,
# `scripts/debian.sh clients` for the calendar program of others that tests ask.
# Installs them when it may (root, or sudo without a question); otherwise says in one sentence what to type.
set -euo pipefail

missing=()
need() { # need PACKAGE TEST...: the package is missing when the test fails
    local package=$1
    shift
    "$@" >/dev/null 2>&1 || missing+=("$package")
}
valkey_or_redis() { command -v valkey-server || command -v redis-server; }
postgres() { command -v initdb || ls /usr/lib/postgresql/*/bin/initdb; }
nginx_program() { command -v nginx || test -x /usr/sbin/nginx; }
arabic_font() { fc-list :lang=ar family | grep -q Noto; }

case ${1:-} in
venv) need python3-venv "${PYTHON:-python3}" -c "import ensurepip, venv" ;;
clients)
    need nodejs command -v node
    need npm command -v npm
    ;;
tests)
    # The same browser without its own windows, which cost more than the pages in them.
    need chromium-headless-shell test -x "${CHROMIUM:-/usr/bin/chromium-headless-shell}"
    need postgresql postgres
    need valkey-server valkey_or_redis
    need fonts-noto-core arabic_font
    need gettext command -v msgfmt
    need nginx-light nginx_program
    need faketime command -v faketime
    ;;
*) echo "Say what for: venv, clients or tests." >&2 && exit 2 ;;
esac
[ ${#missing[@]} -eq 0 ] && exit 0

# Where the smaller browser cannot be had, the whole one will do: slower, and the same engine.
is_enough() { [ "${missing[*]}" = chromium-headless-shell ] && [ -z "${CHROMIUM:-}" ] && test -x /usr/bin/chromium; }

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
if ! command -v apt-get >/dev/null || ! "${as_root[@]}" true 2>/dev/null; then
    is_enough && exit 0
    echo "These Debian packages are missing; please run: sudo apt-get install ${missing[*]/valkey-server/redis-server}" >&2
    exit 1
fi
echo "Installing Debian packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
install() {
    "${as_root[@]}" apt-get update -qq || return 1
    # Debian 12 has Redis only; both speak the same protocol.
    apt-cache show valkey-server >/dev/null 2>&1 || missing=("${missing[@]/valkey-server/redis-server}")
    "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
install || is_enough
