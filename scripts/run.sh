#!/usr/bin/env bash
# `make run`: from a bare machine to a running server with demo data.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh run

say "Building Xuke"
scripts/build.sh
xuke=$CARGO_TARGET_DIR/release/xuke
# A demonstration: sample data, and text messages to be read at /demo/messages. XUKE_DEMO=0 starts without.
export XUKE_DEMO=${XUKE_DEMO:-1}

say "Preparing the database in $PWD/data"
mkdir -p data
"$xuke" migrate

# Once, and never into a database that holds anything else: `xuke demo` refuses that by itself.
if [ "$XUKE_DEMO" != 0 ] && [ ! -e data/.demo ]; then
  say "Loading the demo data (made-up units, persons and staff)"
  if "$xuke" demo; then
    : >data/.demo
  else
    echo "The demo data was not loaded. The server starts with what the database holds."
  fi
fi

say "Starting the server; stop it with Ctrl+C"
exec "$xuke" serve
