import { GITHUB_LAYERS, MOST_MATRIX_JOBS, MOST_NEEDS, MOST_PIPELINE_JOBS } from "../cli/pipeline/jobs/limits";
import { looks } from "../cli/pipeline/jobs/looks";
import type { Look } from "../cli/pipeline/jobs/looks";
import { layersOf, nextBefore, packed } from "../cli/pipeline/jobs/stack-jobs";
import { sideBySide } from "../terraform/clone-budget";
import { fleet, vcenters } from "./fleet-model";
import type { FleetCity } from "./fleet-model";
import { simulateJobs } from "./job-simulation";
import type { SimulatedJob, SimulatedRun } from "./job-simulation";
import { table } from "./table";

const [CITIES, SEATS] = [100, 150_000];
/** GitHub runs 20 jobs at a time for a free plan and 60 for a team's (docs.github.com "Actions limits"); others: yours. */
const RUNNERS = [20, 60] as const;
/** Measured in the lab, docs/benchmarks.md "What a plan costs": seconds of a plan of a seat, and of a stack's start. */
const [PLAN_A_SEAT, PLAN_A_STACK] = [0.03, 1.5];
/** Assumed: a vCenter that answers ten times slower than the simulator. */
const SLOWER = 10;
/** Simulated, docs/benchmarks.md "Cloning": 92 hours for 12,382 seats, 8 at a time. */
const CLONE_A_SEAT = 27;
/** Assumed: a runner is there, the checkout, the packages and the providers. */
const JOB_START = 60;
/** A job of two processors plans two stacks at a time. */
const STACKS_AT_A_TIME = 2;
const CLONES_AT_A_TIME = 8;
/** A session of the SOAP interface and one of the REST interface, which the provider opens and never closes. */
const SESSIONS_A_PLAN = 2;
/** Assumed: vCenter ends a session that nobody uses after half an hour. */
const IDLE_SECONDS = 1800;
/** A plan reads the state of its stack and those of the two that it stands on. */
const READS_A_PLAN = 3;
/** An apply also locks it, reads it again, writes it and unlocks it. */
const REQUESTS_AN_APPLY = READS_A_PLAN + 4;
const MINUTE = 60;

type Row = readonly (string | number)[];

/** Jobs, order, sessions and hours of a hundred cities with 150,000 seats: a simulation, nothing is deployed. */
export function benchFleet(): string {
  const cities = fleet(CITIES, SEATS);
  const stacks = cities.reduce((sum, city) => sum + city.stacks.length, 0);
  const shared = vcenters(cities);
  const most = Math.max(...shared.map(({ length }) => length));
  return [
    `${String(CITIES)} cities, ${String(SEATS)} seats, ${String(stacks)} stacks, ${String(shared.length)} vCenters with up to ` +
      `${String(most)} cities. If all of these deploy at a time, they clone ${String(most * CLONES_AT_A_TIME)} machines at a time.`,
    table([NIGHT_HEAD, ...nightRows(cities)]),
    table([DEPLOY_HEAD, ...deployRows(cities)]),
  ].join("\n\n");
}

const NIGHT_HEAD = [
  ...["a night's look on", "a seat takes, s", "runners", "jobs", "limit", "minutes", "jobs at a time on one vCenter"],
  ...["its sessions", "and shared ones", "requests to the states"],
];

function nightRows(cities: readonly FleetCity[]): Row[] {
  const names = new Map(cities.map(({ id, stacks }) => [id, stacks.map(({ stack }) => stack)]));
  const one = new Map(cities.map(({ id }) => [id, []]));
  const ways = [
    ["one job a city", one, MOST_MATRIX_JOBS],
    ["GitHub", names, MOST_MATRIX_JOBS],
    ["GitLab", names, MOST_PIPELINE_JOBS],
  ] as const;
  const speeds = [1, SLOWER];
  return speeds.flatMap((slower) =>
    ways.flatMap(([title, stacks, most]) =>
      RUNNERS.map((runners) => nightRow(title, cities, looks(stacks, most), { runners, most, slower })),
    ),
  );
}

/** How a night is looked at. */
interface Night {
  readonly runners: number;
  /** Jobs of one run. */
  readonly most: number;
  /** How many times longer a seat's plan takes than in the lab. */
  readonly slower: number;
}

