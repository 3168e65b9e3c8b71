import { vi } from "vitest";

/** Waits until the assertion holds. The time is that of a machine under load: on others it takes a few milliseconds. */
export function eventually(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { timeout: 15_000 });
}
