import type { Words } from "../words";

const DAYS = "in pochi giorni";
const MONTH = "entro il mese";

/** Those that say the same whatever the file's thresholds are. */
const FIXED = {
  SeatsUnusableFast: burning("delle postazioni di {{ $labels.pool }} non si può usare", DAYS),
  SeatsUnusableSlow: burning("delle postazioni di {{ $labels.pool }} non si può usare", MONTH),
  SeatsLateFast: burning("delle postazioni di {{ $labels.pool }} non è pronto in tempo", DAYS),
  SeatsLateSlow: burning("delle postazioni di {{ $labels.pool }} non è pronto in tempo", MONTH),
  FirstSecretMisused: "{{ $value }} primi segreti di {{ $labels.pool }} sono stati aperti da altri",
  HostsLost: "{{ $value }} host di {{ $labels.cluster }} non rispondono a vCenter",
  HeadroomLost: "a {{ $labels.cluster }} restano {{ $value }} host dopo i guasti che deve tollerare",
  MemoryHeadroomLow:
    "dopo i guasti che {{ $labels.cluster }} tollera è usato il {{ $value | humanizePercentage }} della sua memoria",
  DatastoreLow: "di {{ $labels.datastore }} è libero il {{ $value | humanizePercentage }}",
  DatastoreFull:
    "di {{ $labels.datastore }} è libero il {{ $value | humanizePercentage }}: i cloni falliscono e le macchine con dischi thin si fermano",
  DatastoreFills: "{{ $labels.datastore }} si riempie entro 4 giorni, a questo ritmo",
  GatewaysDown: "nessun gateway di {{ $labels.pair }} risponde",
  GatewayAlone: "un gateway di {{ $labels.pair }} lavora da solo: l'altro non risponde o non ha regole",
  GatewaysDivided: "{{ $value }} gateway di {{ $labels.pair }} tengono gli indirizzi virtuali",
  GatewayDropsFast: burning("delle nuove connessioni ai gateway {{ $labels.pair }} viene scartato", DAYS),
  GatewayDropsSlow: burning("delle nuove connessioni ai gateway {{ $labels.pair }} viene scartato", MONTH),
  SourcesForged: "{{ $value | humanize }} pacchetti al secondo su {{ $labels.pair }} vengono da indirizzi falsificati",
  AccessDown: "nessuna macchina di accesso risponde: nessuno raggiunge una postazione",
  AccessAlone: "una macchina di accesso lavora da sola: l'altra non risponde",
  AccessCertificateNotRenewed:
    "{{ $labels.machine }} non rinnova il suo certificato, che scade tra tre giorni: guardare il suo registro",
  SeatsAllTaken: "nessuna postazione di {{ $labels.pool }} è libera: chi arriva viene respinto",
  PeopleTurnedAway:
    "{{ $value | humanize }} volte qualcuno è stato respinto: nessuna postazione era libera, o il suo file di connessione non serve",
  VaultSealed: "Vault è sigillato o non risponde: nessuna macchina e nessun lavoro accede",
  CertificateExpires: "il certificato di {{ $labels.certificate }} scade tra {{ $value | humanizeDuration }}",
  CertificateExpired:
    "il certificato di {{ $labels.certificate }} scade tra {{ $value | humanizeDuration }}, o è già scaduto",
  TokenExpires: "il token dei lavori che si occupano di Vault scade tra {{ $value | humanizeDuration }}",
  AccountUnrotated: "la password di {{ $labels.account }} andava ruotata {{ $value | humanizeDuration }} fa",
  SecretNotRight: "in Vault {{ $value }} di tipo {{ $labels.kind }} sono nello stato {{ $labels.state }}",
  DriftFound: "{{ $value }} risorse sono state modificate fuori da Terraform",
  TargetMissing: "{{ $value }} target di {{ $labels.job }} non rispondono, o manca lo stato della città",
  Watchdog: "è sempre attivo: chi non lo riceve più sa che si è fermato il monitoraggio stesso",
};

/** @see Words */
export const alerts: Words["alerts"] = ({ driftHours, stateHours }) => ({
  ...FIXED,
  DriftUnknown: `da ${String(driftHours)} ore nessuno cerca differenze: npm run drift fallisce o non viene eseguito`,
  StateUnknown: `lo stato dei segreti ha più di ${String(stateHours)} ore: npm run secrets -- status fallisce o non viene eseguito`,
});

function burning(wrong: string, pace: string): string {
  return `il {{ $value | humanizePercentage }} ${wrong}: il margine si esaurisce ${pace}`;
}
