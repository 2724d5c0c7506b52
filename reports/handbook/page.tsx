import type { VNode } from "preact";
import { htmlDocument } from "../../preview/page/layout";
import type { Section } from "../../preview/page/layout";
import { shown } from "../../preview/page/shown";
import { PlainTable } from "../public/plain-table";
import type { Handbook, Runbook } from "./handbook";
import { contactRows, roleRows } from "./rows";
import { WORDS } from "../../words/catalogue";
import type { Words } from "../../words/words";

type HandbookWords = Words["handbook"];

/** The handbook as one self-contained HTML document, each runbook a section that alerts can link to. */
export function handbookPage(book: Handbook): string {
  const visible = shown(book);
  const words = WORDS[book.language].handbook;
  return htmlDocument({
    language: book.language,
    title: `${words.title}: ${visible.cityName}`,
    decision: <Head {...visible} />,
    sections: [
      ...(visible.assisted ? [contacts(visible, words), roles(visible, words)] : []),
      ...(visible.people ? [breakGlass(visible, words)] : []),
      ...visible.runbooks.map((one) => runbook(one, words)),
    ],
    footer: words.footer,
  });
}

function Head({ language, cityName, asOf }: Handbook): VNode {
  const { kind, title, headline } = WORDS[language].handbook;
  return (
    <div class="decision good">
      <p class="kind">
        {kind} <time dateTime={asOf}>{asOf}</time>
      </p>
      <h1>
        {title}: {cityName}
      </h1>
      <p class="headline">{headline}</p>
    </div>
  );
}

function contacts(book: Handbook, { contacts: title, noContacts, contactColumns }: HandbookWords): Section {
  const content =
    book.contacts.length === 0 ? (
      <p>{noContacts}</p>
    ) : (
      <PlainTable title={title} columns={contactColumns} rows={contactRows(book)} texts />
    );
  return { id: "contacts", title, summary: String(book.contacts.length), content };
}

function roles(book: Handbook, { roles: title, noRoles, roleColumns }: HandbookWords): Section {
  const content =
    book.roles.length === 0 ? (
      <p>{noRoles}</p>
    ) : (
      <PlainTable title={title} columns={roleColumns} rows={roleRows(book)} texts />
    );
  return { id: "roles", title, summary: String(book.roles.length), content };
}

function breakGlass({ breakGlass: declared }: Handbook, words: HandbookWords): Section {
  const content =
    declared === null ? (
      <p>{words.noBreakGlass}</p>
    ) : (
      <>
        <p>{words.breakGlassText(declared.group, declared.minutes)}</p>
        <Commands lines={declared.commands} />
      </>
    );
  return { id: "break-glass", title: words.breakGlass, summary: declared?.group ?? words.nobody, content };
}

function runbook({ id, title, duty, steps }: Runbook, { doneBy, duties }: HandbookWords): Section {
  const content = (
    <>
      <p>
        {doneBy}: {duties[duty]}.
      </p>
      <ol>
        {steps.map(({ text, command }, index) => (
          <li key={index}>
            {text}
            {command === null ? null : <Commands lines={[command]} />}
          </li>
        ))}
      </ol>
    </>
  );
  return { id, title, summary: duties[duty], content };
}

function Commands({ lines }: { readonly lines: readonly string[] }): VNode {
  return (
    <pre>
      <code>{lines.join("\n")}</code>
    </pre>
  );
}
