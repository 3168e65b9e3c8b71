/** A PostgreSQL server of one's own, from the binaries that Debian installs, in a folder and on a port of its own. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "pg";
import { freePort } from "../free-port.js";

const installed = "/usr/lib/postgresql";
const startMs = 30_000;

/** Folder of the newest server's binaries; undefined where there is none. */
export function postgresBinaries(): string | undefined {
  const versions = existsSync(installed) ? readdirSync(installed).filter((name) => /^\d+$/.test(name)) : [];
  const folders = versions.sort((one, other) => Number(other) - Number(one)).map((version) => join(installed, version, "bin"));
  return folders.find((folder) => existsSync(join(folder, "postgres")));
}

/** Whom to run it as: it refuses to run as root. */
function runAs(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const [, , uid, gid] = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody") ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

export class PostgresServer {
  private child: ChildProcess | undefined;
  /** Processes that `freeze` has stopped. */
  private frozen: readonly number[] = [];
  private databases = 0;
  private backups = 0;

  private constructor(
    readonly folder: string,
    readonly port: number,
  ) {
    process.once("exit", this.kill);
  }

  /** @throws Error where it cannot be started. */
  static async start(settings: readonly string[] = []): Promise<PostgresServer> {
    const folder = newFolder();
    run("initdb", ["-D", join(folder, "data"), "-U", "records", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"], folder);
    const server = new PostgresServer(folder, await freePort());
    await server.run(settings);
    return server;
  }

  /** Resolves when it answers. @param settings "name=value" each. */
  async run(settings: readonly string[] = []): Promise<void> {
    const all = ["listen_addresses=127.0.0.1", `port=${String(this.port)}`, `unix_socket_directories=${this.folder}`, ...settings];
    const args = ["-D", join(this.folder, "data"), ...all.flatMap((setting) => ["-c", setting])];
    const child = spawn(binary("postgres"), args, { ...runAs(), cwd: this.folder, stdio: "ignore" });
    this.child = child;
    const untilMs = performance.now() + startMs;
    while (!(await this.answers())) {
      if (child.exitCode !== null || performance.now() > untilMs) throw new Error("PostgreSQL did not start.");
      await wait(50);
    }
  }

  /** A standby of its own that follows it. */
  async standby(): Promise<PostgresServer> {
    const folder = newFolder();
    const args = ["-D", join(folder, "data"), "-d", this.url(), "--write-recovery-conf", "--no-sync", "--checkpoint=fast"];
    run("pg_basebackup", args, folder);
    const standby = new PostgresServer(folder, await freePort());
    await standby.run();
    return standby;
  }

  /** A standby becomes the server that takes writes. */
  async promote(): Promise<void> {
    await this.query("SELECT pg_promote()");
  }

  /** @returns The folder of a copy of all its databases, which is removed with the server. */
  baseBackup(): string {
    this.backups += 1;
    const copy = join(this.folder, `backup-${String(this.backups)}`);
    run("pg_basebackup", ["-D", copy, "-d", this.url(), "--no-sync", "--checkpoint=fast"], this.folder);
    return copy;
  }

  /** Stops the server, puts the copy in its place, and starts it. @param how `recovered` as the manual says, `as it is` as one should not. */
  async restore(copy: string, how: "recovered" | "as it is"): Promise<void> {
    await this.stop();
    const data = join(this.folder, "data");
    rmSync(data, { recursive: true });
    renameSync(copy, data);
    if (how === "recovered") writeFileSync(join(data, "recovery.signal"), "");
    await this.run(how === "recovered" ? ["restore_command=false"] : []);
    // Until then it is a standby.
    while (how === "recovered" && JSON.stringify(await this.query("SELECT pg_is_in_recovery() AS is")).includes("true")) await wait(50);
  }

  /** @param url Of a database. @returns The path of a dump of it. */
  dump(url: string, ...options: readonly string[]): string {
    this.backups += 1;
    const path = join(this.folder, `dump-${String(this.backups)}`);
    run("pg_dump", ["--format=custom", "--file", path, ...options, url], this.folder);
    return path;
  }

  /** Reads a dump into a database. */
  restoreDump(path: string, url: string, ...options: readonly string[]): void {
    run("pg_restore", ["--exit-on-error", "--dbname", url, ...options, path], this.folder);
  }

  /** Its processes hang, as on a machine that swaps. @returns How to let them go on. */
  freeze(): () => Promise<void> {
    const first = this.child?.pid;
    if (first === undefined) throw new Error("PostgreSQL does not run.");
    this.frozen = [first];
    signal(first, "SIGSTOP");
    // While the first one is stopped, none is added and no id is used again.
    const children = readFileSync(`/proc/${String(first)}/task/${String(first)}/children`, "utf8").match(/\d+/g) ?? [];
    this.frozen = [...children.map(Number), first];
    for (const pid of this.frozen) signal(pid, "SIGSTOP");
    return () => {
      this.thaw();
      return Promise.resolve();
    };
  }

  /** Of a database. The password is not asked for. */
  url(database = "postgres"): string {
    return `postgres://records:password-of-the-records@127.0.0.1:${String(this.port)}/${database}`;
  }

  /** @param tables Folder for its tables; by default they are where all else is. @returns Its URL. */
  async newDatabase(tables?: string): Promise<string> {
    this.databases += 1;
    const name = `records_${String(this.databases)}`;
    if (tables !== undefined) hand(tables);
    if (tables !== undefined) await this.query(`CREATE TABLESPACE of_${name} LOCATION '${tables}'`);
    await this.query(`CREATE DATABASE ${name}${tables === undefined ? "" : ` TABLESPACE of_${name}`}`);
    return this.url(name);
  }

  async query(sql: string, url = this.url()): Promise<readonly object[]> {
    const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** As an operator stops it: clients are cut off, and everything is written. */
  stop(): Promise<void> {
    return this.end("SIGINT");
  }

  /** As if the machine had gone. */
  crash(): Promise<void> {
    return this.end("SIGQUIT");
  }

  async remove(): Promise<void> {
    await this.crash();
    process.off("exit", this.kill);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async end(how: NodeJS.Signals): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    this.thaw();
    child.kill(how);
    await gone;
  }

  private thaw(): void {
    for (const pid of this.frozen) signal(pid, "SIGCONT");
    this.frozen = [];
  }

  private async answers(): Promise<boolean> {
    try {
      await this.query("SELECT 1");
      return true;
    } catch {
      return false;
    }
  }

  private readonly kill = (): void => {
    // A stopped process does nothing about other signals until it goes on.
    this.thaw();
    this.child?.kill("SIGQUIT");
  };
}

function signal(pid: number, how: NodeJS.Signals): void {
  try {
    process.kill(pid, how);
  } catch {
    // It has ended.
  }
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "postgres-"));
  hand(folder);
  return folder;
}

/** Gives a folder to whom the server runs as. */
function hand(folder: string): void {
  const user = runAs();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
}

function run(name: string, args: readonly string[], folder: string): void {
  const { status, stderr } = spawnSync(binary(name), args, { ...runAs(), cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
}

function binary(name: string): string {
  const folder = postgresBinaries();
  if (folder === undefined) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
  return join(folder, name);
}
