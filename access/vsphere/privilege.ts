/** A vSphere privilege that a login needs. */
export interface Privilege {
  /** Its id as `govc role.create` takes it, such as `Folder.Create`. */
  readonly id: string;
  /** What needs it and when, one line. */
  readonly why: string;
}

/** The vSphere logins, in the order of their use: one for each kind of stack, one for first secrets, one that starts and stops seats, one that
 * repairs them, and one that makes them as new. */
export const LOGINS = [
  "foundation",
  "network",
  "gateway",
  "desktops",
  "first-secrets",
  "power",
  "repair",
  "refresh",
] as const;

/** @see LOGINS */
export type Login = (typeof LOGINS)[number];

/** Each privilege once, with its first reason; sorted by id. */
export function distinct(privileges: readonly Privilege[]): Privilege[] {
  const byId = new Map<string, Privilege>();
  for (const privilege of privileges) if (!byId.has(privilege.id)) byId.set(privilege.id, privilege);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The privileges if the condition holds, otherwise none. */
export function when(asked: boolean, ...privileges: readonly Privilege[]): Privilege[] {
  return asked ? [...privileges] : [];
}

/** Privileges to tag an object. */
export const TAGGING: readonly Privilege[] = [
  { id: "InventoryService.Tagging.AttachTag", why: "The tags of what the stack makes." },
  { id: "InventoryService.Tagging.ObjectAttachable", why: "The same, asked of what is tagged." },
];
