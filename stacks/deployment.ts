/** How stacks are deployed, beside what the city's file says. */
export interface Deployment {
  /** Accept any certificate of the vCenter, as the lab's is made anew at each start. @default false */
  readonly allowUnverifiedTls?: boolean;
  /** Provider versions to require. @default - the versions that the bindings were made for */
  readonly providerVersions?: { readonly vsphere?: string | undefined; readonly vault?: string | undefined };
  /** The stacks are synthesized to be destroyed: no machine and no store of secrets is protected any more. @default false */
  readonly teardown?: boolean;
}
