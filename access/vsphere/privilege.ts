/** A privilege of vSphere that a login needs. */
export interface Privilege {
  /** Its id, such as `Folder.Create`, as `govc role.create` takes it. */
  readonly id: string;
  /** What asks for it and when, one line. */
  readonly why: string;
}

/** The logins to vSphere, in the order in which they are used: one for each kind of stack, and one for first secrets. */
export const LOGINS = ["foundation", "network", "gateway", "desktops", "first-secrets"] as const;

/** @see LOGINS */
export type Login = (typeof LOGINS)[number];

/** Privileges by id, each once, with the first reason; sorted. */
export function distinct(privileges: readonly Privilege[]): Privilege[] {
  const byId = new Map<string, Privilege>();
  for (const privilege of privileges) if (!byId.has(privilege.id)) byId.set(privilege.id, privilege);
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The privileges where they are asked for, else none. */
export function when(asked: boolean, ...privileges: readonly Privilege[]): Privilege[] {
  return asked ? [...privileges] : [];
}

/** What giving tags to anything needs. */
export const TAGGING: readonly Privilege[] = [
  { id: "InventoryService.Tagging.AttachTag", why: "The tags of what the stack makes." },
  { id: "InventoryService.Tagging.ObjectAttachable", why: "The same, asked of what is tagged." },
];
