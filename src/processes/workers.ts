/** The workers of a primary process: started, linked, replaced when they end. */
import cluster, { type Worker } from "node:cluster";
import { setTimeout as wait } from "node:timers/promises";
import { failureFacts } from "../telemetry/failure-report.js";
import type { Log } from "../telemetry/log.js";
import { Handovers } from "./handover.js";
import { linkToWorker, type Listening, type PrimaryCalls, type WorkerLink } from "./calls.js";

/** A worker that lives for so long is replaced at once. Each that ends sooner doubles the pause. */
const settledMs = 10_000;
const shortestPauseMs = 100;
const longestPauseMs = 30_000;
/** Each is asked so often whether it answers, and killed after so many questions without an answer. Counted and not timed: while the machine
 *  or the primary process stands still, none is asked. */
const askEveryMs = 1000;
const mostUnanswered = 30;

export interface WorkersOptions<S> {
  readonly log: Log;
  /** Calls of the worker of this number. */
  readonly callsOf: (number: number) => Omit<PrimaryCalls, "ready">;
  /** What it starts from. @param port Undefined for the configured one. */
  readonly setupOf: (number: number, port: number | undefined) => S;
  /** Another one listens. */
  readonly onListening: () => void;
  /** It has ended. */
  readonly onEnded: (number: number) => void;
}

interface Running<S> {
  readonly number: number;
  readonly worker: Worker;
  readonly link: WorkerLink<S>;
  /** Resolves when it takes calls. @throws Error where it cannot be started, or ends first. */
  readonly ready: Promise<void>;
  listening: boolean;
  /** Its exit code; null where it was killed. */
  readonly ended: Promise<number | null>;
}

export class Workers<S> {
  private readonly running = new Map<number, Running<S>>();
  private readonly handovers = new Handovers();
  private readonly stopping = new AbortController();
  private readonly last: Promise<number | null>[] = [];
  /** Where all of them listen, once the first does. */
  private port: number | undefined;
  /** What they ask for. They share a port by this number: 0 is the same free one, as long as one of them has it. */
  private askedPort: number | undefined;

  constructor(private readonly options: WorkersOptions<S>) {
    // Connections are dealt out in turn: left to the kernel, one process gets most of them (docs/decisions/0043).
    cluster.schedulingPolicy = cluster.SCHED_RR;
    cluster.setupPrimary({ args: ["worker"], serialization: "advanced" });
    process.once("exit", () => this.end());
  }

  /** It loads from now on. */
  fork(number: number): Running<S> {
    const worker = cluster.fork();
    if (worker.process.pid !== undefined) this.handovers.watch(worker);
    let takesCalls = (): void => undefined;
    let fails: (reason: Error) => void = () => undefined;
    const ready = new Promise<void>((resolve, reject) => {
      takesCalls = resolve;
      fails = reject;
    });
    // It may end before anything waits for it.
    ready.catch(() => undefined);
    const link = linkToWorker<S>(worker, { ...this.options.callsOf(number), ready: () => takesCalls() });
    const ended = new Promise<number | null>((resolve) => {
      worker.once("exit", (code: number | null) => {
        const reason = new Error("a process ended while it started.");
        this.running.delete(number);
        link.$close(reason);
        this.options.onEnded(number);
        fails(reason);
        resolve(code);
      });
    });
    // A message to one that has just ended fails. Its exit follows, but where the system could not start it, Node says nothing more.
    worker.on("error", (error: Error) => {
      if (worker.process.pid !== undefined) return;
      fails(error);
      worker.process.emit("exit", null, null);
    });
    const running = { number, worker, link, ready, listening: false, ended };
    this.running.set(number, running);
    return running;
  }

  /** It listens from then on, and is replaced whenever it ends. @throws Error where it cannot listen. */
  async start(running: Running<S>): Promise<Listening> {
    const listening = await this.listen(running);
    void this.keep(running);
    return listening;
  }

  /** Those that listen, by their numbers. */
  get listening(): ReadonlyMap<number, WorkerLink<S>> {
    const links = [...this.running.values()].flatMap(({ number, link, listening }) => (listening ? [[number, link] as const] : []));
    return new Map(links);
  }

  /** No worker is replaced any more, and those that do not listen yet end at once. */
  stopReplacing(): void {
    if (this.isStopping()) return;
    this.stopping.abort();
    for (const one of this.running.values()) {
      if (one.listening) this.last.push(one.ended);
      else one.worker.process.kill("SIGKILL");
    }
  }

  /** Exit codes of those that listened last, when all have ended. */
  ended(): Promise<readonly (number | null)[]> {
    return Promise.all(this.last);
  }

  /** Ends all of them at once, for good. */
  kill(): void {
    this.stopping.abort();
    this.end();
  }

  /** This process ends. After a failure of it, those that listen see through what is under way. */
  private end(): void {
    for (const { worker, listening } of this.running.values()) if (this.isStopping() || !listening) worker.process.kill("SIGKILL");
  }

  private async keep(first: Running<S>): Promise<void> {
    const { number } = first;
    let pauseMs = 0;
    for (let running: Running<S> | undefined = first; ; running = await this.again(number)) {
      const startedMs = performance.now();
      const code = await running?.ended;
      if (this.isStopping()) return;
      const isSettled = performance.now() - startedMs >= settledMs;
      pauseMs = isSettled ? 0 : Math.min(Math.max(shortestPauseMs, pauseMs * 2), longestPauseMs);
      this.options.log.error({ process: number, exitCode: code ?? "killed", pauseMs }, "a process ended and is replaced");
      await wait(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.isStopping()) return;
    }
  }

  /** @returns Undefined where the system refuses at once, for example for want of memory. */
  private async again(number: number): Promise<Running<S> | undefined> {
    let running: Running<S> | undefined;
    try {
      running = this.fork(number);
      await this.listen(running);
    } catch (error) {
      if (!this.isStopping()) this.options.log.error({ process: number, ...failureFacts(error) }, "a process could not start");
      running?.worker.process.kill("SIGKILL");
    }
    return running;
  }

  private async listen(running: Running<S>): Promise<Listening> {
    await running.ready;
    if (this.listening.size === 0) this.askedPort = this.port;
    const listening = await running.link.start(this.options.setupOf(running.number, this.askedPort));
    this.port ??= listening.port;
    // All others ended before it had asked for the port 0, which was another free one then.
    if (listening.port !== this.port) throw new Error("a process listens on another port.");
    running.listening = true;
    this.watch(running);
    this.options.onListening();
    return listening;
  }

  /** Kills one whose event loop is blocked: Node gives it no more connections, but what is on those it has would wait for ever. */
  private watch({ number, worker, link, ended }: Running<S>): void {
    let unanswered = 0;
    const asking = setInterval(() => {
      unanswered += 1;
      link.answer().then(
        () => (unanswered = 0),
        () => undefined,
      );
      if (unanswered !== mostUnanswered) return;
      this.options.log.error({ process: number }, "a process does not answer and is killed");
      worker.process.kill("SIGKILL");
    }, askEveryMs);
    void ended.then(() => clearInterval(asking));
  }

  private isStopping(): boolean {
    return this.stopping.signal.aborted;
  }
}
