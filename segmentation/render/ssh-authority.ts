import type { SshTrust } from "../gateway";

const SETTINGS = "/etc/ssh/sshd_config.d/60-postazioni.conf";
const KEY = "/etc/ssh/postazioni-authority.pub";
const PRINCIPALS = "/etc/ssh/postazioni-principals";
/** It speaks https alone, and obeys neither settings of root's nor a proxy. */
const CURL = "--disable --proto =https --proto-redir =https --fail --silent --show-error --noproxy * --max-time 30";
/** The unit that fetches the authority's key. */
const UNIT = "postazioni-ssh-authority.service";
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;
/** Under Debian and Ubuntu sshd's unit is ssh, elsewhere sshd: asked for both at once, systemctl fails for the one that is not there. */
const RELOADS = ["ssh.service", "sshd.service"].map((name) => `systemctl try-reload-or-restart ${name} || true`);

/** Nothing is asked of systemd on a gateway that never believed any certificate: it has no such unit. */
const WITHDRAWAL = [`systemctl disable --now ${UNIT} || true`, ...RELOADS].map(
  (command) => `[ ! -e ${UNIT_FILE} ] || ${command}`,
);

/** What makes a gateway believe certificates of people's SSH keys. */
export interface SshAuthority {
  /** Contents of files, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Lines of shell that cloud-init runs once the files are written and systemd has read its units anew. */
  readonly commands: readonly string[];
}

/**
 * What makes a gateway believe certificates, or none. An account that is not named believes none, nor does one that was named
 * before: cloud-init removes no file that it wrote. The key is fetched at every boot; without it no certificate is believed. The
 * unit that fetches it is disabled where none is to be believed: else it would ask for ever for what Vault no longer has.
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

/** A principal begins with the account that it is of: `postazioni@milan-gateways`. */
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

/** A gateway forwards packets whether Vault answers or not, so nothing waits for this. */
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
