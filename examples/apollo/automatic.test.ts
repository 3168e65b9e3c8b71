import { expect, it } from "vitest";
import { startFacade } from "../../test/support/facade.js";
import { artistId } from "../support/prices";
import { createGuestClient } from "./automatic";
import { TopTracks } from "./operations";

it.each(["open", "locked"])(
  "Apollo Client registers a document by its hash, and reads by GET from then on, in the profile %s",
  async (PROFILE) => {
    const facade = await startFacade({ environment: { PROFILE } });
    const { fetch } = globalThis;
    const sent: string[] = [];
    globalThis.fetch = async (url, init) => {
      const response = await fetch(url, init);
      sent.push(`${init?.method ?? "GET"} ${String(response.status)}`);
      return response;
    };
    try {
      const read = async () => {
        const { data } = await createGuestClient(facade.url).query({ query: TopTracks, variables: { artistId, first: 2 } });
        return data?.artist?.topTracks?.edges.length;
      };
      expect([await read(), await read()]).toEqual([2, 2]);
      expect(sent).toEqual(["GET 400", "POST 200", "GET 200"]);
    } finally {
      globalThis.fetch = fetch;
      await facade.close();
    }
  },
);
