#!/usr/bin/env bash
# Installs what is missing to build, run and test, and nothing else. The other scripts source it:
#   . scripts/tools.sh run    the compiler, cargo-leptos, wasm-bindgen, wasm-opt
#   . scripts/tools.sh test   the same, and PostgreSQL, Chromium, an S3 server and the test runner
# Everything that is not a system package goes to $XUKE_CACHE (default ~/.cache/xuke), outside the checkout.
set -euo pipefail

wanted=${1:-run}
XUKE_CACHE=${XUKE_CACHE:-$HOME/.cache/xuke}
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$XUKE_CACHE/target}
# Leptos reads its name while compiling. The same value everywhere, or `cargo test` and `cargo leptos` rebuild each other's world.
export LEPTOS_OUTPUT_NAME=xuke
# Scripts, styles and pictures for the browser: beside the binary, not in the checkout.
export LEPTOS_SITE_ROOT=$CARGO_TARGET_DIR/site

RUST=1.96.0
CARGO_LEPTOS=0.3.11
WASM_BINDGEN=0.2.130 # the same as in Cargo.toml
BINARYEN=132.0.0
CROPPER=1.6.2 # cuts photographs in the browser; served from our own origin
MOTO=5.2.5 # a server that speaks S3, for the tests
wasm=wasm32-unknown-unknown

tools=$XUKE_CACHE/tools
mkdir -p "$tools/bin" "$tools/logs" "$CARGO_TARGET_DIR"
export PATH="$tools/bin:$tools/npm/node_modules/.bin:$PATH"

say() { printf '\033[1m▸ %s\033[0m\n' "$*"; }
has() { command -v "$1" >/dev/null 2>&1; }
root() { if [ "$(id -u)" = 0 ]; then "$@"; elif has sudo; then sudo "$@"; else return 1; fi; }
is_debian() ( . /etc/os-release 2>/dev/null && [ "${ID:-}${VERSION_ID:-}" = debian12 ] )

# logged NAME COMMAND...: runs quietly; shows the end of the log if the command fails.
logged() {
  local log=$tools/logs/$1.log
  shift
  if ! "$@" >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Failed: $* (the whole log is $log)" >&2
    exit 1
  fi
}

give_up() {
  cat >&2 <<MSG

Missing: $*
Only on Debian 12 can this be installed for you. Elsewhere install by hand, then try again:
  - Rust $RUST or newer with the target $wasm
      rustup toolchain install stable --component clippy --component rustfmt --target $wasm
  - a C compiler, git, Node.js 18 or newer with npm
  - the font Noto Serif CJK, regular and bold
  - for the tests: PostgreSQL 13 or newer, Chromium, a Chinese font (Noto Sans CJK), Python 3 with venv, curl,
    poppler (pdftoppm) and zbar (zbarimg) to read documents as a telephone does
MSG
  exit 1
}

