import { useQuery } from "urql";
import { graphql } from "../generated";
import { useDebounced } from "../shared/debounced";
import { artistPath, releasePath } from "../shared/paths";

const Suggestions = graphql(`
  query Suggestions($query: String!) {
    search(query: $query) {
      artists(first: 3) {
        nodes {
          id
          name
        }
      }
      releases(first: 5) {
        nodes {
          id
          title
          artist {
            id
            name
          }
        }
      }
    }
  }
`);

export interface Suggestion {
  readonly path: string;
  readonly label: string;
  readonly detail: string;
}

const delayMs = 250;
const shortest = 2;

/** What the words may mean, once the user stops typing. urql cancels a request whose words have changed. */
export function useSuggestions(text: string): readonly Suggestion[] {
  const words = text.trim();
  const query = useDebounced(words, delayMs);
  const isWanted = words.length >= shortest && query.length >= shortest;
  const [{ data }] = useQuery({ query: Suggestions, variables: { query }, pause: !isWanted });
  if (!isWanted || !data?.search) return [];
  const { artists, releases } = data.search;
  return [
    ...(artists?.nodes ?? []).map(({ id, name }) => ({ path: artistPath(id), label: name ?? "", detail: "Artist" })),
    ...(releases?.nodes ?? []).map(({ id, title, artist }) => ({ path: releasePath(id), label: title ?? "", detail: artist?.name ?? "" })),
  ];
}
