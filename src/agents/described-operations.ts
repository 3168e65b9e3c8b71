/** Operations of documents, with the comments above them: an agent chooses a tool by its description. */
import { Kind, OperationTypeNode, parse, print, TokenKind, visit, type DocumentNode, type OperationDefinitionNode } from "graphql";

export interface DescribedOperation {
  /** Empty where it has none. */
  readonly name: string;
  /** The comment above it. Empty where it has none. */
  readonly description: string;
  readonly node: OperationDefinitionNode;
  /** The whole document that holds it. */
  readonly document: DocumentNode;
  readonly text: string;
}

/** @throws GraphQLError if the text is not GraphQL */
export function describedOperations(text: string): readonly DescribedOperation[] {
  const commented = parse(text);
  const document = withoutAssumptions(commented);
  const printed = print(document);
  return document.definitions.flatMap((node, index) => {
    const written = commented.definitions[index];
    if (node.kind !== Kind.OPERATION_DEFINITION || written === undefined) return [];
    return [{ name: node.name?.value ?? "", description: commentAbove(written), node, document, text: printed }];
  });
}

/** graphql-js has comments only as tokens. */
function commentAbove({ loc }: Pick<OperationDefinitionNode, "loc">): string {
  const lines: string[] = [];
  let token = loc?.startToken.prev;
  while (token?.kind === TokenKind.COMMENT) {
    lines.unshift(token.value.replace(/^ /, ""));
    token = token.prev;
  }
  return lines.join("\n").trim();
}

/** In a mutation nothing is assumed that has to be sent: a default in an example is what GraphiQL's page shows, such as a track to buy. */
function withoutAssumptions(document: DocumentNode): DocumentNode {
  return visit(document, {
    OperationDefinition: ({ operation }) => (operation === OperationTypeNode.MUTATION ? undefined : false),
    VariableDefinition: ({ defaultValue, ...required }) =>
      defaultValue !== undefined && required.type.kind === Kind.NON_NULL_TYPE ? required : undefined,
  });
}
