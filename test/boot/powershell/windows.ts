import { asText, fromJson, Instant, PsObject, Thrown } from "./values";
import type { Arguments, Machine } from "./machine";

/** What is seen of a machine from outside, for a script's test. */
export interface Watched {
  /** Guestinfo by the keys' last part. */
  readonly guestinfo: Record<string, string>;
  /** What was written of it, in turn. */
  readonly written: string[];
  /** What was told: standard error and the event log say the same. */
  readonly told: string[];
  /** Logins with which it was to join a domain: user, password, domain. */
  readonly joins: string[][];
  /** The organizational units that it was to join. */
  readonly units: string[];
  /** How often it left a domain. */
  left: number;
  /** Which Vault and city it keeps. */
  kept: string | undefined;
  /** The accessor of the first secret that it opened last. */
  opened?: string | undefined;
}

/** How a machine of a test's is. */
export interface Circumstances {
  /** Where requests to https://vault.example:8200 go: a server of the test's on loopback. */
  readonly server: string;
  /** How many seconds its clock is ahead. */
  readonly clockAhead: number;
  /** Whether it is a member of a domain. */
  readonly member: boolean;
  /** Whether joining fails. */
  readonly joinFails: boolean;
  /** Its computer's name, and the one that it gets once it joins. @default - the same */
  readonly called: string;
  readonly renamed?: string | undefined;
  /** How far Windows Setup is. @default - done */
  readonly setup?: string | undefined;
  /** How the key is that keeps which Vault and city. @default - as it is where nothing or `kept` is in it */
  readonly key?: "empty" | "of others" | "unreadable" | "unwritable" | undefined;
}

const STATUSES: Readonly<Record<string, string>> = {
  ENOTFOUND: "NameResolutionFailure",
  ECONNREFUSED: "ConnectFailure",
};

