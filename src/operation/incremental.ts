/** Documents with `@defer` and `@stream`. Everything but execution takes them without: plan, limits of calls and look-ahead are those of the
 *  whole operation, and so is the response to a client that takes it in one piece. docs/decisions/0039 */
import { getDirectiveValues, visit, type DirectiveNode, type DocumentNode, type FieldNode } from "graphql";
import { incrementalDirectives, streamDirective } from "../graph/directives.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { badDocument, requestError } from "./errors.js";

const names: ReadonlySet<string> = new Set(incrementalDirectives.map(({ name }) => name));

interface Whole {
  /** Without `@defer` and `@stream`. The same document where it has none. */
  readonly document: DocumentNode;
  /** The fields with `@stream`. */
  readonly streamed: readonly FieldNode[];
}

/** What a document asks for altogether. */
export const wholeOf = memoizePerObject((document: DocumentNode): Whole => {
  const streamed: FieldNode[] = [];
  const isLeft = ({ name }: DirectiveNode): boolean => !names.has(name.value);
  const whole = visit(document, {
    Field(node) {
      if (node.directives?.some(({ name }) => name.value === streamDirective.name)) streamed.push(node);
    },
    Directive: (node) => (isLeft(node) ? undefined : null),
  });
  return { document: whole, streamed };
});

/** What no validation rule sees, because variables may give it. @throws GraphQLError BAD_USER_INPUT */
export function checkInitialCounts(streamed: readonly FieldNode[], variables: Record<string, unknown>): void {
  for (const node of streamed) {
    const { initialCount } = getDirectiveValues(streamDirective, node, variables) ?? {};
    if (typeof initialCount === "number" && initialCount >= 0) continue;
    const at = { nodes: node.directives?.filter(({ name }) => name.value === streamDirective.name) ?? [] };
    throw requestError("BAD_USER_INPUT", "Send an `initialCount` of at least 0.", {
      ...at,
      http: badDocument,
      extensions: { argument: "initialCount" },
    });
  }
}
