/** The page of an artist: what a component asks for, and what it shows. */
// #region unmask
import { ask, RejectedError, type Api } from "./ask";
import { unmask, type FragmentType } from "./generated";
import { ArtistPage, trackRow } from "./operations";

/** A row reads what its own fragment asks for, and nothing else. */
function row(masked: FragmentType<typeof trackRow>): string {
  const { title, price } = unmask(trackRow, masked);
  return `${title ?? "?"}: ${price?.current?.display ?? "not sold here"}`;
}

export async function showArtist(api: Api, id: string): Promise<string[]> {
  try {
    const { data, errors } = await ask(api, ArtistPage, { id, first: 3 });
    if (!data.artist) return [errors.length > 0 ? "This artist cannot be shown now." : "There is no such artist."];
    const rows = data.artist.topTracks?.nodes.map(row) ?? ["Tracks cannot be shown now."];
    return [data.artist.name ?? "", ...rows];
  } catch (error) {
    if (error instanceof RejectedError && error.has("RATE_LIMITED")) return ["Too many requests. Try again in a minute."];
    throw error;
  }
}
// #endregion unmask
