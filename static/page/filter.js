/**
 * Narrowing a long list while one types: glossary and cheat sheet.
 *
 * Markup: <input data-filter="selector of the entries">, entries with data-words; optionally
 * <select data-filter-group="selector of the groups">, groups with an id. The number of entries
 * that are left is said in <output class="filter-count">.  The cheat sheet fetches the derivations
 * that are opened (derivations.js).
 */

export function start() {
  const input = document.querySelector("input[data-filter]");
  if (!(input instanceof HTMLInputElement)) return;
  const group = document.querySelector("select[data-filter-group]");
  const select = group instanceof HTMLSelectElement ? group : null;
  const update = () => narrow(input, select);
  input.addEventListener("input", update);
  select?.addEventListener("change", update);
  // Whoever follows a link to an entry sees it, whatever the filter says.
  addEventListener("hashchange", () => {
    input.value = "";
    if (select) select.value = "";
    update();
    document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
  });
  if (input.value || select?.value) update();
  document.querySelector("[data-print]")?.addEventListener("click", () => print());
  if (document.querySelector("[data-derivation]")) addEventListener("toggle", derive, { capture: true });
}

/** @param {Event} event a derivation is opened or closed */
async function derive({ target }) {
  if (!(target instanceof HTMLDetailsElement) || !target.open) return;
  const { fill } = await import("./derivations.js");
  await fill(target);
}

/**
 * @param {HTMLInputElement} input
 * @param {HTMLSelectElement | null} select
 */
function narrow(input, select) {
  const wanted = fold(input.value).split(/\s+/).filter(Boolean);
  let shown = 0;
  let all = 0;
  for (const entry of document.querySelectorAll(input.dataset.filter ?? "")) {
    const element = /** @type {HTMLElement} */ (entry);
    const groups = select?.dataset.filterGroup;
    const inGroup = !select?.value || element.closest(groups ?? "")?.id === select.value;
    const words = fold(`${element.dataset.words ?? ""} ${element.textContent ?? ""}`);
    const fits = inGroup && wanted.every((word) => words.includes(word));
    element.hidden = !fits;
    shown += Number(fits);
    all += 1;
  }
  hideEmptyGroups(select?.dataset.filterGroup, input.dataset.filter ?? "");
  say(input, shown, all);
}

/**
 * @param {string | undefined} groups
 * @param {string} entries
 */
function hideEmptyGroups(groups, entries) {
  if (!groups) return;
  for (const group of document.querySelectorAll(groups)) {
    const left = [...group.querySelectorAll(entries)].some((entry) => !(/** @type {HTMLElement} */ (entry).hidden));
    /** @type {HTMLElement} */ (group).hidden = !left;
  }
}

/**
 * @param {HTMLInputElement} input
 * @param {number} shown
 * @param {number} all
 */
function say(input, shown, all) {
  const output = input.closest(".filter")?.querySelector(".filter-count");
  if (!output) return;
  output.textContent = shown === all ? "" : shown === 0 ? "Nothing matches." : `${shown} of ${all}`;
}

/** @param {string} text without case and accents */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
