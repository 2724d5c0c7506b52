#!/bin/sh
# Teaches a Linux machine to let people in by certificates that Vault signed, run as root at every boot: writes which principals
# each account of the machine believes, and fetches the public key of the city's SSH authority, which is no secret and needs no
# login. Of a certificate for another kind of machines it believes none, and root has none, so that no certificate is a login of
# root's. Any user may be able to write guestinfo, so it is told there whom to believe, but not by whose key: Vault's URL and the
# city are those of the file that the first login left.
#
# Wants POSIX sh with curl, ssh-keygen, vmtoolsd (open-vm-tools), and OpenSSH 8.2 or later, whose sshd reads sshd_config.d.
set -u
set +x
umask 022
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
FOLDER=${POSTAZIONI_SSH_FOLDER:-/etc/ssh}
# Root's: one line with Vault's URL and the city.
PLACE=${POSTAZIONI_VAULT_FILE:-/etc/postazioni/vault}
# How long it waits for the first login, for what it is to believe, which is said after the machine is made, and for the network.
WAIT_SECONDS=${POSTAZIONI_WAIT_SECONDS:-3600}
# What is spoken to Vault; the lab's, on the machine itself, speaks http.
PROTOCOL=${POSTAZIONI_VAULT_PROTOCOL:-https}
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

need() { command -v "$1" >/dev/null || stop "$1 is not there"; }

read_guestinfo() { vmtoolsd --cmd "info-get $PREFIX.$1" 2>/dev/null; }

# A machine that is to believe no certificate says so by an empty folder of principals, which sshd looks at for each login.
believe_nobody() {
  rm -rf "$PRINCIPALS" "$PRINCIPALS.new"
  mkdir -p "$PRINCIPALS"
}

refuse() {
  believe_nobody
  stop "$1: no certificate is believed"
}

# Meanwhile nobody is believed.
await_place() {
  waited=0
  until [ -f "$PLACE" ] && told=$(read_guestinfo vault) && [ -n "$told" ]; do
    believe_nobody
    [ "$waited" -lt "$WAIT_SECONDS" ] || stop "$PLACE or $PREFIX.vault does not come: no certificate is believed"
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
}

read_place() {
  vault='' city=''
  read -r vault city <"$PLACE"
  case $city in
    '' | *[!a-z0-9-]*) refuse "$PLACE has no city as it is written" ;;
  esac
  case $PROTOCOL:$vault in
    *[!A-Za-z0-9./:_-]*) refuse "$PLACE has no plain URL" ;;
    https:https://* | http:http://127.0.0.1:*) ;;
    *) refuse "$PLACE has no https URL" ;;
  esac
  # A city's namespace comes with the URL: https://vault.example/v1/cities/milan.
  case $vault in */v1/*) api=$vault ;; *) api=$vault/v1 ;; esac
  [ "$told $(read_guestinfo city)" = "$vault $city" ] ||
    refuse "$PREFIX names another Vault or city than $PLACE, which says $vault $city"
}

# Each principal begins with the account that believes it and ends with the city's machines: postazioni@milan-gateways.
write_principals() {
  rm -rf "$PRINCIPALS.new"
  mkdir -p "$PRINCIPALS.new"
  rest=$principals,
  while [ -n "$rest" ]; do
    principal=${rest%%,*}
    rest=${rest#*,}
    case $principal in
      *[!a-z0-9@_-]* | *@*@* | @* | root@*) refuse "$PREFIX.ssh has no principals as they are written" ;;
      *@"$city"-?*) printf '%s\n' "$principal" >>"$PRINCIPALS.new/${principal%%@*}" ;;
      *) refuse "$PREFIX.ssh has a principal that is not of $city" ;;
    esac
  done
  rm -rf "$PRINCIPALS"
  mv "$PRINCIPALS.new" "$PRINCIPALS"
}

# What is there is replaced by a whole key only.
fetch_key() {
  waited=0
  until curl --disable --proto "=$PROTOCOL" --proto-redir "=$PROTOCOL" --silent --show-error --fail --noproxy '*' --max-time 30 \
    --output "$KEY.new" "$api/$city/ssh/public_key"; do
    [ "$waited" -lt "$WAIT_SECONDS" ] || stop "the authority's key was not fetched from $vault"
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
  ssh-keygen -l -f "$KEY.new" >/dev/null 2>&1 || stop "what Vault gave is no SSH key"
  mv "$KEY.new" "$KEY"
}

write_configuration() {
  mkdir -p "$FOLDER/sshd_config.d"
  printf 'TrustedUserCAKeys %s\nAuthorizedPrincipalsFile %s/%%u\n' "$KEY" "$PRINCIPALS" \
    >"$FOLDER/sshd_config.d/60-postazioni.conf"
}

# Under Debian and Ubuntu it is called ssh, elsewhere sshd: asked for both at once, systemctl fails for the one that is not
# there. What is not running is not started.
reload() {
  command -v systemctl >/dev/null || return 0
  reloaded=no
  for unit in ssh.service sshd.service; do
    systemctl try-reload-or-restart "$unit" 2>/dev/null && reloaded=yes
  done
  [ "$reloaded" = yes ] || say warning "sshd was not told to read its settings anew"
}

need vmtoolsd
await_place
read_place
principals=$(read_guestinfo ssh)
if [ -z "$principals" ]; then
  believe_nobody
  say info "no certificate is believed here"
  exit 0
fi
# First: who was withdrawn is out whether Vault answers or not.
write_principals
need curl
need ssh-keygen
fetch_key
write_configuration
reload
say info "certificates of $principals are believed"
