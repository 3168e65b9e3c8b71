/** Lockers and purchases through the graph, on the sandbox: what reaches 7digital, in how many calls, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { agree, otherUser, startSignIn } from "../../support/sign-in.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true", OPERATOR_SECRET: "the-operators-own-secret" } });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(async () => {
  await facade.close();
});

const signedIn = (name: string) => ({ "x-7d-oauth-token": `${name}-token`, "x-7d-oauth-token-secret": `${name}-token-secret` });
const demo = signedIn("demo");
const partnerUser = { "x-7d-user-id": "partner-user", "x-7d-operator-secret": "the-operators-own-secret" };

interface Locker {
  readonly totalCount: number;
  readonly nodes: readonly {
    readonly release: { readonly releaseId: string };
    readonly tracks: readonly { readonly track: { readonly id: string } }[];
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

async function ask<D>(query: string, headers: Readonly<Record<string, string>> = demo): Promise<D> {
  const { data, errors } = await facade.query<D>(query, {}, headers);
  expect(errors).toBeUndefined();
  return data;
}

async function locker(args: string, headers = demo): Promise<Locker> {
  const fields = `totalCount nodes { release { releaseId } tracks { nodes { track { id } } } } pageInfo { hasNextPage endCursor }`;
  return (await ask<{ viewer: { locker: Locker } }>(`{ viewer { locker${args} { ${fields} } } }`, headers)).viewer.locker;
}

const releasesOf = ({ nodes }: Locker): string[] => nodes.map(({ release }) => release.releaseId);

/** Puts one track of each of so many releases into the demo user's locker, a day apart. */
function fill(count: number): void {
  const { accounts } = facade.sandbox;
  const user = accounts.user(1_000_001);
  if (user === undefined) throw new Error("The sandbox has no demo user.");
  for (let index = 0; index < count; index += 1) {
    const item = { releaseId: 1302, trackId: 12345, wholeRelease: false };
    accounts.deliver(user, [{ ...item, releaseId: 5000 + index }], { country: "GB", shopId: null }, Date.UTC(2020, 0, 1 + index));
  }
}

describe("a locker", () => {
  it("user/locker: tells a release with the tracks that were bought, in one call", async () => {
    const data = await ask(`{
      viewer { locker(releaseId: "302123") { totalCount nodes {
        available
        release { id title type artist { id name } releasedAt image { url } }
        tracks { totalCount nodes {
          track { id title version artist { name } release { id title } }
          purchaseId purchasedAt remainingDownloads wholeRelease
          downloads { format { formatId fileFormat bitRate drmFree } }
        } }
      } } }
    }`);
    expect(data).toMatchObject({
      viewer: {
        locker: {
          totalCount: 1,
          nodes: [
            {
              available: true,
              release: {
                id: "release:302123",
                title: "Original Album Classics",
                type: "ALBUM",
                artist: { id: "artist:1194", name: "Patti Smith" },
                releasedAt: "2008-06-16T00:00:00+01:00",
              },
              tracks: {
                totalCount: 1,
                nodes: [
                  {
                    track: {
                      id: "track:3544116:302123",
                      title: "Gloria",
                      version: "Digitally Remastered 1996",
                      artist: { name: "Patti Smith" },
                      release: { id: "release:302123", title: "Original Album Classics" },
                    },
                    purchaseId: "812485991",
                    purchasedAt: "2009-07-22T11:41:41+01:00",
                    remainingDownloads: 355,
                    wholeRelease: false,
                    downloads: [{ format: { formatId: "17", fileFormat: "MP3", bitRate: 320, drmFree: true } }],
                  },
                ],
              },
            },
          ],
        },
      },
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "user/locker", signed: true, params: { releaseId: "302123", sort: "releaseTitle asc", country: "GB" } },
    ]);
  });

  it("is nobody's without a user", async () => {
    expect(await ask(`{ viewer { locker { totalCount } } }`, {})).toEqual({ viewer: null });
    expect(facade.calls()).toEqual([]);
  });

  it("of a partner's user is asked for in a call that is signed without a token", async () => {
    expect(releasesOf(await locker("", partnerUser as unknown as typeof demo))).toEqual(["10147"]);
  });

  it("of a token that 7digital does not know is UNAUTHENTICATED", async () => {
    const headers = { "x-7d-oauth-token": "stale", "x-7d-oauth-token-secret": "stale-secret" };
    const { data, errors } = await facade.query(`{ viewer { locker { totalCount } } }`, {}, headers);
    expect(data).toEqual({ viewer: { locker: null } });
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });

  it("tells what the catalogue knows besides for a call more", async () => {
    const data = await ask(`{ viewer { locker(releaseId: "155408", first: 1) { nodes { release { label { name } } } } } }`);
    expect(data).toEqual({ viewer: { locker: { nodes: [{ release: { label: { name: expect.any(String) as string } } }] } } });
    expect(facade.calls()).toEqual(["user/locker", "release/details"]);
  });

  it("of an early account tells neither purchases nor whole releases", async () => {
    const query = `{ viewer { locker { nodes { available tracks { nodes { purchaseId wholeRelease purchasedAt } } } } } }`;
    const { viewer } = await ask<{ viewer: { locker: { nodes: { tracks: { nodes: object[] } }[] } } }>(query, signedIn("other"));
    const tracks = viewer.locker.nodes.flatMap((node) => node.tracks.nodes);
    expect(tracks.length).toBeGreaterThan(1);
    for (const track of tracks)
      expect(track).toMatchObject({ purchaseId: null, wholeRelease: null, purchasedAt: expect.any(String) as string });
  });

  it("is asked for once for two windows that are the same, and anew in the next operation", async () => {
    await ask(`{ viewer { one: locker { totalCount } two: locker { nodes { available } } } }`);
    expect(facade.calls()).toEqual(["user/locker"]);
    await ask(`{ viewer { locker { totalCount } } }`);
    expect(facade.calls()).toEqual(["user/locker"]);
  });
});

