#!/bin/sh
# A seat's report, run as root each minute: how many sessions people have here, and whether the seat can be worked at. It
# writes both into the machine's guestinfo, where 'power', and whoever else must not end somebody's work, reads them.
#
# Wants POSIX sh with ss (iproute2), vmtoolsd (open-vm-tools) and loginctl (systemd); without systemd it counts xrdp's sessions.
set -u
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
# RDP: [MS-RDPBCGR] 1.3.1.1, the port that servers listen on.
RDP_PORT=${POSTAZIONI_RDP_PORT:-3389}
SYSTEMD=${POSTAZIONI_SYSTEMD:-/run/systemd/system}
# When somebody worked here last, in seconds since 1970: guestinfo does not outlive the machine's power.
USED=${POSTAZIONI_USED_FILE:-/var/lib/postazioni/used}

fail() {
  logger -t postazioni -p daemon.warning -- "$1: nobody sees whether this seat is in use"
  exit 1
}

# Sessions of people, connected or not; those of greeters, and of services, are none.
sessions() {
  if [ ! -d "$SYSTEMD" ]; then
    ps -e -o comm= | counted '^xrdp-chansrv$'
    return
  fi
  ids=$(loginctl list-sessions --no-legend) || return 1
  echo "$ids" | while read -r id _; do
    [ -z "$id" ] || loginctl show-session "$id" --property=Class --value
  done | counted '^user'
}

counted() { awk -v wanted="$1" '$0 ~ wanted { found++ } END { print found + 0 }'; }

health() {
  if [ "$(vmtoolsd --cmd "info-get $PREFIX.state" 2>/dev/null)" = joined ] && listens; then
    echo healthy
  else
    echo unhealthy
  fi
}

listens() { ss --no-header --listening --numeric --tcp "sport = :$RDP_PORT" | grep -q .; }

# When this seat was used last: now, where it is; 0 where it never was.
used() {
  if [ "$1" -gt 0 ]; then
    mkdir -p "$(dirname "$USED")" && echo "$2" >"$USED"
  fi
  [ ! -e "$USED" ] || last=$(cat "$USED")
  echo "${last:-0}"
}

number=$(sessions) || fail "the sessions could not be listed"
now=$(date +%s)
vmtoolsd --cmd "info-set $PREFIX.report $number $(health) $now $(used "$number" "$now")" >/dev/null 2>&1 ||
  fail "$PREFIX.report could not be written"
