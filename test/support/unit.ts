/** Keeps unit tests quick and repeatable: in test/unit, a test that opens a socket or starts a process fails. */
import childProcess, { ChildProcess } from "node:child_process";
import { Server, Socket } from "node:net";
import { expect } from "vitest";

function fail(): never {
  throw new Error("A unit test must not open a socket or start a process. Move it to test/integration, or pass in what it needs.");
}

if (expect.getState().testPath?.includes("/test/unit/")) {
  Server.prototype.listen = fail;
  Socket.prototype.connect = fail;
  Object.assign(ChildProcess.prototype, { spawn: fail });
  Object.assign(childProcess, { spawnSync: fail, execFileSync: fail, execSync: fail });
}
