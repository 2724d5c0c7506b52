import { describe, expect, test } from "@jest/globals";
import type { DeclaredCity } from "../../environments/model/city";
import { everyFieldCity, GATEWAY, IMAGE, POOL, SECRETS, SEGMENT, WORKSTATION } from "../fixtures/every-field";
import type { EveryField } from "../fixtures/every-field";
import { synthesizedText } from "../fixtures/synthesized-city";

const CITY = everyFieldCity();
const BEFORE = synthesizedText(CITY);
const { pools, workstations, images, network, secrets } = CITY;

/** A field, the city with another value of it, and why no stack shows it, if none does. */
type Case = [field: string, city: DeclaredCity, unseen: string | undefined];

function cases<T extends object>(table: EveryField<T>, city: (changes: Partial<T>) => DeclaredCity): Case[] {
  return Object.entries<readonly [unknown, string?]>(table).map(([field, [value, unseen]]) => [
    field,
    city({ [field]: value } as Partial<T>),
    unseen,
  ]);
}

const KINDS: Readonly<Record<string, Case[]>> = {
  pool: cases(POOL, (changes) => ({ ...CITY, pools: pools.map((pool) => ({ ...pool, ...changes })) })),
  workstation: cases(WORKSTATION, (changes) => {
    const { light, ...others } = workstations;
    return { ...CITY, workstations: { ...others, ...(light && { light: { ...light, ...changes } }) } };
  }),
  image: cases(IMAGE, (changes) => {
    const { linux, ...others } = images;
    return { ...CITY, images: { ...others, ...(linux && { linux: { ...linux, ...changes } }) } };
  }),
  segment: cases(SEGMENT, (changes) => {
    const segments = network.segments.map((one) => (one.name === "team" ? { ...one, ...changes } : one));
    return { ...CITY, network: { ...network, segments } };
  }),
  gateway: cases(GATEWAY, (changes) => {
    const { gateway, ...others } = network;
    return { ...CITY, network: { ...others, ...(gateway && { gateway: { ...gateway, ...changes } }) } };
  }),
  secrets: cases(SECRETS, (changes) => ({ ...CITY, secrets: { ...secrets, ...changes } })),
};

/** A field that is lost between the file and the stacks would be accepted and do nothing. */
describe.each(Object.entries(KINDS))("every field of %s", (_kind, fields) => {
  test("is shown by a stack, or listed with the reason why not", () => {
    const shown = fields.filter(([, city]) => !sameTexts(synthesizedText(city)));
    const listed = fields.filter(([, , unseen]) => unseen === undefined);
    expect(shown.map(([field]) => field)).toEqual(listed.map(([field]) => field));
  });
});

function sameTexts(after: ReadonlyMap<string, string>): boolean {
  return BEFORE.size === after.size && [...BEFORE].every(([stack, text]) => after.get(stack) === text);
}
