/** A clone of a template. */
export interface CloneJob {
  /** What is copied, in GiB: the template's disk as far as it is filled. */
  readonly gib: number;
  /** Host and datastore of the template. */
  readonly source: { readonly host: string; readonly datastore: string };
  /** Cluster of the new machine; of its hosts the one with the fewest operations takes it. */
  readonly cluster: string;
  /** Datastore of the new machine. */
  readonly datastore: string;
  /** Whether it shares the disk of a snapshot of the template. */
  readonly linked: boolean;
}

/** What a vCenter and its storage can do. */
export interface CloneModel {
  /** Hosts of each cluster. */
  readonly hosts: ReadonlyMap<string, readonly string[]>;
  /** What each datastore copies, all clones together, in MiB/s. */
  readonly storeMibPerSecond: number;
  /** What one clone copies at most, in MiB/s. */
  readonly streamMibPerSecond: number;
  /** Seconds of each clone that copy nothing: settings, customization, start. */
  readonly fixedSeconds: number;
}

/** What a simulation tells. */
export interface Simulated {
  readonly seconds: number;
  /** The most clones that copied at a time. */
  readonly mostCopying: number;
  /** The most clones that waited in vCenter at a time, while the provider's time for them ran. */
  readonly mostWaiting: number;
  /** GiB that were copied. */
  readonly gib: number;
}

/**
 * Units of a host for operations at a time, and what a clone takes of them on the template's host and on its own: 2, so 4
 * on one; a linked one 1. VMware, "vCenter Limits for Tasks Running at the Same Time" (2021), for ESXi 6 and 7. That a
 * linked clone takes its unit on each of two hosts is assumed.
 */
const [HOST_UNITS, FULL_UNITS, LINKED_UNITS] = [16, 2, 1];
/**
 * Cost that a datastore bears at a time. VMware, "Limits on Simultaneous Migrations" (vSphere 6.7), which has no cost of
 * a clone there: 1, a vMotion's, is assumed.
 */
const DATASTORE_UNITS = 128;
const MIB_PER_GIB = 1024;
const NOTHING = 1e-9;

interface Running {
  readonly job: CloneJob;
  /** GiB still to be copied. */
  gib: number;
  /** Seconds still to go after that. */
  seconds: number;
  /** Its own host. @default - it waits in vCenter */
  host?: string;
}

/**
 * Simulates clones by vCenter's cost model: Terraform asks for the first ones, as many at a time as the budget has; vCenter
 * begins each once its hosts and datastores have room, and all that copy share a datastore evenly. A pure function.
 * @param jobs in the order in which Terraform asks for them
 * @param budget clones at a time, at least 1
 */
export function simulateClones(jobs: readonly CloneJob[], model: CloneModel, budget: number): Simulated {
  const asked: Running[] = [];
  let told: Simulated = { seconds: 0, mostCopying: 0, mostWaiting: 0, gib: 0 };
  let next = 0;
  while (next < jobs.length || asked.length > 0) {
    for (; asked.length < budget && next < jobs.length; next += 1) asked.push(...begun(jobs[next], model));
    admit(asked, model);
    told = step(asked, model, told);
    for (const done of asked.filter(isDone)) asked.splice(asked.indexOf(done), 1);
  }
  return told;
}

function begun(job: CloneJob | undefined, { fixedSeconds }: CloneModel): Running[] {
  return job === undefined ? [] : [{ job, gib: job.gib, seconds: fixedSeconds }];
}

function isDone({ gib, seconds }: Running): boolean {
  return gib < NOTHING && seconds < NOTHING;
}

function isCopying({ host, gib }: Running): boolean {
  return host !== undefined && gib >= NOTHING;
}

/** Gives a host to each clone that fits, in the order in which they were asked for. */
function admit(asked: readonly Running[], { hosts }: CloneModel): void {
  for (const one of asked.filter(({ host }) => host === undefined)) {
    const used = usedUnits(asked);
    const [own] = [...(hosts.get(one.job.cluster) ?? [])].sort((a, b) => (used.get(a) ?? 0) - (used.get(b) ?? 0));
    if (own === undefined) throw new Error(`the cluster ${one.job.cluster} has no host`);
    if (fits(one.job, own, used)) one.host = own;
  }
}

/** Units that are in use, by the names of hosts and datastores: those of clones that still copy. */
function usedUnits(asked: readonly Running[]): Map<string, number> {
  const used = new Map<string, number>();
  for (const { job, host = "" } of asked.filter(isCopying)) {
    for (const [name, units] of costs(job, host)) used.set(name, (used.get(name) ?? 0) + units);
  }
  return used;
}

function costs({ source, datastore, linked }: CloneJob, host: string): [string, number][] {
  const units = linked ? LINKED_UNITS : FULL_UNITS;
  return [
    [source.host, units],
    [host, units],
    ...[...new Set([source.datastore, datastore])].map((name): [string, number] => [name, 1]),
  ];
}

function fits(job: CloneJob, host: string, used: ReadonlyMap<string, number>): boolean {
  const own = new Map<string, number>();
  for (const [name, units] of costs(job, host)) own.set(name, (own.get(name) ?? 0) + units);
  const stores = [job.source.datastore, job.datastore];
  return [...own].every(
    ([name, units]) => (used.get(name) ?? 0) + units <= (stores.includes(name) ? DATASTORE_UNITS : HOST_UNITS),
  );
}

/** Goes on until the next clone has copied all or is done. */
function step(asked: readonly Running[], model: CloneModel, told: Simulated): Simulated {
  const rates = ratesOf(asked.filter(isCopying), model);
  const active = asked.filter(({ host }) => host !== undefined);
  const seconds = Math.min(...active.map((one) => one.gib / (rates.get(one) ?? Infinity) || one.seconds));
  let gib = 0;
  for (const one of active) {
    const rate = rates.get(one);
    if (rate === undefined) one.seconds -= seconds;
    else {
      gib += Math.min(one.gib, rate * seconds);
      one.gib = Math.max(0, one.gib - rate * seconds);
      if (one.gib < NOTHING) one.gib = 0;
    }
  }
  return {
    seconds: told.seconds + seconds,
    mostCopying: Math.max(told.mostCopying, rates.size),
    mostWaiting: Math.max(told.mostWaiting, asked.length - active.length),
    gib: told.gib + gib,
  };
}

/** GiB a second of each clone: its own stream's, or its even part of the datastore that more clones use. */
function ratesOf(copying: readonly Running[], model: CloneModel): Map<Running, number> {
  const users = new Map<string, number>();
  const storesOf = ({ job }: Running): string[] => [...new Set([job.source.datastore, job.datastore])];
  for (const name of copying.flatMap(storesOf)) users.set(name, (users.get(name) ?? 0) + 1);
  return new Map(
    copying.map((one) => {
      const shares = storesOf(one).map((name) => model.storeMibPerSecond / (users.get(name) ?? 1));
      return [one, Math.min(model.streamMibPerSecond, ...shares) / MIB_PER_GIB];
    }),
  );
}
