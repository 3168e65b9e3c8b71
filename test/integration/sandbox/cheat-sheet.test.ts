import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cheatSheet } from "../../../src/sandbox/cheat-sheet.js";
import { special, specialRules } from "../../../src/sandbox/faults/special-ids.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { misbehaving } from "../../../src/sandbox/shop/misbehaving.js";
import { ask, askExactly } from "../../support/sandbox/ask.js";
import { signedAddress } from "./signed-address.js";

const sheet = cheatSheet();
const nowMs = Date.UTC(2026, 4, 17, 12);

let sandbox: Sandbox;
let origin: string;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
  ({ origin } = new URL(sandbox.baseUrl));
});
afterAll(() => sandbox.close());

describe("docs/sandbox.md says what the cheat sheet says", () => {
  const page = readFileSync(join(import.meta.dirname, "../../../docs/sandbox.md"), "utf8");

  /** The rows of the table with this first column, without marks of code. */
  const table = (heading: string, firstColumn: string): readonly (readonly string[])[] => {
    const [, section = ""] = page.split(`\n## ${heading}\n`);
    const [, ...rows] = (
      section
        .trimStart()
        .split("\n\n")
        .find((block) => block.startsWith(`| ${firstColumn} `)) ?? ""
    ).split("\n");
    const cells = rows.slice(1).map((row) => row.split("|").slice(1, -1));
    return cells.map((row) => row.map((cell) => cell.replaceAll("`", "").trim()));
  };

  it("of users", () => {
    const rows = sheet.users.map(({ name, token, card, locker }) => [
      name,
      token === null ? `none: userId=${name}, signed without a token` : `${token.token} / ${token.secret}`,
      card,
      locker,
    ]);
    expect(rows.length).toBe(7);
    expect(table("Users", "name")).toEqual(rows);
    expect(page).toContain("Users sign in with `{name}@sandbox.test` and the password `demo`, except for the partner's user, who cannot");
    for (const { name, emailAddress, password, partnerUserId } of sheet.users) {
      expect([emailAddress, password]).toEqual(partnerUserId === null ? [`${name}@sandbox.test`, "demo"] : [null, null]);
    }
  });

  it("of vouchers", () => {
    expect(table("Vouchers", "code")).toEqual(sheet.vouchers.map(({ code, effect }) => [code, effect]));
  });

  it("of test cards", () => {
    expect(table("Account pages", "card number")).toEqual(sheet.cards.map(({ number, effect }) => [number, effect]));
  });

  it("of releases that misbehave", () => {
    const rows = sheet.misbehavingReleases.map(({ releaseId, price, effect }) => [String(releaseId), price, effect]);
    expect(table("Items that misbehave", "release")).toEqual(rows);
  });

  it("of responses that are always bad", () => {
    const rows = table("Responses that are always bad", "what").map(([what, sends]) => [what, sends]);
    expect(rows).toEqual(sheet.badResponses.map(({ what, sends }) => [what, sends]));
  });

  it("of the consumer", () => {
    expect(sheet.consumer).toEqual({ key: "sandbox", secret: "sandbox-secret" });
    expect(page).toContain("consumer `sandbox` / `sandbox-secret`");
  });
});

