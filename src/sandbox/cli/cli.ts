/** `npm run sandbox`: runs the sandbox by itself until it is told to stop. */

import { commandOf, usage } from "./command-line.js";
import { signingConsumer } from "../oauth/signature.js";
import { startSandbox, type SandboxOptions } from "../sandbox.js";

async function run(options: SandboxOptions): Promise<void> {
  const sandbox = await startSandbox(options);
  const origin = new URL(sandbox.baseUrl).origin;
  const { key, secret } = signingConsumer;
  console.log(
    `7digital sandbox at ${sandbox.baseUrl} (https on the same port), signing consumer ${key} / ${secret}, journal ${origin}/_sandbox/journal`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void sandbox.close());
}

function refuse(reasons: readonly string[]): void {
  console.error([...reasons, "", usage].join("\n"));
  process.exitCode = 2;
}

const command = commandOf(process.argv.slice(2));
if ("help" in command) console.log(usage);
else if ("refused" in command) refuse(command.refused);
else await run(command.start).catch((error: unknown) => refuse([`The sandbox cannot start: ${String(error)}`]));
