#!/bin/sh
# A seat's report, run as root each minute: how many sessions people have here, and whether the seat can be worked at. It
# writes both into the machine's guestinfo, where 'power', and whoever else must not end somebody's work, reads them. And it shows
# people in their sessions the notice that a deployment has for them, once.
#
# In a pool with refresh it closes the seat, too, once its person left it for longer than his place is kept: it takes nobody any
# more until 'refresh' made it as new. So nobody ever finds what somebody else left there. And it closes while 'refresh' is about to
# shut it down, so that nobody is cut off who came just then.
#
# Wants POSIX sh with ss (iproute2), vmtoolsd (open-vm-tools), base64, fold, paste and sync (coreutils), iconv (libc-bin), runuser and wall
# (util-linux) and loginctl (systemd); without systemd it counts xrdp's sessions. In a desktop the notice needs notify-send (libnotify) or xmessage (x11-utils).
# To close, nft (nftables).
set -u
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
# RDP: [MS-RDPBCGR] 1.3.1.1, the port that servers listen on.
RDP_PORT=${POSTAZIONI_RDP_PORT:-3389}
SYSTEMD=${POSTAZIONI_SYSTEMD:-/run/systemd/system}
SSSD=${POSTAZIONI_SSSD:-/etc/sssd}
# When somebody worked here last, in seconds since 1970: guestinfo does not outlive the machine's power.
USED=${POSTAZIONI_USED_FILE:-/var/lib/postazioni/used}
# The notice that was shown last.
SHOWN=${POSTAZIONI_SHOWN_FILE:-/var/lib/postazioni/notice}
NOTICE_SECONDS=600
# An hour, and five minutes by which clocks may differ.
CLAIM_SECONDS=3900
# Of a window that fits onto a screen of 800 points.
NOTICE_COLUMNS=60

# Whoever waits at a login screen is cut off too: nobody has a session yet.
CLOSED="table inet postazioni_closed {
  chain input {
    type filter hook input priority -10; policy accept;
    tcp dport $RDP_PORT reject with tcp reset
  }
}"

fail() {
  logger -t postazioni -p daemon.warning -- "$1: nobody sees whether this seat is in use"
  exit 1
}

# Sessions of people, connected or not; those of greeters, and of services, are none. One that somebody ended counts no more, though
# what he left running may keep it (systemd's "closing").
sessions() {
  if [ ! -d "$SYSTEMD" ]; then
    ps -e -o comm= | awk '$0 == "xrdp-chansrv" { found++ } END { print found + 0 }'
    return
  fi
  ids=$(loginctl list-sessions --no-legend) || return 1
  echo "$ids" | while read -r id _; do
    [ -z "$id" ] || loginctl show-session "$id" --property=Class --property=State | paste -s -d ' '
  done | awk '/Class=user/ && !/State=closing/ { found++ } END { print found + 0 }'
}

health() {
  if [ "$(read_guestinfo state)" = joined ] && listens; then
    echo healthy
  else
    echo unhealthy
  fi
}

listens() { ss --no-header --listening --numeric --tcp "sport = :$RDP_PORT" | grep -q .; }

# remember NOW: that somebody is here. What is written in part would say that nobody ever was.
remember() {
  mkdir -p "$(dirname "$USED")" && echo "$1" >"$USED.new" && sync "$USED.new" && mv "$USED.new" "$USED" ||
    fail "when somebody was here could not be written"
}

read_guestinfo() { vmtoolsd --cmd "info-get $PREFIX.$1" 2>/dev/null; }

# Whether this seat's pool has refresh: the minutes for which a person's place is kept.
has_refresh() {
  minutes=$(read_guestinfo return-minutes)
  case $minutes in '' | *[!0-9]*) return 1 ;; esac
}

# Once a month a machine changes the password of its account in the domain (sssd-ad(5)). A revert would bring the former one
# back, and nobody of the domain could log in: so it stays, from before the snapshot on.
keep_password() {
  kept=$SSSD/conf.d/60-postazioni.conf
  [ -e "$SSSD/sssd.conf" ] && [ ! -e "$kept" ] || return 0
  section=$(awk -F '[][]' '/^\[domain\// { print $2; exit }' "$SSSD/sssd.conf")
  [ -n "$section" ] || return 0
  (umask 077 && mkdir -p "$SSSD/conf.d" &&
    printf '[%s]\nad_maximum_machine_account_password_age = 0\n' "$section" >"$kept") || return 0
  systemctl try-restart sssd || :
}

