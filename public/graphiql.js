/** Starts GraphiQL, in the browser. `graphiqlSettings` is defined before (src/http/graphiql/graphiql.ts).
 *
 *  @typedef {{ id?: string, query: string | null, headers?: string | null, variables?: string | null }} Tab
 *  @typedef {{ tabs: readonly Tab[], activeTabIndex: number }} Tabs
 *  @typedef {{ query: string, variables?: unknown, operationName?: string | null }} Operation
 *  @typedef {{ headers?: Record<string, string>, signal?: AbortSignal }} Sending
 *  @typedef {{ placeholder: string, query: string, path: readonly string[] }} Prefill
 *  @typedef {{ endpoint: string, tabs: readonly Tab[], prefills: readonly Prefill[], look: object }} Settings
 */
"use strict";

(() => {
  /** @type {any} */
  const page = globalThis;
  /** @type {Settings} */
  const { endpoint, tabs, prefills, look } = page.graphiqlSettings;

  const tabsKey = "graphiql:tabState";
  const filledKey = "7digital:prefilled";
  const keyPlaceholder = "<new key>";
  const patienceMs = 5000;
  const darkTheme = "graphiql-DARK";
  const lightTheme = "graphiql-LIGHT";

  const json = "application/graphql-response+json, application/json";
  const events = "text/event-stream";

  /** The operation's name is left out where the document has no such operation: GraphiQL learns of another tab's name 100 ms late.
   *  @param {string} accept
   *  @param {Operation} parameters
   *  @param {Sending} options */
  function post(accept, { query, variables, operationName }, { headers, signal }) {
    const isInDocument = operationName != null && new RegExp(`\\b(query|mutation|subscription)\\s+${operationName}\\b`).test(query);
    return fetch(endpoint, {
      method: "POST",
      headers: { accept, "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables, operationName: isInDocument ? operationName : undefined }),
      ...(signal && { signal }),
    });
  }

  /** @param {Response} response */
  async function resultOf(response) {
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      throw new Error(`HTTP ${response.status}: ${text}`);
    }
  }

  /** @param {Operation} parameters
   *  @param {Sending} [options] */
  const send = async (parameters, options = {}) => resultOf(await post(json, parameters, options));

  /** The results of a subscription, or the parts of a query, as they come.
   *  @param {Operation} parameters
   *  @param {Sending} options */
  async function* receive(parameters, options) {
    const response = await post(events, parameters, options);
    if (response.body === null || !response.headers.get("content-type")?.startsWith(events)) {
      yield await resultOf(response);
      return;
    }
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; ;) {
      const { done, value } = await reader.read();
      if (done) throw new Error("The server closed the connection. Run it again.");
      const whole = (text + value).split("\n\n");
      text = whole.pop() ?? "";
      for (const [, kind, data] of whole.map((event) => /^event: (\w+)\ndata:(.*)$/.exec(event) ?? [])) {
        if (kind === "complete") return;
        if (kind === "next") yield JSON.parse(data ?? "");
      }
    }
  }

  /** @param {Operation} parameters
   *  @param {Sending} [options] */
  function fetcher(parameters, options = {}) {
    if (!/\bsubscription\b|@(defer|stream)\b/.test(parameters.query)) return send(parameters, options);
    const stopped = new AbortController();
    const results = receive(parameters, { ...options, signal: stopped.signal });
    return {
      [Symbol.asyncIterator]() {
        return this;
      },
      next: () => results.next(),
      /** By the Stop button, even while the next result is waited for. */
      return() {
        stopped.abort();
        return results.return();
      },
    };
  }

  /** A new idempotency key. `crypto.randomUUID` exists only on https and localhost. */
  function newKey() {
    const digits = [...crypto.getRandomValues(new Uint8Array(8))].map((byte) => byte.toString(16).padStart(2, "0"));
    return `graphiql-${digits.join("")}`;
  }

  /** @param {Prefill} prefill
   *  @returns {Promise<readonly (readonly [placeholder: string, value: string])[]>} Empty if the server did not say. */
  async function askFor({ placeholder, query, path }) {
    try {
      const { data } = await send({ query }, { signal: AbortSignal.timeout(patienceMs) });
      const value = path.reduce((parent, name) => parent?.[name], data);
      return typeof value === "string" ? [[placeholder, value]] : [];
    } catch {
      return [];
    }
  }

  /** Puts this visit's values into the tabs: into those that the browser has kept, in place of an earlier visit's, else into those that the
   *  page opens with. */
  async function prefill() {
    const answers = await Promise.all(prefills.map(askFor));
    const values = new Map(answers.flat());
    /** @type {[placeholder: string, value: string][]} */
    const filled = [];
    /** @param {string} placeholder */
    const valueOf = (placeholder) => {
      const value = placeholder === keyPlaceholder ? newKey() : values.get(placeholder);
      if (value !== undefined) filled.push([placeholder, value]);
      return value ?? placeholder;
    };
    const placeholders = [...prefills.map(({ placeholder }) => placeholder), keyPlaceholder];
    /** @param {string} text */
    const fill = (text) => placeholders.reduce((done, placeholder) => done.replaceAll(placeholder, () => valueOf(placeholder)), text);
    /** @type {[placeholder: string, value: string][]} */
    const earlier = JSON.parse(localStorage.getItem(filledKey) ?? "[]");
    const renewed = new Map(earlier.map(([placeholder, value]) => [value, valueOf(placeholder)]));
    const kept = localStorage.getItem(tabsKey);
    if (kept !== null) localStorage.setItem(tabsKey, fill([...renewed].reduce((done, [old, fresh]) => done.replaceAll(old, fresh), kept)));
    const filledTabs = kept === null ? tabs.map((tab) => ({ ...tab, query: tab.query && fill(tab.query) })) : tabs;
    localStorage.setItem(filledKey, JSON.stringify([...new Map(filled.map((pair) => [pair[1], pair])).values()]));
    return filledTabs;
  }

  /** @returns {Tab | undefined} The tab that was open when the page was left. */
  function keptTab() {
    try {
      /** @type {Tabs} */
      const kept = JSON.parse(localStorage.getItem(tabsKey) ?? "");
      return kept.tabs[kept.activeTabIndex];
    } catch {
      return undefined;
    }
  }

  /** GraphiQL keeps the open tab's texts a second time, and writes them at other moments. Where they differ it opens one more tab.
   *  @param {Tab} tab */
  function keepOnce(tab) {
    for (const name of /** @type {const} */ (["query", "variables", "headers"])) localStorage.setItem(`graphiql:${name}`, tab[name] ?? "");
  }

  /** @param {Tab | undefined} tab */
  const hasHeaders = (tab) => /\S/.test((tab?.headers ?? "").replace(/[{}]/g, ""));

  const narrow = matchMedia("(max-width: 760px)");

  /** Shows the Headers pane with a tab that has headers, if there is room, and no pane with others.
   *  @param {Tab | undefined} tab */
  function showHeaders(tab) {
    const bar = document.querySelector(".graphiql-editor-tools");
    const toggle = bar?.querySelector(".graphiql-toggle-editor-tools");
    const isOpen = toggle?.getAttribute("aria-label")?.startsWith("Hide");
    const button = hasHeaders(tab) && !narrow.matches ? bar?.querySelector('[data-name="headers"]') : isOpen ? toggle : undefined;
    if (button instanceof HTMLElement) button.click();
  }

  /** Editors wrap lines, and change with the system between light and dark, as the rest of the page does. */
  function setUpEditors() {
    const { editor } = page.monaco;
    editor.onDidCreateEditor((/** @type {any} */ created) =>
      created.updateOptions({ wordWrap: "on", ...(narrow.matches && { fontSize: 13 }) }),
    );
    // GraphiQL defines its themes when it starts. Comments, which explain our tabs, have too little contrast in its dark one.
    const { defineTheme } = editor;
    editor.defineTheme = (/** @type {string} */ name, /** @type {any} */ theme) => {
      const rules = name === darkTheme ? [...theme.rules, { token: "comment", foreground: "#93b986" }] : theme.rules;
      defineTheme(name, { ...theme, rules });
    };
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => {
      // Set by a person in GraphiQL's settings.
      if (localStorage.getItem("graphiql:theme")) return;
      editor.setTheme(dark.matches ? darkTheme : lightTheme);
    });
  }

  async function start() {
    setUpEditors();
    const defaultTabs = await prefill();
    const kept = keptTab();
    if (kept !== undefined) keepOnce(kept);
    const first = kept ?? tabs[0];
    let shown = first?.id;
    page.YogaGraphiQL.renderYogaGraphiQL(document.getElementById("root"), {
      ...look,
      fetcher,
      defaultTabs,
      defaultEditorToolsVisibility: hasHeaders(first) && !narrow.matches ? "headers" : false,
      // Yoga's own would write each edit into the address, whose length is limited, and which servers log.
      onEditQuery: undefined,
      onTabChange(/** @type {Tabs} */ { tabs: all, activeTabIndex }) {
        const tab = all[activeTabIndex];
        if (tab?.id === shown) return;
        shown = tab?.id;
        setTimeout(() => showHeaders(tab));
      },
    });
  }

  void start();
})();
