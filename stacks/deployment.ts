/** Options of a deployment that are not in the city's file. */
export interface Deployment {
  /** Accept any certificate of the vCenter: the lab makes a new one at each start. @default false */
  readonly allowUnverifiedTls?: boolean;
  /** Provider versions to require. @default - the versions that the bindings were made for */
  readonly providerVersions?: { readonly vsphere?: string | undefined; readonly vault?: string | undefined };
  /** The stacks are synthesized to be destroyed: nothing protects machines and stores of secrets. @default false */
  readonly teardown?: boolean;
}
