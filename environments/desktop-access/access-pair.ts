import type { Member, Pair } from "../../segmentation/gateway";
import type { City } from "../model/city";
import type { AccessMachines } from "../model/access";
import type { Service } from "../model/flows";
import type { Segment } from "../model/network";
import { addressPlans } from "../network/address-plan";
import { serviceNamed } from "../network/services";
import { stackName } from "../stack-names";
import { addressText } from "../../segmentation/address";
import { onceEach } from "../once";

/** Of the first, of the second, and twice the one that moves between them. */
const ADDRESSES = 4;
const LETTERS: Pair<string> = ["a", "b"];

/** The pair of access machines as its file has it, with what its service and its segment give it. */
export interface AccessPair extends AccessMachines {
  /** Names of the two, of their machines and stacks: `milan-access-a`. */
  readonly names: Pair<string>;
  /** Their own IPv4 addresses, as text. */
  readonly own: Pair<string>;
  /** The address that people connect to, which moves between them. */
  readonly virtual: string;
  /** Length of the prefix of their subnet, in bits. */
  readonly length: number;
  /** Their router. @default - it is not known */
  readonly router?: string | undefined;
  /** MAC address of each. */
  readonly macs: Pair<string>;
  /** Their segment. */
  readonly segment: Segment;
}

/** The part of a stack's name, and of a folder's, that an access machine has: `access-a`. */
export function accessPart(member: Member): `access-${string}` {
  return `access-${LETTERS[member]}`;
}

function accessName({ city }: City, member: Member): string {
  return stackName(city.id, accessPart(member));
}

/** The access machines of a checked city; undefined where it has none, or its service is not as the rules want it. */
export const accessPair: (city: City) => AccessPair | undefined = onceEach((city: City) => {
  const { access, network } = city;
  const service = access && serviceNamed(network, access.service);
  const segment = network.segments.find(({ name }) => name === service?.segment);
  if (access?.machines === undefined || service === undefined || segment === undefined) return undefined;
  const addressed = addressesOf(service);
  const plan = addressPlans(city, segment).find(({ family }) => family === 4);
  if (addressed === undefined || plan === undefined) return undefined;
  return {
    ...access.machines,
    names: [accessName(city, 0), accessName(city, 1)],
    ...addressed,
    ...{ length: plan.subnet.length, router: plan.router === undefined ? undefined : addressText(plan.router) },
    segment,
  };
});

/**
 * What a service of access machines has: the address of each, and the virtual one twice, with the MAC addresses of both, as
 * either sends with it. Undefined where it has others.
 */
export function addressesOf({
  addresses,
  macs = [],
}: Service): Pick<AccessPair, "own" | "virtual" | "macs"> | undefined {
  const [first = "", second = "", virtual = "", again] = addresses;
  const [firstMac = "", secondMac = "", ...ofVirtual] = macs;
  const isSo =
    addresses.length === ADDRESSES &&
    virtual === again &&
    new Set(addresses).size === ADDRESSES - 1 &&
    addresses.every((address) => !address.includes(":")) &&
    firstMac !== secondMac &&
    ofVirtual.join() === [firstMac, secondMac].join();
  return isSo ? { own: [first, second], virtual, macs: [firstMac, secondMac] } : undefined;
}
