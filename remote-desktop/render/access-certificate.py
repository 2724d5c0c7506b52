#!/usr/bin/env python3
"""access-certificate.py VAULT CITY HOST ROOT: fetches an access machine's certificate of the city's authority, and renews it in time.

VAULT is the URL of Vault's API, CITY the city's id there, HOST the machine's name in DNS, ROOT the SHA-256 of the authority's root, in
hexadecimal digits. A timer starts it every few minutes; it asks Vault only where something is due.

The first time it opens the wrapped secret id that "secrets first" put into guestinfo, and logs in with it. What it keeps is its token, which
Vault takes from this machine's address alone and for nothing but such certificates, and which ends a week after it was renewed last: a
machine that was off for longer wants another first secret. It also keeps which first secrets it opened, as guestinfo that it cleared may be back
once the machine was off, and the secret id until Vault answered a login with it. Where something fails it tries again the next time; until
then the former certificate counts. access-agent.sh sees a new one, and has HAProxy load it.

Wants Python 3.9, which cloud-init brings, vmtoolsd (open-vm-tools) and openssl.
"""

import base64
import email.utils
import hashlib
import http.client
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

PREFIX = "guestinfo.postazioni"
ROLE = "access-machines"
KEPT = os.environ.get("POSTAZIONI_KEPT", "/var/lib/postazioni/certificate.json")
FOLDER = os.environ.get("POSTAZIONI_CERTIFICATES", "/etc/haproxy/postazioni")
# The lab's Vault, on the machine itself, speaks http.
PROTOCOL = os.environ.get("POSTAZIONI_VAULT_PROTOCOL", "https")
DAY = 24 * 60 * 60
WEEK = 7 * DAY
TIMEOUT_SECONDS = 30
ANOTHER = "'secrets first --pool access-machines' issues another"


class Failed(Exception):
    """Why nothing came of it, and what guestinfo says then; without a word for guestinfo it is only tried again."""

    def __init__(self, text, state=None):
        super().__init__(text)
        self.state = state


class Refused(Exception):
    """Vault's own refusal, by its status."""

    def __init__(self, status):
        super().__init__(f"Vault refuses with {status}")
        self.status = status


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """The token would go with it."""

    def redirect_request(self, *_):
        return None


def say(text):
    print(f"postazioni: {text}", file=sys.stderr)


def told(key):
    answer = subprocess.run(["vmtoolsd", "--cmd", f"info-get {PREFIX}.{key}"], capture_output=True, text=True, check=False)
    return answer.stdout.strip() if answer.returncode == 0 else ""


def tell(key, value):
    subprocess.run(["vmtoolsd", "--cmd", f"info-set {PREFIX}.{key} {value}"], capture_output=True, check=False)


def keep(path, text, mode=0o600):
    """Whole or not at all, even if the power fails."""
    new = f"{path}.new"
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, path)


class Vault:
    """Vault's API."""

    def __init__(self, url):
        if not url.startswith(f"{PROTOCOL}://"):
            raise Failed(f"{url} is no {PROTOCOL} URL")
        self.api = url if "/v1" in url else f"{url}/v1"
        # Vault's clock, by its last answer.
        self.time = time.time()
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())

    def post(self, path, body, token=None):
        headers = {"X-Vault-Request": "true", **({"X-Vault-Token": token} if token else {})}
        request = urllib.request.Request(f"{self.api}/{path}", json.dumps(body).encode(), headers, method="POST")
        try:
            with self.opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
                self.time = time_of(answer)
                return json.loads(answer.read() or b"{}")
        except urllib.error.HTTPError as error:
            self.time = time_of(error)
            raise refusal(error) from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise Failed(f"Vault was not reached: {error}") from None


def time_of(answer):
    """When it was given. This machine's clock may be wrong."""
    try:
        return email.utils.parsedate_to_datetime(answer.headers["Date"]).timestamp()
    except (TypeError, ValueError):
        return time.time()


