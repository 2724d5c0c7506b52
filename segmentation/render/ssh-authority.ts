import type { SshTrust } from "../gateway";

const SETTINGS = "/etc/ssh/sshd_config.d/60-postazioni.conf";
const KEY = "/etc/ssh/postazioni-authority.pub";
const PRINCIPALS = "/etc/ssh/postazioni-principals";
/** https only; no settings of root's and no proxy. */
const CURL = "--disable --proto =https --proto-redir =https --fail --silent --show-error --noproxy * --max-time 30";
/** The unit that fetches the authority's key. */
const UNIT = "postazioni-ssh-authority.service";
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
/**
 * sshd's unit is ssh on Debian and Ubuntu, elsewhere sshd; with both names in one call, systemctl would fail for the
 * missing one.
 */
const RELOADS = ["ssh.service", "sshd.service"].map((name) => `systemctl try-reload-or-restart ${name} || true`);

/** Does nothing on a gateway that never trusted a certificate: the unit does not exist there. */
const WITHDRAWAL = [`systemctl disable --now ${UNIT} || true`, ...RELOADS].map(
  (command) => `[ ! -e ${UNIT_FILE} ] || ${command}`,
);

/** Files and commands that make a gateway trust certificates of people's SSH keys. */
export interface SshAuthority {
  /** Contents of files by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Shell lines that cloud-init runs after the files were written and systemd reloaded its units. */
  readonly commands: readonly string[];
}

/**
 * Makes a gateway trust certificates, or none. An account that is not listed trusts none, also where it was listed
 * before, although cloud-init removes no file that it wrote. The key is fetched at every boot; without it no
 * certificate is trusted. Without a trust the unit that fetches it is disabled: otherwise it would retry forever.
 */
export function sshAuthority(trust: SshTrust | undefined): SshAuthority {
  if (trust === undefined) return { files: new Map([[SETTINGS, "TrustedUserCAKeys none\n"]]), commands: WITHDRAWAL };
  const accounts = principalsByAccount(trust.principals);
  const believed = [...accounts].map(([account, own]): [string, string] => [principalsOf(account), lines(own)]);
  return {
    files: new Map([...believed, [SETTINGS, settings([...accounts.keys()])], [UNIT_FILE, unit(trust.publicKey)]]),
    commands: [...RELOADS, `systemctl enable --now --no-block ${UNIT}`],
  };
}

/** A principal begins with its account: `postazioni@milan-gateways`. */
function principalsByAccount(principals: readonly string[]): Map<string, string[]> {
  const accounts = new Map<string, string[]>();
  for (const principal of principals) {
    const [account = ""] = principal.split("@");
    accounts.set(account, [...(accounts.get(account) ?? []), principal]);
  }
  return accounts;
}

function principalsOf(account: string): string {
  return `${PRINCIPALS}/${account}`;
}

function settings(accounts: readonly string[]): string {
  return lines([
    `TrustedUserCAKeys ${KEY}`,
    "# There is no such file: whoever is not named below believes no certificate.",
    `AuthorizedPrincipalsFile ${PRINCIPALS}/.none`,
    ...accounts.flatMap((account) => [`Match User ${account}`, `  AuthorizedPrincipalsFile ${principalsOf(account)}`]),
  ]);
}

/** A gateway forwards packets whether or not Vault answers, so no unit waits for this one. */
function unit(publicKey: string): string {
  return lines([
    "[Unit]",
    "Description=The authority of people's SSH certificates, from Vault",
    "Wants=network-online.target",
    "After=network-online.target",
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=/usr/bin/curl ${CURL} --output ${KEY}.new ${publicKey}`,
    `ExecStart=/usr/bin/ssh-keygen -l -f ${KEY}.new`,
    `ExecStart=/usr/bin/mv ${KEY}.new ${KEY}`,
    "Restart=on-failure",
    "RestartSec=60",
    "",
    "[Install]",
    "WantedBy=multi-user.target",
  ]);
}

function lines(texts: readonly string[]): string {
  return [...texts, ""].join("\n");
}
