/** A page with one component, for tests: React draws it without a browser. */
import { Window } from "happy-dom";
import { createElement, Suspense, type ReactElement } from "react";
import { createRoot } from "react-dom/client";
import { RelayEnvironmentProvider } from "react-relay";
import type { Environment } from "relay-runtime";
import { expect, onTestFinished } from "vitest";
import { eventually } from "../support/eventually";

const window = new Window();
// React looks for these.
Object.assign(globalThis, { window, document: window.document });

export interface Screen {
  show(environment: Environment, component: ReactElement): void;
  /** Texts of the elements, once there are any, or as many. */
  texts(selector: string, count?: number): Promise<string[]>;
  press(label: string): void;
}

export function openScreen(): Screen {
  const container = document.createElement("div");
  const root = createRoot(container);
  onTestFinished(() => root.unmount());
  const texts = (selector: string) => [...container.querySelectorAll(selector)].map(({ textContent }) => textContent);
  return {
    show(environment, component) {
      const children = createElement(Suspense, { fallback: "…" }, component);
      root.render(createElement(RelayEnvironmentProvider, { environment, children }));
    },
    async texts(selector, count) {
      await eventually(() => expect(texts(selector)).toHaveLength(count ?? Math.max(1, texts(selector).length)));
      return texts(selector);
    },
    press(label) {
      [...container.querySelectorAll("button")].find(({ textContent }) => textContent === label)?.click();
    },
  };
}
