import { quoted } from "../../display";
import type { CityRule, Finding } from "../rule";

const LOGIN = /^[a-z_][a-z0-9_-]{0,31}$/;

/** A certificate is for one account that somebody is responsible for. */
export const sshLogin: CityRule = {
  id: "ssh-login",
  explanation:
    "a login of secrets.ssh is the name of one account, not root, in lower-case letters, digits, hyphens and underscores",
  repair: "name the account, such as postazioni, and let it do more by sudo",
  *check({ secrets }) {
    for (const [role, { logins }] of (secrets.ssh?.roles ?? []).entries()) {
      for (const [index, login] of logins.entries()) {
        const message = wrongLogin(login);
        if (message !== undefined) yield finding(role, index, message);
      }
    }
  },
};

function finding(role: number, index: number, message: string): Finding {
  return { path: ["secrets", "ssh", "roles", role, "logins", index], message };
}

function wrongLogin(login: string): string | undefined {
  if (/[*+?]/.test(login))
    return `${quoted(login)} is a wildcard, which would be a login to every account of the machines`;
  if (login === "root") return '"root" is everybody: a machine\'s log would not tell afterwards who did what';
  return LOGIN.test(login) ? undefined : `${quoted(login)} is no name of an account`;
}
