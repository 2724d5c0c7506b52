/** A test that shows something: its file, and a part of its title. */
export interface ShownBy {
  readonly file: string;
  readonly title: string;
}

/** A measure that a city has to show, and what of it is here. It claims no conformity: that is the city's to declare. */
export interface Measure {
  /** Its number or article in the source. */
  readonly id: string;
  /** Level in the source, such as `M` for minimum, or `essential` where it is for such subjects alone. @default - the source has none */
  readonly level?: "M" | "S" | "A" | "essential";
  /** What it asks, in this project's words: the source's own are what counts. */
  readonly asks: string;
  /** What meets it here, or a part of it; empty where nothing does. */
  readonly here: string;
  /** Ids of rules that hold for every file. */
  readonly rules?: readonly string[];
  /** Commands without `npm run`, such as `report inventory`. */
  readonly commands?: readonly string[];
  readonly tests?: readonly ShownBy[];
  /** What only the city can do. */
  readonly city: string;
  /** What is missing here; empty where nothing that this toolkit could do is known to be missing. */
  readonly gap: string;
}

/** Measures of one source. */
export interface MeasureList {
  readonly title: string;
  /** The document, and how far it was read. */
  readonly source: string;
  readonly measures: readonly Measure[];
}