/** A Windows client with VMware Tools, as far as the first login sees it. Nothing waits: its clock goes on instead. */
export function windows(watched: Watched, how: Circumstances): Machine {
  let slept = 0;
  const now = (): Instant => new Instant(Date.now() + (how.clockAhead + slept) * 1000);
  const nothing = (): undefined => undefined;
  return {
    program: (_path, [verb, command = ""]) => tools(watched, verb === "--cmd" ? command : ""),
    commands: {
      "Set-StrictMode": nothing,
      "Join-Path": ({ positional }) => positional.map(asText).join("\\"),
      "Get-Date": now,
      "Get-Random": ({ named }) => Number(named.get("-minimum")),
      "Start-Sleep": ({ named }) => void (slept += Number(named.get("-seconds"))),
      "New-EventLog": nothing,
      "Write-EventLog": nothing,
      "ConvertTo-Json": ({ positional }) => JSON.stringify(positional[0]),
      "ConvertFrom-Json": ({ positional }) => parsed(asText(positional[0])),
      "Get-CimInstance": () => ({ PartOfDomain: how.member }),
      ...registry(watched, how),
      "ConvertTo-SecureString": ({ positional }) => ({ secure: asText(positional[0]) }),
      "New-Object": ({ positional: [type, given] }) => made(asText(type), given as readonly unknown[]),
      "Add-Computer": (given) => {
        join(given, watched, how);
      },
      "Remove-Computer": () => void (watched.left += 1),
    },
    statics: {
      "Net.SecurityProtocolType::Tls12": "Tls12",
      "Diagnostics.EventLog::SourceExists": () => true,
      "Console::Error": { WriteLine: (line: unknown) => void watched.told.push(asText(line)) },
      "Net.WebRequest::Create": (url: unknown) => new WebRequest(asText(url), how.server),
      "Text.Encoding::UTF8": { GetBytes: (text: unknown) => Buffer.from(asText(text), "utf8") },
      "regex::Escape": (text: unknown) => asText(text).replace(/[\\*+?|{[()^$.# ]/g, "\\$&"),
      "DateTimeOffset::UtcNow": { ToUnixTimeSeconds: () => now().ToUnixTimeSeconds() },
      "DateTimeOffset::Parse": (text: unknown) => new Instant(Date.parse(asText(text))),
      "Globalization.CultureInfo::InvariantCulture": {},
    },
  };
}

function registry(watched: Watched, how: Circumstances): Machine["commands"] {
  const { key, called, renamed = called, setup = "IMAGE_STATE_COMPLETE" } = how;
  const refused = (): never => {
    throw new Thrown("Security.SecurityException", "Requested registry access is not allowed.");
  };
  return {
    "Test-Path": () =>
      watched.kept !== undefined || watched.opened !== undefined || (key !== undefined && key !== "unwritable"),
    "Get-ItemProperty": ({ positional: [path] }) => {
      const place = asText(path);
      if (place.endsWith("\\Setup\\State")) return new PsObject({ ImageState: setup });
      if (place.endsWith("\\ComputerName")) {
        return new PsObject({ ComputerName: watched.joins.length > 0 ? renamed : called });
      }
      if (key === "unreadable") return refused();
      if (key === "empty") return undefined;
      const { kept, opened } = watched;
      const values = { ...(kept !== undefined && { Vault: kept }), ...(opened !== undefined && { Opened: opened }) };
      return new PsObject(key === "of others" ? { Other: "1" } : values);
    },
    "New-Item": () => ({ Name: "Postazioni" }),
    "Set-ItemProperty": ({ positional }) => {
      if (key === "unwritable") refused();
      watched[asText(positional[1]) === "Opened" ? "opened" : "kept"] = asText(positional[2]);
    },
  };
}

function tools(watched: Watched, command: string): { output: string; code: number } {
  const [, verb, key = "", value = ""] = /^(info-get|info-set) guestinfo\.postazioni\.(\S+) ?(.*)$/.exec(command) ?? [];
  if (verb === undefined) throw new Error(`VMware Tools know no ${command}`);
  if (verb === "info-get")
    return { output: watched.guestinfo[key] ?? "", code: (watched.guestinfo[key] ?? "") === "" ? 1 : 0 };
  watched.guestinfo[key] = value;
  watched.written.push(`${key} ${value}`.trim());
  return { output: "", code: 0 };
}

function parsed(text: string): unknown {
  try {
    return fromJson(JSON.parse(text));
  } catch {
    throw new Thrown("ArgumentException", "Invalid JSON primitive.");
  }
}

function made(type: string, [first, second]: readonly unknown[]): unknown {
  if (type === "IO.StreamReader") return first;
  if (type === "Management.Automation.PSCredential") return { user: asText(first), password: second };
  throw new Error(`no test knows ${type}`);
}

function join({ named }: Arguments, watched: Watched, { joinFails }: Circumstances): undefined {
  const { user, password } = named.get("-credential") as { user: string; password: { secure: string } };
  if (named.has("-oupath")) watched.units.push(asText(named.get("-oupath")));
  watched.joins.push([user, password.secure, asText(named.get("-domainname"))]);
  if (joinFails) throw new Thrown("InvalidOperationException", "The computer failed to join the domain.");
  return undefined;
}

class WebRequest {
  public Method = "GET";
  public Timeout = 100_000;
  public AllowAutoRedirect = true;
  public ContentType: string | undefined;
  public ContentLength = 0;
  public readonly Headers: { Add(name: unknown, value: unknown): void };
  private readonly headers: Record<string, string> = {};
  private body = "";

  public constructor(
    private readonly url: string,
    private readonly server: string,
  ) {
    this.Headers = { Add: (name, value) => void (this.headers[asText(name)] = asText(value)) };
  }

  public GetRequestStream(): unknown {
    return { Write: (bytes: Buffer) => void (this.body = bytes.toString()), Close: () => undefined };
  }

  public async GetResponse(): Promise<unknown> {
    const response = await fetch(this.url.replace("https://vault.example:8200", this.server), {
      ...{ method: this.Method, headers: this.headers, redirect: this.AllowAutoRedirect ? "follow" : "manual" },
      ...(this.Method === "GET" ? {} : { body: this.body }),
    }).catch(unreached);
    const answer = {
      StatusCode: response.status,
      Headers: { Date: response.headers.get("date") },
      GetResponseStream: () => ({ ReadToEnd: () => response.text().catch(cutOff) }),
    };
    if (response.status < 400) return answer;
    throw new Thrown("Net.WebException", `The remote server returned an error: (${String(response.status)}).`, {
      Response: answer,
    });
  }
}

function unreached(error: unknown): never {
  const code =
    error instanceof Error && error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : "";
  throw new Thrown("Net.WebException", "Unable to connect", {
    Status: STATUSES[code] ?? "ReceiveFailure",
    Response: null,
  });
}

function cutOff(): never {
  throw new Thrown("IO.IOException", "Unable to read data from the transport connection.");
}
