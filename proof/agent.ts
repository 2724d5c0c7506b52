import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Interface } from "node:readline";
import { REPOSITORY } from "../runtime/paths";
import type { Protocol } from "../segmentation/ports";
import type { Namespaces } from "./namespaces";
import type { SampledPorts } from "./probes";

const PROGRAM = join(REPOSITORY, "proof", "agent.py");

/** A probe to send: number, protocol, and ends. `syn` asks for a connection without waiting for an answer. */
export type Order = readonly [number: number, protocol: Protocol | "syn", from: string, to: string, port: number];

/** Arrivals at a host: connections by their ends, datagrams and asked connections by their numbers. */
export interface Arrivals {
  readonly tcp: readonly (readonly [from: string, fromPort: number, to: string, port: number])[];
  readonly numbers: readonly number[];
}

/** What came of sending. */
export interface Sent {
  /** Numbers of the echo requests that were answered. */
  readonly answered: readonly number[];
  /** The port that each connection was tried from. */
  readonly ports: readonly (readonly [number: number, port: number])[];
}

/** The program that sends and receives in one namespace. */
export class Agent {
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;
  private readonly printed: Buffer[] = [];

  public constructor(
    public readonly host: string,
    private readonly child: ChildProcessWithoutNullStreams,
  ) {
    child.stderr.on("data", (data: Buffer) => this.printed.push(data));
    this.lines = createInterface({ input: child.stdout });
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  /** Starts an agent in a namespace; it listens on every sampled port. */
  public static async start(namespaces: Namespaces, host: string, ports: SampledPorts): Promise<Agent> {
    const agent = new Agent(host, namespaces.start(host, ["python3", PROGRAM]));
    await agent.ask({ listen: ports });
    return agent;
  }

  /** Sends probes; resolves after all had time to arrive. */
  public async send(orders: readonly Order[]): Promise<Sent> {
    return (await this.ask({ send: orders })) as Sent;
  }

  /** From now on, connections that are only asked for arrive too. */
  public async noticeSyns(): Promise<void> {
    await this.ask({ syns: true });
  }

  /** Arrivals since the last call. */
  public async collect(): Promise<Arrivals> {
    return (await this.ask({ collect: true })) as Arrivals;
  }

  private async ask(request: object): Promise<unknown> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const answer = await this.answers.next();
    if (answer.done === true)
      throw new Error(`the agent of ${this.host} ended: ${Buffer.concat(this.printed).toString()}`);
    return JSON.parse(answer.value) as unknown;
  }

  /** Ends the agent. */
  public stop(): void {
    this.lines.close();
    this.child.stdin.destroy();
  }
}
