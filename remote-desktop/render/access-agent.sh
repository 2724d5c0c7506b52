#!/bin/sh
# An access machine's configuration, loaded while people work. It comes as guestinfo, whole, and is a function of the city's file;
# what HAProxy accepts takes effect at once: no session is cut, so nobody has to be asked. What it refuses is said to vCenter.
# Each configuration is a process of its own: the one before keeps its sessions until they end, and takes no new ones.
#
# This program also carries over who has which seat: to a new process all that the one before knew, and then, every
# $REFRESH_SECONDS, from every process that still has sessions. The running process tells the other machine.
#
# And it keeps people from seats that are about to be changed, which guestinfo names, until the time that stands there too: nobody new
# gets a drained seat, nobody at all a closed one, and no session is cut.
#
# A certificate that access-certificate.py fetched or renewed is loaded as a configuration is.
#
# agent-common.sh has the orders that it obeys.
#
# Wants POSIX sh with vmtoolsd (open-vm-tools), haproxy, nft, socat, openssl, awk, gzip, coreutils and systemctl.
. "${0%/*}/agent-common.sh" || exit 1
umask 027

ROOT=${POSTAZIONI_ROOT:-}
FOLDER=$ROOT/var/lib/postazioni
FILES='haproxy.cfg postazioni/holders.map postazioni/permitted.nft'
HAPROXY=$ROOT/etc/haproxy
PERMITTED=$HAPROXY/postazioni/permitted.nft
CERTIFICATE=$HAPROXY/postazioni/machine.pem
SOCKET=$ROOT/run/haproxy/admin.sock
MASTER=$ROOT/run/haproxy-master.sock
INSTANCE=$ROOT/var/lib/cloud/data/instance-id
SERVICES='haproxy keepalived'
REFRESH_SECONDS=${POSTAZIONI_REFRESH_SECONDS:-30}
# Looks, each a tenth of a second after the one before: for a new process, which reads the configuration of 15,000 seats in seconds
# where nothing else wants the processor, and for the other machine.
START_LOOKS=600
LOOKS=100

OBEYED=$FOLDER/obeyed
OFFERED=$FOLDER/offered
LOADED=$FOLDER/loaded
HELD=$FOLDER/held
CERTIFIED=$FOLDER/certified

refreshed=0 holding=none

judged() {
  [ "$offered $verdict $why" = "$offered $1 $2" ] || say "configuration $offered: $1${2:+: $2}"
  verdict=$1 why=$2
}

# unpack FILE FOLDER: the files of a bundle; each begins with a line that names it. Of seats whose numbers follow each other, and
# of their holders, it has a line, of which this makes one a seat: guestinfo has no place for those of a large city.
unpack() {
  rm -rf "$2" && mkdir -p "$2" && awk -v folder="$2" '
    function number(signs,   value, at) {
      for (at = 1; at <= 4; at++) value = 36 * value + index("0123456789abcdefghijklmnopqrstuvwxyz", substr(signs, at, 1)) - 1
      return value
    }
    /^--- / { file = folder "/" $2; printf "" >file; next }
    file == "" { next }
    $1 == "seats" {
      rest = $5
      for (at = 6; at <= NF; at++) rest = rest " " $at
      for (at = $3; at <= $4; at++) { seat = $2 sprintf("%04d", at); print "  server " seat " " seat rest >file }
      next
    }
    $1 == "holders" {
      for (at = 0; 4 * at < length($6); at++) {
        signs = substr($6, 4 * at + 1, 4)
        if (signs != "----") print $2 "/" $4 sprintf("%06d", number(signs)) " " $3 sprintf("%04d", $5 + at) >file
      }
      next
    }
    { print >file }' "$1" && [ -s "$2/haproxy.cfg" ]
}

# Reads and loads the offered configuration, once for each value.
take_offer() {
  is_new_offer || return 0
  if ! unpack "$OFFERED" "$FOLDER/next"; then
    judged refused 'guestinfo has no configuration in gzip and base64'
    return 0
  fi
  offered=$(digest "$OFFERED")
  if [ "$offered" = "$(digest "$LOADED")" ] && systemctl is-active --quiet haproxy.service; then
    judged confirmed ''
  elif wrong=$(checked); then
    load
  else
    judged refused "$(printf '%s\n' "$wrong" | reason)"
  fi
}

