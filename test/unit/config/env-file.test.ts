import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnvFile } from "../../../src/config/env-file.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "env-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: string | Uint8Array) {
  const path = join(folder, ".env");
  writeFileSync(path, content);
  const { values, mistakes } = readEnvFile(path);
  return { values, mistakes: mistakes.map((mistake) => mistake.replace(`${path} `, "")) };
}

const utf16le = (text: string): Buffer => Buffer.from(`\ufeff${text}`, "utf16le");

describe("a .env file", () => {
  const text = "PORT=4000\r\nSEVENDIGITAL_COUNTRY=DE # Germany\r\nNOTE=Ünïcode 😀\r\n";
  const values = { PORT: "4000", SEVENDIGITAL_COUNTRY: "DE", NOTE: "Ünïcode 😀" };
  it.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16, little endian", utf16le(text)],
    ["UTF-16, big endian", utf16le(text).swap16()],
  ])("is read in %s", (_encoding, bytes) => {
    expect(read(bytes)).toEqual({ values, mistakes: [] });
  });

  it.each([
    ["Latin-1", Buffer.from("NOTE=Über", "latin1")],
    ["UTF-16 without a byte order mark", Buffer.from("PORT=4000", "utf16le")],
    ["half a UTF-16 character", utf16le("PORT=4000").subarray(0, -1)],
    ["a lone surrogate", utf16le("NOTE=\ud83d")],
    ["UTF-32", Buffer.from("fffe00005000000052000000", "hex")],
  ])("is refused in %s", (_encoding, bytes) => {
    expect(read(bytes)).toEqual({ values: {}, mistakes: ["must be UTF-8, or UTF-16 with a byte order mark."] });
  });

  it("holds comments, empty lines, exports, quotes and values of several lines", () => {
    const content = `# ours

export A=1
  export  B = two words  # and a comment
C="a # in quotes"
D='it costs $5\\n'
E=\`"both" 'quotes'\`
F="first
second" # behind
G="first\\nsecond"
H=
I= # nothing
J=x=y"z'
\tK=last`;
    expect(read(content)).toEqual({
      values: {
        A: "1",
        B: "two words",
        C: "a # in quotes",
        D: "it costs $5\\n",
        E: `"both" 'quotes'`,
        F: "first\nsecond",
        G: "first\nsecond",
        H: "",
        I: "",
        J: `x=y"z'`,
        K: "last",
      },
      mistakes: [],
    });
  });

  it("names every malformed line, and shows none", () => {
    const content = [
      "A=1",
      "SEVENDIGITAL_CONSUMER_SECRET s3cret",
      "s3cret",
      "PORT: 4000",
      `B="of s3cret`,
      `C='s3cret' s3cret`,
      "D=s3c#ret",
      "E='two",
      "lines'",
      "F=s3c\u0007ret",
      "export G",
      "=s3cret",
      "1H=s3cret",
      "I J=s3cret",
    ].join("\r\n");
    const { mistakes } = read(content);
    expect(mistakes).toEqual([
      "line 2 is not NAME=value.",
      "line 3 is not NAME=value.",
      "line 4 is not NAME=value.",
      "line 5 has quotes that are not closed, or something other than a comment after them.",
      "line 6 has quotes that are not closed, or something other than a comment after them.",
      "line 7 has a # in its value: put the value in quotes.",
      "line 10 has a control character in its value.",
      "line 11 is not NAME=value.",
      "line 12 is not NAME=value.",
      "line 13 is not NAME=value.",
      "line 14 is not NAME=value.",
    ]);
    expect(mistakes.join()).not.toContain("s3c");
  });

  it("may be missing, and may not be a directory or unreadable", () => {
    const path = join(folder, "other");
    expect(readEnvFile(path)).toEqual({ values: {}, mistakes: [] });
    mkdirSync(path);
    expect(readEnvFile(path).mistakes).toEqual([`${path} is a directory, not a file.`]);
    const loop = join(folder, "loop");
    symlinkSync(loop, loop);
    expect(readEnvFile(loop).mistakes).toEqual([`${loop} cannot be read (ELOOP).`]);
  });

  it("gives what Node reads, or refuses the line", () => {
    const piece = fc.constantFrom("A", "B_2", "=", " ", '"', "'", "`", "x", "\\n", "$", "export ", ",", ":", "ü");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const line = `A=${pieces.join("")}`;
        const { values, mistakes } = read(line);
        if (mistakes.length === 0) expect(values).toEqual({ ...parseEnv(line) });
        else expect(values).toEqual({});
      }),
      { numRuns: 500 },
    );
  });
});
