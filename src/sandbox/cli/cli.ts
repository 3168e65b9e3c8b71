/** `npm run sandbox`: runs the sandbox alone until a signal stops it. */

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

function printProblems(reasons: readonly string[]): void {
  console.error([...reasons, "", usage].join("\n"));
  process.exitCode = 2;
}

const command = commandOf(process.argv.slice(2));
if ("help" in command) console.log(usage);
else if ("problems" in command) printProblems(command.problems);
else await run(command.start).catch((error: unknown) => printProblems([`The sandbox cannot start: ${String(error)}`]));
