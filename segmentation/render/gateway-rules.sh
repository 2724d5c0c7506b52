#!/bin/sh
# The rules of a gateway, loaded while it forwards. They come as guestinfo; what is done with them, a person's command orders
# through vCenter. Nothing is loaded without an order, but for the first rules of a new machine: it has none to go back to.
#
# load D N: the rules with the SHA-256 D take effect at once, on trial.
# confirm D N: they stay. Without it, from when the trial began, the former rules return after $TRIAL_SECONDS.
# An order that is old, of another trial or obeyed before, confirms nothing; agent-common.sh has the orders of every machine.
#
# Wants POSIX sh with vmtoolsd (open-vm-tools), nft, gzip, coreutils and systemctl.
. "${0%/*}/agent-common.sh" || exit 1
umask 077

FOLDER=${POSTAZIONI_RULES_FOLDER:-/var/lib/postazioni}
INSTANCE=${POSTAZIONI_INSTANCE_FILE:-/var/lib/cloud/data/instance-id}
BOOT=${POSTAZIONI_BOOT_FILE:-/proc/sys/kernel/random/boot_id}
TRIAL_SECONDS=${POSTAZIONI_TRIAL_SECONDS:-300}
SERVICES='nftables keepalived'

# The rules that a start loads, those on trial, and the trial itself: digest, number, boot and end in seconds since that boot.
CONFIRMED=$FOLDER/confirmed.nft
ON_TRIAL=$FOLDER/on-trial.nft
TRIAL=$FOLDER/trial
OFFERED=$FOLDER/offered.nft
OBEYED=$FOLDER/obeyed

# judged DIGEST VERDICT WHY: is told to vCenter where these rules are the offered ones.
judged() {
  [ "$offered $verdict $why" = "$1 $2 $3" ] || say "rules $1: $2${3:+: $3}"
  if [ "$offered" = "$1" ]; then verdict=$2 why=$3; fi
}

# Reads and tries the offered rules, once for each value: what nft refuses is not loaded.
take_offer() {
  is_new_offer || return 0
  if [ ! -s "$OFFERED" ]; then
    judged none refused 'guestinfo has no rules in gzip and base64'
    return 0
  fi
  offered=$(digest "$OFFERED")
  if [ "$offered" = "$(digest "$CONFIRMED")" ]; then
    judged "$offered" confirmed ''
    if [ -e "$TRIAL" ]; then give_back 'they were withdrawn'; fi
  elif [ -e "$TRIAL" ] && [ "$offered" = "$(digest "$ON_TRIAL")" ]; then
    judged "$offered" loaded ''
  elif wrong=$(nft --check --file "$OFFERED" 2>&1); then
    judged "$offered" accepted ''
  else
    judged "$offered" refused "$(printf '%s\n' "$wrong" | reason)"
  fi
}

# A new machine forwards nothing yet, and has no rules that could return.
take_first() {
  [ ! -e "$CONFIRMED" ] && [ "$verdict" = accepted ] || return 0
  keep "$CONFIRMED" <"$OFFERED" || return 0
  judged "$offered" confirmed ''
  systemctl restart nftables.service && systemctl restart keepalived.service || say 'it does not forward'
}

# gently FILE: the ruleset becomes a table of another name that does not filter yet, which then takes the place of the
# former one; then the same once more, back to its own name. Replaced at once, a table's sets are empty to packets for some
# 50 microseconds (Linux 6.18), and what passes by them is dropped.
gently() {
  for names in 'postazioni postazioni_next' 'postazioni_next postazioni'; do
    from=${names% *} to=${names#* }
    sed -e "s/table inet postazioni\$/table inet $to/" -e "s/^table inet postazioni {\$/table inet $to {\\n  flags dormant/" "$1" |
      nft --file - || return 1
    nft "add table inet $to; delete table inet $from" || return 1
  done
}

# plainly FILE: loads a ruleset in one transaction, whatever an attempt that broke off has left.
plainly() { printf 'table inet postazioni_next\ndelete table inet postazioni_next\n' | cat - "$1" | nft --file -; }

# swap FILE
swap() {
  wrong=$({ ! nft list table inet postazioni_next >/dev/null 2>&1 && gently "$1" || plainly "$1"; } 2>&1)
}

# begin DIGEST NUMBER
begin() {
  case "$verdict $1" in
    "accepted $offered" | "returned $offered" | "loaded $offered") ;;
    *) return 0 ;;
  esac
  end=$(($(seconds) + TRIAL_SECONDS))
  keep "$ON_TRIAL" <"$OFFERED" && echo "$1 $2 $(cat "$BOOT") $end" | keep "$TRIAL" || return 0
  load_trial "$1"
}

# load_trial DIGEST
load_trial() {
  if swap "$ON_TRIAL"; then
    judged "$1" loaded ''
  else
    plainly "$CONFIRMED"
    rm -f "$TRIAL" "$ON_TRIAL"
    judged "$1" refused "$(printf '%s\n' "$wrong" | reason)"
  fi
}

# confirm DIGEST NUMBER: loads them again, since somebody may have loaded others by hand meanwhile.
confirm() {
  [ -e "$TRIAL" ] && read -r on number _ end <"$TRIAL" || return 0
  [ "$on $number" = "$1 $2" ] && [ "$(seconds)" -lt "$end" ] || return 0
  swap "$ON_TRIAL" && sync "$ON_TRIAL" && mv "$ON_TRIAL" "$CONFIRMED" && sync "$FOLDER" || return 0
  rm -f "$TRIAL"
  judged "$on" confirmed ''
}

# Nobody confirmed those on trial in time.
expire() {
  [ -e "$TRIAL" ] && read -r _ _ _ end <"$TRIAL" || return 0
  [ "$(seconds)" -lt "$end" ] || give_back 'nobody confirmed them in time'
}

# give_back WHY: loads the former rules again; where that fails, it tries again at the next turn.
give_back() {
  if swap "$CONFIRMED"; then
    end_trial "$1"
  else
    say "the former rules do not load: $(printf '%s\n' "$wrong" | reason)"
  fi
}

# end_trial WHY
end_trial() {
  on=$(cut -d ' ' -f 1 "$TRIAL")
  rm -f "$TRIAL" "$ON_TRIAL"
  judged "$on" returned "$1"
}

# What a former run left: it was killed, or the machine started anew, with the confirmed rules.
resume() {
  [ -e "$TRIAL" ] && read -r on _ boot _ <"$TRIAL" || return 0
  if [ ! -e "$ON_TRIAL" ]; then
    rm -f "$TRIAL"
  elif [ "$boot" != "$(cat "$BOOT")" ]; then
    end_trial 'the machine restarted before they were confirmed'
  else
    load_trial "$on"
  fi
}

# obey_order ORDER DIGEST NUMBER; no restart ends a trial.
obey_order() {
  case $1 in
    load) begin "$2" "$3" ;;
    confirm) confirm "$2" "$3" ;;
    restart) [ -e "$TRIAL" ] || restart "$2" ;;
  esac
}

mkdir -p "$FOLDER" || exit 1
take_offer
resume
while :; do
  take_offer
  take_first
  obey
  expire
  report ''
  sleep "$PAUSE_SECONDS"
done
