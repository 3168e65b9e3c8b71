/** What has just happened, in words: shown for all, and read out by screen readers. */
import { useEffect, useSyncExternalStore } from "react";

/** It only repeats what the page shows anyway. */
const shownMs = 8000;

let message = "";
const listeners = new Set<() => void>();

export function announce(text: string): void {
  message = text;
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Announcer() {
  const text = useSyncExternalStore(subscribe, () => message);
  useEffect(() => {
    const timer = setTimeout(() => announce(""), shownMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <div className="announcer" role="status">
      {text !== "" && (
        <p className="toast">
          {text}
          <button type="button" className="quiet" onClick={() => announce("")}>
            <span aria-hidden="true">×</span>
            <span className="visually-hidden">Dismiss</span>
          </button>
        </p>
      )}
    </div>
  );
}
