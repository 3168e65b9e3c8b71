/** The navigation at the side of the pages of a section, and the links at the top of all. */
import type { ExampleRun } from "../examples/example.js";
import { addressOf } from "../place.js";
import type { TypeGroup } from "../reference/reference.js";
import type { Page } from "./page.js";
import { decisions, sections } from "./plan.js";

interface Item {
  readonly href: string;
  readonly name: string;
}

interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

export type Navigation = Readonly<Record<Page["section"], readonly Group[]>>;

const item = (path: string, name: string): Item => ({ href: addressOf(path), name });

export function navigationOf(types: readonly TypeGroup[], runs: readonly ExampleRun[]): Navigation {
  const exampleGroups = [...new Set(runs.map(({ group }) => group))];
  return {
    guides: sections.map(({ title, pages }) => ({ title, items: pages.map((page) => item(page.path, page.title)) })),
    reference: [
      { title: "Reference", items: [item("reference/", "All types"), item("reference/directives/", "Directives")] },
      ...types.map((group) => ({ title: group.title, items: group.types.map(({ name }) => item(`reference/${name}/`, name)) })),
    ],
    examples: [
      { title: "Examples", items: [item("examples/", "All examples")] },
      ...exampleGroups.map((title) => ({
        title,
        items: runs.filter(({ group }) => group === title).map((run) => item(`examples/${run.id}/`, run.title)),
      })),
    ],
    decisions: [
      { title: "Decisions", items: [item("decisions/", "All decisions"), ...decisions.map(({ path, title }) => item(path, title))] },
    ],
  };
}

export const topLinks: readonly (Item & { readonly section: Page["section"] })[] = [
  { ...item("", "Guides"), section: "guides" },
  { ...item("reference/", "Reference"), section: "reference" },
  { ...item("examples/", "Examples"), section: "examples" },
  { ...item("decisions/", "Decisions"), section: "decisions" },
];
