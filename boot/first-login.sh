#!/bin/sh
# A desktop's first login, run as root when a new machine boots: opens the wrapped secret id that lies in its guestinfo, logs
# in to Vault with it, reads the account that joins machines of its pool to the domain, gives its token back, and joins.
#
# Wants POSIX sh with curl, awk, od, vmtoolsd (open-vm-tools), and realm or adcli: what each is for, README.md says.
# No secret is in an argument or in the environment of a program, in a file or in a log: printf is the shell's own, secrets
# are in variables that are not exported, and curl and realm get them by their standard input.
set -u
set +x
umask 077
LC_ALL=C
export LC_ALL

PREFIX=guestinfo.postazioni
# Root's: one line with Vault's URL and the city that this machine belongs to from its first login on.
PLACE=${POSTAZIONI_VAULT_FILE:-/etc/postazioni/vault}
# Root's: the accessor of the first secret that it opened last. What a guest says in guestinfo may be gone once its machine was off,
# and a wrapping token that was used up back: that is no theft.
OPENED=$(dirname "$PLACE")/opened
# How long it waits for its first secret, which is issued after the machine is made, and for the network.
WAIT_SECONDS=${POSTAZIONI_WAIT_SECONDS:-3600}
# What is spoken to Vault; the lab's, on the machine itself, speaks http.
PROTOCOL=${POSTAZIONI_VAULT_PROTOCOL:-https}
PAUSE_SECONDS=10
# How often it asks again while Vault has too many requests: five minutes and a half, on the average.
BUSY_TRIES=60

FAILED=1
NO_FIRST_SECRET=2
OPENED_BY_ANOTHER=3
EXPIRED=4
NOT_JOINED=5

END_OF_HEADERS=$(printf '\r\n\r\n.')
END_OF_HEADERS=${END_OF_HEADERS%.}

token=''

# Reads JSON, and resolves the escapes of its strings. Vault escapes <, > and & too.
# shellcheck disable=SC2016 # what stands in quotes is awk's
JSON='
function digit(h) { return index("0123456789abcdef", tolower(h)) - 1 }
function unit(   code, k) {
  code = 0
  for (k = 0; k < 4; k++) code = code * 16 + digit(substr(text, at + k, 1))
  at += 4
  return code
}
function utf8(code) {
  if (code < 128) return sprintf("%c", code)
  if (code < 2048) return sprintf("%c%c", 192 + int(code / 64), 128 + code % 64)
  if (code < 65536) return sprintf("%c%c%c", 224 + int(code / 4096), 128 + int(code / 64) % 64, 128 + code % 64)
  return sprintf("%c%c%c%c", 240 + int(code / 262144), 128 + int(code / 4096) % 64, 128 + int(code / 64) % 64, 128 + code % 64)
}
function escape(   c, code) {
  c = substr(text, at++, 1)
  if (c == "n") return "\n"
  if (c == "r") return "\r"
  if (c == "t") return "\t"
  if (c == "b") return "\b"
  if (c == "f") return "\f"
  if (c != "u") return c
  code = unit()
  if (code >= 55296 && code < 56320 && substr(text, at, 2) == "\\u") {
    at += 2
    code = 65536 + (code - 55296) * 1024 + unit() - 56320
  }
  return utf8(code)
}
function string(   out, c) {
  out = ""
  at++
  while (at <= end) {
    c = substr(text, at++, 1)
    if (c == "\"") return out
    out = out (c == "\\" ? escape() : c)
  }
  return out
}
function blanks() { while (substr(text, at, 1) ~ /[ \t\r]/) at++ }
{ text = text $0 }
'

# Prints the string that stands behind a key.
# shellcheck disable=SC2016 # what stands in quotes is awk's
FIELD=$JSON'
END {
  end = length(text)
  for (at = 1; at <= end;) {
    if (substr(text, at, 1) != "\"") { at++; continue }
    name = string()
    blanks()
    if (substr(text, at, 1) != ":" || name != want) continue
    at++
    blanks()
    if (substr(text, at, 1) == "\"") { printf "%s", string(); exit 0 }
  }
  exit 1
}'

# Whether it is a refusal as Vault writes every one: an object whose errors are a list of texts. What stands before it, as a proxy,
# writes others.
# shellcheck disable=SC2016 # what stands in quotes is awk's
REFUSAL=$JSON'
function is_list_of_texts() {
  if (substr(text, at++, 1) != "[") return 0
  blanks()
  while (substr(text, at, 1) == "\"") {
    string()
    blanks()
    if (substr(text, at, 1) != ",") break
    at++
    blanks()
  }
  return substr(text, at++, 1) == "]"
}
END {
  end = length(text)
  at = 1
  blanks()
  if (substr(text, at, 1) != "{") exit 1
  do {
    c = substr(text, at, 1)
    if (c == "\"") {
      name = string()
      blanks()
      if (depth != 1 || name != "errors" || substr(text, at, 1) != ":") continue
      at++
      blanks()
      refused = is_list_of_texts()
    } else {
      depth += (c ~ /[[{]/) - (c ~ /[]}]/)
      at++
    }
  } while (depth > 0 && at <= end)
  blanks()
  exit !(refused && depth == 0 && at > end)
}'

