/** What a component does that shows a query, without a component. For tests. */
import type { ApolloClient, DocumentNode, ObservableQuery, OperationVariables, TypedDocumentNode } from "@apollo/client";
import { onTestFinished } from "vitest";

interface Screen<D, V extends OperationVariables> {
  /** What is shown now. */
  data(): D | undefined;
  readonly fetchMore: ObservableQuery<D, V>["fetchMore"];
}

/** Resolves when the first data is shown. */
export function show<D, V extends OperationVariables>(
  client: ApolloClient,
  query: DocumentNode | TypedDocumentNode<D, V>,
  variables: V,
): Promise<Screen<D, V>> {
  const watched = client.watchQuery<D, V>({ query, variables });
  const screen = { data: () => watched.getCurrentResult().data as D | undefined, fetchMore: watched.fetchMore.bind(watched) };
  return new Promise((resolve) => {
    const subscription = watched.subscribe(({ loading }) => {
      if (!loading) resolve(screen);
    });
    onTestFinished(() => subscription.unsubscribe());
  });
}
