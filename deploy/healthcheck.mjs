/** Asks the service of this container whether it is alive: exit code 0 or 1. Images have no curl. */
const port = process.env.PORT || "4000";
try {
  const { ok } = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2500) });
  process.exitCode = ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
