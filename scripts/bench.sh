#!/usr/bin/env bash
# `make bench`: the figures of the release build on this machine, each beside what the machine can do without it. Whatever else
# runs meanwhile spoils them. TMPDIR chooses the disk that is measured. Some of them: scripts/bench.sh sqlite office-sqlite keys
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh
scripts/build.sh
postgres_start

# What a browser shows of a key pressed is measured by a browser.
parts=()
keys=$([ $# -gt 0 ] || echo yes)
for part in "$@"; do
  if [ "$part" = keys ]; then keys=yes; else parts+=("$part"); fi
done
if [ $# = 0 ] || [ ${#parts[@]} -gt 0 ]; then
  cargo bench --quiet --no-default-features --features ssr --bench figures -- "${parts[@]}"
fi
if [ -n "$keys" ]; then
  XUKE_BIN=$CARGO_TARGET_DIR/release/xuke npm run --silent figures --prefix end2end
fi
