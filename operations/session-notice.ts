import type { Maintenance } from "../environments/model/maintenance";

/** The advanced setting that a seat's agent shows people in their sessions (`boot/seat-report.*`): `<number> <text in base64>`. */
export const NOTICE_KEY = "guestinfo.postazioni.notice";

/**
 * What people are told at a seat that is to be changed, in Italian and in English: nobody knows who reads it.
 * @param until the time of the day by which they should have logged off: `22:30`
 * @param number another number is another notice, which is shown again
 */
export function sessionNotice({ atEnd }: Pick<Maintenance, "atEnd">, until: string, number: number): string {
  const [then, after] = THEN[atEnd];
  const text =
    `Questa postazione viene aggiornata. Salvi il lavoro e si disconnetta (Esci) entro le ${until}. ${then}\n` +
    `This workstation is being updated. Save your work and log off by ${until}. ${after}`;
  return `${String(number)} ${Buffer.from(text).toString("base64")}`;
}

const THEN: Readonly<Record<Maintenance["atEnd"], readonly [string, string]>> = {
  wait: ["Altrimenti sarà aggiornata un altro giorno.", "Otherwise it is updated another day."],
  "log-off": [
    "Poi la sessione viene chiusa, e ciò che non è salvato va perso.",
    "Then your session ends, and what is not saved is lost.",
  ],
};
