#!/usr/bin/env bash
# `make bench`: the figures, measured on this machine against the release build.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh
scripts/build.sh
postgres_start
export XUKE_BIN=$CARGO_TARGET_DIR/release/xuke
say "Measuring (about five minutes; leave the machine alone meanwhile)"
cargo bench --quiet --no-default-features --features ssr --bench figures
