/** How stacks are deployed, beside what the city's file says. */
export interface Deployment {
  /** Provider versions to require. @default - the versions that the bindings were made for */
  readonly providerVersions?: { readonly vsphere?: string | undefined; readonly vault?: string | undefined };
}
