#!/usr/bin/env bash
# Fuzzes for a while over the kept corpus; the preset "fuzz" must be built.   run.sh SECONDS [TARGET…]
# Two targets at a time. New inputs stay in build/fuzz/corpus, what breaks in build/fuzz/findings, with which it ends
# unsuccessfully. Keeping the interesting inputs: build/fuzz/tests/TARGET -merge=1 tests/fuzz/corpus/NAME build/fuzz/corpus/NAME
set -euo pipefail
cd "$(dirname "$0")/../.."
seconds=$1
shift
[ $# -gt 0 ] || set -- fuzz_reader fuzz_scanner fuzz_checker fuzz_patch
mkdir -p build/fuzz/findings

fuzz() {
    local target=$1 name=${1#fuzz_} dictionary=json
    [ "$name" = scanner ] && dictionary=script
    mkdir -p "build/fuzz/corpus/$name"
    # The most time one input may take and the most memory of the whole process are laws, too. The leak detector of some
    # runtimes crashes now and then while it stops the other threads at the end; that says nothing of the target, so it
    # is asked again.
    for _ in 1 2 3; do
        if "build/fuzz/tests/$target" "build/fuzz/corpus/$name" "tests/fuzz/corpus/$name" \
            -dict="tests/fuzz/$dictionary.dict" -artifact_prefix="build/fuzz/findings/$name-" \
            -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 -print_final_stats=1 \
            > "build/fuzz/$name.log" 2>&1
        then
            echo "$target: $(awk '/number_of_executed_units/ { print $2 }' "build/fuzz/$name.log") inputs in $seconds s, nothing found"
            return
        fi
        grep -q "Tracer caught signal" "build/fuzz/$name.log" || break
        echo "$target: the leak detector crashed, which is none of the target's; again" >&2
    done
    echo "$target: found something; build/fuzz/$name.log ends with"
    tail -n 40 "build/fuzz/$name.log"
    return 1
}
export -f fuzz
export LSAN_OPTIONS=suppressions=$PWD/tests/leaks.supp:print_suppressions=0
export seconds
printf '%s\n' "$@" | xargs -P 2 -I {} bash -c 'fuzz {}'
