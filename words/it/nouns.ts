import type { Words } from "../words";

/** @see Words */
export const nouns: Words["nouns"] = {
  amount: ["importo", "importi"],
  change: ["modifica", "modifiche"],
  directorate: ["direzione", "direzioni"],
  finding: ["segnalazione", "segnalazioni"],
  flow: ["flusso", "flussi"],
  identity: ["identità", "identità"],
  key: ["chiave", "chiavi"],
  login: ["utenza", "utenze"],
  part: ["parte", "parti"],
  path: ["percorso", "percorsi"],
  plannedSeat: ["postazione prevista", "postazioni previste"],
  pool: ["gruppo", "gruppi"],
  questionableRule: ["regola dubbia", "regole dubbie"],
  resource: ["risorsa", "risorse"],
  row: ["riga", "righe"],
  rule: ["regola", "regole"],
  seat: ["postazione", "postazioni"],
  stack: ["stack", "stack"],
  version: ["versione", "versioni"],
  waiver: ["deroga", "deroghe"],
  way: ["via", "vie"],
};
