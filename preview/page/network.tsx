import type { ComponentChildren, VNode } from "preact";
import { useContext } from "preact/hooks";
import { count } from "../../environments/display";
import { ruleText, whatOf } from "../change-text";
import type { NetworkChange } from "../flow-changes";
import type { FileChange } from "../file-change";
import { DataTable } from "./data-table";
import type { Section } from "./layout";
import { PageWords } from "./page-words";
import { wholeNumber } from "../../segmentation/render/whole-number";

/**
 * Changes of reachability and of rules; none without any.
 * @param diagram an SVG; null for none
 */
export function networkSections({ network }: FileChange, diagram: string | null): Section[] {
  if (network.rules.length + network.reachChanges.length === 0) return [];
  const opened = network.reachChanges.filter(({ effect }) => effect === "opened").length;
  const closed = network.reachChanges.length - opened;
  const summary = `${count(opened, "flow")} opened, ${wholeNumber(closed)} closed`;
  return [{ id: "network", title: "Network", summary, content: <Network {...network} diagram={diagram} /> }];
}

function Network({ rules, reachChanges, diagram }: NetworkChange & { readonly diagram: string | null }): VNode {
  return (
    <>
      {reachChanges.length === 0 && <p>What passes stays the same.</p>}
      {diagram !== null && <ChangeDiagram svg={diagram} />}
      {reachChanges.length > 0 && (
        <DataTable
          title="Flows opened and closed"
          noun="flow"
          rows={reachChanges}
          columns={[
            { title: "what", value: ({ effect }) => effect },
            { title: "from", kind: "code", value: ({ from }) => from },
            { title: "to", kind: "code", value: ({ to }) => to },
            {
              title: "ports",
              kind: "code",
              value: ({ ports }) => ports.join(", "),
            },
            { title: "addresses", value: ({ partial: partial }) => (partial ? "some" : "all") },
            { title: "by", kind: "code", value: ({ by }) => by.join(", ") },
          ]}
        />
      )}
      {rules.length > 0 && <Rules rules={rules} />}
    </>
  );
}

function ChangeDiagram({ svg }: { readonly svg: string }): VNode {
  return (
    <Diagram svg={svg}>
      Thick and <span class="opened-word">opened</span>: passes afterwards. Dashed and{" "}
      <span class="closed-word">closed</span>: passed before. Thin: rules that stay. The table says the same.
    </Diagram>
  );
}

/** A picture with its caption. Graphviz drew the SVG and escapes names in it; the Content Security Policy permits no script in it. */
export function Diagram({ svg, children }: { readonly svg: string; readonly children: ComponentChildren }): VNode {
  const { page } = useContext(PageWords);
  return (
    <figure>
      <div
        class="scroll diagram"
        role="region"
        aria-label={page.flowPicture}
        tabIndex={0}
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      <figcaption>{children}</figcaption>
    </figure>
  );
}

function Rules({ rules }: Pick<NetworkChange, "rules">): VNode {
  return (
    <DataTable
      title="Rules that changed"
      noun="rule"
      rows={rules}
      columns={[
        { title: "rule", kind: "code", value: ({ id }) => id },
        { title: "what", value: whatOf },
        { title: "before", kind: "code", value: ({ before }) => ruleText(before, String) },
        { title: "after", kind: "code", value: ({ after }) => ruleText(after, String) },
      ]}
    />
  );
}
