import { createInterface } from "node:readline";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { MEMBERS } from "../../segmentation/gateway";
import { gatewayHost, GatewayPair } from "../network/gateway-pair";
import { machineAt } from "../network/machine";
import { smallCity } from "../network/tried-city";

/** The other gateway has no state of the connections that it takes over: decision 0013 says who notices. */
const MINUTE = 60_000;
const SECONDS = 40;
/**
 * Streams once a line comes in. A stream that runs over the failover goes on where an acknowledgement just comes by the new master, of
 * which the desktop may hear before the server does.
 */
const SERVER = `
import socket, sys, threading, time
moved = threading.Event()
def stream(one):
    moved.wait()
    while True:
        one.sendall(b"12345678")
        time.sleep(0.02)
def echo(one):
    while True:
        one.sendall(one.recv(100))
threading.Thread(target=lambda: sys.stdin.readline() and moved.set(), daemon=True).start()
server = socket.create_server((sys.argv[1], int(sys.argv[2])))
while True:
    one = server.accept()[0]
    threading.Thread(target=echo if one.recv(1) == b"e" else stream, args=(one,), daemon=True).start()`;
/**
 * Says once it is connected, which may take some tries: the server is not listening yet, and who has just become master loses packets.
 * In the end prints whether anything still arrives, and the longest pause, in seconds.
 */
const CLIENT = `
import socket, sys, threading, time
_, address, port, kind, seconds = sys.argv
while True:
    try:
        one = socket.create_connection((address, int(port)), 1)
        break
    except OSError:
        time.sleep(0.05)
one.settimeout(0.2)
one.sendall(b"e" if kind == "speaks" else b"s")
print("connected", flush=True)
start = last = time.monotonic()
pause, spoken = 0, kind != "speaks late"
def speak():
    while True:
        one.sendall(b"12345678")
        time.sleep(0.1)
if kind == "speaks": threading.Thread(target=speak, daemon=True).start()
while time.monotonic() < start + int(seconds):
    if not spoken and time.monotonic() > start + int(seconds) / 2:
        spoken = one.send(b"x") > 0
    try:
        if one.recv(65536): pause, last = max(pause, time.monotonic() - last), time.monotonic()
    except TimeoutError:
        pass
print("goes on" if time.monotonic() - last < 1 else "stands still", round(pause, 1))`;

let pair: GatewayPair;

beforeAll(async () => {
  const { city, desktop, service } = smallCity();
  pair = await GatewayPair.start(
    (gateway) => [
      ...machineAt(gateway, "desktop", [desktop.address]),
      ...machineAt(gateway, "service", [service.address], service.mac),
      ...MEMBERS.map((member) => `ip netns exec ${gatewayHost(member)} sysctl -qw net.ipv4.ip_forward=1`),
    ],
    city,
  );
}, MINUTE);

afterAll(() => pair.close());

test(
  "over a failover a connection goes on once its opener sends, and stands still as long as only the other end does",
  async () => {
    const { service, servicePort } = smallCity();
    const server = pair.namespaces.start("service", ["python3", "-c", SERVER, service.address, String(servicePort)]);
    server.stderr.resume();
    const clients = ["speaks", "listens", "speaks late"].map((kind) => {
      const told = [service.address, String(servicePort), kind, String(SECONDS)];
      const child = pair.namespaces.start("desktop", ["python3", "-c", CLIENT, ...told]);
      child.stderr.resume();
      return createInterface(child.stdout)[Symbol.asyncIterator]();
    });
    const said = (): Promise<unknown[]> =>
      Promise.all(clients.map((one) => one.next().then(({ value }): unknown => value)));
    expect(await said()).toEqual(clients.map(() => "connected"));
    await pair.setLink(0, pair.gateway.uplink, "down");
    expect(await pair.eventually(0, pair.virtualAddresses.length)).toEqual([0, pair.virtualAddresses.length]);
    server.stdin.write("\n");
    expect(await said()).toEqual([
      expect.stringMatching(/^goes on [0-9]\./),
      expect.stringMatching(/^stands still/),
      expect.stringMatching(/^goes on (1\d|2\d|3\d)\./),
    ]);
  },
  3 * MINUTE,
);