# is_left SESSIONS NOW LAST: whether somebody was here, nobody is, and his minutes are over since. A seat that cannot be made as
# new, as it has no mark of 'refresh', stays as it is.
is_left() {
  [ "$1" -eq 0 ] && [ "$3" -gt 0 ] && [ -n "$(read_guestinfo refresh)" ] && [ "$2" -ge $(($3 + minutes * 60)) ]
}

# is_claimed NOW: whether 'refresh' is at work with this seat, until the time that it says. It claims no seat for longer than an hour.
is_claimed() {
  until=$(read_guestinfo refreshing)
  case $until in *[!0-9]* | ????????????*) until= ;; esac
  [ "$1" -lt "${until:-0}" ] && [ "${until:-0}" -le $(($1 + CLAIM_SECONDS)) ]
}

# is_due SESSIONS NOW LAST: whether the seat is to take nobody.
is_due() {
  if has_refresh && keep_password && is_left "$@"; then return 0; fi
  [ "$1" -eq 0 ] && is_claimed "$2"
}

is_closed() { nft list table inet postazioni_closed >/dev/null 2>&1; }

close_seat() { is_closed || echo "$CLOSED" | nft -f - || fail "it could not be closed, and takes people"; }

open_seat() { ! is_closed || nft delete table inet postazioni_closed; }

# Displays of people's sessions, each with its user; xrdp's Xorg has the user in its process alone.
displays() {
  if [ -d "$SYSTEMD" ]; then
    loginctl list-sessions --no-legend | while read -r id _; do
      echo "$(loginctl show-session "$id" --property=Display --value) $(loginctl show-session "$id" --property=Name --value)"
    done | grep '^:'
  fi
  # A login that is longer than its column would be cut off.
  ps -e -o user:128= -o args= | awk '$2 ~ /(^|\/)Xorg$/ { for (i = 3; i <= NF; i++) if ($i ~ /^:[0-9]+$/) print $i, $1 }'
}

# as USER DISPLAY COMMAND...: in that user's session.
as() {
  user=$1 display=$2
  shift 2
  uid=$(id -u "$user") && home=$(getent passwd "$user" | cut -d : -f 6) || return 1
  runuser -u "$user" -- env DISPLAY="$display" XAUTHORITY="$home/.Xauthority" \
    DBUS_SESSION_BUS_ADDRESS="unix:path=/run/user/$uid/bus" "$@" >/dev/null 2>&1
}

# Shows a new notice in every session: its first word is its number, the rest its text in base64.
notice() {
  value=$(vmtoolsd --cmd "info-get $PREFIX.notice" 2>/dev/null) || return 0
  [ "$value" != "$(cat "$SHOWN" 2>/dev/null)" ] || return 0
  mkdir -p "$(dirname "$SHOWN")" && printf '%s\n' "$value" >"$SHOWN"
  [ -n "$value" ] && text=$(printf '%s' "${value#* }" | base64 -d 2>/dev/null) || return 0
  printf '%s\n' "$text" | wall 2>/dev/null
  # xmessage breaks no lines, and its fonts are those of ISO 8859-1.
  lines=$(printf '%s\n' "$text" | fold -s -w "$NOTICE_COLUMNS" | iconv -f UTF-8 -t ISO-8859-1) || lines=$text
  displays | sort -u | while read -r display user; do
    as "$user" "$display" notify-send --urgency=critical --app-name=Postazioni Postazioni "$text" </dev/null ||
      { as "$user" "$display" timeout "$NOTICE_SECONDS" xmessage -center "$lines" </dev/null & }
  done
}

# What somebody does here now counts, also once the seat is closed: who was quicker stays. Where it cannot be read when somebody was
# here, or that is yet to come, as the clock was ahead, somebody was here now.
look() {
  number=$(sessions) || fail "the sessions could not be listed"
  [ "$number" -eq 0 ] || remember "$now"
  last=0
  [ ! -e "$USED" ] || last=$(cat "$USED")
  case $last in
  '' | *[!0-9]* | ????????????*) last= ;;
  esac
  if [ -z "$last" ] || [ "$last" -gt "$now" ]; then
    remember "$now"
    last=$now
  fi
}

now=$(date +%s)
look
if is_due "$number" "$now" "$last" && close_seat && look && is_due "$number" "$now" "$last"; then
  health=closed
else
  open_seat
  health=$(health)
fi
vmtoolsd --cmd "info-set $PREFIX.report $number $health $now $last" >/dev/null 2>&1 ||
  fail "$PREFIX.report could not be written"
[ "$number" = 0 ] || notice
