#!/usr/bin/env bash
# `make bench`: the figures of the release build on this machine, each beside what the machine can do without it. Whatever else
# runs meanwhile spoils them. TMPDIR chooses the disk that is measured. Some of them: scripts/bench.sh sqlite office-sqlite
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh
scripts/build.sh
postgres_start
cargo bench --quiet --no-default-features --features ssr --bench figures -- "$@"
