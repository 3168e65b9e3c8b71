/** The API in a stitched schema, with another service that knows releases and tracks by their ids. */
import type { Executor } from "@graphql-tools/utils";
import { graphql, parse, validate, type GraphQLSchema } from "graphql";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { musicExecutor } from "./music-executor.js";
import { subgraphUrl } from "./support/federated.js";
import { stitchedSchema } from "./support/stitched.js";

const gatewaySecret = "the-secret-of-the-gateway";

let facade: Facade;
let music: Executor;
/** Requests that the music API got. */
let requests: number;

beforeEach(async () => {
  facade = await startFacade({ environment: { PROFILE: "locked", GATEWAY_SECRET: gatewaySecret } });
  const executor = musicExecutor({ endpoint: subgraphUrl(facade), gatewaySecret });
  requests = 0;
  music = (request) => {
    requests += 1;
    return executor(request);
  };
});
afterEach(async () => {
  await facade.close();
});

const favourites = `($releaseIds: [ID!]!, $trackIds: [ID!]!) { favourites(releaseIds: $releaseIds, trackIds: $trackIds) {
  releases { releaseId title price { current { currencyCode } } } tracks { id title } } }`;

interface Found {
  readonly favourites: { readonly releases: readonly (Record<string, unknown> | null)[]; readonly tracks: readonly unknown[] };
}

const wanted = {
  releaseIds: ["155408", "1", "2"],
  trackIds: Array.from({ length: 5 }, (_, at) => `track:${String(1628015 + at)}:155408`),
};

async function ask(schema: GraphQLSchema, source: string, variableValues: object = wanted) {
  const { data, errors } = await graphql({ schema, source, variableValues: { ...variableValues } });
  return { data: data as unknown as Found, errors };
}

describe("a stitched schema", () => {
  it("completes the releases and tracks of another service, by one request for each type at most", async () => {
    const schema = await stitchedSchema(music);
    requests = 0;
    facade.calls();
    const { data, errors } = await ask(schema, `query ${favourites}`);
    expect(errors).toBeUndefined();
    expect(data.favourites.releases[0]).toEqual({
      releaseId: "155408",
      title: "Dreams",
      price: { current: { currencyCode: "GBP" } },
    });
    expect(data.favourites.tracks).toHaveLength(5);
    expect(requests).toBeLessThanOrEqual(2);
    expect([...facade.calls()].sort()).toEqual(["release/details", "release/details", "release/details", "release/tracks"]);
  });

  it("answers in the store that `@inContext` names, by the executor", async () => {
    const { data, errors } = await ask(await stitchedSchema(music), `query${favourites.replace(") {", ') @inContext(country: "DE") {')}`);
    expect(errors).toBeUndefined();
    expect(data.favourites.releases[0]).toMatchObject({ price: { current: { currencyCode: "EUR" } } });
  });

  it("takes the store from a variable too", async () => {
    const query =
      'query ($country: CountryCode) @inContext(country: $country) { release(id: "155408") { price { current { currencyCode } } } }';
    const { data } = await ask(await stitchedSchema(music), query, { country: "DE" });
    expect(data).toEqual({ release: { price: { current: { currencyCode: "EUR" } } } });
  });

  it("rejects `@inContext` where the gateway does not define it, instead of ignoring it", async () => {
    const errors = validate(await stitchedSchema(music, ""), parse('query @inContext(country: "DE") { release(id: "155408") { title } }'));
    expect(errors.map(({ message }) => message)).toEqual(['Unknown directive "@inContext".']);
  });

  it("passes on errors with code and path", async () => {
    const { data, errors } = await ask(await stitchedSchema(music), '{ artist(id: "no id") { name } }', {});
    expect(data).toEqual({ artist: null });
    expect(errors).toMatchObject([{ path: ["artist"], extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
