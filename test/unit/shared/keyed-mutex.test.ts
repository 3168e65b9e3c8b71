import { expect, it } from "vitest";
import { KeyedMutex } from "../../../src/shared/keyed-mutex.js";

/** A task that ends when it is told to. */
function task(): { run: () => Promise<string>; end: (failure?: Error) => void; begun: () => boolean } {
  let begun = false;
  let resolve: (value: string) => void = () => undefined;
  let reject: (failure: Error) => void = () => undefined;
  const promise = new Promise<string>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return {
    run: () => {
      begun = true;
      return promise;
    },
    end: (failure) => (failure === undefined ? resolve("done") : reject(failure)),
    begun: () => begun,
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it("lets one task after the other run, whether or not the one before failed", async () => {
  const turns = new KeyedMutex();
  const [first, second, third] = [task(), task(), task()];
  const results = [first, second, third].map(({ run }) => turns.run("basket", run).catch((error: unknown) => error));
  await settled();
  expect([first, second, third].map(({ begun }) => begun())).toEqual([true, false, false]);
  first.end(new Error("broken"));
  await settled();
  expect([second, third].map(({ begun }) => begun())).toEqual([true, false]);
  second.end();
  third.end();
  expect(await Promise.all(results)).toEqual([new Error("broken"), "done", "done"]);
});

it("keeps nothing of a name that nobody waits under any more", async () => {
  const turns = new KeyedMutex();
  const failing = turns.run("failing", () => Promise.reject(new Error("broken"))).catch(() => undefined);
  await Promise.all([turns.run("one", () => Promise.resolve()), turns.run("one", () => Promise.resolve()), failing]);
  await settled();
  expect(turns.size).toBe(0);
});
