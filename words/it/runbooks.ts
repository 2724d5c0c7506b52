import type { Words } from "../words";

/** @see Words */
export const runbooks: Words["runbooks"] = {
  "seat-does-not-start": {
    title: "Una postazione non si avvia",
    find: (seat) =>
      `Cercare la macchina in vCenter con il nome della postazione (qui ${seat}): accenderla e guardarne la console.`,
    drift: "Vedere se è spenta, su un altro host, modificata a mano o sparita.",
    revert: "Se c'è una snapshot precedente al guasto, ripristinarla.",
    deployAgain: "Gruppo postazioni: se la macchina è sparita, la distribuzione del suo stack la ricrea.",
    firstSecret: "Una macchina nuova riceve il primo segreto ed entra nel dominio.",
  },
  "seat-lost-with-host": {
    title: "Postazioni perse con il loro host",
    wait: "vSphere HA riavvia le macchine su altri host. Attendere, e non riaccendere l'host prima di averne verificato i dischi.",
    room: "Vedere se il cluster ha posto per tutte senza quell'host.",
    missing: "Vedere quali macchine mancano.",
    applied: "Le macchine mancanti vengono ricreate.",
    firstSecrets: "Le macchine nuove ricevono i primi segreti.",
  },
  "datastore-full": {
    title: "Un datastore è pieno",
    snapshots:
      "In vCenter rimuovere le snapshot vecchie delle macchine che vi si trovano: crescono fino a riempirlo, e allora le macchine si fermano.",
    sizes: "Confrontare le dimensioni nel file con quelle reali e con lo spazio libero.",
    pools: "Vedere quali gruppi di postazioni occupano lo spazio, e quale datastore ne ha.",
    forGood:
      "In modo definitivo: indicare nel file della città un altro datastore, o uno spread, per il gruppo. Le macchine vengono spostate senza ricrearle.",
    applied: "Le macchine si spostano.",
  },
  "join-fails": {
    title: "Una postazione non entra nel dominio",
    account: "Vedere se l'account di ingresso nel dominio esiste ed è ruotato.",
    directory: "Vedere se la directory risponde e ha l'account, i suoi diritti e l'unità organizzativa.",
    network: "Vedere se la postazione raggiunge i controller di dominio.",
    rotate: "Se la password dell'account viene rifiutata, darne una nuova.",
    again: "Dare di nuovo alla postazione un primo segreto: rifà l'ingresso.",
  },
  leaver: {
    title: "Una persona lascia l'ente",
    file: "Togliere la persona dal gruppo di directory delle postazioni, e scrivere l'ultimo giorno nel file delle assegnazioni.",
    retired: "Se va tolta anche la postazione, elencarne il numero in retired: nessun'altra macchina viene toccata.",
    applied: "La macchina di una postazione ritirata viene rimossa.",
    account: "L'account del computer nella directory viene disabilitato; dopo un mese rimuoverlo con --remove.",
  },
  "certificate-expired": {
    title: "Un certificato è scaduto",
    status: "Vedere se è vecchia l'autorità della città: in quel caso non si emettono certificati.",
    request: "Se lo è, preparare la richiesta di firma per la radice offline.",
    install: "Controllare e installare ciò che la radice ha firmato.",
    agent: (city) =>
      `Se è scaduto solo quello di una macchina, il suo agente non l'ha chiesto in tempo: le postazioni lo chiedono a ${city}/pki/issue/<gruppo>_<due cifre>, i gateway a ${city}/pki/issue/gateways. Avviare l'agente e leggerne il log.`,
  },
  "wrong-flow": {
    title: "Un flusso di rete è sbagliato",
    see: "Vedere chi raggiunge chi, con quale regola e per conto di chi.",
    correct: "Correggere il flusso nel file della città, con il ticket del responsabile; oppure toglierlo.",
    applied: "Le regole cambiano, prima in prova.",
    gateways: "Se è stato interrotto: entrambi i gateway caricano ciò che devono applicare.",
    firewall: "Consegnare le regole a chi gestisce i firewall della città.",
  },
  "emergency-begins": {
    title: "Inizia un'emergenza",
    activate: "Scrivere active: true in emergency nel file della città.",
    applied: (surge) =>
      surge
        ? "Si aprono i flussi predisposti e si creano le postazioni predisposte."
        : "Si aprono i flussi predisposti.",
    firstSecrets: "Le nuove postazioni ricevono i primi segreti.",
  },
  "emergency-ends": {
    title: "Finisce un'emergenza",
    deactivate: "Scrivere active: false in emergency nel file della città.",
    applied: (surge) =>
      surge
        ? "I flussi si chiudono e le postazioni d'emergenza vengono rimosse; nessun'altra."
        : "I flussi si chiudono.",
    accounts: "Gli account dei loro computer vengono disabilitati.",
  },
  "stolen-machine": {
    title: "Una macchina è rubata o in mani sbagliate",
    isolate: (seat) =>
      `Cercare la macchina in vCenter con il nome della postazione (qui ${seat}) e scollegarne la scheda di rete: nelle impostazioni togliere "Connesso", non "Connetti all'accensione". Resta accesa senza rete; non spegnerla e riaccenderla, perché si ricollegherebbe.`,
    snapshot:
      "Farne una snapshot con la memoria: ciò che ha fatto resta. Poi sospenderla e avvisare l'help desk di lasciarla così: una macchina sospesa che qualcuno riprende resta scollegata.",
    revoke: "Revocarne i certificati; i numeri sono nel log di audit di Vault.",
    rotate: "L'account con cui il suo gruppo entra nel dominio riceve un'altra password.",
    replace:
      "Scrivere la postazione in replace nel suo gruppo: viene rifatta dall'immagine. Se è rubato il portatile da cui ci si collegava, disabilitare l'utente nella directory.",
    applied: "La macchina viene sostituita.",
  },
  "vault-sealed": {
    title: "Vault è sigillato",
    meanwhile: "Le postazioni in uso continuano. Le macchine nuove non entrano nel dominio e nessuno legge segreti.",
    status: "Vedere se è sigillato o solo non raggiungibile.",
    unseal: "Tanti detentori di quote quante ne chiede digitano la propria, ciascuno dal proprio terminale.",
    right: "Vedere se tutto è a posto.",
    firstSecrets: "Le macchine in attesa ricevono i primi segreti.",
  },
  "secret-not-right": {
    title: "Un segreto manca, è vecchio o non è ruotato",
    which: "Vedere quale, e da quando.",
    init: "Ciò che manca o è diverso viene creato; nulla di esistente viene sovrascritto.",
    owner: "Uno vecchio viene sostituito dal suo responsabile: chiedere al gruppo nella cui cartella si trova.",
  },
  drift: {
    title: "Qualcosa è stato modificato fuori dal file",
    see: "Vedere che cosa è diverso, e dove.",
    ask: "Chiedere chi l'ha fatto e perché. Ciò che deve restare si scrive nel file della città.",
    applied: "Il resto viene riportato com'era.",
  },
  "monitoring-silent": {
    title: "Il monitoraggio tace",
    metrics: "Vedere se vCenter risponde ancora al suo login, con dati per ogni gruppo di postazioni.",
    targets:
      "Guardare la pagina dei target di Prometheus, e se i lavori notturni su differenze e segreti sono stati eseguiti.",
    rewrite: "Se mancano target del file, riscrivere la configurazione.",
  },
};
