import type { VNode } from "preact";
import { count } from "../../environments/display";
import type { PoolPreview, PreviewReport } from "../report";
import { reasonsOf } from "../change-reason";
import { minuteText, sessionsText } from "../disturbed-section";
import type { Disturbance } from "../disturbed-seats";
import { countEffects, SEAT_EFFECTS } from "../seat-changes";
import type { SeatChange } from "../seat-changes";
import { SeatBars } from "./bars";
import type { SeatBar } from "./bars";
import { DataTable } from "./data-table";
import type { Column } from "./data-table";
import type { Section } from "./layout";
import { wholeNumber } from "../../segmentation/render/whole-number";

/** A seat with its pool and its stack. */
interface SeatRow extends SeatChange {
  readonly pool: string;
  readonly stack: string;
}

/** Effects on seats, by pool and by wave, and a table of all; none where no seat changes. */
export function seatSections(report: PreviewReport): Section[] {
  if (report.pools.length === 0) return [];
  const seats = report.pools.reduce((sum, pool) => sum + pool.seats.length, 0);
  const summary = `${count(seats, "seat")}, ${peopleText(peopleIn(report))}`;
  return [{ id: "seats", title: "Seats and people", summary, content: <Seats {...report} /> }];
}

function peopleIn({ pools }: Pick<PreviewReport, "pools">): number {
  return pools.reduce((sum, pool) => sum + pool.people, 0);
}

function peopleText(people: number): string {
  return people === 1 ? "1 person" : `${wholeNumber(people)} people`;
}

function Seats({ pools, stacks, disturbed }: PreviewReport): VNode {
  const rows = seatRows(pools, stacks);
  return (
    <>
      <p>
        Felt by {peopleText(peopleIn({ pools }))}: those who have a seat whose machine restarts, is replaced, is given
        up or goes.
      </p>
      <DataTable title="Seats by pool" noun="pool" rows={pools} columns={poolColumns(pools)} />
      {disturbed.length > 0 && <DataTable title="People at work" noun="pool" rows={disturbed} columns={DISTURBED} />}
      <h3>By wave</h3>
      <SeatBars label="Seats by wave" bars={waveBars(pools)} />
      <details>
        <summary>{count(rows.length, "seat")}, one by one, with their resources</summary>
        <DataTable title="Seats" noun="seat" rows={rows} columns={seatColumns(rows)} />
      </details>
    </>
  );
}

const DISTURBED: readonly Column<Disturbance>[] = [
  { title: "pool", kind: "code", value: ({ pool }) => pool },
  { title: "disturbed seats", kind: "number", value: ({ seats }) => seats },
  { title: "sessions now", value: ({ sessions }) => sessionsText(sessions) },
  { title: "from (UTC)", value: ({ window }) => (window === null ? "any time" : minuteText(window.begins)) },
  { title: "to (UTC)", value: ({ window }) => (window === null ? null : minuteText(window.ends)) },
];

const DIRECTORATE: Column<PoolPreview> = {
  title: "directorate",
  kind: "code",
  value: ({ directorate }) => directorate ?? "",
};

function poolColumns(pools: readonly PoolPreview[]): Column<PoolPreview>[] {
  const hasDirectorates = pools.some(({ directorate }) => directorate !== null);
  const effects = SEAT_EFFECTS.filter((effect) => pools.some(({ counts }) => counts[effect] > 0));
  return [
    { title: "pool", kind: "code", value: ({ pool }) => pool },
    ...(hasDirectorates ? [DIRECTORATE] : []),
    ...effects.map((effect): Column<PoolPreview> => ({
      title: effect,
      kind: "number",
      value: ({ counts }) => counts[effect],
    })),
    { title: "people", kind: "number", value: ({ people }) => people },
  ];
}

/** A wave's id is unique in its pool only. */
function waveBars(pools: readonly PoolPreview[]): SeatBar[] {
  return pools.flatMap(({ pool, seats }) => {
    const waves = [...new Set(seats.map(({ wave }) => wave))];
    return waves.map((wave) => ({
      ...{ pool, wave },
      counts: countEffects(seats.filter((seat) => seat.wave === wave)),
    }));
  });
}

function seatRows(pools: readonly PoolPreview[], stacks: PreviewReport["stacks"]): SeatRow[] {
  const stackOf = new Map(stacks.flatMap(({ stack, changes }) => changes.map(({ address }) => [address, stack])));
  return pools.flatMap(({ pool, seats }) =>
    seats.map((seat) => ({ ...seat, pool, stack: stackOf.get(seat.address) ?? "" })),
  );
}

function startOf(power: SeatChange["startedFrom"]): string[] {
  return power === undefined ? [] : [`started: it is ${power}`];
}

function seatColumns(rows: readonly SeatRow[]): Column<SeatRow>[] {
  const told = rows.some(({ holder }) => holder !== undefined);
  return [
    { title: "seat", kind: "code", value: ({ seat }) => seat },
    { title: "pool", kind: "code", value: ({ pool }) => pool },
    { title: "what", value: ({ effect, startedFrom }) => [effect, ...startOf(startedFrom)].join(", ") },
    {
      title: "for",
      kind: "code",
      value: ({ attributes, reason }) => [...reasonsOf({ reason }), ...attributes].join(", "),
    },
    { title: "wave", kind: "code", value: ({ wave }) => wave },
    ...(told ? [{ title: "who has it", kind: "code" as const, value: ({ holder }: SeatRow) => holder ?? null }] : []),
    { title: "stack", kind: "code", value: ({ stack }) => stack },
    { title: "resource", kind: "code", value: ({ address }) => address },
  ];
}
