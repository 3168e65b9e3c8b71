/** A signal that comes while the process starts. */
import { afterEach, expect, it } from "vitest";
import { killProcesses, startProcess } from "../../support/process.js";

afterEach(killProcesses);

const withKey = { SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" };

it.each([
  ["SIGTERM", "before the real API", withKey],
  ["SIGINT", "before the real API", withKey],
  ["SIGTERM", "before the embedded sandbox", {}],
])(
  "%s before it listens, %s, ends it with code 0: there is nobody to wait for",
  async (signal, _where, environment) => {
    const { code, output, errors } = startProcess(
      environment,
      `import { Server } from "node:net";
      Server.prototype.listen = () => void process.kill(process.pid, "${signal}");
      setTimeout(() => process.exit(7), 30_000);`,
    );
    expect([await code, await output, await errors]).toEqual([0, "", ""]);
  },
  60_000,
);
