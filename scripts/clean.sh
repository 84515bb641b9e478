#!/usr/bin/env bash
# `make clean`: removes what was built. Tools stay in the cache, and ./data stays: it may hold somebody's work.
set -euo pipefail
cd "$(dirname "$0")/.."
rm -rf "${CARGO_TARGET_DIR:-${XUKE_CACHE:-$HOME/.cache/xuke}/target}" end2end/node_modules end2end/test-results end2end/playwright-report
