/** Escapes text for element content and attributes of XML. Characters that XML does not allow are dropped. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[<>&"'\r]/g, (character) => `&#${String(character.charCodeAt(0))};`);
}
