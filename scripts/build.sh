#!/usr/bin/env bash
# Builds the server and everything it serves, in release. Nothing is done when no source has changed: cargo-leptos
# itself would split and compress the browser's part again, which takes a minute. Runs after tools.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

binary=$CARGO_TARGET_DIR/release/xuke
stamp=$CARGO_TARGET_DIR/release/xuke.stamp

# The contents, not the times, of all that may go into the build, and the compiler: the target folder may be shared by checkouts.
fingerprint() {
  {
    rustc --version --verbose
    printf '%s\n' "${RUSTFLAGS:-}"
    find . \( -name .git -o -name node_modules -o -path ./data -o -path ./target -o -path ./docs -o -path ./end2end \
      -o -path ./scripts -o -path ./.ci -o -path ./tests -o -path ./benches \) -prune -o -type f ! -name '*.md' -print0 |
      LC_ALL=C sort -z | xargs -0 sha256sum
  } | sha256sum
}

# What the browser gets beside our own: the library that cuts photographs.
bring() {
  mkdir -p "$LEPTOS_SITE_ROOT/cropper"
  cp "$CROPPER_DIST/cropper.min.js" "$CROPPER_DIST/cropper.min.css" "$LEPTOS_SITE_ROOT/cropper/"
}

# Which file the server is: the unit tests leave one there that is not optimised.
server() { stat -c '%i %s %Y' "$binary"; }

now=$(fingerprint)
if [ -x "$binary" ] && [ -d "$LEPTOS_SITE_ROOT/pkg" ] && [ "$(head -n 1 "$stamp" 2>/dev/null)" = "$now" ]; then
  if [ "$(tail -n 1 "$stamp")" != "$(server)" ]; then
    cargo leptos build --release --server-only
    printf '%s\n' "$now" "$(server)" >"$stamp"
  fi
  bring
  echo "The build is up to date."
  exit
fi

if [ -x "$binary" ]; then
  echo "Building what has changed: the browser's part and the server (up to ten minutes)."
else
  echo "Building everything in release: some 400 libraries twice, for the browser and for the server. The first time this takes"
  echo "10 to 25 minutes on two cores; later only what has changed is built. The result goes to $CARGO_TARGET_DIR."
fi
rm -f "$stamp"
# Side by side: each alone leaves a core idle for minutes.
cargo leptos build --release --split -P --frontend-only &
browser_part=$!
cargo leptos build --release --server-only
wait "$browser_part"
bring
printf '%s\n' "$now" "$(server)" >"$stamp"
