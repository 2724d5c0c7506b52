import { describe, expect, test } from "@jest/globals";
import { inYaml } from "../../fixtures/city-edits";
import { milanWith } from "../../fixtures/city-files";

const power = (text: string, pool = "educazione") => milanWith({ [`pools.${pool}.+power`]: inYaml(text) });
const only = (text: string): unknown => [expect.stringContaining(text)];

describe("a pool's power", () => {
  test("is hours on some days, with a reserve", () => {
    expect(power('{ start: "07:00", stop: "19:30", days: [mon, sat], reserve: 20 }')).toEqual([]);
  });

  test("has a length, on one day", () => {
    expect(power('{ start: "07:00", stop: "07:00" }')).toEqual(
      only(
        "power.stop: the seats stop at 07:00, and start at 07:00; allowed: later than 07:00, up to 23:59; repair: correct start or stop",
      ),
    );
    expect(power('{ start: "20:00", stop: "06:00" }')).toEqual(only("the seats stop at 06:00, and start at 20:00"));
  });

  test("is in times of the day and days of the week, which exist", () => {
    expect(power('{ start: "7:00", stop: "24:00" }')).toHaveLength(2);
    expect(power('{ start: "07:00", stop: "19:00", days: [lun] }')).toEqual(
      only(`"lun" is not one of the choices; allowed: "mon", "tue"`),
    );
  });

  test("keeps no more in reserve than the pool has", () => {
    expect(power('{ start: "07:00", stop: "19:30", reserve: 3901 }')).toEqual(
      only("power.reserve: 3901, and the pool has 3,900 seats; allowed: up to 3900"),
    );
  });

  test("leaves seats for an emergency that needs the pool", () => {
    expect(power('{ start: "07:00", stop: "19:30" }', "anagrafe")).toEqual(
      only("power.reserve: 0, and the emergency needs the pool at any hour; allowed: at least 1"),
    );
    expect(power('{ start: "07:00", stop: "19:30", reserve: 5 }', "anagrafe")).toEqual([]);
  });

  test("follows a time zone that exists", () => {
    const zone = (name: string) => milanWith({ "+calendar": inYaml(`{ timeZone: ${name}, holidays: [2026-12-07] }`) });
    expect(zone("Europe/Zurich")).toEqual([]);
    expect(zone("Europe/Milano")).toEqual(only("a time zone of the IANA database, such as Europe/Rome"));
  });
});

describe("a pool's repair", () => {
  const set = (pool: string, key: string, text: string) => milanWith({ [`pools.${pool}.+${key}`]: inYaml(text) });

  test("replaces no person's machine", () => {
    expect(set("anagrafe", "repair", "{ replace: true }")).toEqual(
      only("repair.replace: true, and the seats are people's own; allowed: only floating seats are replaced"),
    );
    expect(set("educazione", "repair", "{ replace: true, atMostPercent: 10 }")).toEqual([]);
  });

  test("finds only somebody's seat idle", () => {
    expect(set("anagrafe", "idleDays", "60")).toEqual([]);
    expect(set("educazione", "idleDays", "60")).toEqual(only("idleDays: it is set, and the seats are nobody's own"));
  });
});

describe("a pool's maintenance", () => {
  const maintenance = (window: string, more = "") =>
    milanWith({ "pools.educazione.+maintenance": inYaml(`{ windows: [{ days: [fri], ${window} }]${more} }`) });

  test("is a time of the week, which may go on over midnight", () => {
    expect(maintenance('start: "18:00", stop: "19:14"')).toEqual([]);
    expect(maintenance('start: "21:00", stop: "00:00"')).toEqual([]);
  });

  test("has a length", () => {
    expect(maintenance('start: "20:00", stop: "20:00"')).toEqual(
      only(
        "pools[name=educazione].maintenance.windows[0].stop: it stops at 20:00, when it starts; allowed: at least 74 minutes after start; " +
          "repair: write a longer window, or a shorter warning",
      ),
    );
  });

  test("has room for its longest warning and a clone", () => {
    expect(maintenance('start: "20:00", stop: "20:59"')).toEqual(
      only("it has 59 minutes; a warning of 30 and a clone of 44 take 74; allowed"),
    );
    expect(maintenance('start: "20:00", stop: "20:59"', ", warnMinutes: [5]")).toEqual([]);
    expect(maintenance('start: "20:00", stop: "20:20"', ", warnMinutes: []")).toEqual(
      only("it has 20 minutes; a warning of 0 and a clone of 44 take 44"),
    );
  });

  test("has an hour more at night, which the change of clock may take", () => {
    expect(maintenance('start: "23:00", stop: "00:30"')).toEqual(only("a clone of 44 at night take 134"));
    expect(maintenance('start: "01:00", stop: "02:59"')).toEqual(only("a clone of 44 at night take 134"));
    expect(maintenance('start: "01:00", stop: "03:14"')).toEqual([]);
  });
});

