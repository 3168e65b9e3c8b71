/** One copy of the service: the built `dist/main.js`, always on the same port. */
import { tmpdir } from "node:os";
import { freePort } from "../free-port.js";
import { start, until, type Started } from "../deploy/commands.js";

export class Copy {
  private running: Started | undefined;

  private constructor(
    private readonly main: string,
    readonly port: number,
    private readonly settings: Readonly<Record<string, string>>,
  ) {}

  static async of(main: string, settings: Readonly<Record<string, string>>): Promise<Copy> {
    return new Copy(main, await freePort(), settings);
  }

  get origin(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const env = { PATH: process.env["PATH"], NODE_ENV: "production", ...this.settings, PORT: String(this.port) };
    // A folder without a file .env. The flag is that of `npm start`.
    const running = start(process.execPath, ["--max-semi-space-size=4", this.main], { cwd: tmpdir(), env });
    this.running = running;
    await until(async () => (await fetch(`${this.origin}/ready`)).ok, "a copy is ready", running.said);
  }

  /** As a release does. @returns Its exit code. */
  async stop(): Promise<number | null> {
    this.running?.child.kill("SIGTERM");
    return (await this.running?.ended) ?? null;
  }

  /** What it said on stderr and stdout. */
  said(): string {
    return this.running?.said() ?? "";
  }

  kill(): void {
    this.running?.child.kill("SIGKILL");
  }
}
