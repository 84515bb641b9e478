#!/usr/bin/env bash
# `make fmt`: formats the Rust sources with the toolchain that checks them.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/tools.sh run
cargo fmt
