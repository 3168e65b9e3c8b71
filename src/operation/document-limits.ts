/** Bounds what a document may ask for, by its text alone and before validation, some of whose rules take quadratic time. Two walks of bounded
 *  cost; no schema. */
import { Kind, visit, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from "graphql";
import type { Limits } from "../config/config.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { requestError } from "./errors.js";
import { isTrusted } from "./rate-limits.js";
import type { RequestFacts } from "./request.js";

interface DocumentLimits extends Pick<Limits, "tokens" | "depth" | "aliases" | "directives" | "rootFields"> {
  readonly introspection: boolean;
}

/** Names stand in the path of every error below them. */
const longestName = 100;
/** Clients that compose fragments spread a hundred of them, and select a field dozens of times. */
const comparisonsAToken = 3;
/** Nested directly, with no field between. */
const mostFragmentsDeep = 50;
/** How much deeper introspection nests than the graph itself. */
const introspectionDepth = 15;

/** The check of a document, by who sends it. @returns throws GraphQLError with the code of the limit */
export function createDocumentChecks(introspection: boolean): (document: DocumentNode, request: Sent) => void {
  const ofTrusted = memoizePerObject<Limits, DocumentCheck>((limits) => documentCheck({ ...limits, introspection: true }));
  const ofOthers = introspection
    ? ofTrusted
    : memoizePerObject<Limits, DocumentCheck>((limits) => documentCheck({ ...limits, introspection }));
  return (document, { limits, sender }) => (isTrusted(sender) ? ofTrusted : ofOthers)(limits)(document);
}

type Sent = Pick<RequestFacts, "limits" | "sender">;
type DocumentCheck = (document: DocumentNode) => void;

/** Each document is checked once. */
function documentCheck(limits: DocumentLimits): DocumentCheck {
  const passed = new WeakSet<DocumentNode>();
  return (document) => {
    if (passed.has(document)) return;
    checkCounts(document, limits);
    new Walk(document, limits).check();
    passed.add(document);
  };
}

function checkCounts(document: DocumentNode, { aliases, directives, introspection }: DocumentLimits): void {
  const count = { aliases: 0, directives: 0 };
  visit(document, {
    Field({ alias, name: { value } }) {
      if (alias !== undefined) count.aliases += 1;
      if (!introspection && (value === "__schema" || value === "__type")) {
        throw requestError("INTROSPECTION_DISABLED", "Introspection is disabled on this server. Ask its operator for the schema.");
      }
    },
    Directive() {
      count.directives += 1;
    },
    Name({ value }) {
      if (value.length > longestName) throw requestError("NAME_LIMIT", `Use names of at most ${String(longestName)} characters.`);
    },
  });
  if (count.aliases > aliases) throw requestError("ALIAS_LIMIT", `Send at most ${String(aliases)} aliases in a document.`);
  if (count.directives > directives) throw requestError("DIRECTIVE_LIMIT", `Send at most ${String(directives)} directives in a document.`);
}

/** The fields of one name at one place of the answer. */
interface Group {
  count: number;
  readonly selected: SelectionSetNode[];
}

/** Walks the fields as the response will hold them: one group for each name, with fragments expanded wherever they are spread. */
class Walk {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly seen = new Set<string>();
  private steps = 0;
  /** Pairs that validation has to compare: of fragments, and of fields with the same response name. */
  private comparisons = 0;

  constructor(
    private readonly document: DocumentNode,
    private readonly limits: DocumentLimits,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  check(): void {
    const { rootFields, depth } = this.limits;
    this.compare(this.fragments.size);
    for (const definition of this.document.definitions) {
      if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
      const groups = this.gather([definition.selectionSet]);
      const count = [...groups.values()].reduce((sum, group) => sum + group.count, 0);
      if (count > rootFields)
        throw requestError("ROOT_FIELD_LIMIT", `Send at most ${String(rootFields)} fields at the root of an operation.`);
      this.compareEach(groups);
      for (const [name, { selected }] of groups) this.descend(selected, name.startsWith("__") ? depth + introspectionDepth : depth);
    }
    // Validation also looks at fragments that no operation spreads.
    for (const [name, { selectionSet }] of this.fragments) if (!this.seen.has(name)) this.descend([selectionSet], depth + 1);
  }

  /** @param left How many levels of fields there may be, with the one that these are selected of. */
  private descend(sets: readonly SelectionSetNode[], left: number): void {
    if (sets.length === 0) return;
    if (left <= 1) throw requestError("DEPTH_LIMIT", `Nest fields at most ${String(this.limits.depth)} deep.`);
    const groups = this.gather(sets);
    this.compareEach(groups);
    for (const { selected } of groups.values()) this.descend(selected, left - 1);
  }

  private gather(sets: readonly SelectionSetNode[]): ReadonlyMap<string, Group> {
    const groups = new Map<string, Group>();
    for (const set of sets) this.add(set, groups, []);
    return groups;
  }

  /** @param within The fragments that the selection stands in at this place, "" for one without a name. One of them again is a cycle, which
   *  validation rejects. */
  private add({ selections }: SelectionSetNode, groups: Map<string, Group>, within: readonly string[]): void {
    if (within.length > mostFragmentsDeep) throw requestError("DEPTH_LIMIT", "Nest fragments less deep.");
    const most = 2 * this.limits.tokens;
    for (const selection of selections) {
      this.steps += 1;
      if (this.steps > most) {
        const message = `Select at most ${String(most)} fields, counting those of every fragment wherever it is spread.`;
        throw requestError("FIELD_LIMIT", message);
      }
      if (selection.kind === Kind.INLINE_FRAGMENT) this.add(selection.selectionSet, groups, [...within, ""]);
      else if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const group = groups.get(name) ?? { count: 0, selected: [] };
        groups.set(name, group);
        group.count += 1;
        if (selection.selectionSet !== undefined) group.selected.push(selection.selectionSet);
      } else {
        const name = selection.name.value;
        const fragment = this.fragments.get(name);
        this.seen.add(name);
        if (fragment !== undefined && !within.includes(name)) this.add(fragment.selectionSet, groups, [...within, name]);
      }
    }
  }

  private compareEach(groups: ReadonlyMap<string, Group>): void {
    for (const { count } of groups.values()) this.compare(count);
  }

  private compare(count: number): void {
    this.comparisons += (count * (count - 1)) / 2;
    if (this.comparisons <= comparisonsAToken * this.limits.tokens) return;
    throw requestError("FIELD_LIMIT", "The document has too many fragments, or selects the same fields too often. Select each field once.");
  }
}
