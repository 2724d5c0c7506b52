import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { givenIn, ORDER } from "../../cli/gateways/gateway-state";
import { MEMBERS } from "../../segmentation/gateway";
import { SOAK, soakTest } from "../fixtures/soak";
import { ChangingPair } from "./changing-pair";
import { smallCity } from "./tried-city";
import { eventually } from "../fixtures/eventually";

/** One test after the other changes the rules of the pair that runs. */
const MINUTE = 60_000;

let pair: ChangingPair;

beforeAll(async () => {
  pair = await ChangingPair.start(smallCity());
}, MINUTE);

afterAll(async () => {
  await pair.close();
});

/** No administrator passes any more: what the file's rules refuse. */
function cutting(): string {
  const cut = pair.ruleset().replace(/( {2}chain management \{\n)[^]*?(\n {2}\}\n)/, "$1$2");
  expect(cut).not.toBe(pair.ruleset());
  return cut;
}

describe("a pair of gateways", () => {
  test(
    "take their first rules without an order, as new machines have none",
    async () => {
      for (const member of MEMBERS) {
        pair.agent(member).offer(pair.ruleset());
        pair.agent(member).start();
        expect(await pair.eventually(member, ({ verdict }) => verdict === "confirmed")).toMatchObject({
          verdict: "confirmed",
          carries: true,
        });
      }
      expect(await pair.desktopReachesService()).toBe(true);
    },
    MINUTE,
  );

  test(
    "load changed rules under load, one after the other, and lose no packet and no connection",
    async () => {
      const [connection, packets] = await pair.underLoad(["connection", "packets"], async () => {
        const changes = [pair.withoutFlow("web"), pair.withoutFlow("teams"), pair.ruleset()];
        for (const rules of SOAK ? changes : changes.slice(0, 1)) {
          for (const member of MEMBERS) pair.agent(member).offer(rules);
          for (const member of MEMBERS) expect(await pair.brought(member)).toBe("rules loaded in place");
        }
      });
      expect({ connection, packets }).toMatchObject({ connection: { lost: 0 }, packets: { lost: 0 } });
      expect(connection?.sent).toBeGreaterThan(100);
      expect(packets?.sent).toBeGreaterThan(100);
    },
    MINUTE,
  );

  test(
    "keep their rules where the new ones do not load, and say why; the second is not asked",
    async () => {
      const before = await pair.loaded(0);
      for (const member of MEMBERS)
        pair.agent(member).offer(`${pair.ruleset()}add rule inet postazioni nowhere accept\n`);
      await expect(pair.brought(0)).rejects.toThrow(
        /^the new rules of gateway0 do not hold, and .* \(refused: .*No such file/,
      );
      expect(await pair.loaded(0)).toBe(before);
    },
    MINUTE,
  );

  test(
    "return to their rules by themselves where the new ones cut the administrators, and keep connections meanwhile",
    async () => {
      const before = await pair.loaded(0);
      await pair.agent(0).kill();
      pair.agent(0).start(3);
      pair.agent(0).offer(cutting());
      let cut = false;
      const watched = async (): Promise<void> => {
        await pair.path().catch((error: unknown) => {
          cut = true;
          throw error;
        });
      };
      const [connection] = await pair.underLoad(["connection"], async () => {
        await expect(pair.brought(0, watched)).rejects.toThrow(
          "the new rules of gateway0 do not hold, and the former ones do (returned: nobody confirmed them in time)",
        );
      });
      expect({ cut, connection }).toMatchObject({ cut: true, connection: { lost: 0 } });
      expect(await pair.loaded(0)).toBe(before);
      await pair.path();
    },
    MINUTE,
  );

  soakTest(
    "confirm nothing by an order of another trial, nor by one that comes too late",
    async () => {
      pair.agent(0).offer(pair.withoutFlow("web"));
      const before = await pair.loaded(0);
      const { rules } = givenIn(pair.agent(0).settings()) ?? { rules: "" };
      pair.agent(0).give({ [ORDER]: `load ${rules} 1` });
      await pair.eventually(0, ({ answered }) => answered === "1");
      pair.agent(0).give({ [ORDER]: `confirm ${rules} 2` });
      expect(await pair.eventually(0, ({ verdict }) => verdict === "returned")).toMatchObject({
        answered: "2",
        verdict: "returned",
      });
      pair.agent(0).give({ [ORDER]: `confirm ${rules} 1` });
      expect(await pair.eventually(0, ({ answered }) => answered === "1")).toMatchObject({ verdict: "returned" });
      expect(await pair.loaded(0)).toBe(before);
    },
    MINUTE,
  );

  soakTest(
    "return to their rules in time though the program is killed meanwhile, and where the machine restarts",
    async () => {
      const before = await pair.loaded(0);
      const { rules } = givenIn(pair.agent(0).settings()) ?? { rules: "" };
      pair.agent(0).give({ [ORDER]: `load ${rules} 3` });
      await pair.eventually(0, ({ verdict }) => verdict === "loaded");
      await pair.agent(0).kill();
      expect(await pair.loaded(0)).not.toBe(before);
      pair.agent(0).start(3);
      await pair.eventually(0, ({ answered, verdict }) => answered === "3" && verdict !== "loaded");
      expect(await pair.loaded(0)).toBe(before);

      pair.agent(0).give({ [ORDER]: `load ${rules} 4` });
      await pair.eventually(0, ({ answered, verdict }) => answered === "4" && verdict === "loaded");
      await pair.agent(0).kill();
      await pair.agent(0).startsAnew();
      pair.agent(0).start();
      expect(await pair.eventually(0, ({ verdict }) => verdict === "returned")).toMatchObject({
        why: "the machine restarted before they were confirmed",
      });
      expect(await pair.loaded(0)).toBe(before);
    },
    MINUTE,
  );

  soakTest(
    "let a connection of a closed flow live on, take no new one, and end it by a block",
    async () => {
      const [connection] = await pair.underLoad(["connection"], async () => {
        pair.agent(0).offer(pair.withoutFlow("portal"));
        expect(await pair.brought(0)).toBe("rules loaded in place");
        expect(await pair.desktopReachesService()).toBe(false);
      });
      expect(connection).toMatchObject({ lost: 0 });
      pair.agent(0).offer(pair.ruleset());
      await pair.brought(0);
      const incident = pair.ruleset(({ blocks }) => ({
        blocks: [
          ...blocks,
          ...blocks.map((block) => ({ ...block, id: `${block.id}-more`, ports: ["tcp/443" as const] })),
        ],
      }));
      const [ended] = await pair.underLoad(["connection"], async () => {
        pair.agent(0).offer(incident);
        await pair.brought(0);
      });
      expect(ended?.lost).toBeGreaterThan(0);
    },
    MINUTE,
  );

  soakTest(
    "restart for another configuration only while the other one carries",
    async () => {
      pair.agent(0).offer(pair.ruleset());
      await pair.brought(0);
      pair.agent(0).give({ "guestinfo.metadata": Buffer.from("instance-id: base-2\n").toString("base64") });
      await pair.agent(1).kill();
      await expect(pair.brought(0, pair.path, { order: 2_000 })).rejects.toThrow(
        "gateway1: waited 2 s until it answers",
      );
      expect(pair.agent(0).wasRestarted()).toBe(false);
      pair.agent(1).start();
      const restarted = pair.brought(0);
      await eventually(() => pair.agent(0).wasRestarted());
      await pair.agent(0).kill();
      await pair.agent(0).startsAnew("base-2");
      pair.agent(0).start();
      expect(await restarted).toBe("restarted");
    },
    MINUTE,
  );
});
