/** Reads a response twice: its bytes in one pass, and its text by way of a tree. Both must say the same. */
import { expect } from "vitest";
import type { Endpoint } from "../../src/upstream/endpoint.js";
import type { WireAnswer } from "../../src/upstream/pipeline.js";
import { gaveUp, readResponse } from "../../src/upstream/xml/bytes/read-response.js";
import { readAnswer } from "../../src/upstream/xml/envelope.js";
import { Reading } from "../../src/upstream/xml/reading.js";

type Method<R> = Pick<Endpoint<never, R>, "path" | "auth" | "personal" | "result" | "readsFailure">;
type Asked = NonNullable<Parameters<typeof readAnswer>[2]>;
type Answer = Pick<WireAnswer, "httpStatus"> & Partial<WireAnswer> & { readonly body: string };

/** As `readAnswer`. Fails where the readers differ in the value, the order of its keys, its findings or the error. */
export function readByBoth<R>(endpoint: Method<R>, answer: Answer, asked: Asked = {}): R {
  const byBytes = outcome(endpoint, { ...answer, body: Buffer.from(answer.body) }, { ...asked, reading: new Reading(endpoint.path) });
  const reading = asked.reading ?? new Reading(endpoint.path);
  const byTree = outcome(endpoint, answer, { ...asked, reading });
  expect(byBytes.text).toBe(byTree.text);
  if (byTree.error !== undefined) throw byTree.error as Error;
  return byBytes.value as R;
}

const received = { httpStatus: 200, header: () => undefined, body: "" };

/** Whether it can be read in one pass. */
export function isReadInOnePass(endpoint: Method<unknown>, body: string): boolean {
  return readResponse(endpoint, Buffer.from(body), new Reading(endpoint.path), received) !== gaveUp;
}

interface Outcome {
  readonly value?: unknown;
  readonly error?: unknown;
  /** All of it. */
  readonly text: string;
}

type Bodied = Partial<WireAnswer> & Pick<WireAnswer, "httpStatus" | "body">;

function outcome(endpoint: Method<unknown>, answer: Bodied, asked: Asked & { readonly reading: Reading }): Outcome {
  const { reading } = asked;
  try {
    const value = readAnswer(endpoint, answer, asked);
    return { value, text: written({ value, isFrozen: isFrozen(value), findings: reading.findings() }) };
  } catch (error) {
    const { message } = error as Error;
    return { error, text: written({ message, ...(error as object), findings: reading.findings() }) };
  }
}

/** Keys in their order, and those without a value, too. */
function written(value: unknown): string {
  return JSON.stringify(value, (_key, inside: unknown) =>
    inside === undefined ? "<undefined>" : inside instanceof Error ? String(inside) : inside,
  );
}

function isFrozen(value: unknown): boolean {
  return typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(isFrozen));
}
