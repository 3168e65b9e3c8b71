/** `createServer`, and the settings that all entries take. */
import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { listSettings } from "../../../src/config/setting.js";
import { settings } from "../../../src/config/settings.js";
import { ConfigError, createServer, environmentSettings, type Settings } from "../../../src/entries/index.js";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("listens on the embedded sandbox, with GraphiQL and the guides, and leaves nothing behind", async () => {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  vi.stubEnv("TMPDIR", folder);
  const server = await createServer({ PORT: 0 });
  const page = await fetch(server.url, { headers: { accept: "text/html" } });
  expect(await page.text()).toContain("GraphiQL");
  expect((await fetch(new URL("/guides/embedding", server.url))).status).toBe(200);
  expect(readdirSync(folder)).toHaveLength(1);
  const listeners = process.listenerCount("exit");
  await server.close();
  expect(readdirSync(folder)).toEqual([]);
  expect(process.listenerCount("exit")).toBe(listeners - 1);
  await expect(fetch(server.url)).rejects.toThrow();
});

it("reads no environment, unless it is given it", async () => {
  vi.stubEnv("PORT", "no port");
  const server = await createServer({ PORT: 0 });
  await server.close();
  expect(environmentSettings()).toMatchObject({ PORT: "no port" });
  await expect(createServer(environmentSettings())).rejects.toThrow("PORT must be a whole number");
});

it("the settings of the environment are those alone, and a misspelt name is a mistake", () => {
  vi.stubEnv("PORT", "1");
  vi.stubEnv("SOMETHING_ELSE", "1");
  expect(environmentSettings()).not.toHaveProperty("SOMETHING_ELSE");
  expect(environmentSettings()).not.toHaveProperty("PATH");
  vi.stubEnv("SEVENDIGITAL_COUNTRYS", "GB");
  expect(environmentSettings).toThrow("did you mean SEVENDIGITAL_COUNTRY?");
});

it("every mistake is in one error", async () => {
  const wrong = { PORT: "x", PROT: 1, LOG_LEVEL: true, HOST: null } as unknown as Settings;
  const error = await createServer(wrong).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).mistakes.map((mistake) => mistake.split(" ")[0])).toEqual(["PROT", "HOST", "PORT", "LOG_LEVEL"]);
});

it("an address in use is an error, and the embedded sandbox has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "server-"));
  const server = await createServer({ PORT: 0 });
  vi.stubEnv("TMPDIR", folder);
  await expect(createServer({ PORT: new URL(server.url).port })).rejects.toThrow("EADDRINUSE");
  expect(readdirSync(folder)).toEqual([]);
  await server.close();
});

it("the type of the settings has every setting with its description, and no other name", () => {
  const text = readFileSync(join(import.meta.dirname, "../../../src/entries/settings.ts"), "utf8");
  const declared = [...text.matchAll(/\/\*\* (.+) \*\/\n {2}readonly (\w+)\?: SettingValue \| undefined;/g)];
  const own = declared.filter(([, , name = ""]) => !/^(?:https?|no)_proxy$/i.test(name));
  const expected = listSettings(settings).flatMap(({ names, description, options: { fallback } }) => {
    const [name = "", file] = names;
    const about = `${description.replace(/\.$/, "")}.${fallback ? ` Default: ${fallback}.` : ""}`;
    return [[name, about], ...(file === undefined ? [] : [[file, `A file with ${name}.`]])];
  });
  expect(own.map(([, about, name]) => [name, about])).toEqual(expected);
});
