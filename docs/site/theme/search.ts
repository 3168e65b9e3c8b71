/** The search. Its index is loaded when the search is first opened. */
import MiniSearch, { type SearchResult } from "minisearch";
import { indexOptions, type Entry } from "../search-index.js";
import { element } from "./element.js";

const mostResults = 20;

export function openSearch(): void {
  const dialog = element("site-search", HTMLDialogElement);
  const words = element("site-search-words", HTMLInputElement);
  const results = element("site-search-results", HTMLUListElement);
  const status = element("site-search-status", HTMLParagraphElement);
  let loading: Promise<MiniSearch<Entry>> | undefined;

  const show = async (): Promise<void> => {
    const asked = words.value.trim();
    const index = await (loading ??= load());
    // Another key was pressed meanwhile.
    if (asked !== words.value.trim()) return;
    const found = asked === "" ? [] : index.search(asked).slice(0, mostResults);
    results.replaceChildren(...found.map(resultItem));
    status.textContent = asked === "" ? "" : countOf(found.length);
  };
  const run = (): void => {
    show().catch(() => {
      loading = undefined;
      status.textContent = "The search cannot be loaded. Check the connection and type again.";
    });
  };
  const open = (): void => {
    dialog.showModal();
    words.select();
    run();
  };

  element("site-search-open", HTMLButtonElement).addEventListener("click", open);
  element("site-search-close", HTMLButtonElement).addEventListener("click", () => dialog.close());
  words.addEventListener("input", run);
  // A link within the page leaves the page as it is.
  results.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", ({ target }) => {
    if (target === dialog) dialog.close();
  });
  dialog.addEventListener("keydown", (event) => {
    // By itself, Escape clears the words before it closes.
    if (event.key === "Escape") dialog.close();
    else moveFocus(event, words, results);
  });
  document.addEventListener("keydown", (event) => {
    const isShortcut = (event.key === "/" && !isTyping(event.target)) || (event.key === "k" && (event.ctrlKey || event.metaKey));
    if (!isShortcut || dialog.open) return;
    event.preventDefault();
    open();
  });
}

async function load(): Promise<MiniSearch<Entry>> {
  const address = document.querySelector<HTMLElement>("script[data-index]")?.dataset["index"] ?? "";
  const response = await fetch(address);
  if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
  return MiniSearch.loadJSONAsync(await response.text(), indexOptions);
}

function resultItem({ id, heading, title }: SearchResult): HTMLLIElement {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = String(id);
  link.append(String(heading));
  if (heading !== title) {
    const page = document.createElement("span");
    page.textContent = String(title);
    link.append(page);
  }
  item.append(link);
  return item;
}

function countOf(count: number): string {
  if (count === 0) return "Nothing found.";
  if (count === mostResults) return `The first ${String(count)} results.`;
  return count === 1 ? "1 result." : `${String(count)} results.`;
}

/** Up and down move between the words and the results; Enter in the words opens the first result. */
function moveFocus(event: KeyboardEvent, words: HTMLInputElement, results: HTMLUListElement): void {
  const links = [...results.querySelectorAll("a")];
  const at = links.findIndex((link) => link === document.activeElement);
  if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)]?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? words).focus();
  else if (event.key === "Enter" && document.activeElement === words) links[0]?.click();
  else return;
  event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
