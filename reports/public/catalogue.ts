import type { Publication } from "../../environments/model/publication";
import { dataFiles } from "./data-files";
import { beneficiaryOf } from "./published";
import type { PublicReport } from "./published";

const DCATAPIT = "http://dati.gov.it/onto/dcatapit#";
const AUTHORITY = "http://publications.europa.eu/resource/authority";
const LICENCE = "https://creativecommons.org/licenses/by/4.0/";

/** Namespaces of the catalogue's terms. */
const CONTEXT = {
  dcat: "http://www.w3.org/ns/dcat#",
  dct: "http://purl.org/dc/terms/",
  foaf: "http://xmlns.com/foaf/0.1/",
  owl: "http://www.w3.org/2002/07/owl#",
  vcard: "http://www.w3.org/2006/vcard/ns#",
  xsd: "http://www.w3.org/2001/XMLSchema#",
  dcatapit: DCATAPIT,
} as const;

/** A node of JSON-LD. */
type Node = Readonly<Record<string, unknown>>;

/**
 * The catalogue of the open data as JSON-LD, with everything that DCAT-AP_IT makes mandatory for a catalogue, its datasets,
 * distributions, agents and licence (AgID, Linee guida per i cataloghi dati, "Overview profilo").
 */
export function catalogue(report: PublicReport, publication: Publication): Node {
  const { asOf } = report;
  const beneficiary = beneficiaryOf(report.city);
  const { address, holder } = publication;
  const agent = `${address}#titolare`;
  const files = dataFiles(report);
  const datasets = files.map((file) => datasetId(address, file.name));
  return {
    "@context": CONTEXT,
    "@graph": [
      { "@id": agent, ...typed("foaf", "Agent"), "dct:identifier": holder, "foaf:name": italian(beneficiary) },
      {
        "@id": `${address}#catalogo`,
        ...typed("dcat", "Catalog"),
        ...titles(report, beneficiary),
        "dct:publisher": ref(agent),
        "dct:modified": date(asOf),
        "dct:language": ref(`${AUTHORITY}/language/ITA`),
        "dcat:themeTaxonomy": ref(`${AUTHORITY}/data-theme`),
        "foaf:homepage": ref(`${address}/index.html`),
        "dcat:dataset": datasets.map(ref),
      },
      licence(),
      ...contactNodes(publication, beneficiary),
      ...files.flatMap((file) => datasetNodes(file, asOf, publication, agent)),
    ],
  };
}

function titles({ project }: PublicReport, beneficiary: string): Node {
  const about = project === null ? "sulle postazioni di lavoro" : `sul progetto ${project.code}`;
  return {
    "dct:title": italian(`Dati aperti: ${project?.title ?? "postazioni di lavoro virtuali"}`),
    "dct:description": italian(`Dati pubblicati dal ${beneficiary} ${about}.`),
  };
}

/** The types of the profile and of what it extends: harvesters look for either. */
function typed(prefix: "dcat" | "foaf", name: string): Node {
  return { "@type": [`dcatapit:${name}`, `${prefix}:${name}`] };
}

function datasetId(address: string, file: string): string {
  return `${address}#${file.replace(/\.csv$/, "")}`;
}

function distributionId(address: string, file: string): string {
  return `${datasetId(address, file)}-csv`;
}

type Table = ReturnType<typeof dataFiles>[number];

function datasetNodes(file: Table, asOf: string, publication: Publication, agent: string): Node[] {
  return [datasetNode(file, asOf, publication, agent), distributionNode(file, asOf, publication.address)];
}

function datasetNode({ name, title, description }: Table, asOf: string, publication: Publication, agent: string): Node {
  const { address, frequency, contact, holder } = publication;
  return {
    "@id": datasetId(address, name),
    ...typed("dcat", "Dataset"),
    "dct:identifier": `${holder}:${name.replace(/\.csv$/, "")}`,
    "dct:title": italian(title),
    "dct:description": italian(description),
    "dct:modified": date(asOf),
    "dcat:theme": ref(`${AUTHORITY}/data-theme/GOVE`),
    "dct:rightsHolder": ref(agent),
    "dct:publisher": ref(agent),
    "dct:accrualPeriodicity": ref(`${AUTHORITY}/frequency/${frequency}`),
    "dct:language": ref(`${AUTHORITY}/language/ITA`),
    "dcat:landingPage": ref(`${address}/index.html`),
    "dcat:distribution": [ref(distributionId(address, name))],
    ...(contact === undefined ? {} : { "dcat:contactPoint": ref(`${address}#contatto`) }),
  };
}

function distributionNode({ name, title }: Table, asOf: string, address: string): Node {
  return {
    "@id": distributionId(address, name),
    ...typed("dcat", "Distribution"),
    "dct:title": italian(title),
    "dct:format": ref(`${AUTHORITY}/file-type/CSV`),
    "dcat:accessURL": ref(`${address}/index.html`),
    "dcat:downloadURL": ref(`${address}/${name}`),
    "dct:license": ref(LICENCE),
    "dct:modified": date(asOf),
  };
}

function licence(): Node {
  return {
    "@id": LICENCE,
    "@type": ["dcatapit:LicenseDocument", "dct:LicenseDocument"],
    "dct:type": ref("http://purl.org/adms/licencetype/Attribution"),
    "foaf:name": italian("Creative Commons Attribuzione 4.0 Internazionale (CC BY 4.0)"),
    "owl:versionInfo": "4.0",
  };
}

function contactNodes({ address, contact }: Publication, name: string): Node[] {
  if (contact === undefined) return [];
  return [
    {
      "@id": `${address}#contatto`,
      "@type": ["dcatapit:Organization", "vcard:Kind", "vcard:Organization"],
      "vcard:fn": name,
      "vcard:hasEmail": ref(`mailto:${contact}`),
    },
  ];
}

function ref(id: string): Node {
  return { "@id": id };
}

function italian(text: string): Node {
  return { "@language": "it", "@value": text };
}

function date(day: string): Node {
  return { "@type": "xsd:date", "@value": day };
}