describe("the cheat sheet is true", () => {
  it.each(sheet.users)("of user $name", async ({ emailAddress, password, token, partnerUserId, card }) => {
    const { accounts } = sandbox;
    const user = partnerUserId === null ? accounts.signIn(emailAddress ?? "", password ?? "") : accounts.userOfPartner(partnerUserId);
    if (user === undefined) throw new Error("nothing signs the user in");
    expect(accounts.cardsOf(user).map(({ kind }) => kind)).toEqual(card === "none" ? [] : [card]);
    if (token === null) return;
    expect(accounts.accessToken(token.token)).toMatchObject({ secret: token.secret, user: { id: user.id } });
    const locker = await askExactly(signedAddress(`${sandbox.baseUrl}/user/locker`, {}, { nowMs, token: token.token }));
    expect(locker.status).toBe(200);
  });

  it.each(sheet.vouchers)("of voucher $code", async ({ code, effect }) => {
    const signed = async (method: string, parameters: Readonly<Record<string, string>>) =>
      (await askExactly(signedAddress(`${sandbox.baseUrl}/basket/${method}`, parameters, { nowMs }))).text;
    const basketId = /basket id="([^"]+)"/.exec(await signed("create", {}))?.[1] ?? "";
    await signed("addItem", { basketId, releaseId: "155408" });
    const text = await signed("applyVoucher", { basketId, voucherCode: code });
    const [, reason] = /is refused with 3012: (.*)/.exec(effect) ?? [];
    if (reason === undefined) expect(text).toContain("<type>Voucher</type>");
    else expect(text).toMatch(new RegExp(`code="3012">\\s*<errorMessage>\\s*Voucher not applied: ${reason}`));
  });

  it("of every release that misbehaves, and of its price", async () => {
    expect(sheet.misbehavingReleases.map(({ releaseId }) => releaseId).sort()).toEqual(Object.values(misbehaving).sort());
    for (const { releaseId, price } of sheet.misbehavingReleases) {
      const { text } = await ask(sandbox.baseUrl, `release/details?releaseId=${releaseId}&country=GB`);
      expect(text).toMatch(new RegExp(`<value>${price ?? "none"}</value>|<recommendedRetailPrice>[^]*${price ?? "none"}`));
    }
  });

  it.each(sheet.badResponses)("of $what, which has a rule", ({ method, params, user }) => {
    expect(specialRules).toContainEqual(expect.objectContaining({ method, ...(user === null ? { params } : { user }) }));
  });

  it("of every item that is bad on purpose", () => {
    const values = sheet.badResponses.flatMap(({ params, user }) => [...Object.values(params), ...(user === null ? [] : [user])]);
    const { artists, releases, chartDate, editorialKey, lockerOwner } = special;
    const ids = [...Object.values(artists), ...Object.values(releases)].map(String);
    expect(values.sort()).toEqual([...ids, chartDate, editorialKey, lockerOwner].sort());
  });
});

describe("in a browser", () => {
  const got = (path: string) => askExactly(origin + path);

  it("the start page says what the sandbox is, and all its links lead somewhere", async () => {
    const { status, headers, text } = await got("/");
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(text).toContain("stands in for the 7digital API");
    const links = [...text.matchAll(/<a href="([^"]+)"/g)].map(([, link = ""]) => link.replaceAll("&#38;", "&").replaceAll("&amp;", "&"));
    expect(links).toContain("/cheat-sheet");
    for (const link of links) expect([link, (await got(link)).status]).toEqual([link, 200]);
  });

  it("the sheet has every name, password, token, code, number and id", async () => {
    const { text } = await got("/cheat-sheet");
    const values = [
      ...sheet.users.flatMap(({ emailAddress, token, partnerUserId }) => [emailAddress, token?.token, token?.secret, partnerUserId]),
      ...sheet.vouchers.map(({ code }) => code),
      ...sheet.cards.map(({ number }) => number),
      ...sheet.misbehavingReleases.map(({ releaseId }) => String(releaseId)),
      ...sheet.badResponses.map(({ what }) => what),
      "demo",
    ];
    expect(values.filter((value) => value && !text.includes(value))).toEqual([]);
    // Of the text of artist 990000004.
    expect(text).not.toContain("<b>");
  });

  it("the sheet is JSON for pages of every origin", async () => {
    const { headers, text } = await got("/cheat-sheet.json");
    expect(headers["access-control-allow-origin"]).toBe("*");
    expect(JSON.parse(text)).toEqual(sheet);
  });

  it("the pages are no calls", () => {
    expect(sandbox.journal.entries().filter(({ method }) => !/^[a-z]+\/[a-zA-Z/]+$/.test(method))).toEqual([]);
  });
});
