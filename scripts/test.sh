#!/usr/bin/env bash
# `make test`: what must be true before a change lands. Some of it: scripts/test.sh format lint unit browser
# The world is compiled once: unit tests share profile, features and flags with the server of `cargo leptos build --release`
# (only our own crate is compiled without optimising, which halves its time), and the lints share its build scripts and macros.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh test
. scripts/postgres.sh
. scripts/s3.sh

# Here the values of a shell or a machine would only mislead a test.
for name in $(compgen -e XUKE_); do
  case $name in XUKE_CACHE | XUKE_FONT | XUKE_FONT_BOLD | XUKE_TEST_POSTGRES | XUKE_TEST_S3) ;; *) unset "$name" ;; esac
done

server=(--no-default-features --features ssr)
browser=(--no-default-features --features hydrate --target "$wasm")

check_format() { cargo fmt --check; }
check_types() { (cd end2end && npm run --silent types); }
lint_server() { cargo clippy --quiet --release --all-targets "${server[@]}" -- -D warnings; }
lint_browser() { cargo clippy --quiet --profile wasm-release --target-dir "$CARGO_TARGET_DIR/front" --lib "${browser[@]}" -- -D warnings; }
# Most of the time they wait for a database. Not optimised, what a long way of a case needs is more than the stack of a test's thread.
unit_tests() { RUST_TEST_THREADS=$((2 * $(nproc))) RUST_MIN_STACK=16777216 cargo test --quiet --release --config profile.release.package.xuke.opt-level=0 "${server[@]}" --lib --test architecture; }
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
  s3_stop
  [ $status = 0 ] || printf '\n\033[1m✗ Failed: %s\033[0m\n' "$current" >&2
}

trap finish EXIT

for part in "${@:-all}"; do
  case $part in all | format | lint | unit | browser) ;; *) echo "Unknown part: $part (format, lint, unit, browser)" >&2; exit 2 ;; esac
done
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
if wants unit || wants browser; then
  step "Starting PostgreSQL" postgres_start
fi
if wants unit; then
  step "Starting an S3 server" s3_start
  step "Unit and store tests on SQLite and PostgreSQL" unit_tests
fi
if wants browser; then
  step "Release build" scripts/build.sh
  step "Browser tests on SQLite and PostgreSQL" browser_tests
fi

say "All passed in $SECONDS s"
printf '%s\n' "${report[@]}"