describe("a part of a locker", () => {
  it.each([
    [`(releaseId: "release:155408")`, ["155408"]],
    [`(purchaseId: "812485993")`, ["1302"]],
    [`(purchaseId: "purchase:812485993")`, ["1302"]],
    [`(trackId: "track:12345:1302")`, ["1302"]],
    [`(trackId: "12345", releaseId: "1302")`, ["1302"]],
    [`(trackId: "12345", releaseId: "155408")`, []],
    [`(releaseId: "1")`, []],
    [`(purchaseId: "1")`, []],
  ])("%s holds %j", async (args, releases) => {
    expect(releasesOf(await locker(args))).toEqual(releases);
    expect(facade.calls()).toEqual(["user/locker"]);
  });

  it.each([
    [`(trackId: "12345")`, "trackId"],
    [`(trackId: "track:12345")`, "trackId"],
    [`(trackId: "track:12345:1302", releaseId: "155408")`, "releaseId"],
    [`(releaseId: "artist:1")`, "releaseId"],
    [`(purchaseId: "none")`, "purchaseId"],
    [`(first: 0)`, "first"],
  ])("%s is refused before anything is asked", async (args, argument) => {
    const { errors } = await facade.query(`{ viewer { locker${args} { totalCount } } }`, {}, demo);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument } }]);
    expect(facade.calls()).toEqual([]);
  });

  it.each([
    ["RELEASE_TITLE_ASC", "releaseTitle asc", ["1302", "155408", "302123"]],
    ["RELEASE_TITLE_DESC", "releaseTitle desc", ["302123", "155408", "1302"]],
    ["PURCHASE_DATE_ASC", "purchaseDate asc", ["302123", "1302", "155408"]],
    ["PURCHASE_DATE_DESC", "purchaseDate desc", ["155408", "1302", "302123"]],
    ["ARTIST_NAME_ASC", "artistName asc", ["302123", "1302", "155408"]],
    ["ARTIST_NAME_DESC", "artistName desc", ["155408", "1302", "302123"]],
  ])("comes in the order %s", async (sort, sent, releases) => {
    expect(releasesOf(await locker(`(sort: ${sort})`))).toEqual(releases);
    expect(facade.sandbox.journal.entries()).toMatchObject([{ params: { sort: sent } }]);
  });
});

