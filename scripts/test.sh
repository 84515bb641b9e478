#!/usr/bin/env bash
# `make test`: what must be true before a change lands. Some of it: scripts/test.sh format lint rules unit browser
# `unit` (every Rust test, on both engines) and `browser` (the release build and Playwright) are not yet part of `all`: they
# are written, but have not been run to the end on a machine of ours. They belong there as soon as they have.
# The world is compiled once: unit tests share profile, features and flags with the server of `cargo leptos build --release`,
# and the lints share its build scripts and macros.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh

# Here the values of a shell or a machine would only mislead a test.
for name in $(compgen -e XUKE_); do
  case $name in XUKE_CACHE | XUKE_TEST_POSTGRES) ;; *) unset "$name" ;; esac
done

server=(--no-default-features --features ssr)
browser=(--no-default-features --features hydrate --target "$wasm")

check_format() { cargo fmt --check; }
check_types() { (cd end2end && npm run --silent types); }
lint_server() { cargo clippy --quiet --release --all-targets "${server[@]}" -- -D warnings; }
lint_browser() { cargo clippy --quiet --profile wasm-release --target-dir "$CARGO_TARGET_DIR/front" --lib "${browser[@]}" -- -D warnings; }
rule_tests() { cargo test --quiet --release "${server[@]}" --lib -- base:: form:: catalogue::tests application::book; }
unit_tests() { cargo test --quiet --release "${server[@]}"; }
browser_tests() { XUKE_BIN=$CARGO_TARGET_DIR/release/xuke npm test --silent --prefix end2end; }

report=()
current=arguments
step() {
  local title=$1 start=$SECONDS
  shift
  current=$title
  say "$title"
  "$@"
  report+=("$(printf '%5d s  %s' $((SECONDS - start)) "$title")")
  printf '%s\n' "${report[-1]}"
}
finish() {
  local status=$?
  postgres_stop
  [ $status = 0 ] || printf '\n\033[1m✗ Failed: %s\033[0m\n' "$current" >&2
}

trap finish EXIT

for part in "${@:-all}"; do
  case $part in all | format | lint | rules | unit | browser) ;; *) echo "Unknown part: $part (format, lint, rules, unit, browser)" >&2; exit 2 ;; esac
done
asks() { [[ " $parts " == *" $1 "* ]]; }
wants() { [[ " $parts " == *" all "* || " $parts " == *" $1 "* ]]; }
parts=${*:-all}

if wants format; then
  step "Formatting" check_format
  step "Types of the browser tests" check_types
fi
if wants lint; then
  step "Lints, server" lint_server
  step "Lints, browser" lint_browser
fi
if wants rules; then step "Pure rules: codes, forms, catalogue, routing, books" rule_tests; fi
if asks unit || asks browser; then
  step "Starting PostgreSQL" postgres_start
fi
if asks unit; then step "Unit and store tests on SQLite and PostgreSQL" unit_tests; fi
if asks browser; then
  step "Release build" scripts/build.sh
  step "Browser tests on SQLite and PostgreSQL" browser_tests
fi

say "All passed in $SECONDS s"
printf '%s\n' "${report[@]}"