# It names the files by their places, so it is tried with them there; the former ones return where it is refused.
checked() {
  mkdir -p "$HAPROXY/postazioni" "$FOLDER/before"
  for name in $FILES; do cp -p "$HAPROXY/$name" "$FOLDER/before/" 2>/dev/null; done
  put "$FOLDER/next"
  stand_in
  haproxy -c -q -f "$HAPROXY/haproxy.cfg" 2>&1 && nft -c -f "$PERMITTED" 2>&1 && return 0
  put "$FOLDER/before"
  return 1
}

# Until the machine has its certificate HAProxy starts with one of its own that nobody believes: people come to their seats, and the
# pair tell each other nothing.
stand_in() {
  [ ! -s "$CERTIFICATE" ] && grep -q "crt ${CERTIFICATE#"$ROOT"}" "$HAPROXY/haproxy.cfg" || return 0
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 3650 -subj /CN=none -keyout "$FOLDER/none.key" \
    -out "$HAPROXY/postazioni/authority.pem" 2>/dev/null
  cat "$FOLDER/none.key" "$HAPROXY/postazioni/authority.pem" >"$CERTIFICATE"
  rm -f "$FOLDER/none.key"
  : >"$HAPROXY/postazioni/certificate.prom"
}

# put FOLDER
put() {
  chmod 0644 "$1"/* 2>/dev/null
  for name in $FILES; do
    [ ! -e "$1/${name##*/}" ] || cp "$1/${name##*/}" "$HAPROXY/$name"
  done
}

# ask SOCKET COMMAND...: what a process of HAProxy answers.
ask() {
  socket=$1
  shift
  printf '%s\n' "$@" | socat -t 5 - "UNIX-CONNECT:$socket" 2>/dev/null
}

# Processes by the master's list: the running one, or those before it.
running() { ask "$MASTER" 'show proc' | awk '/^# /{ part = $2 } part == "workers" && $2 == "worker" { print $1 }'; }
before() { ask "$MASTER" 'show proc' | awk '/^# /{ part = $2 } part == "old" && $2 == "worker" { print $1, $3 }'; }

load() {
  reload || {
    judged refused 'HAProxy did not start with it'
    return 0
  }
  keep "$LOADED" <"$OFFERED"
  judged confirmed ''
}

# Has HAProxy load what stands in its files, in a process of its own, which learns what the one before knew.
reload() {
  ask "$SOCKET" 'show servers state' >"$FOLDER/servers.state.new" && [ -s "$FOLDER/servers.state.new" ] &&
    mv "$FOLDER/servers.state.new" "$FOLDER/servers.state"
  : >>"$FOLDER/servers.state"
  was=$(running) generation=$(($(cat "$HAPROXY/postazioni/generation" 2>/dev/null || echo 0) + 1))
  echo "$generation" >"$HAPROXY/postazioni/generation"
  chmod 0644 "$HAPROXY/postazioni/generation"
  certificate=$(digest "$CERTIFICATE")
  nft -f "$PERMITTED" && systemctl reload-or-restart haproxy.service && came "$was" || return 1
  printf '%s\n' "$certificate" | keep "$CERTIFIED"
  holding=none
  if [ -n "$was" ]; then carry "$was" 0; fi
  ask "$SOCKET" "set table carried_over key g$generation" >/dev/null
  await_other
}

# A certificate that came, or was renewed, is loaded as a configuration is. One that HAProxy does not take is tried again when it changes.
renew() {
  [ -s "$CERTIFICATE" ] && [ -e "$LOADED" ] || return 0
  now=$(digest "$CERTIFICATE")
  [ "$now" != "$(cat "$CERTIFIED" 2>/dev/null)" ] || return 0
  if haproxy -c -q -f "$HAPROXY/haproxy.cfg" 2>/dev/null && reload; then
    say 'HAProxy has a new certificate'
  else
    say 'HAProxy does not take the new certificate'
    printf '%s\n' "$now" | keep "$CERTIFIED"
  fi
}

# came PROCESS: waits until another one runs than that.
came() {
  looks=0
  while [ "$looks" -lt "$START_LOOKS" ]; do
    now=$(running)
    [ -z "$now" ] || [ "$now" = "$1" ] || return 0
    looks=$((looks + 1))
    sleep 0.1
  done
  return 1
}

