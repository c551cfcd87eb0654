#!/usr/bin/env bash
# Installs what is missing, builds, runs all tests and fuzzes for a moment.   test.sh [--preset debug|release|asan|tsan] [CTest arguments…]
set -euo pipefail
cd "$(dirname "$0")"
preset=debug
if [ "${1:-}" = --preset ]; then
    preset=$2
    shift 2
fi
.ci/prepare.sh "$preset" build test
ctest --preset "$preset" --parallel "$(nproc)" "$@"
# The tests of the debug build are followed by a moment of fuzzing, the other presets repeat those tests only.
if [ "$preset" = debug ]; then
    .ci/prepare.sh fuzz build test
    tests/fuzz/run.sh 10
fi
