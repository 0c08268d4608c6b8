#!/bin/bash
# usage: scripts/private-session.sh [--screen] COMMAND…
# Runs COMMAND with a session bus of its own, an unlocked keyring on it, throw-away home folders and, if asked, a virtual screen.
# Nothing of the user's own keyring, settings or screen is touched. Ends with COMMAND's exit code.
set -eu
screen=no
if [ "${1:-}" = --screen ]; then
  screen=yes
  shift
fi
[ $# -gt 0 ] || { echo "usage: $0 [--screen] COMMAND…" >&2; exit 2; }

session=$(mktemp -d "${TMPDIR:-/tmp}/mailroom-session-XXXXXX")
mkdir -m 700 "$session"/{home,data,config,cache,state,runtime}
# npm and its caches stay where they are: only what the program sees is private.
export npm_config_cache=${npm_config_cache:-$HOME/.npm} npm_config_userconfig=${npm_config_userconfig:-$HOME/.npmrc}
export HOME=$session/home XDG_DATA_HOME=$session/data XDG_CONFIG_HOME=$session/config XDG_CACHE_HOME=$session/cache
export XDG_STATE_HOME=$session/state XDG_RUNTIME_DIR=$session/runtime
unset DBUS_SESSION_BUS_ADDRESS GNOME_KEYRING_CONTROL WAYLAND_DISPLAY
export SCREEN=$screen

# A process group of its own: whatever COMMAND leaves behind, and the bus, keyring and screen, end with it.
set -m
# The bus must be started before the screen: a bus that knows a DISPLAY waits for ever for a password window nobody sees.
unset DISPLAY
exec 3>&2
# The bus complains about limits that do not matter here; what it says is shown when COMMAND could not be run.
dbus-run-session -- bash -c '
  exec 2>&3 3>&-
  touch "$XDG_RUNTIME_DIR/started"
  echo -n session | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>"$XDG_RUNTIME_DIR/keyring.log" ||
    { cat "$XDG_RUNTIME_DIR/keyring.log" >&2; exit 1; }
  # The daemon says it is unlocked a moment before it can be called.
  for attempt in $(seq 200); do
    dbus-send --session --print-reply --dest=org.freedesktop.DBus /org/freedesktop/DBus \
      org.freedesktop.DBus.NameHasOwner string:org.freedesktop.secrets | grep -q "boolean true" && break
    sleep 0.05
  done
  if [ "$SCREEN" = yes ]; then
    unset SCREEN
    exec xvfb-run -a -f "$XDG_RUNTIME_DIR/Xauthority" -s "-screen 0 1440x900x24" "$@"
  fi
  unset SCREEN
  exec "$@"
' _ "$@" </dev/null 2>"$session/bus.log" &
group=$!
set +m
end_all() { kill -TERM -- "-$group" 2>/dev/null || true; }
trap 'end_all; rm -rf "$session"' EXIT
trap end_all TERM INT HUP
code=0
wait "$group" || code=$?
# A signal interrupts the wait while the command is still ending.
while kill -0 "$group" 2>/dev/null; do
  code=0
  wait "$group" || code=$?
done
[ -e "$session/runtime/started" ] || cat "$session/bus.log" >&2
exit "$code"