install_packages() {
  root apt-get update -qq && root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
packages() {
  local name missing=()
  for name in "$@"; do
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || has sudo || { echo "As root, run: apt-get install --no-install-recommends ${missing[*]}" >&2; exit 1; }
  say "Installing Debian packages: ${missing[*]}"
  logged apt install_packages "${missing[@]}"
}

# --- the ground ---------------------------------------------------------------------------------------
if is_debian; then
  packages build-essential pkg-config ca-certificates git
  has npm || packages nodejs npm
fi
for tool in cc git npm; do has "$tool" || give_up "$tool"; done

# --- the compiler ---------------------------------------------------------------------------------------
# Yours, if it is new enough and has the wasm target; else the one chosen by an earlier run; else rustup is asked
# for one of its own, which leaves your default alone; and where its server is out of reach, Debian's is taken, and the
# target's library built from the source that comes with it.
usable() {
  has rustc && has cargo &&
    [ "$(printf '%s\n' "$RUST" "$(rustc --version | cut -d' ' -f2)" | sort -V | head -n1)" = "$RUST" ] &&
    echo | rustc --target "$wasm" --crate-type lib --emit metadata -o "$tools/logs/probe" -
} >/dev/null 2>&1
of_debian() { is_debian && [ "$(command -v rustc)" = /usr/bin/rustc ]; }
use_rustup() { export RUSTUP_TOOLCHAIN=$RUST; }
use_debian() {
  # Before rustup's shims, which would answer for rustc, clippy and rustfmt as well; at the end of PATH, so that
  # cargo does not put them first by itself.
  export PATH="$tools/debian-rust:$PATH:${CARGO_HOME:-$HOME/.cargo}/bin"
  export RUSTC=/usr/bin/rustc CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=wasm-ld-19
}

install_rustup_toolchain() {
  timeout 300 rustup toolchain install "$RUST" --no-self-update --profile minimal --component clippy --component rustfmt --target "$wasm" \
    >"$tools/logs/rustup.log" 2>&1
}

install_debian_rust() {
  packages rustc-web cargo-web rust-web-clippy rustfmt-web rust-web-src lld-19
  mkdir -p "$tools/debian-rust"
  local name
  for name in rustc rustdoc cargo cargo-clippy clippy-driver cargo-fmt rustfmt; do ln -sf "/usr/bin/$name" "$tools/debian-rust/$name"; done
  use_debian
  ! usable || return 0
  say "Building the standard library for $wasm (about a minute, once)"
  local crate lib
  crate=$(mktemp -d)
  lib=$(rustc --print sysroot)/lib/rustlib/$wasm/lib
  mkdir "$crate/src" && : >"$crate/src/lib.rs"
  printf '[package]\nname = "empty"\nversion = "0.0.0"\nedition = "2021"\n' >"$crate/Cargo.toml"
  logged std env RUSTC_BOOTSTRAP=1 cargo build --release --manifest-path "$crate/Cargo.toml" --target-dir "$crate/target" \
    -Z build-std=std,panic_abort,panic_unwind,proc_macro,test --target "$wasm"
  rm "$crate/target/$wasm/release/deps/"libempty-*
  root mkdir -p "$lib"
  root find "$lib" -name '*.rlib' -delete
  root cp "$crate/target/$wasm/release/deps/"*.rlib "$lib/"
  rm -rf "$crate"
}

if usable && ! of_debian; then
  :
elif of_debian || [ -e "$tools/debian-rust/rustc" ]; then
  install_debian_rust
elif has rustup && (use_rustup && usable); then
  use_rustup
elif has rustup && say "Asking rustup for Rust $RUST with $wasm" && install_rustup_toolchain; then
  use_rustup
elif is_debian; then
  install_debian_rust
else
  give_up "Rust $RUST with $wasm"
fi
usable || give_up "Rust $RUST with $wasm"

# --- the builders ---------------------------------------------------------------------------------------
version_is() { "$1" --version 2>/dev/null | grep -qF "$2"; }

if ! version_is wasm-opt "version ${BINARYEN%%.*}"; then
  say "Installing wasm-opt"
  logged npm npm install --silent --no-fund --no-audit --prefix "$tools/npm" "binaryen@$BINARYEN"
fi
if ! grep -qsF "\"version\": \"$CROPPER\"" "$tools/npm/node_modules/cropperjs/package.json"; then
  say "Fetching Cropper.js"
  logged npm-cropper npm install --silent --no-fund --no-audit --prefix "$tools/npm" "cropperjs@$CROPPER"
fi
export CROPPER_DIST=$tools/npm/node_modules/cropperjs/dist
if ! version_is wasm-bindgen "$WASM_BINDGEN"; then
  say "Building wasm-bindgen $WASM_BINDGEN (about 5 minutes, once)"
  # Without --locked: its lock file names a crate version that is not always to be had.
  logged wasm-bindgen env CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    cargo install --quiet --root "$tools" --target-dir "$XUKE_CACHE/build-tools" "wasm-bindgen-cli@$WASM_BINDGEN"
fi
if ! version_is cargo-leptos "$CARGO_LEPTOS"; then
  say "Building cargo-leptos $CARGO_LEPTOS (8 to 15 minutes, once)"
  # A debug build of the tool builds the app just as well, and takes a third of the time to make.
  logged cargo-leptos env CARGO_PROFILE_DEV_DEBUG=0 \
    cargo install --quiet --root "$tools" --target-dir "$XUKE_CACHE/build-tools" --locked --debug "cargo-leptos@$CARGO_LEPTOS" --features no_downloads
fi
rm -rf "$XUKE_CACHE/build-tools"

# --- the fonts of documents -----------------------------------------------------------------------------
# Leptos.toml says where Debian puts them; elsewhere XUKE_FONT and XUKE_FONT_BOLD name the files.
if [ -z "${XUKE_FONT:-}" ]; then
  font=$(sed -n 's/^font = "\(.*\)"$/\1/p' Leptos.toml)
  if [ ! -r "$font" ] && is_debian; then packages fonts-noto-cjk; fi
  [ -r "$font" ] || give_up "the font of documents, $font (or another one: XUKE_FONT and XUKE_FONT_BOLD, see Leptos.toml)"
fi

# --- what only the tests need ---------------------------------------------------------------------------
if [ "$wanted" = test ]; then
  if is_debian; then
    packages postgresql chromium fonts-noto-cjk python3-venv curl poppler-utils zbar-tools
  else
    has psql || give_up PostgreSQL
    has "${CHROMIUM:-chromium}" || give_up "Chromium (or its path in CHROMIUM)"
    has python3 && has curl || give_up "Python 3 with venv, and curl"
    has pdftoppm && has zbarimg || give_up "poppler (pdftoppm) and zbar (zbarimg)"
  fi
  if ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    has rustup || give_up "clippy and rustfmt"
    logged rustup rustup component add clippy rustfmt
  fi
  if ! compgen -G "$XUKE_CACHE/moto/lib/python*/site-packages/moto-$MOTO.dist-info" >/dev/null; then
    say "Installing the S3 server of the tests"
    python3 -m venv --clear "$XUKE_CACHE/moto"
    logged moto "$XUKE_CACHE/moto/bin/pip" install --quiet "moto[s3]==$MOTO" flask flask-cors
  fi
  if ! cmp -s end2end/package-lock.json end2end/node_modules/.installed; then
    say "Installing the test runner"
    logged npm-end2end env PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --silent --no-fund --no-audit --prefix end2end
    cp end2end/package-lock.json end2end/node_modules/.installed
  fi
fi
