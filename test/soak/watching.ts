import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { freePort } from "../../lab/free-port";

/** An alert as Alertmanager posts it to a webhook. */
export interface Heard {
  /** The owner whose webhook it reached. */
  readonly owner: string;
  readonly alert: string;
  readonly status: "firing" | "resolved";
  readonly labels: Readonly<Record<string, string>>;
  readonly at: number;
}

interface Posted {
  readonly alerts: readonly { readonly status: Heard["status"]; readonly labels: Readonly<Record<string, string>> }[];
}

/** Owners' webhooks, which keep what they hear. */
export class Webhooks {
  public readonly heard: Heard[] = [];

  private constructor(private readonly server: Server) {}

  public static async start(): Promise<Webhooks> {
    const server = createServer((request, response) => {
      const owner = (request.url ?? "").slice(1);
      void text(request).then((body) => {
        for (const { status, labels } of (JSON.parse(body) as Posted).alerts) {
          hooks.heard.push({ owner, alert: labels.alertname ?? "", status, labels, at: Date.now() });
        }
        response.end();
      });
    });
    const hooks = new Webhooks(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return hooks;
  }

  public get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  /** Waits for an alert. @param since only what came at this time or later. @throws Error where it does not come */
  public async hear(alert: string, status: Heard["status"], since: number, minutes = 8): Promise<Heard> {
    const end = Date.now() + minutes * 60_000;
    for (;;) {
      const found = this.heard.find((one) => one.alert === alert && one.status === status && one.at >= since);
      if (found !== undefined) return found;
      if (Date.now() > end) throw new Error(`${alert} was not ${status}; heard: ${JSON.stringify(this.heard)}`);
      await setTimeout(200);
    }
  }

  public stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

/** Prometheus, Alertmanager and node_exporter of a report's files, on loopback. */
export class Watching {
  private readonly programs: ChildProcess[] = [];

  private constructor(
    private readonly folder: string,
    private readonly ports: Readonly<Record<"prometheus" | "alertmanager" | "textfiles", number>>,
  ) {}

  /**
   * Starts them on the files of `report monitoring`, in a tenth of a minute what takes a minute there.
   * @param folder the report's
   * @param edit changes prometheus.yml: where the lab's servers are
   */
  public static async start(folder: string, hooks: Webhooks, edit: (text: string) => string): Promise<Watching> {
    const [prometheus, alertmanager, textfiles] = [await freePort(), await freePort(), await freePort()];
    const watching = new Watching(folder, { prometheus, alertmanager, textfiles });
    mkdirSync(join(folder, "textfiles"), { recursive: true });
    watching.change("prometheus.yml", (yaml) =>
      edit(yaml)
        .replace("127.0.0.1:9093", `127.0.0.1:${String(alertmanager)}`)
        .replace("127.0.0.1:9100", `127.0.0.1:${String(textfiles)}`)
        .replace("scrape_timeout: 50s", "scrape_timeout: 5s")
        .replaceAll("_interval: 1m", "_interval: 5s")
        .replaceAll("_interval: 15s", "_interval: 5s"),
    );
    watching.change("alertmanager.yml", (yaml) =>
      yaml
        .replaceAll("https://alerts.comune.milano.example", hooks.url)
        .replace("group_wait: 30s", "group_wait: 1s")
        .replace("group_interval: 5m", "group_interval: 5s"),
    );
    watching.change("targets/gateways.json", (json) =>
      json.replace(/10\.[\d.]+:9100/g, `127.0.0.1:${String(textfiles)}`),
    );
    watching.run();
    await watching.ready();
    return watching;
  }

  /** Folder whose files node_exporter reads. */
  public get textfiles(): string {
    return join(this.folder, "textfiles");
  }

  /** Number of series that a query returns. */
  public async series(query: string): Promise<number> {
    const url = `http://127.0.0.1:${String(this.ports.prometheus)}/api/v1/query?query=${encodeURIComponent(query)}`;
    const answer = (await (await fetch(url)).json()) as { data?: { result: unknown[] }; error?: string };
    if (answer.data === undefined) throw new Error(`${query}: ${answer.error ?? "no answer"}`);
    return answer.data.result.length;
  }

  /** Waits until a query returns series. @throws Error where it returns none */
  public async returns(query: string): Promise<void> {
    for (let turn = 0; turn < 120; turn += 1) {
      if ((await this.series(query)) > 0) return;
      await setTimeout(1000);
    }
    throw new Error(`no series: ${query}`);
  }

  public stop(): void {
    for (const program of this.programs) program.kill("SIGTERM");
  }

  private run(): void {
    const { prometheus, alertmanager, textfiles } = this.ports;
    const listen = (port: number): string => `--web.listen-address=127.0.0.1:${String(port)}`;
    this.start("prometheus", "--config.file=prometheus.yml", "--storage.tsdb.path=tsdb", listen(prometheus));
    const alone = ["--cluster.listen-address=", "--storage.path=alerts", listen(alertmanager)];
    this.start("prometheus-alertmanager", "--config.file=alertmanager.yml", ...alone);
    const only = ["--collector.disable-defaults", "--collector.cpu", "--collector.meminfo", "--collector.textfile"];
    this.start("prometheus-node-exporter", ...only, "--collector.textfile.directory=textfiles", listen(textfiles));
  }

  private start(command: string, ...args: readonly string[]): void {
    const program = spawn(command, args, { cwd: this.folder, stdio: "ignore" });
    this.programs.push(program);
  }

  private async ready(): Promise<void> {
    for (const port of [this.ports.prometheus, this.ports.alertmanager]) {
      for (let turn = 0; turn < 300; turn += 1) {
        const answer = await fetch(`http://127.0.0.1:${String(port)}/-/ready`).catch(() => undefined);
        if (answer?.ok === true) break;
        await setTimeout(100);
      }
    }
  }

  private change(file: string, edit: (text: string) => string): void {
    const path = join(this.folder, file);
    writeFileSync(path, edit(readFileSync(path, "utf8")));
  }
}
