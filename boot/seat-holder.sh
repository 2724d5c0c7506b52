#!/bin/sh
# The holder of a seat, run as root each minute: makes the group that xrdp lets in hold whom guestinfo names, and nobody else. So
# a seat opens to its holder alone from the first minute after its first login on, and no longer once the assignment ends.
# Sessions that are there go on. Where guestinfo says nothing of it, as of a floating seat, the group stays as it is.
#
# Wants POSIX sh with vmtoolsd (open-vm-tools), getent, gpasswd and groupadd (passwd).
set -uf
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
# TerminalServerUsers of xrdp's sesman.ini. xrdp lets everybody in where the group is not there, so it is made.
GROUP=tsusers

fail() {
  logger -t postazioni -p auth.warning -- "$1"
  exit 1
}

lower() { printf '%s' "$1" | tr '[:upper:]' '[:lower:]'; }
members() { getent group "$GROUP" | cut -d : -f 4; }

# Logins that are this person's, as he may type them and as the directory calls him: xrdp compares them letter by letter. sssd
# knows people with their domain alone, unless it is told otherwise.
logins() {
  domain=$(vmtoolsd --cmd "info-get $PREFIX.domain" 2>/dev/null)
  for login in "$1" "$(lower "$1")" ${domain:+"$1@$domain" "$(lower "$1@$domain")"}; do
    known=$(getent passwd "$login") && printf '%s\n%s\n' "$login" "${known%%:*}"
  done | sort -u
}

# Those of the group's members who are this person: the directory may not answer for a while.
kept() {
  members | tr , '\n' | while read -r member; do
    [ "$(lower "${member%%@*}")" != "$(lower "$1")" ] || printf '%s\n' "$member"
  done
}

holder=$(vmtoolsd --cmd "info-get $PREFIX.holder" 2>/dev/null)
case $holder in
  '') exit 0 ;;
  nobody) wanted='' ;;
  *[!A-Z0-9]*) fail "$PREFIX.holder is not as it is written by 'secrets first': the group $GROUP stays as it is" ;;
  *)
    wanted=$(logins "$holder")
    [ -n "$wanted" ] || wanted=$(kept "$holder")
    ;;
esac
getent group "$GROUP" >/dev/null || groupadd --system "$GROUP" || fail "the group $GROUP could not be made"
wanted=$(printf '%s' "$wanted" | tr '\n' ,)
[ "$(members)" = "$wanted" ] || gpasswd --members "$wanted" "$GROUP" >/dev/null || fail "the group $GROUP could not be written"
[ -n "$wanted" ] || [ "$holder" = nobody ] || fail "no login of $holder is known here: nobody gets in"
