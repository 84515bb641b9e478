#!/usr/bin/env bash
# Browser tests by hand, with Playwright's own arguments: scripts/browser.sh --project=sqlite specs/register.spec.ts
# Pictures of every page, wide and narrow, in both languages: scripts/browser.sh --config shots.config.ts
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh
scripts/build.sh
postgres_start
export XUKE_BIN=$CARGO_TARGET_DIR/release/xuke
cd end2end
npx --no-install playwright test "$@"
