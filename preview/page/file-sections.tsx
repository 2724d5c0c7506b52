import type { VNode } from "preact";
import { count, euro } from "../../environments/display";
import type { AccessChange } from "../access-changes";
import type { CostChange, FundingShare } from "../cost-change";
import type { DestinationChange } from "../destinations";
import type { FileChange } from "../file-change";
import type { ImageChange } from "../image-changes";
import type { LoginChange } from "../login-changes";
import { DataTable, tableSections } from "./data-table";
import type { Column } from "./data-table";
import type { Section } from "./layout";
import { wholeNumber } from "../../segmentation/render/whole-number";

/** Changed destinations of logins and changed trust; none without any. */
export function destinationSections({ destinations }: FileChange): Section[] {
  return tableSections(
    { id: "destinations", title: "Where logins go, and who is believed" },
    { title: "Destinations", noun: "key", rows: destinations, columns: DESTINATION_COLUMNS },
  );
}

const DESTINATION_COLUMNS: readonly Column<DestinationChange>[] = [
  { title: "key", kind: "code", value: ({ key }) => key },
  { title: "before", kind: "code", value: ({ before }) => before },
  { title: "after", kind: "code", value: ({ after }) => after },
];

/** Changed permissions in Vault and changed logins; none without any. */
export function accessSections({ access, logins }: FileChange): Section[] {
  if (access.length + logins.length === 0) return [];
  const summary = `${count(access.length, "path")}, ${count(logins.length, "login")}`;
  return [{ id: "secrets", title: "Secrets", summary, content: <Access access={access} logins={logins} /> }];
}

function Access({ access, logins }: Pick<FileChange, "access" | "logins">): VNode {
  return (
    <>
      {access.length > 0 && (
        <DataTable title="Who may do what in Vault" noun="path" rows={access} columns={ACCESS_COLUMNS} />
      )}
      {logins.length > 0 && (
        <DataTable title="Who logs in as whom" noun="login" rows={logins} columns={LOGIN_COLUMNS} />
      )}
    </>
  );
}

const ACCESS_COLUMNS: readonly Column<AccessChange>[] = [
  { title: "who", kind: "code", value: ({ identity }) => identity },
  { title: "where in Vault", kind: "code", value: ({ path }) => path },
  { title: "gains", value: ({ gained }) => gained.join(", ") },
  { title: "loses", value: ({ lost }) => lost.join(", ") },
];

const LOGIN_COLUMNS: readonly Column<LoginChange>[] = [
  { title: "logs in as", kind: "code", value: ({ identity }) => identity },
  { title: "before", value: ({ before }) => before },
  { title: "after", value: ({ after }) => after },
];

/** Seats by image version; none without a change. */
export function imageSections({ images }: FileChange): Section[] {
  if (images.length === 0) return [];
  const moved = images.reduce((sum, change) => sum + change.moved.length, 0);
  const summary = `${count(moved, "seat")} from another version`;
  return [{ id: "images", title: "Images", summary, content: <Images images={images} /> }];
}

function Images({ images }: Pick<FileChange, "images">): VNode {
  const moved = images.flatMap(({ pool, moved: seats, rollout }) =>
    seats.map((seat) => ({ pool, seat, state: rollout?.state ?? null })),
  );
  return (
    <>
      <DataTable title="Versions by pool" noun="pool" rows={images} columns={IMAGE_COLUMNS} />
      <details>
        <summary>{count(moved.length, "seat")} from another version, one by one</summary>
        <DataTable title="Seats that are made from another version" noun="seat" rows={moved} columns={MOVED_COLUMNS} />
      </details>
    </>
  );
}

const IMAGE_COLUMNS: readonly Column<ImageChange>[] = [
  { title: "pool", kind: "code", value: ({ pool }) => pool },
  { title: "seats before", value: ({ before }) => versionsText(before) },
  { title: "seats after", value: ({ after }) => versionsText(after) },
  { title: "rollout", value: ({ rollout }) => rolloutText(rollout) },
  { title: "seats that move", kind: "number", value: ({ moved }) => moved.length },
  { title: "stay whatever comes", kind: "number", value: ({ kept }) => kept },
];

const MOVED_COLUMNS: readonly Column<{ pool: string; seat: string; state: string | null }>[] = [
  { title: "seat", kind: "code", value: ({ seat }) => seat },
  { title: "pool", kind: "code", value: ({ pool }) => pool },
  { title: "state of the rollout", value: ({ state }) => state },
];

function rolloutText(rollout: ImageChange["rollout"]): string {
  return rollout === null ? "" : `${rollout.to}: ${rollout.state}, ${String(rollout.percent)} percent`;
}

function versionsText(counts: ImageChange["before"]): string {
  return Object.entries(counts)
    .map(([version, seats]) => `${version}: ${wholeNumber(seats)}`)
    .join(", ");
}

/** Changed costs and their share of the project's funding; none without any. */
export function costSections({ cost }: FileChange): Section[] {
  if (cost === null) return [];
  const { before, after } = cost;
  const more = before === null || after === null ? "" : `${after < before ? "" : "+"}${euro(after - before)} a month`;
  return [{ id: "cost", title: "Cost", summary: more, content: <Cost {...cost} /> }];
}

function Cost({ parts, before, after, funding }: CostChange): VNode {
  return (
    <>
      <p>
        A month costs {after === null ? "what no price list says" : euro(after)}
        {before === null ? "" : `, and cost ${euro(before)} before`}. {funding && fundingText(funding)}
      </p>
      <DataTable
        title="A month, by pool"
        noun="part"
        rows={parts}
        columns={[
          { title: "pool", kind: "code", value: ({ pool }) => pool ?? "gateways" },
          { title: "before", kind: "euro", value: ({ before: old }) => old },
          { title: "after", kind: "euro", value: ({ after: fresh }) => fresh },
          { title: "more", kind: "euro", value: (part) => (part.after ?? 0) - (part.before ?? 0) },
        ]}
      />
    </>
  );
}

function fundingText({ cup, amount, percentAYear, unpaid }: FundingShare): string {
  if (percentAYear === null) return "";
  const project = cup === null ? "the project's funding" : `the funding under CUP ${cup}`;
  const rest = unpaid === null ? "" : `; ${euro(unpaid)} of it is not paid out`;
  return `A year is ${percentAYear.toFixed(1)} percent of ${project}, ${euro(amount)}${rest}.`;
}
