/**
 * Attributes of which Terraform knows only the whole value and into which other products and people write: tags and
 * custom attributes. Where such a list differs from the declared one, the provider takes off what is not declared
 * (2.15.0, `processTagDiff` and `clearRemovedAttributes`), so they are set when the object is created and then left.
 */
export const LEFT_TO_OTHERS = ["custom_attributes", "tags"];

/** The same of a machine, whose note and CD-ROM drives others change too. */
export const LEFT_TO_OTHERS_OF_MACHINES = ["annotation", "cdrom", ...LEFT_TO_OTHERS];

/** How a `lifecycle` names one custom attribute. @param key vCenter's key of it */
export function attributeReference(key: number): string {
  return `custom_attributes["${String(key)}"]`;
}
