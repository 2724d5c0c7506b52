# What the agents of gateways (gateway-rules.sh) and of access machines (access-agent.sh) have in common: vCenter offers something by
# guestinfo, orders it, and is told how it stands. An agent reads this file from its own folder; it says where its files are, which
# services carry, what it does with an offer (take_offer) and with an order (obey_order).
#
# report - N: answers, so that who asks knows that this machine runs.
# restart I N: the machine restarts, for cloud-init to apply the configuration with the instance id I.
# N is a number used once.
# shellcheck shell=sh disable=SC2034,SC2154 # its agents use and set these
set -uf
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
PAUSE_SECONDS=${POSTAZIONI_PAUSE_SECONDS:-5}
LONGEST_REASON=200

packed='' reported='' offered=none verdict=none why=''

say() { printf 'postazioni: %s\n' "$1" >&2; }
guestinfo() { vmtoolsd --cmd "info-get $1" 2>/dev/null; }
digest() { sha256sum "$1" 2>/dev/null | cut -d ' ' -f 1; }
# Seconds since this boot, which no change of the clock moves.
seconds() { IFS=. read -r up _ </proc/uptime && echo "$up"; }

# keep FILE: its standard input, whole or not at all, even if the power fails.
keep() { cat >"$1.new" && sync "$1.new" && mv "$1.new" "$1" && sync "$FOLDER"; }

# The first line of what a program says against it, in characters that no reader of guestinfo stumbles over.
reason() { grep -v '^$' | head -n 1 | tr -c 'A-Za-z0-9 .,:;()/_-' ' ' | cut -c "1-$LONGEST_REASON"; }

# Whether something is offered that was not before; it is in $OFFERED then, which is empty where it cannot be unpacked.
is_new_offer() {
  value=$(guestinfo "$PREFIX.rules") && [ "$value" != "$packed" ] || return 1
  packed=$value offered=none verdict=none why=''
  printf '%s' "$value" | base64 -d 2>/dev/null | gzip -dc 2>/dev/null >"$OFFERED" || : >"$OFFERED"
}

instance() { cat "$INSTANCE" 2>/dev/null || echo none; }
next_instance() { guestinfo guestinfo.metadata | base64 -d 2>/dev/null | sed -n 's/^instance-id: *//p'; }

# restart INSTANCE
restart() {
  [ "$1" = "$(next_instance)" ] && [ "$1" != "$(instance)" ] || return 0
  say "restarting, to become $1"
  systemctl reboot
}

# Obeys an order once.
obey() {
  order=$(guestinfo "$PREFIX.order") || return 0
  [ "$order" != "$(cat "$OBEYED" 2>/dev/null)" ] || return 0
  # shellcheck disable=SC2086 # its three words
  set -- $order
  [ $# = 3 ] || return 0
  printf '%s\n' "$order" | keep "$OBEYED" || return 0
  obey_order "$@"
}

# Whether all services run without which the machine does nothing for anybody.
carries() {
  for service in $SERVICES; do
    systemctl is-active --quiet "$service.service" || { echo no; return; }
  done
  echo yes
}

# report MORE: says where it stands, where that changed.
report() {
  answered=$(cut -d ' ' -f 3 "$OBEYED" 2>/dev/null)
  now="offered=$offered verdict=$verdict answered=${answered:-none} base=$(instance) carries=$(carries)$1${why:+ why=$why}"
  [ "$now" != "$reported" ] || return 0
  vmtoolsd --cmd "info-set $PREFIX.gateway $now" >/dev/null 2>&1 && reported=$now
}