function nightRow(
  title: string,
  cities: readonly FleetCity[],
  jobs: readonly Look[],
  { runners, most, slower }: Night,
): Row {
  const run = (sessionsOf: (stacks: number) => number): SimulatedRun =>
    simulateJobs(
      jobs.map(({ city, stacks }) => lookJob(cities, { city, stacks }, slower, sessionsOf)),
      runners,
      IDLE_SECONDS,
    );
  const own = run((stacks) => stacks * SESSIONS_A_PLAN);
  const shared = run(() => STACKS_AT_A_TIME * SESSIONS_A_PLAN);
  const all = cities.reduce((sum, { stacks }) => sum + stacks.length, 0);
  return [
    ...[title, PLAN_A_SEAT * slower, runners, jobs.length, most, Math.ceil(own.seconds / MINUTE), own.mostAtATime],
    ...[own.mostSessions, shared.mostSessions, all * READS_A_PLAN],
  ];
}

function lookJob(
  cities: readonly FleetCity[],
  { city: id, stacks: names }: Look,
  slower: number,
  sessionsOf: (stacks: number) => number,
): SimulatedJob {
  const city = cities.find((one) => one.id === id);
  if (city === undefined) throw new Error(`there is no ${id}`);
  const stacks = names.length === 0 ? city.stacks.map(({ stack }) => stack) : names;
  const work = stacks.reduce(
    (sum, stack) => sum + PLAN_A_STACK + PLAN_A_SEAT * slower * (city.seatsOf.get(stack) ?? 0),
    0,
  );
  return {
    seconds: JOB_START + work / STACKS_AT_A_TIME,
    place: placeOf(cities, city),
    sessions: sessionsOf(stacks.length),
  };
}

/** Name of a city's vCenter. */
function placeOf(cities: readonly FleetCity[], city: FleetCity): string {
  return String(vcenters(cities).findIndex((some) => some.includes(city)));
}

const DEPLOY_HEAD = [
  ...["the first deployment of the largest city on", "jobs", "limit", "needs, at most", "layers", "longest job, h"],
  ...["of them allowed, h", "in all, h", "requests to the states"],
];

/** GitHub ends a job of its runners after 6 hours (docs.github.com "Actions limits"), the ready workflow a little before. */
const MOST_HOURS = 5.8;
const HOUR = 3600;

function deployRows(cities: readonly FleetCity[]): Row[] {
  const [city] = cities;
  if (city === undefined) return [];
  const layers = layersOf(city.stacks);
  const github = layersOf(city.stacks, GITHUB_LAYERS.length).map((layer) => packed(layer, MOST_MATRIX_JOBS));
  const gitlab = layers.map((layer) => packed(layer, Math.floor(MOST_PIPELINE_JOBS / layers.length)));
  const whole = [[city.stacks.map(({ stack }) => stack)]];
  return [
    deployRow("one job", city, whole, 1, 1),
    deployRow("GitHub", city, github, MOST_MATRIX_JOBS, 0),
    deployRow("GitLab", city, gitlab, MOST_PIPELINE_JOBS, needsOf(city)),
  ];
}

/** The most jobs that one waits for; the last waits for all, by way of others. */
function needsOf({ stacks }: FleetCity): number {
  const all = new Map(stacks.map((step) => [step.stack, step]));
  const direct = stacks.map((step) => nextBefore(step, all).length);
  return Math.max(...direct, Math.min(MOST_NEEDS, stacks.length));
}

function deployRow(
  title: string,
  city: FleetCity,
  layers: readonly (readonly (readonly string[])[])[],
  most: number,
  needs: number,
): Row {
  const isOne = layers.flat().length === 1;
  const { stacks: atATime, operations } = sideBySide(CLONES_AT_A_TIME);
  const clones = isOne ? CLONES_AT_A_TIME : operations;
  const jobs: SimulatedJob[] = [];
  let before: number[] = [];
  for (const layer of layers) {
    const first = jobs.length;
    for (const stacks of layer) jobs.push(applyJob(city, stacks, clones, before));
    before = Array.from({ length: layer.length }, (_, index) => first + index);
  }
  const run = simulateJobs(jobs, isOne ? 1 : atATime, IDLE_SECONDS);
  const longest = Math.max(...jobs.map(({ seconds }) => seconds));
  return [
    ...[title, jobs.length, most, needs, layers.length, hours(longest)],
    ...[MOST_HOURS, hours(run.seconds), city.stacks.length * REQUESTS_AN_APPLY],
  ];
}

/** A seat takes as long as eight at a time let it: fewer clones take longer. */
function applyJob(city: FleetCity, stacks: readonly string[], clones: number, after: readonly number[]): SimulatedJob {
  const seats = stacks.reduce((sum, stack) => sum + (city.seatsOf.get(stack) ?? 0), 0);
  const seconds = JOB_START + stacks.length * PLAN_A_STACK + (seats * CLONE_A_SEAT * CLONES_AT_A_TIME) / clones;
  return { seconds, place: city.id, after, sessions: stacks.length * SESSIONS_A_PLAN };
}

function hours(seconds: number): number {
  return Math.round((seconds / HOUR) * 10) / 10;
}
