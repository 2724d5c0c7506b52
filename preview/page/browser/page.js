// What the page does by itself: tables that sort, filter and turn their pages. It runs in a browser, from the page's own text.
"use strict";

/** @typedef {string | number | null} Cell */
/** @typedef {{ kind: string, values: Cell[], rows: number[] }} Column */

const ROWS_A_PAGE = 50;
/** So few are seen at once. */
const FEW_ROWS = 5;
/** A longer text is broken in lines. */
const LONG = 48;
/** Italian otherwise leaves four digits together. @type {Intl.NumberFormatOptions} */
const GROUPED = { useGrouping: "always" };
const { lang } = document.documentElement;
/** The page's own words, with `{}` where a number or a name goes. @type {Record<string, string>} */
const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const numbers = new Intl.NumberFormat(lang, GROUPED);
const amounts = new Intl.NumberFormat(lang, { ...GROUPED, minimumFractionDigits: 2, maximumFractionDigits: 2 });
const collator = new Intl.Collator(lang, { numeric: true });
const plurals = new Intl.PluralRules(lang);

/**
 * Makes an element with properties and children; a child that is text stays text.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} name
 * @param {Partial<HTMLElementTagNameMap[K]>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[K]}
 */
function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * A text of the page in which each `{}` is filled in.
 * @param {string} name
 * @param {string[]} values
 */
function say(name, ...values) {
  return (words[name] ?? "").replaceAll("{}", () => values.shift() ?? "");
}

/**
 * The element that a selector finds.
 * @param {Element} root
 * @param {string} selector
 */
function the(root, selector) {
  const found = root.querySelector(selector);
  if (found === null) throw new Error(`the page has no ${selector}`);
  return found;
}

/**
 * @param {Cell} cell
 * @param {string} kind
 */
function textOf(cell, kind) {
  if (typeof cell !== "number") return cell ?? "";
  return kind === "euro" ? say("euro", amounts.format(cell)) : numbers.format(cell);
}

/**
 * Which of two comes first. What is not there comes last, whichever way a column is sorted.
 * @param {Cell} a
 * @param {Cell} b
 * @param {number} direction
 */
function compare(a, b, direction) {
  if (a === b) return 0;
  if (a === null || a === "") return 1;
  if (b === null || b === "") return -1;
  const order = typeof a === "number" && typeof b === "number" ? a - b : collator.compare(String(a), String(b));
  return direction * order;
}

class Table {
  /** @param {Element} root */
  constructor(root) {
    this.title = root.getAttribute("data-title") ?? "";
    /** @type {Column[]} */
    this.columns = JSON.parse(the(root, "script").textContent ?? "[]");
    this.size = this.columns[0]?.rows.length ?? 0;
    this.noun = root.getAttribute(plurals.select(this.size) === "one" ? "data-one" : "data-many") ?? "";
    this.order = Array.from({ length: this.size }, (_, row) => row);
    this.shown = this.order;
    this.page = 0;
    this.sorted = "";
    /** @type {string[] | undefined} */
    this.texts = undefined;
    this.body = the(root, "tbody");
    this.heads = [...root.querySelectorAll("th")];
    this.status = element("p", { className: "status", role: "status" });
    this.input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
    this.previous = element("button", { type: "button" }, say("previous"));
    this.next = element("button", { type: "button" }, say("next"));
    this.build(root);
    this.tell();
  }

  /** @param {Element} root */
  build(root) {
    root.querySelector(".cut")?.remove();
    const hidden = element("span", { className: "unseen" }, ` ${this.title}`);
    const label = element("label", {}, element("span", {}, say("filter"), hidden), this.input);
    the(root, ".tools").append(this.status, ...(this.size > FEW_ROWS ? [label] : []));
    this.input.addEventListener("input", () => this.filter());
    this.heads.forEach((head, column) => this.addSort(head, column));
    if (this.size <= ROWS_A_PAGE) return;
    this.previous.addEventListener("click", () => this.turn(this.page - 1));
    this.next.addEventListener("click", () => this.turn(this.page + 1));
    const pager = element("div", { className: "pager", role: "group" }, this.previous, this.next);
    pager.setAttribute("aria-label", say("pages", this.title));
    the(root, ".scroll").after(pager);
  }