describe("a large locker", () => {
  it("of 25 releases costs one call, and a page of it one", async () => {
    fill(22);
    expect(releasesOf(await locker("(first: 25)"))).toHaveLength(25);
    expect(facade.calls()).toEqual(["user/locker"]);
    const first = await locker("(first: 10, sort: PURCHASE_DATE_DESC)");
    expect(first).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: true, endCursor: "10" } });
    const rest = await locker(`(first: 10, after: "20", sort: PURCHASE_DATE_DESC)`);
    expect(rest).toMatchObject({ totalCount: 25, pageInfo: { hasNextPage: false, endCursor: "25" } });
    expect(releasesOf(rest).slice(-3)).toEqual(["155408", "1302", "302123"]);
    expect(facade.calls()).toEqual(["user/locker", "user/locker"]);
  });

  it("is paged by 7digital's own cap where there is one", async () => {
    await facade.close();
    facade = await startFacade({
      sandbox: { maxPageSize: 50 },
      environment: { TRUST_PLAIN_TOKENS: "true", OPERATOR_SECRET: "the-operators-own-secret" },
    });
    fill(117);
    const all = [...releasesOf(await locker("(first: 100)")), ...releasesOf(await locker(`(first: 100, after: "100")`))];
    expect(new Set(all).size).toBe(120);
  });
});

describe("a purchase", () => {
  const fields = `__typename id ... on Purchase { purchaseId purchasedAt releases { release { id } tracks { nodes { purchaseId track { id } } } } }`;
  const bought = {
    __typename: "Purchase",
    id: "purchase:812485993",
    purchaseId: "812485993",
    purchasedAt: "2012-12-01T20:15:00Z",
    releases: [{ release: { id: "release:1302" }, tracks: { nodes: [{ purchaseId: "812485993", track: { id: "track:12345:1302" } }] } }],
  };

  it("is told by its owner's locker in one call", async () => {
    expect(await ask(`{ viewer { purchase(id: "812485993") { ${fields} } } }`)).toEqual({ viewer: { purchase: bought } });
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/locker", params: { purchaseId: "812485993" } }]);
  });

  it("is a node, for its owner alone", async () => {
    const query = `{ node(id: "purchase:812485993") { ${fields} } }`;
    expect(await ask(query)).toEqual({ node: bought });
    expect(facade.calls()).toEqual(["user/locker"]);
    expect(await ask(query, signedIn("no-card"))).toEqual({ node: null });
    facade.calls();
    expect(await ask(query, {})).toEqual({ node: null });
    expect(facade.calls()).toEqual([]);
  });

  it("that nobody made is null, whether 7digital answers an empty locker or an error", async () => {
    const query = `{ viewer { purchase(id: "purchase:1") { id } } }`;
    expect(await ask(query)).toEqual({ viewer: { purchase: null } });
    const body = `<response status="error" version="1.2"><error code="2001"><errorMessage>No tracks</errorMessage></error></response>`;
    facade.sandbox.faults.add({ method: "user/locker", times: 1, fault: { kind: "status", status: 200, body } });
    expect(await ask(query)).toEqual({ viewer: { purchase: null } });
  });
});

describe("the locker of a user who has just signed in", () => {
  it("is theirs, whoever the request that completes it comes from, and so are its links", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl, otherUser);
    interface Completed {
      readonly signInComplete: { viewer: { locker: { nodes: { release: { releaseId: string }; zip: { url: string } }[] } } };
    }
    const query = `mutation { signInComplete(input: { state: "${state}" }) { viewer { locker { nodes { release { releaseId } zip { url } } } } } }`;
    const { signInComplete } = await ask<Completed>(query, demo);
    const { nodes } = signInComplete.viewer.locker;
    expect(nodes.map(({ release }) => release.releaseId).sort()).toEqual(["36567", "786"]);
    for (const { zip } of nodes) expect(new URL(zip.url).searchParams.get("oauth_token")).not.toBe("demo-token");
  });
});

describe("two users who take turns", () => {
  it("never see each other's lockers", async () => {
    const query = `{ viewer { locker { nodes { release { releaseId } tracks { nodes { track { id } } } } } } }`;
    const users = [demo, signedIn("other"), partnerUser];
    const expected = await Promise.all(users.map((user) => ask(query, user)));
    expect(new Set(expected.map((one) => JSON.stringify(one))).size).toBe(3);
    for (let round = 0; round < 20; round += 1) {
      expect(await Promise.all(users.map((user) => ask(query, user)))).toEqual(expected);
    }
  });
});