say() {
  printf 'postazioni: %s\n' "$2" >&2
  logger -t postazioni -p "auth.$1" -- "$2" 2>/dev/null || :
}

# Says why, tells vCenter, and ends.
stop() {
  put state "$3"
  say "$1" "$2"
  exit "$4"
}

read_guestinfo() { vmtoolsd --cmd "info-get $PREFIX.$1" 2>/dev/null; }

# A site may forbid guests to write their guestinfo (isolation.tools.setinfo.disable): then it stays as it is, used up.
put() {
  vmtoolsd --cmd "info-set $PREFIX.$1 $2" >/dev/null 2>&1 ||
    say warning "$PREFIX.$1 could not be written: whoever issues first secrets does not see what became of this one"
}

field() { printf '%s' "$answer" | awk -v want="$1" "$FIELD"; }

# plain WHAT VALUE: nothing that would end a line or a quotation of curl's configuration, or lead to another path.
plain() {
  case $2 in
    '' | *[!A-Za-z0-9._-]*) stop err "$PREFIX.$1 is missing or not as it is written by 'secrets first'" failed "$FAILED" ;;
  esac
}

# ask_once METHOD PATH TOKEN BODY: leaves the answer, its headers and its HTTP status, 000 where nothing answered. The body is
# written as curl's configuration wants it, in quotes. No redirect is followed, or the token would go with it.
ask_once() {
  answer=$(
    {
      printf 'url = "%s/%s"\nrequest = "%s"\nheader = "X-Vault-Request: true"\n' "$api" "$2" "$1"
      [ -z "$3" ] || printf 'header = "X-Vault-Token: %s"\n' "$3"
      [ -z "$4" ] || printf 'data = "%s"\n' "$4"
    } | curl --disable --proto "=$PROTOCOL" --proto-redir "=$PROTOCOL" --silent --show-error --noproxy '*' --max-time 30 \
      --include --write-out '\n%{http_code}' --config -
  )
  reached=$?
  status=${answer##*"
"}
  answer=${answer%"
"*}
  headers=${answer%%"$END_OF_HEADERS"*}
  answer=${answer#*"$END_OF_HEADERS"}
}

# Vault's clock, in seconds since 1970: this machine's may be wrong before it is of the domain.
vault_time() {
  said=$(printf '%s\n' "$headers" | awk 'tolower($1) == "date:" { sub(/^[^ ]* /, ""); sub(/\r$/, ""); print; exit }')
  date -u -d "${said:-now}" +%s
}

# Asks again while Vault has too many requests, as when many machines start together: after other pauses than theirs. Of what
# was refused so, nothing was done.
ask() {
  busy=0
  while :; do
    ask_once "$@"
    [ "$status" = 429 ] && [ "$busy" -lt "$BUSY_TRIES" ] || return 0
    [ "$busy" -gt 0 ] || say info "Vault has too many requests: waiting"
    busy=$((busy + 1))
    sleep $((1 + $(od -An -N1 -tu1 /dev/urandom) % PAUSE_SECONDS))
  done
}

# Asks again while Vault cannot be reached at all: names that do not resolve, connections that are refused.
ask_patiently() {
  waited=0
  while :; do
    ask "$@"
    case $reached in
      0) return 0 ;;
      6 | 7) [ "$waited" -lt "$WAIT_SECONDS" ] || break ;;
      *) break ;;
    esac
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
  stop err "Vault at $vault was not reached (curl ended with $reached)" failed "$FAILED"
}

is_refusal() { printf '%s' "$answer" | awk "$REFUSAL"; }

# opens WHAT: whether Vault did it. What a wrapping token no longer opens is refused with one of these; everything else says nothing of it.
opens() {
  case $status in
    200) return 0 ;;
    400 | 403 | 404) ! is_refusal || does_not_open "$1 says $status" ;;
  esac
  stop err "the answer to the $1 ($status) does not say whether the first secret was opened" failed "$FAILED"
}

