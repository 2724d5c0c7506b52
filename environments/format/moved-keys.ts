/** A key that a file of an earlier format has. */
export interface MovedKey {
  /** Where it was, keys with dots between them. */
  readonly from: string;
  /** Where it is now, in a map that holds the former one. @default - nowhere: it is taken out */
  readonly to?: string;
  /** What became of it, as `migrate` tells it. */
  readonly told: string;
}

/** Keys of the files before format 1, which this project's own had while it was developed, in the order in which they went. */
export const MOVED_KEYS: readonly MovedKey[] = [
  {
    from: "platform.vsphere.allowUnverifiedTls",
    told: "is taken out: a server's certificate is always verified, by the system's authorities or those of NODE_EXTRA_CA_CERTS",
  },
  {
    from: "secrets.people.directory",
    to: "secrets.directory",
    told: "is secrets.directory: accounts have the same directory as people",
  },
];

/** What became of a key; undefined where it was never one. */
export function movedKey(path: readonly (string | number)[]): MovedKey | undefined {
  return MOVED_KEYS.find(({ from }) => from === path.join("."));
}