def recent(since, seconds):
    """Whether no more time passed since, and no less: a clock that was ahead and is right again would put off everything."""
    return 0 <= time.time() - since < seconds


def refusal(error):
    """Vault's refusals have a list of errors; what stands before it, as a proxy, writes others, which say nothing of a secret or a token."""
    try:
        if isinstance(json.loads(error.read())["errors"], list):
            return Refused(error.code)
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
        pass
    return Failed(f"what answers with {error.code} is not Vault")


def part(answer, *keys):
    for key in keys:
        answer = answer.get(key) if isinstance(answer, dict) else None
    if answer is None:
        raise Failed(f"the answer has no {'.'.join(keys)}: it is not Vault's")
    return answer


def log_in_first(vault, city, kept):
    """Logs in with the secret id that it opened before and got no answer with, or else with that of the first secret."""
    if kept.get("login") and log_in(vault, city, kept):
        return
    open_first_secret(vault, city, kept)
    if not log_in(vault, city, kept):
        raise Failed(f"Vault refuses the login: {ANOTHER}", "failed")


def log_in(vault, city, kept):
    """Whether it has a token then. The secret id is kept until Vault either took or refused it."""
    try:
        token = part(vault.post(f"auth/{city}/approle/login", kept["login"]), "auth", "client_token")
    except Refused as refused:
        if refused.status not in (400, 403):
            raise Failed(f"the login: {refused}") from None
        note(kept, login=None)
        return False
    note(kept, token=token, renewed=time.time(), login=None)
    return True


def open_first_secret(vault, city, kept):
    """Opens the first secret, which opens once. Before and after it keeps that it did: an answer may be lost, and guestinfo come back."""
    wrapped, login = told("wrapped"), {"role_id": told("role-id")}
    if not wrapped:
        raise Failed(f"there is no first secret: {ANOTHER}", "failed")
    this, tried = hashlib.sha256(wrapped.encode()).hexdigest(), kept.get("tried")
    try:
        made = part(vault.post("sys/wrapping/lookup", {"token": wrapped}), "data", "creation_path")
        if made != f"auth/{city}/approle/role/{ROLE}/secret-id":
            raise Failed(f"ALERT: {made} made the first secret of this machine", "alert")
        note(kept, tried=this)
        login["secret_id"] = part(vault.post("sys/wrapping/unwrap", {}, wrapped), "data", "secret_id")
    except Refused as refused:
        if kept.get("tried") != tried:
            note(kept, tried=tried)
        raise unopened(refused, this, kept, vault.time) from None
    note(kept, opened=this, login=login)
    tell("state", "opened")
    tell("wrapped", "")


def unopened(refused, this, kept, now):
    """Why a first secret does not open."""
    # Where it is Vault that has too many requests, or is sealed, that says nothing of the secret.
    if refused.status not in (400, 403, 404):
        return Failed(str(refused))
    if kept.get("opened") == this:
        tell("wrapped", "")
        return Failed(f"this machine opened its first secret before: {ANOTHER}", "failed")
    # What guestinfo has stays: "secrets first" says to look before it issues another.
    if kept.get("tried") == this:
        return Failed("an answer was lost: Vault's audit log tells whether it was this machine that opened its first secret", "failed")
    expires = told("expires")
    if expires.isdigit() and int(expires) <= now:
        return Failed("the first secret expired before this machine opened it", "expired")
    return Failed("ALERT: somebody else opened the first secret of this machine: look for it in Vault's audit log", "alert")


def renew(vault, kept):
    """Whether it has a token, which it asks for another week once a day; none where Vault knows it no longer."""
    if kept.get("token") is None:
        return False
    if recent(kept.get("renewed", 0), DAY):
        return True
    try:
        vault.post("auth/token/renew-self", {}, kept["token"])
    except Refused as refused:
        if refused.status != 403:
            raise Failed(str(refused)) from None
        say("Vault does not know this machine's token any more")
        return False
    note(kept, renewed=time.time())
    return True