describe("a pool's refresh", () => {
  test("is for seats that are nobody's own, whose disks do not grow", () => {
    const set = (pool: string, more: Record<string, unknown>) =>
      milanWith(Object.fromEntries(Object.entries(more).map(([key, value]) => [`pools.${pool}.+${key}`, value])));
    const kiosk = { profiles: "none" };
    expect(set("educazione", { refresh: "revert", ...kiosk })).toEqual([]);
    expect(set("educazione", { refresh: "remake", growDisks: true, ...kiosk })).toEqual([]);
    expect(set("educazione", { refresh: "revert", growDisks: true, ...kiosk })).toEqual(
      only(
        'growDisks: true, and disks that have a snapshot do not grow; allowed: with refresh: only "remake"; repair: take',
      ),
    );
    expect(set("anagrafe", { refresh: "revert", ...kiosk })).toEqual(
      only(`refresh: "revert", and the seats are people's own; allowed: only floating seats are made as new`),
    );
    expect(set("educazione", { refresh: "again", ...kiosk })).toHaveLength(1);
    expect(set("educazione", { refresh: "revert" })).toEqual(
      only(
        "refresh: what people leave on its seats goes, and no profiles keep it; allowed: refresh with profiles; repair: add profiles",
      ),
    );
  });
});

describe("a pool's profiles", () => {
  const SHARE = "{ service: files, server: files.comune.milano.example, share: profili$ }";
  const FILES = "{ name: files, segment: shared, addresses: [10.21.100.77], ports: [file-shares] }";
  const FLOW = "{ id: p, to: files, ports: [tcp/445], owner: a, purpose: b, ticket: c, until: 2027-12-31 }";
  const profiles = (share: string, more: Record<string, string> = {}, pool = "educazione") =>
    milanWith(
      Object.fromEntries(
        Object.entries({ [`pools.${pool}.+profiles`]: share, "network.services.+": FILES, ...more }).map(
          ([path, text]) => [path, inYaml(text)],
        ),
      ),
    );

  test("are on a share that its seats reach", () => {
    expect(profiles(SHARE)).toEqual([
      expect.stringMatching(
        /profiles: "desktops-educazione" does not reach "files" on tcp\/445: .*; repair: write \{ id: educazione-profiles/,
      ),
    ]);
    expect(profiles(SHARE, { "pools.educazione.+flows": `[${FLOW}]` })).toEqual([]);
  });

  test("are on a service that there is and that has such shares", () => {
    expect(profiles(SHARE.replace("files,", "filez,"))).toEqual(
      only('profiles.service: "filez" names no service; allowed: '),
    );
    expect(profiles(SHARE.replace("files,", "directory,"), {}, "smart-working").join()).not.toContain("does not offer");
    expect(profiles(SHARE.replace("files,", "dhcp,"))).toEqual(only('"dhcp" does not offer tcp/445'));
  });

  test("of Windows are no NFS", () => {
    expect(profiles(SHARE.replace(" }", ", protocol: nfs }"))).toEqual(
      only('profiles.protocol: "nfs", and the image is a Windows'),
    );
  });

  test("are told with every key that is wrong", () => {
    expect(profiles("{ service: files, server: FILES, share: '\\\\x', sizeGib: 0 }")).not.toEqual([]);
    expect(profiles("nowhere")).toHaveLength(1);
  });
});
