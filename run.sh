#!/usr/bin/env bash
# Installs what is missing, builds, and opens the designer with a sample workflow connected to the local sandbox.
# Without a display it does the same off screen and says where the picture is. Further arguments go to the designer.
set -euo pipefail
cd "$(dirname "$0")"
.ci/prepare.sh release build

# A copy to play with, so that saving does not change the sources.
sample=build/sample/appointment-reminder.json
if [ ! -e "$sample" ]; then
    mkdir -p build/sample
    cp resources/samples/appointment-reminder.json "$sample"
fi

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
    exec build/release/bin/automation-designer --sandbox "$@" "$sample"
fi
picture=$PWD/build/sample/automation-designer.png
QT_QPA_PLATFORM=offscreen build/release/bin/automation-designer --sandbox --screenshot "$picture" --size 1600x1000 "$@" "$sample"
echo "No display here, so the window was drawn off screen: $picture"
