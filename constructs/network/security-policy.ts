/**
 * vSphere's three relaxations of layer 2 security, all refused: no port sees others' traffic, and none sends from or
 * receives for another MAC address. vSphere has no other control of what a port sends.
 */
export const REFUSED = {
  allowPromiscuous: false,
  allowForgedTransmits: false,
  allowMacChanges: false,
} as const;
