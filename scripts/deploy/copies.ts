/** Copies of the service, each in a container. */
import { ensure, kill, until } from "./commands.js";
import type { Containers } from "./container.js";

export interface Copy {
  readonly origin: string;
  /** SIGTERM, as in a release. @throws Error unless it ends well. */
  readonly stop: () => Promise<void>;
  /** SIGKILL. */
  readonly kill: () => Promise<void>;
}

/** Where it listens. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Resolves when it answers. Without settings of 7digital it has an embedded sandbox. */
export async function startCopy(
  containers: Containers,
  { host, port }: Address,
  settings: Readonly<Record<string, string>> = {},
): Promise<Copy> {
  const container = containers.start([], { PORT: String(port), HOST: host, ...settings });
  const origin = `http://${host}:${String(port)}`;
  await until(async () => (await fetch(`${origin}/health`)).ok, "the copy answers", container.said);
  return {
    origin,
    async stop() {
      container.signal("SIGTERM");
      const code = await container.ended;
      ensure(code === 0, `A copy that was stopped ended with code ${String(code)}: ${container.said()}`);
    },
    async kill() {
      kill(container.child.pid);
      await container.ended;
    },
  };
}
