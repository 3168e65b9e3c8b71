/** What the service says on stdout when it listens. */
import { writeOrLose } from "../telemetry/log-output.js";

interface Landing {
  /** Where the graph is served. */
  readonly url: string;
  /** Of 7digital's API. */
  readonly baseUrl: string;
  readonly isSandbox: boolean;
}

export function announce({ url, baseUrl, isSandbox }: Landing): void {
  const sandbox = `the embedded sandbox, a made-up catalogue, at ${new URL(baseUrl).origin} (docs/sandbox.md)`;
  const source = isSandbox ? sandbox : `the real API at ${baseUrl}`;
  writeOrLose(process.stdout, `7digital GraphQL on ${url} - open it in a browser to explore. It answers from ${source}.\n`);
}
