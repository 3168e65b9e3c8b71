import { useState } from "react";
import { useClient, type AnyVariables, type TypedDocumentNode } from "urql";
import { wordsFor } from "../graph/errors";
import { announce } from "../shared/announcer";

interface MoreButtonProps<Data, Variables extends AnyVariables> {
  /** Asks for the next page of a list that the page shows: the cache adds it there. */
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly variables: Variables;
  readonly label: string;
}

export function MoreButton<Data, Variables extends AnyVariables>({ document, variables, label }: MoreButtonProps<Data, Variables>) {
  const client = useClient();
  const [isLoading, setLoading] = useState(false);
  const load = async (): Promise<void> => {
    setLoading(true);
    const { error } = await client.query(document, variables).toPromise();
    setLoading(false);
    announce(error ? wordsFor(error).title : "More loaded");
  };
  return (
    <button type="button" className="more" aria-disabled={isLoading} onClick={() => void (isLoading || load())}>
      {isLoading ? "Loading" : label}
    </button>
  );
}
