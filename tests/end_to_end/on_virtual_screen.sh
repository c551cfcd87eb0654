#!/usr/bin/env bash
# Runs a program on a virtual screen with a window manager.   on_virtual_screen.sh PROGRAM [ARG…]
set -euo pipefail
for tool in xvfb-run openbox xdotool xprop; do
    command -v "$tool" >/dev/null || { echo "$tool is missing; ./test.sh installs it" >&2; exit 2; }
done
exec xvfb-run -a -s "-screen 0 1600x1000x24" bash -c '
openbox >/dev/null 2>&1 &
manager=$!
until xprop -root _NET_SUPPORTING_WM_CHECK | grep -q window; do sleep 0.05; done
"$@"
code=$?
kill "$manager" 2>/dev/null
exit "$code"' on_virtual_screen "$@"
