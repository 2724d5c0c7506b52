import type { ComponentChildren, VNode } from "preact";
import { render } from "preact-render-to-string";
import type { Language } from "../../words/language";
import { WORDS } from "../../words/catalogue";
import { SCRIPT, STYLE } from "./assets";
import { PageWords } from "./page-words";

/** A section of a page with a heading, which the table of contents lists. */
export interface Section {
  /** Its anchor, unique in the page. */
  readonly id: string;
  readonly title: string;
  /** A summary in a few words. */
  readonly summary: string;
  readonly content: ComponentChildren;
}

/** The parts of a page. */
export interface Layout {
  /** Language of its texts. @default "en" */
  readonly language?: Language;
  /** Title of the document. */
  readonly title: string;
  /** The first element, with the page's only h1. */
  readonly decision: VNode;
  readonly sections: readonly Section[];
  /** The last line. */
  readonly footer: string;
}

/** Only the page's own style and script are permitted, nothing is loaded, and text cannot be inserted as markup. */
const POLICY = [
  "default-src 'none'",
  `style-src ${STYLE.source}`,
  `script-src ${SCRIPT.source}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** One self-contained HTML document. */
export function htmlDocument(layout: Layout): string {
  return `<!doctype html>\n${render(<Page {...layout} />)}\n`;
}

function Page(layout: Layout): VNode {
  return (
    <PageWords.Provider value={WORDS[layout.language ?? "en"]}>
      <Document {...layout} />
    </PageWords.Provider>
  );
}

function Document({ language = "en", title, decision, sections, footer }: Layout): VNode {
  const { skip, contents, script } = WORDS[language].page;
  return (
    <html lang={language}>
      <Head title={title} />
      <body>
        <a class="skip" href="#content">
          {skip}
        </a>
        <header>{decision}</header>
        <div class="body">
          <Contents label={contents} sections={sections} />
          <main id="content" tabIndex={-1}>
            {sections.map((section) => (
              <PageSection key={section.id} {...section} />
            ))}
          </main>
        </div>
        <footer>{footer}</footer>
        <script id="words" type="application/json" dangerouslySetInnerHTML={{ __html: JSON.stringify(script) }} />
        <script dangerouslySetInnerHTML={{ __html: SCRIPT.text }} />
      </body>
    </html>
  );
}

/** Only the page's own style and script are not escaped, here and at the page's end. */
function Head({ title }: Pick<Layout, "title">): VNode {
  return (
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={POLICY} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="referrer" content="no-referrer" />
      <title>{title}</title>
      <style dangerouslySetInnerHTML={{ __html: STYLE.text }} />
    </head>
  );
}

function Contents({ label, sections }: Pick<Layout, "sections"> & { readonly label: string }): VNode | null {
  if (sections.length < 2) return null;
  return (
    <nav class="contents" aria-label={label}>
      <ul>
        {sections.map(({ id, title, summary }) => (
          <li key={id}>
            <a href={`#${id}`}>
              <strong>{title}</strong> <span>{summary}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function PageSection({ id, title, content }: Omit<Section, "summary">): VNode {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {content}
    </section>
  );
}
