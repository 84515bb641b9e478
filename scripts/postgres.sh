#!/usr/bin/env bash
# A PostgreSQL of our own for the tests: a fresh cluster in a temporary folder on a free loopback port, gone afterwards.
#   . scripts/postgres.sh && postgres_start     for the rest of the calling script
#   scripts/postgres.sh COMMAND...              for one command
# Its address is in $XUKE_TEST_POSTGRES, as a user who may create databases; if that is set already, that server is used.
set -euo pipefail

postgres_bin() {
  local dir
  for dir in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -Vr) "$(pg_config --bindir 2>/dev/null || true)"; do
    if [ -x "$dir/initdb" ]; then echo "$dir" && return; fi
  done
  dirname "$(command -v initdb)"
}

# The server refuses to run as root.
postgres_as() (
  cd "$postgres_dir"
  if [ "$(id -u)" = 0 ]; then exec runuser -u "$postgres_user" -- "$@"; else exec "$@"; fi
)

postgres_start() {
  [ -z "${XUKE_TEST_POSTGRES:-}" ] || return 0
  postgres_user=$(if [ "$(id -u)" != 0 ]; then id -un; elif id postgres >/dev/null 2>&1; then echo postgres; else echo nobody; fi)
  postgres_dir=$(mktemp -d "${TMPDIR:-/tmp}/xuke-postgres.XXXXXX")
  postgres_tools=$(postgres_bin)
  [ -n "$(trap -p EXIT)" ] || trap postgres_stop EXIT
  [ "$(id -u)" != 0 ] || chown "$postgres_user" "$postgres_dir"
  # Byte order, as SQLite sorts; durable, as in life.
  postgres_as "$postgres_tools/initdb" -D "$postgres_dir/data" -U xuke -A trust -E UTF8 --locale=C >"$postgres_dir/initdb.log"
  local port try
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    if postgres_as "$postgres_tools/pg_ctl" -D "$postgres_dir/data" -l "$postgres_dir/data/server.log" -w -s \
      -o "-c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$postgres_dir -c max_connections=300 -c fsync=on" start; then
      export XUKE_TEST_POSTGRES=postgres://xuke@127.0.0.1:$port/postgres
      return 0
    fi
    echo "PostgreSQL did not start on port $port (try $try)." >&2
  done
  cat "$postgres_dir/data/server.log" >&2
  return 1
}

postgres_stop() {
  [ -n "${postgres_dir:-}" ] || return 0
  [ ! -e "$postgres_dir/data/postmaster.pid" ] || postgres_as "$postgres_tools/pg_ctl" -D "$postgres_dir/data" -s -m immediate stop || true
  rm -rf "$postgres_dir"
  postgres_dir=
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  postgres_start
  "$@"
fi