  /**
   * @param {HTMLTableCellElement} head
   * @param {number} column
   */
  addSort(head, column) {
    const button = element("button", { type: "button" }, ...head.childNodes);
    button.addEventListener("click", () => this.sort(column));
    head.append(button);
  }

  /**
   * @param {number} column
   * @param {number} row
   * @returns {Cell}
   */
  cell(column, row) {
    const { values = [], rows = [] } = this.columns[column] ?? {};
    return values[rows[row] ?? 0] ?? null;
  }

  /** @param {number} column */
  sort(column) {
    const head = this.heads[column];
    const descending = head?.getAttribute("aria-sort") === "ascending";
    for (const other of this.heads) other.removeAttribute("aria-sort");
    head?.setAttribute("aria-sort", descending ? "descending" : "ascending");
    this.sorted = `${say("sorted", head?.textContent ?? "")}${say(descending ? "descending" : "ascending")}`;
    const direction = descending ? -1 : 1;
    this.order = [...this.order].sort((a, b) => compare(this.cell(column, a), this.cell(column, b), direction));
    this.filter();
  }

  /** Leaves the rows that have every word of the filter, in any column. */
  filter() {
    const words = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const texts = (this.texts ??= this.searched());
    this.shown =
      words.length === 0 ? this.order : this.order.filter((row) => words.every((word) => texts[row]?.includes(word)));
    this.turn(0);
  }

  /** What is looked through, by row. */
  searched() {
    return Array.from({ length: this.size }, (_, row) =>
      this.columns.map(({ kind }, column) => textOf(this.cell(column, row), kind).toLowerCase()).join("\n"),
    );
  }

  /** @param {number} page */
  turn(page) {
    const last = Math.max(0, Math.ceil(this.shown.length / ROWS_A_PAGE) - 1);
    this.page = Math.min(Math.max(page, 0), last);
    const first = this.page * ROWS_A_PAGE;
    const rows = this.shown.slice(first, first + ROWS_A_PAGE);
    this.body.replaceChildren(...rows.map((row) => this.line(row)));
    this.tell();
  }

  /** @param {number} row */
  line(row) {
    const cells = this.columns.map(({ kind }, column) => {
      const text = textOf(this.cell(column, row), kind);
      const className = text.length > LONG ? `${kind} long` : kind;
      return element("td", { className }, kind === "code" && text !== "" ? element("code", {}, text) : text);
    });
    return element("tr", {}, ...cells);
  }

  /** A button that leads nowhere stays in reach of the keyboard, so that whoever is at the end does not lose his place. */
  tell() {
    const first = this.page * ROWS_A_PAGE;
    const last = Math.min(first + ROWS_A_PAGE, this.shown.length);
    this.able(this.previous, first > 0);
    this.able(this.next, last < this.shown.length);
    const [found, all] = [this.shown.length, numbers.format(this.size)];
    const count = found === this.size ? all : say("ofAll", numbers.format(found), all);
    const part = found > ROWS_A_PAGE ? say("shown", numbers.format(first + 1), numbers.format(last)) : "";
    this.status.textContent = `${count} ${this.noun}${part}${this.sorted}`;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {boolean} can
   */
  able(button, can) {
    button.setAttribute("aria-disabled", String(!can));
  }
}

for (const root of document.querySelectorAll(".table")) new Table(root);

/** What is folded is printed all the same. */
/** @type {HTMLDetailsElement[]} */
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details")].filter(({ open }) => !open);
  for (const details of opened) details.open = true;
});
addEventListener("afterprint", () => {
  for (const details of opened) details.open = false;
});
