/** Values in localStorage that components watch, in every tab of the shop. */
import { useSyncExternalStore } from "react";

export interface Stored<T> {
  /** Undefined if there is none, or none that this version of the shop understands. */
  readonly read: () => T | undefined;
  /** Undefined removes it. */
  readonly write: (value: T | undefined) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createStored<T>(key: string, accept: (value: unknown) => value is T): Stored<T> {
  const listeners = new Set<() => void>();
  let text: string | null = null;
  let value: T | undefined;
  const notify = (): void => listeners.forEach((listener) => listener());
  window.addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) notify();
  });
  return {
    read() {
      const current = localStorage.getItem(key);
      // React compares what it reads by identity.
      if (current !== text) [text, value] = [current, parse(current, accept)];
      return value;
    },
    write(next) {
      if (next === undefined) localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify(next));
      notify();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function parse<T>(text: string | null, accept: (value: unknown) => value is T): T | undefined {
  if (text === null) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return accept(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function useStored<T>({ subscribe, read }: Stored<T>): T | undefined {
  return useSyncExternalStore(subscribe, read);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
