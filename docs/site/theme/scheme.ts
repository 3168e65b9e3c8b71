/** Sets the colours that the reader chose, before the page is painted. */
const chosen = localStorage.getItem("docs-scheme");
if (chosen === "light" || chosen === "dark") document.documentElement.dataset["scheme"] = chosen;
