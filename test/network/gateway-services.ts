import type { Readable } from "node:stream";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { MEMBERS } from "../../segmentation/gateway";
import { dhcpRelay } from "../../segmentation/render/dhcp-relay";
import { routerAdvertisements } from "../../segmentation/render/router-advertisements";
import type { GatewayPair } from "./gateway-pair";
import { machine } from "./machine";
import { printed } from "./printed";

/** udhcpc calls it with what it was given. */
const GIVEN = '#!/bin/sh\n[ "$1" = bound ] && echo "$ip by $router" || true\n';
/** Answers each connection with its own name. */
const SERVER = `
import socket, sys
server = socket.create_server(("::", int(sys.argv[2])), family=socket.AF_INET6, dualstack_ipv6=True)
while True:
    server.accept()[0].sendall(sys.argv[1].encode())`;
/** It asks again where it is refused: the server is not listening yet. */
const CLIENT = `
import socket, sys, time
source = (sys.argv[1], 0) if sys.argv[1] else None
end = time.monotonic() + 3
while True:
    try:
        print(socket.create_connection((sys.argv[2], int(sys.argv[3])), 3, source).recv(20).decode())
        break
    except ConnectionRefusedError:
        if time.monotonic() > end: raise
        time.sleep(0.05)`;
const [TRIES, PAUSE_MS] = [20, 500];

/** What a machine made itself of advertisements. */
export interface Configured {
  /** Global IPv6 addresses with the length of their prefix. */
  readonly addresses: readonly string[];
  /** Default routers. */
  readonly routers: readonly string[];
}

/** What a pair of gateways does beside forwarding, by the real programs, and machines that use it. */
export class GatewayServices {
  private readonly folder = mkdtempSync(join(tmpdir(), "services-"));

  public constructor(private readonly pair: GatewayPair) {
    writeFileSync(join(this.folder, "udhcpc"), GIVEN, { mode: 0o755 });
  }

  /** Removes its files; its programs end with the pair. */
  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Starts a server of TCP that answers with its host's name. */
  public serve(host: string, port: number): void {
    this.start(host, ["python3", "-c", SERVER, host, String(port)]);
  }

  /** Who answers a connection; empty where nobody does. @param from the own address to use; any where it is empty */
  public answering(host: string, from: string, to: string, port: number): Promise<string> {
    return this.printed(host, ["python3", "-c", CLIENT, from, to, String(port)]);
  }

  /** Starts both gateways' DHCP relays. */
  public relay(): void {
    for (const member of MEMBERS) this.dnsmasq(this.pair.host(member), dhcpRelay(this.pair.gateway, member));
  }

  /** Starts dnsmasq in a namespace; returns its log. It changes no user, of whom there is one in the namespace. */
  public dnsmasq(host: string, config: string): Readable {
    const file = join(this.folder, `${host}.conf`);
    writeFileSync(file, config);
    const own = [`--conf-file=${file}`, `--pid-file=${file}.pid`, `--dhcp-leasefile=${file}.leases`];
    const child = this.pair.namespaces.start(host, ["dnsmasq", "--no-daemon", ...own]);
    child.stdout.resume();
    return child.stderr.resume();
  }

  /** The address and the router that DHCP gives a machine; empty where it gives none. */
  public given(host: string): Promise<string> {
    const asked = ["--interface", "eth0", "--now", "--quit", "--tryagain", "1", "--timeout", "1", "--retries", "8"];
    return this.printed(host, ["udhcpc", ...asked, "--script", join(this.folder, "udhcpc")]);
  }

  /** Starts both gateways' router advertisements. */
  public advertise(): void {
    const config = join(this.folder, "radvd.conf");
    writeFileSync(config, routerAdvertisements(this.pair.gateway));
    for (const host of MEMBERS.map((member) => this.pair.host(member))) {
      const own = ["--config", config, "--pidfile", join(this.folder, `${host}.pid`)];
      this.start(host, ["radvd", "--nodaemon", "--logmethod", "stderr", ...own]);
    }
  }

  /** Puts a machine into a VLAN that makes itself an address where a router advertises. */
  public listener(name: string, vlan: string): Promise<void> {
    const accept = `ip netns exec ${name} sh -c 'echo 1 > /proc/sys/net/ipv6/conf/eth0/accept_ra'`;
    return this.pair.namespaces.script([...machine(name, vlan), accept].join("\n"));
  }

  /** What a machine has once it has an address, or after some seconds. */
  public async eventually(host: string): Promise<Configured> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const now = await this.configured(host);
      if (now.addresses.length > 0) return now;
      await setTimeout(PAUSE_MS);
    }
    return this.configured(host);
  }

  /** What a machine has now. */
  public async configured(host: string): Promise<Configured> {
    const addresses = await this.printed(host, ["ip", "-6", "-o", "addr", "show", "scope", "global", "-tentative"]);
    const routes = await this.printed(host, ["ip", "-6", "route", "show", "default"]);
    return { addresses: all(addresses, /inet6 (\S+)/g), routers: all(routes, /via (\S+)/g) };
  }

  /** What a program in a namespace prints. */
  public printed(host: string, command: readonly string[]): Promise<string> {
    return printed(this.pair.namespaces, host, command);
  }

  private start(host: string, command: readonly string[]): void {
    const child = this.pair.namespaces.start(host, command);
    child.stdout.resume();
    child.stderr.resume();
  }
}

function all(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, one = ""]) => one);
}
