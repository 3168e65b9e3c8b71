/** Countries and IP addresses: what only operators may ask. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "operator-secret-0123456789" };
let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: operator["x-7d-operator-secret"] } });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(() => facade.close());

const locate = `query ($ip: String!) { ipLocation(ipAddress: $ip) { country checkoutAllowed } }`;
const country = `query ($ip: String!) { ipLocation(ipAddress: $ip) { country } }`;

describe("where an IP address is", () => {
  it.each([
    ["192.0.2.1", "GB", true],
    ["198.51.100.7", "US", true],
    ["2001:db8::1", "FR", true],
    ["62.64.31.123", "BR", false],
    ["84.45.95.241", null, true],
    ["127.0.0.1", null, true],
  ])("country/resolve, country/georestrictions/checkout: %s", async (ip, expected, checkoutAllowed) => {
    const { data, errors } = await facade.query(locate, { ip }, operator);
    expect(errors).toBeUndefined();
    expect(data).toEqual({ ipLocation: { country: expected, checkoutAllowed } });
    expect([...facade.calls()].sort()).toEqual(["country/georestrictions/checkout", "country/resolve"]);
  });

  it("country/resolve: costs one call each time, for it is not cached", async () => {
    for (const ip of ["192.0.2.1", "192.0.2.1"]) await facade.query(country, { ip }, operator);
    expect(facade.calls()).toEqual(["country/resolve", "country/resolve"]);
  });

  it("country/georestrictions/checkout: null where 7digital does not say", async () => {
    const restore = answerWith(
      facade,
      "country/georestrictions/checkout",
      "<geoRestrictions><countryCode>GB</countryCode></geoRestrictions>",
    );
    const { data } = await facade.query(`{ ipLocation(ipAddress: "192.0.2.1") { checkoutAllowed } }`, {}, operator);
    restore();
    expect(data).toEqual({ ipLocation: { checkoutAllowed: null } });
  });

  it.each(["192.0.2.256", "192.0.2", "fe80::1%eth0", " 192.0.2.1", "::ffff:1.2.3.4.5", "example.com", ""])(
    "%s is an input error",
    async (ip) => {
      const { data, errors } = await facade.query(country, { ip }, operator);
      expect(data).toEqual({ ipLocation: null });
      expect(errors).toMatchObject([{ path: ["ipLocation"], extensions: { code: "BAD_USER_INPUT", argument: "ipAddress" } }]);
      expect(facade.calls()).toEqual([]);
    },
  );

  it("is in no error, log, metric or trace, whatever 7digital repeats", async () => {
    const ip = "203.0.113.77";
    const parrot = `<error code="1002"><errorMessage>${ip} is not valid</errorMessage></error>`;
    const rules = ["country/resolve", "country/georestrictions/checkout"].map((method) =>
      facade.sandbox.faults.add({
        method,
        fault: { kind: "status", status: 400, body: `<response status="error">${parrot}</response>`, contentType: "text/xml", headers: {} },
      }),
    );
    const failed = await facade.query(locate, { ip }, operator);
    expect(failed.errors).toHaveLength(2);
    for (const remove of rules) remove();
    await facade.query(locate, { ip }, operator);
    await facade.query(`${locate} fragment`, { ip }, operator);
    await facade.query(locate, { ip: `${ip} ` }, operator);
    await facade.query(locate, { ip });
    const kept = JSON.stringify([failed.errors, facade.logged, facade.spans, await facade.metrics()]);
    expect(kept).toContain("country/resolve");
    expect(kept).not.toContain(ip);
  });
});

describe("the stores of today", () => {
  const query = `{ upstreamStores { country name localName shopId currencyCode languages { code name localName } } stores { country name localName shopId currencyCode languages { code name localName } } }`;

  it("countries: are those of the source as long as 7digital lists the same", async () => {
    const { data, errors } = await facade.query<{ upstreamStores: unknown; stores: unknown }>(query, {}, operator);
    expect(errors).toBeUndefined();
    expect(data.upstreamStores).toEqual(data.stores);
    expect(facade.calls()).toEqual(["countries"]);
  });

  it("countries: also a country and a language that are new, without what is not known of them", async () => {
    const language = (name: string) => `<language><name>${name}</name><localName/><url>http://x.7digital.com</url></language>`;
    const restore = answerWith(
      facade,
      "countries",
      `<countries>
        <country code="DK"><url/><name>Denmark</name><localName>Danmark</localName><languages>${language("Danish")}${language("Klingonish")}</languages></country>
        <country code="de"><languages/></country>
        <country code="7"><name>Office</name></country>
        <country><name>Nowhere</name></country>
      </countries>`,
    );
    const { data, errors } = await facade.query(query.replace(/ stores .*}/, " }"), {}, { ...operator, "x-7d-country": "DK" });
    restore();
    expect(errors).toBeUndefined();
    expect(data).toEqual({
      upstreamStores: [
        {
          country: "DK",
          name: "Denmark",
          localName: "Danmark",
          shopId: null,
          currencyCode: null,
          languages: [{ code: "da", name: "Danish", localName: "Danish" }],
        },
        { country: "DE", name: "Germany", localName: null, shopId: null, currencyCode: "EUR", languages: [] },
      ],
    });
  });
});