# A wrapped secret opens once, so one that does not open was opened by another, unless its time is over.
does_not_open() {
  if [ "$(vault_time)" -ge "$expires" ]; then
    stop err "the first secret expired before this machine opened it; Vault's audit log tells whether another did" \
      expired "$EXPIRED"
  fi
  stop alert "ALERT: somebody else opened the first secret of this machine before it did ($1). Its secret id is known to \
another: look for it in Vault's audit log, change the domain-join account of pool $pool, then issue anew with --again" \
    alert "$OPENED_BY_ANOTHER"
}

# Whether this machine opened the first secret that its guestinfo has.
opened_it() { [ -e "$OPENED" ] && [ "$(cat "$OPENED")" = "$(read_guestinfo accessor)" ]; }

keep_opened() {
  accessor=$(read_guestinfo accessor)
  [ -n "$accessor" ] || return 0
  mkdir -p "$(dirname "$OPENED")" && printf '%s\n' "$accessor" >"$OPENED" ||
    say warning "$OPENED could not be written: after a power-off it may be taken for another's that this machine opened its first secret"
}

await_first_secret() {
  waited=0
  until wrapped=$(read_guestinfo wrapped) && [ -n "$wrapped" ] && ! opened_it; do
    if [ "$waited" -ge "$WAIT_SECONDS" ]; then
      say err "no first secret came into $PREFIX.wrapped within $WAIT_SECONDS s"
      exit "$NO_FIRST_SECRET"
    fi
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
}

# This machine's name, without a domain's.
own_name() {
  name=$(uname -n)
  printf '%s' "${name%%.*}" | tr '[:upper:]' '[:lower:]'
}

# vSphere gives a new machine its seat's name while it boots: before that it would join under its template's.
await_name() {
  waited=0
  until [ "$(own_name)" = "$seat" ]; do
    [ "$waited" -lt "$WAIT_SECONDS" ] ||
      stop err "this machine is called $(own_name), and its seat $seat: it was not customized, and opens nothing" failed "$FAILED"
    sleep "$PAUSE_SECONDS"
    waited=$((waited + PAUSE_SECONDS))
  done
}

