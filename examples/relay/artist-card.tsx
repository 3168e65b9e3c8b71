/** An artist, where a field may fail without the rest. */
// #region field-errors
import { graphql, useLazyLoadQuery } from "react-relay";
import type { ErrorCode } from "../codegen/generated/enums";
import type { artistCardQuery } from "./generated/artistCardQuery.graphql";

export function ArtistCard({ artistId }: { readonly artistId: string }) {
  const { artist } = useLazyLoadQuery<artistCardQuery>(
    graphql`
      query artistCardQuery($artistId: ID!) {
        artist(id: $artistId) @catch {
          name
        }
      }
    `,
    { artistId },
  );
  if (!artist.ok) return <p role="alert">This artist cannot be shown now ({codesOf(artist.errors).join()}).</p>;
  return <h1>{artist.value?.name ?? "There is no such artist."}</h1>;
}

/** Relay leaves the error's `extensions` as they are, and its types do not say so. */
function codesOf(errors: readonly unknown[]): ErrorCode[] {
  return (errors as readonly { readonly extensions: { readonly code: ErrorCode } }[]).map(({ extensions }) => extensions.code);
}
// #endregion field-errors
