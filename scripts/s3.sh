#!/usr/bin/env bash
# A server of our own that speaks S3, for the tests: moto on a free loopback port, forgetting everything when it stops.
#   . scripts/s3.sh && s3_start     for the rest of the calling script, which calls s3_stop
# Its address is in $XUKE_TEST_S3; if that is set already, that server is used. Runs after tools.sh.
set -euo pipefail

s3_start() {
  [ -z "${XUKE_TEST_S3:-}" ] || return 0
  local port try
  for try in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 12000))
    "$XUKE_CACHE/moto/bin/moto_server" -H 127.0.0.1 -p "$port" >/dev/null 2>&1 &
    s3_pid=$!
    # It is there when it answers; it has ended when the port was taken.
    while kill -0 "$s3_pid" 2>/dev/null; do
      if curl -fs "http://127.0.0.1:$port/moto-api/" >/dev/null 2>&1; then
        export XUKE_TEST_S3=http://127.0.0.1:$port
        return 0
      fi
    done
    echo "The S3 server did not start on port $port (try $try)." >&2
  done
  return 1
}

s3_stop() {
  [ -n "${s3_pid:-}" ] || return 0
  kill "$s3_pid" 2>/dev/null || true
  wait "$s3_pid" 2>/dev/null || true
  s3_pid=
}
