/** What pages do in a browser besides being read: light or dark, the menu of narrow windows, and the search. */
import { openSearch } from "./search.js";
import { element } from "./element.js";

const root = document.documentElement;
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const button = element("site-scheme", HTMLButtonElement);

function isDark(): boolean {
  const { scheme } = root.dataset;
  return scheme === undefined ? prefersDark.matches : scheme === "dark";
}

/** The button names what it leads to. */
function nameButton(): void {
  button.textContent = isDark() ? "Light" : "Dark";
}

button.addEventListener("click", () => {
  const scheme = isDark() ? "light" : "dark";
  root.dataset["scheme"] = scheme;
  localStorage.setItem("docs-scheme", scheme);
  nameButton();
});
prefersDark.addEventListener("change", nameButton);
nameButton();

/** In a wide window the menu is a column, and always open. */
const menu = element("site-menu", HTMLDetailsElement);
const wide = matchMedia("(min-width: 56rem)");
const fitMenu = (): void => void (menu.open = wide.matches);
wide.addEventListener("change", fitMenu);
fitMenu();
if (wide.matches) {
  const current = menu.querySelector<HTMLElement>("[aria-current]");
  if (current !== null) menu.scrollTop = Math.max(0, current.offsetTop - menu.clientHeight / 2);
}

for (const tools of document.querySelectorAll<HTMLElement>(".tools")) tools.hidden = false;
openSearch();
