#!/bin/sh
# Teaches a Linux machine to let people in by certificates that Vault signed, run as root at every boot: fetches the public key of
# the city's SSH authority, which is no secret and needs no login, and writes which principals each account of the machine believes.
# Of a certificate for another kind of machines it believes none, and root has none, so that no certificate is a login of root's.
#
# Wants POSIX sh with curl, ssh-keygen, vmtoolsd (open-vm-tools), and OpenSSH 8.2 or later, whose sshd reads sshd_config.d.
set -u
set +x
umask 022
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
FOLDER=${POSTAZIONI_SSH_FOLDER:-/etc/ssh}
# How long it waits for what it is to believe, which is said after the machine is made, and for the network.
WAIT_SECONDS=${POSTAZIONI_WAIT_SECONDS:-3600}
PAUSE_SECONDS=10

KEY=$FOLDER/postazioni-authority.pub
PRINCIPALS=$FOLDER/postazioni-principals

say() {
  printf 'postazioni: %s\n' "$2" >&2
  logger -t postazioni -p "auth.$1" -- "$2" 2>/dev/null || :
}

stop() {
  say err "$1"
  exit 1
}

read_guestinfo() { vmtoolsd --cmd "info-get $PREFIX.$1" 2>/dev/null; }

# A machine that is no longer to believe any certificate says so by an empty folder of principals.
believe_none() {
  rm -rf "$PRINCIPALS"
  mkdir "$PRINCIPALS"
}

await_place() {
  waited=0
  until vault=$(read_guestinfo vault) && [ -n "$vault" ]; do
    [ "$waited" -lt "$WAIT_SECONDS" ] || stop "$PREFIX.vault does not come: no certificate is believed"
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
  city=$(read_guestinfo city)
  case $city in
    '' | *[!a-z0-9-]*) stop "$PREFIX.city is missing or not as it is written" ;;
  esac
  case $vault in
    *[!A-Za-z0-9./:_-]*) stop "$PREFIX.vault is no plain URL" ;;
    https://* | http://127.0.0.1:*) ;;
    *) stop "$PREFIX.vault is no https URL" ;;
  esac
}

# What is there is replaced by a whole key only.
fetch_key() {
  waited=0
  until curl --disable --silent --show-error --fail --noproxy '*' --max-time 30 --output "$KEY.new" \
    "$vault/v1/$city/ssh/public_key"; do
    [ "$waited" -lt "$WAIT_SECONDS" ] || stop "the authority's key was not fetched from $vault"
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
  ssh-keygen -l -f "$KEY.new" >/dev/null 2>&1 || stop "what Vault gave is no SSH key"
  mv "$KEY.new" "$KEY"
}

# Each principal begins with the account that believes it: postazioni@milan-gateways.
write_principals() {
  rm -rf "$PRINCIPALS.new"
  mkdir "$PRINCIPALS.new"
  rest=$principals,
  while [ -n "$rest" ]; do
    principal=${rest%%,*}
    rest=${rest#*,}
    case $principal in
      *[!a-z0-9@_-]* | *@*@* | @* | *@ | root@*) stop "$PREFIX.ssh has no principals as they are written" ;;
      *@*) printf '%s\n' "$principal" >>"$PRINCIPALS.new/${principal%%@*}" ;;
      *) stop "$PREFIX.ssh has no principals as they are written" ;;
    esac
  done
  rm -rf "$PRINCIPALS"
  mv "$PRINCIPALS.new" "$PRINCIPALS"
}

write_configuration() {
  mkdir -p "$FOLDER/sshd_config.d"
  printf 'TrustedUserCAKeys %s\nAuthorizedPrincipalsFile %s/%%u\n' "$KEY" "$PRINCIPALS" \
    >"$FOLDER/sshd_config.d/60-postazioni.conf"
}

# Under Debian and Ubuntu it is called ssh, elsewhere sshd; what is not there or not running is not started.
reload() {
  command -v systemctl >/dev/null || return 0
  systemctl try-reload-or-restart ssh.service sshd.service 2>/dev/null || say warning "sshd was not told to read its settings anew"
}

for program in curl ssh-keygen vmtoolsd; do
  command -v "$program" >/dev/null || stop "$program is not there"
done
await_place
principals=$(read_guestinfo ssh)
if [ -z "$principals" ]; then
  [ ! -d "$PRINCIPALS" ] || believe_none
  say info "no certificate is believed here"
  exit 0
fi
fetch_key
write_principals
write_configuration
reload
say info "certificates of $principals are believed"