read_place() {
  vault=$(read_guestinfo vault) city=$(read_guestinfo city) pool=$(read_guestinfo pool) seat=$(read_guestinfo seat)
  role_id=$(read_guestinfo role-id) expires=$(read_guestinfo expires)
  account=$(read_guestinfo account) domain=$(read_guestinfo domain) unit=$(read_guestinfo organizational-unit)
  plain wrapped "$wrapped"
  plain city "$city"
  plain pool "$pool"
  plain seat "$seat"
  plain role-id "$role_id"
  case $account in
    *[!A-Za-z0-9._/-]* | *..*) stop err "$PREFIX.account is no path of the city" failed "$FAILED" ;;
    "$city"/*) ;;
    *) stop err "$PREFIX.account is no path of the city" failed "$FAILED" ;;
  esac
  case $unit in
    '' | [Oo][Uu]=*) ;;
    *) stop err "$PREFIX.organizational-unit is no organizational unit" failed "$FAILED" ;;
  esac
  plain expires "$expires"
  case $expires in *[!0-9]*) stop err "$PREFIX.expires is no time" failed "$FAILED" ;; esac
  case $PROTOCOL:$vault in
    *[!A-Za-z0-9./:_-]*) stop err "$PREFIX.vault is no plain URL" failed "$FAILED" ;;
    https:https://* | http:http://127.0.0.1:*) ;;
    *) stop err "$PREFIX.vault is no https URL" failed "$FAILED" ;;
  esac
  # A city's namespace comes with the URL: https://vault.example/v1/cities/milan.
  case $vault in */v1/*) api=$vault ;; *) api=$vault/v1 ;; esac
  [ ! -e "$PLACE" ] || [ "$(cat "$PLACE")" = "$vault $city" ] ||
    stop err "$PREFIX names another Vault or city than $PLACE: this machine asks no other" failed "$FAILED"
}

# Any user may be able to write guestinfo later, so what it says of this is believed once: before the machine joins, and so
# before anybody of the domain can log in to it.
keep_place() {
  [ ! -e "$PLACE" ] || return 0
  (
    umask 022
    mkdir -p "$(dirname "$PLACE")" && printf '%s %s\n' "$vault" "$city" >"$PLACE.new" && mv "$PLACE.new" "$PLACE"
  ) || stop err "$PLACE could not be written" failed "$FAILED"
}

# Whoever opened it could wrap something of his own instead: only this path's answer is a secret id of the pool.
open_first_secret() {
  ask_patiently POST sys/wrapping/lookup '' "{\\\"token\\\":\\\"$wrapped\\\"}"
  opens lookup
  made=$(field creation_path) || stop err "Vault's answer to the lookup is not whole" failed "$FAILED"
  [ "$made" = "auth/$city/approle/role/$pool/secret-id" ] || does_not_open "it was wrapped elsewhere"
  ask_patiently POST sys/wrapping/unwrap "$wrapped" ''
  opens unwrap
  secret_id=$(field secret_id)
  keep_opened
  put state opened
  put wrapped ''
  plain secret-id "$secret_id"
}

log_in() {
  ask_patiently POST "auth/$city/approle/login" '' "{\\\"role_id\\\":\\\"$role_id\\\",\\\"secret_id\\\":\\\"$secret_id\\\"}"
  unset secret_id
  [ "$status" = 200 ] || stop err "Vault refused the login with $status: the secret id's time is over, or Vault does not see \
this machine in the ranges of pool $pool" failed "$FAILED"
  token=$(field client_token)
  plain token "$token"
}

give_back() {
  [ -n "$token" ] || return 0
  ask POST auth/token/revoke-self "$token" ''
  [ "$status" = 204 ] || say warning "the token could not be given back ($status): it ends by itself"
  token=''
}

read_account() {
  ask_patiently GET "$account" "$token" ''
  if [ "$status" != 200 ]; then
    stop err "Vault refused the domain-join account of pool $pool with $status" failed "$FAILED"
  fi
  username=$(field username) password=$(field password) directory=$(field directory)
  directory=${directory:-$domain}
  answer=''
  if [ -z "$username" ] || [ -z "$password" ] || [ -z "$directory" ]; then
    stop err "the domain-join account of pool $pool lacks username, password or directory" failed "$FAILED"
  fi
  case $directory$username in
    -* | *[!A-Za-z0-9.@_\\:/=,-]*) stop err "username or directory of the domain-join account is not plain" failed "$FAILED" ;;
  esac
}

# Both take the password from their standard input; realm only without a terminal, which setsid takes away.
join_domain() {
  if command -v realm >/dev/null; then
    printf '%s\n' "$password" | setsid --wait realm join --user="$username" ${unit:+--computer-ou="$unit"} "$directory"
  elif command -v adcli >/dev/null; then
    printf '%s' "$password" | adcli join --stdin-password --login-user="$username" --domain="$directory" \
      ${unit:+--domain-ou="$unit"}
  else
    say err "neither realm (realmd) nor adcli is there"
    return 1
  fi
}

# The account of a wrong name goes too, as another machine may be called so one day.
leave_domain() {
  if command -v realm >/dev/null; then
    printf '%s\n' "$password" | setsid --wait realm leave --remove --user="$username" "$directory"
  else
    printf '%s' "$password" | adcli delete-computer --stdin-password --login-user="$username" --domain="$directory"
  fi
}

# Something may have renamed it meanwhile.
check_joined_name() {
  [ "$(own_name)" != "$seat" ] || return 0
  undone=undone
  leave_domain || undone="not undone: take the account of that name out of the domain"
  unset password
  stop err "this machine joined as $(own_name), and its seat is $seat: $undone" failed "$NOT_JOINED"
}

# A power-off brings the used-up secret back: whoever reads it then would say that somebody else opened it.
wait_for_another() {
  [ -z "$(read_guestinfo wrapped)" ] || put wrapped ''
  put state failed
}

# It restarted between opening its first secret and saying that it joined, or what it said is gone.
after_restart() {
  seat=$(read_guestinfo seat)
  if [ "$(own_name)" != "$seat" ]; then
    ! command -v realm >/dev/null || realm leave >/dev/null 2>&1 || :
    wait_for_another
    say err "this machine restarted as $(own_name), and its seat is $seat: whatever it joined was left"
  elif { command -v realm >/dev/null && [ -n "$(realm list --name-only)" ]; } || adcli testjoin >/dev/null 2>&1; then
    put state joined
    say info "this machine joined before"
    exit 0
  else
    wait_for_another
    say warning "this machine restarted before it joined: it waits for another first secret"
  fi
}

for program in curl awk od vmtoolsd; do
  command -v "$program" >/dev/null || {
    say err "$program is not there"
    exit "$FAILED"
  }
done
case $(read_guestinfo state) in
  joined)
    # As of a machine whose image had no such file.
    opened_it || keep_opened
    say info "this machine joined before"
    exit 0
    ;;
  opened) [ -n "$(read_guestinfo wrapped)" ] || after_restart ;;
  '') ! opened_it || after_restart ;;
esac
trap give_back EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
await_first_secret
read_place
await_name
open_first_secret
log_in
read_account
give_back
keep_place
if join_domain; then
  check_joined_name
  unset password
  put state joined
  say info "joined $directory"
else
  unset password
  stop err "the domain was not joined" failed "$NOT_JOINED"
fi
