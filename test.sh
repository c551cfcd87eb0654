#!/usr/bin/env bash
# Installs what is missing, builds, and runs all tests.   test.sh [--preset debug|release|asan|tsan] [CTest arguments…]
set -euo pipefail
cd "$(dirname "$0")"
preset=debug
if [ "${1:-}" = --preset ]; then
    preset=$2
    shift 2
fi
.ci/prepare.sh "$preset" build test
exec ctest --preset "$preset" --parallel "$(nproc)" "$@"