def parted(chain, root):
    """The pinned root, and what stands between it and the machine's certificate, as PEM: each written anew from the bytes that were compared,
    as a text may have more certificates than one."""
    texts = re.findall("-----BEGIN CERTIFICATE-----([^-]+)-----END CERTIFICATE-----", "\n".join(chain))
    certificates = [base64.b64decode(each) for each in texts]
    made = {hashlib.sha256(each).hexdigest(): ssl.DER_cert_to_PEM_cert(each).strip() for each in certificates}
    if root not in made:
        raise Failed("the certificate is of another root than the city's file names")
    return made.pop(root), list(made.values())


def verify(certificate, between, root, host):
    """That it is this machine's, by the pinned root alone. Not when: this machine's clock may be wrong."""
    with tempfile.TemporaryDirectory() as folder:
        keep(f"{folder}/root", f"{root}\n")
        keep(f"{folder}/issued", "\n".join([certificate, *between, ""]))
        options = ["-no_check_time", "-verify_hostname", host, "-no-CApath", "-no-CAstore", "-CAfile", f"{folder}/root"]
        command = ["openssl", "verify", *options, "-untrusted", f"{folder}/issued", f"{folder}/issued"]
        if subprocess.run(command, capture_output=True, check=False).returncode != 0:
            raise Failed("the certificate is not this machine's by the root that the city's file names")


def fetch(vault, city, host, root, kept):
    try:
        issued = part(vault.post(f"{city}/pki/issue/{ROLE}", {"common_name": host}, kept["token"]), "data")
    except Refused as refused:
        if refused.status == 403:
            # Vault may not know the token any more: it is asked the next time.
            note(kept, renewed=0)
        raise Failed(f"the certificate: {refused}") from None
    authority, between = parted(issued.get("ca_chain") or [part(issued, "issuing_ca")], root)
    certificate, key = part(issued, "certificate").strip(), part(issued, "private_key").strip()
    verify(certificate, between, authority, host)
    # HAProxy believes whatever stands there.
    keep(f"{FOLDER}/authority.pem", f"{authority}\n", 0o644)
    ends = int(part(issued, "expiration"))
    keep(f"{FOLDER}/certificate.prom", metric(ends), 0o644)
    # The last: the agent looks at it.
    keep(f"{FOLDER}/machine.pem", "\n".join([key, certificate, *between, ""]))
    note(kept, certified=[vault.api, city, host, root], fetched=time.time(), lasts=min(ends - vault.time, WEEK))
    say(f"a certificate until {time.strftime('%Y-%m-%d %H:%M', time.gmtime(ends))} UTC")


def metric(ends):
    name = "postazioni_access_certificate_not_after_timestamp_seconds"
    return f"# TYPE {name} gauge\n{name} {ends}\n"


def read_kept():
    try:
        with open(KEPT, encoding="utf-8") as file:
            return json.load(file)
    except (OSError, ValueError):
        return {}


def note(kept, **known):
    """Keeps it at once: some of it Vault gives once."""
    kept.update(known)
    keep(KEPT, json.dumps(kept))


def bring(url, city, host, root):
    vault, kept = Vault(url), read_kept()
    if not renew(vault, kept):
        log_in_first(vault, city, kept)
    root = root.lower().replace(":", "")
    is_for_this = kept.get("certified") == [vault.api, city, host, root]
    if not (is_for_this and recent(kept["fetched"], kept["lasts"] / 3) and os.path.exists(f"{FOLDER}/machine.pem")):
        fetch(vault, city, host, root, kept)


def run(*arguments):
    try:
        bring(*arguments)
    except Failed as failed:
        if failed.state is not None and told("state") != failed.state:
            tell("state", failed.state)
        say(str(failed))
        return 1
    except OSError as error:
        say(f"something is wrong with this machine: {error}")
        return 1
    if told("state") != "joined":
        tell("state", "joined")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    os.umask(0o077)
    os.makedirs(FOLDER, exist_ok=True)
    sys.exit(run(*sys.argv[1:]))
