/** What Linux knows about another process. Everything is undefined where there is no /proc. */
import { readFileSync } from "node:fs";

/** USER_HZ, in which /proc counts; 100 on every architecture Node runs on. */
const ticksPerSecond = 100;

/** CPU time that all its threads have taken so far, garbage collection included. Moves in steps of 10 ms. */
export function cpuMs(pid: number): number | undefined {
  // The name of the program stands in parentheses and may hold anything.
  const fields = read(`/proc/${pid}/stat`)
    ?.replace(/^.*\) /s, "")
    .split(" ");
  if (fields === undefined) return undefined;
  // utime and stime are fields 14 and 15 of proc(5), of which the first two are cut off.
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}

export interface Memory {
  readonly residentBytes: number;
  readonly peakBytes: number;
}

export function memory(pid: number): Memory | undefined {
  const status = read(`/proc/${pid}/status`);
  if (status === undefined) return undefined;
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(status)?.[1]) * 1024;
  return { residentBytes: bytes("VmRSS"), peakBytes: bytes("VmHWM") };
}

/** Processes that it has started and that live. */
export function childrenOf(pid: number): readonly number[] {
  return (read(`/proc/${pid}/task/${pid}/children`) ?? "").split(" ").filter(Boolean).map(Number);
}

/** The cores this process may run on: "0-3,8" as Linux writes it. */
export function allowedCores(): readonly number[] {
  const list = /^Cpus_allowed_list:\s+(\S+)/m.exec(read("/proc/self/status") ?? "")?.[1] ?? "";
  return list.split(",").flatMap((range) => {
    const [first = NaN, last = first] = range.split("-").map(Number);
    return Array.from({ length: Math.max(0, last - first + 1) || 0 }, (_, index) => first + index);
  });
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
