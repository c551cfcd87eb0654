#!/usr/bin/env bash
# Installs the Debian packages that are missing (.ci/packages.txt) and builds a preset: the programs, and with the kind
# test the tests as well.
#   prepare.sh PRESET KIND…     KIND: build, test
# Quick when there is nothing to do. Asks for root only when a package is missing.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=$1
shift

wanted=()
for kind in "$@"; do
    while read -r name; do wanted+=("$name"); done < <(awk -v kind="$kind" '$1 == kind { print $2 }' .ci/packages.txt)
done
missing=()
for name in "${wanted[@]}"; do
    status=$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$name")
done
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${#missing[@]} Debian packages: ${missing[*]}" >&2
    root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Not root and no sudo here. As root: apt-get install --no-install-recommends ${missing[*]}" >&2
            exit 2
        fi
        root=(sudo)
    fi
    "${root[@]}" apt-get update -q >&2
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "${missing[@]}" >&2
fi

# Clones in other folders share what the compiler cache holds.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
if [ ! -e "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >&2
fi
target=programs
case " $* " in *" test "*) target=all ;; esac
[ "$preset" = fuzz ] && target=fuzzers
cmake --build --preset "$preset" --target "$target" >&2