# Whether the other machine has what this one knows, and this one what the other knew: connected, both lessons over (the last
# two bits of the section's flags), and all updates sent.
in_sync() {
  ask "$SOCKET" 'show peers' | awk '
    / id=pair / { match($0, /flags=0x[0-9a-f]+/); learnt = substr($0, RSTART + RLENGTH - 1, 1) ~ /[37bf]/ }
    / id=[^ ]+\((local|remote),/ { remote = /\(remote,/ }
    remote && / state=EST/ { connected = 1 }
    remote && /last_pushed=/ { match($0, /last_pushed=[0-9]+/); sent = substr($0, RSTART + 12, RLENGTH - 12) }
    remote && /localupdate=/ { match($0, /localupdate=[0-9]+/); if (substr($0, RSTART + 12, RLENGTH - 12) != sent) behind = 1 }
    END { exit !(learnt && connected && !behind) }'
}

# Whoever waits for this configuration goes on to the other machine once it may fail. One that is off is not waited for any longer.
await_other() {
  looks=0
  until in_sync || [ "$looks" -ge "$LOOKS" ]; do
    looks=$((looks + 1))
    sleep 0.1
  done
}

# The tables of people and seats that a process has, by its answers to "show table".
tables() { ask "$MASTER" "@!$1 show table" | sed -n 's/^# table: \([^,]*\), type: string,.*/\1/p' | grep -v '^carried_over$'; }

# carry PROCESS LEAST: enters in the running process what another one knows: all, or what has at least so many sessions.
# In one connection: a command at a time, each answered with an empty line.
carry() {
  for table in $(tables "$1"); do
    ask "$MASTER" "@!$1 show table $table" | awk -v table="$table" -v least="$2" '
      match($0, /key=[^ ]+/) {
        key = substr($0, RSTART + 4, RLENGTH - 4)
        match($0, /use=[0-9]+/); use = substr($0, RSTART + 4, RLENGTH - 4) + 0
        match($0, /gpt0=[0-9]+/); value = substr($0, RSTART + 5, RLENGTH - 5)
        if (use >= least && value != "") print "set table " table " key " key " data.gpt0 " value
      }'
  done | { echo prompt; cat; echo quit; } | socat -t 5 - "UNIX-CONNECT:$SOCKET" >/dev/null 2>&1
}

# Sessions that last longer than a return: entries of the running process, and of those before it.
refresh() {
  [ "$(($(seconds) - refreshed))" -ge "$REFRESH_SECONDS" ] || return 0
  refreshed=$(seconds)
  for process in $(running) $(before | cut -d ' ' -f 1); do carry "$process" 1; done
}

# hold: "UNTIL drain=SEAT,SEAT closed=SEAT". A new process is told again; seats that were held before are given to people again.
hold() {
  value=$(guestinfo "$PREFIX.held") || value=''
  [ -z "$value" ] || [ "$(date +%s)" -lt "${value%% *}" ] 2>/dev/null || value=''
  [ "$value" != "$(cat "$HELD" 2>/dev/null)" ] || [ "$holding" = none ] || return 0
  ask "$SOCKET" 'show servers state' | awk -v value="$value" -v before="$(cat "$HELD" 2>/dev/null)" '
    function each(text, word, state,  parts, seats, i) {
      if (!match(text, word "=[^ ]*")) return
      parts = substr(text, RSTART + length(word) + 1, RLENGTH - length(word) - 1)
      for (i = split(parts, seats, ","); i > 0; i--) wanted[seats[i]] = state
    }
    BEGIN {
      each(before, "drain", "ready"); each(before, "closed", "ready"); each(value, "drain", "drain"); each(value, "closed", "maint")
    }
    $4 in wanted { print "set server " $2 "/" $4 " state " wanted[$4] }' |
    { echo prompt; cat; echo quit; } | socat -t 5 - "UNIX-CONNECT:$SOCKET" >/dev/null 2>&1
  printf '%s\n' "$value" | keep "$HELD"
  holding=${value:+$(printf '%s' "$value" | sha256sum | cut -c 1-12)}
  holding=${holding:-nothing}
}

# obey_order ORDER INSTANCE NUMBER
obey_order() { [ "$1" != restart ] || restart "$2"; }

mkdir -p "$FOLDER" || exit 1
while :; do
  take_offer
  obey
  hold
  refresh
  renew
  report " held=$holding"
  sleep "$PAUSE_SECONDS"
done
