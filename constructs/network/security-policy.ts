/**
 * The three relaxations of layer 2 that vSphere knows, all refused: no port sees traffic of others, none sends with or
 * takes another address than its own. They are vSphere's only controls of what a port may send.
 */
export const REFUSED = {
  allowPromiscuous: false,
  allowForgedTransmits: false,
  allowMacChanges: false,
} as const;
