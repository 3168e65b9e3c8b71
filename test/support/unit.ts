/** Keeps unit tests quick and repeatable: in test/unit, a test that opens a socket or starts a process fails. */
import childProcess, { ChildProcess } from "node:child_process";
import { Server, Socket } from "node:net";
import { afterAll, expect } from "vitest";

function fail(): never {
  throw new Error("A unit test must not open a socket or start a process. Move it to test/integration, or pass in what it needs.");
}

/** Files of tests share their process, so the next one gets back what it was. */
function forbid<T extends object>(target: T, ...names: readonly (keyof T)[]): void {
  for (const name of names) {
    const original = Object.getOwnPropertyDescriptor(target, name);
    if (original === undefined) throw new Error(`There is no ${String(name)} to forbid.`);
    Object.defineProperty(target, name, { ...original, value: fail });
    afterAll(() => void Object.defineProperty(target, name, original));
  }
}

if (expect.getState().testPath?.includes("/test/unit/")) {
  forbid(Server.prototype, "listen");
  forbid(Socket.prototype, "connect");
  forbid(ChildProcess.prototype as ChildProcess & { spawn: unknown }, "spawn");
  forbid(childProcess, "spawnSync", "execFileSync", "execSync");
}
