import { describe, expect, test } from "@jest/globals";
import { bringUp } from "../../cli/gateways/bring-up";
import type { GatewayAccess } from "../../cli/gateways/bring-up";
import { givenIn, ORDER } from "../../cli/gateways/gateway-state";
import { VcenterError } from "../../vcenter/soap";
import { packed } from "../../segmentation/render/packed";

const PATIENCE = { start: 300, order: 300, trial: 300, pause: 1 };

/** A gateway of which a test says what it answers to each order; `gateway-rules.sh` itself answers in test/network. */
class Played implements GatewayAccess {
  public readonly name = "small-gateway-a";
  public readonly orders: string[] = [];
  public readonly settings: Record<string, string>;
  private refusals = 0;

  public constructor(private readonly answer: (verb: string, number: string, rules: string) => string | undefined) {
    const metaData = Buffer.from("instance-id: base-1\nlocal-hostname: a\n").toString("base64");
    this.settings = { "guestinfo.postazioni.rules": packed("some rules"), "guestinfo.metadata": metaData };
  }

  /** Has vCenter not be reached so many times. */
  public cut(times: number): void {
    this.refusals = times;
  }

  public read = (): Promise<Record<string, string>> => {
    this.reach();
    return Promise.resolve(this.settings);
  };

  public write = (settings: Readonly<Record<string, string>>): Promise<void> => {
    this.reach();
    const [verb = "", , number = ""] = (settings[ORDER] ?? "").split(" ");
    this.orders.push(verb);
    const state = this.answer(verb, number, givenIn(this.settings)?.rules ?? "");
    if (state !== undefined) this.settings["guestinfo.postazioni.gateway"] = state;
    return Promise.resolve();
  };

  private reach(): void {
    this.refusals -= 1;
    if (this.refusals >= 0) throw new VcenterError("vCenter was not reached");
  }
}

function says(verdict: string, more = "base=base-1 carries=yes") {
  return (number: string, rules: string) => `offered=${rules} verdict=${verdict} answered=${number} ${more}`;
}

/** A gateway that does as it is told. */
function obedient(before = "accepted"): Played {
  let verdict = before;
  return new Played((verb, number, rules) => {
    verdict = { load: "loaded", confirm: "confirmed" }[verb] ?? verdict;
    return says(verdict)(number, rules);
  });
}

function brought(
  gateway: Played,
  peer = obedient("confirmed"),
  signal = new AbortController().signal,
): Promise<string> {
  return bringUp({ gateway, peer, signal, say: () => undefined, patience: PATIENCE });
}

describe("bringing up a gateway", () => {
  test("loads its rules on trial, confirms them, and asks once more whether it carries", async () => {
    const gateway = obedient();
    expect(await brought(gateway)).toBe("rules loaded in place");
    expect(gateway.orders).toEqual(["report", "load", "confirm", "report"]);
  });

  test("orders nothing where it has what it should, and tries again what returned before", async () => {
    const gateway = obedient("confirmed");
    expect(await brought(gateway)).toBe("carries as it is");
    expect(gateway.orders).toEqual(["report", "report"]);
    expect(await brought(obedient("returned"))).toBe("rules loaded in place");
  });

  test("asks a vCenter again that is not reached meanwhile", async () => {
    const gateway = obedient();
    const { write } = gateway;
    let cuts = 1;
    gateway.write = async (settings) => {
      if (gateway.orders.at(-1) === "load" && cuts-- > 0) gateway.cut(5);
      await write(settings);
    };
    expect(await brought(gateway)).toBe("rules loaded in place");
  });

  test.each([
    [
      "refused",
      "base=base-1 carries=yes why=line 3: no such rule",
      /do not hold, and the former ones do \(refused: line 3: no such rule\); repair the file/,
    ],
    [
      "returned",
      "base=base-1 carries=yes why=nobody confirmed them in time",
      /\(returned: nobody confirmed them in time\)/,
    ],
  ])("fails where its rules are %s after the order, with its reason", async (verdict, more, message) => {
    const gateway = new Played((verb, number, rules) =>
      verb === "load" ? says(verdict, more)(number, rules) : says("accepted")(number, rules),
    );
    await expect(brought(gateway)).rejects.toThrow(message);
  });

  test("fails where it does not answer, for instance as it stands on an old answer", async () => {
    const gateway = new Played(() => undefined);
    gateway.settings["guestinfo.postazioni.gateway"] = says("confirmed")(
      "of-before",
      givenIn(gateway.settings)?.rules ?? "",
    );
    await expect(brought(gateway)).rejects.toThrow(
      /^small-gateway-a: waited 0 s until it answers; look at its journal/,
    );
  });

  test("fails where it has its rules and forwards nothing", async () => {
    const gateway = new Played((_verb, number, rules) => says("confirmed", "base=base-1 carries=no")(number, rules));
    await expect(brought(gateway)).rejects.toThrow("small-gateway-a has its rules and forwards nothing");
  });

  test("has it restart for another configuration, and waits until it is back", async () => {
    let base = "base-0";
    const gateway = new Played((verb, number, rules) => {
      if (verb === "restart") base = "base-1";
      return says("confirmed", `base=${base} carries=yes`)(number, rules);
    });
    expect(await brought(gateway)).toBe("restarted");
    expect(gateway.orders).toEqual(["report", "restart", "report"]);
  });

  test.each([
    ["does not answer", new Played(() => undefined), "waited 0 s until it answers"],
    [
      "carries nothing",
      new Played((_verb, number, rules) => says("confirmed", "base=base-1 carries=no")(number, rules)),
      "does not carry",
    ],
  ])("does not have it restart while the other one %s", async (_how, peer, message) => {
    const gateway = new Played((_verb, number, rules) => says("confirmed", "base=base-0 carries=yes")(number, rules));
    await expect(brought(gateway, peer)).rejects.toThrow(message);
    expect(gateway.orders).not.toContain("restart");
  });

  test("stops at once where the user ends it", async () => {
    const controller = new AbortController();
    const gateway = new Played(() => undefined);
    const running = bringUp({
      ...{ gateway, peer: gateway, signal: controller.signal, say: () => undefined },
      patience: { ...PATIENCE, start: 60_000 },
    });
    controller.abort(new Error("ended"));
    await expect(running).rejects.toThrow("ended");
  });

  test("refuses a machine that has no rules in vCenter", async () => {
    const gateway = obedient();
    delete gateway.settings["guestinfo.postazioni.rules"];
    await expect(brought(gateway)).rejects.toThrow("small-gateway-a has no rules in vCenter: deploy its stack first");
  });
});
