/**
 * Search from every page: “/” or the button opens a dialog that answers while one types.
 *
 * The dialog holds a search field and a list of ordinary links; the arrow keys move between them,
 * Enter follows, Escape closes. Without scripts the button is a link to the search page.
 *
 * Markup: <a data-search-open href="search page">. In a copy without a server the search happens here,
 * over <meta name="nabla-places" content="address">; nothing of it is loaded before the first search.
 */

const DELAY = 120;

export function start() {
  const opener = document.querySelector("a[data-search-open]");
  if (!(opener instanceof HTMLAnchorElement)) return;
  const onItsOwnPage = document.querySelector(".search-page #q");
  const asked = document.querySelector("[data-search-page]");
  const places = placesBeside();
  if (places && asked instanceof HTMLElement && new URLSearchParams(location.search).has("q")) {
    import("./places.js").then((search) => search.showAsked(places, asked));
  }
  const open = () => {
    if (onItsOwnPage instanceof HTMLInputElement) onItsOwnPage.focus();
    else new SearchDialog(opener).open();
  };
  opener.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const control = event.key === "k" && (event.ctrlKey || event.metaKey);
    if ((!slash || isTyping(event.target)) && !control) return;
    if (document.querySelector("dialog[open]")) return;
    event.preventDefault();
    open();
  });
}

/** Where a copy without a server has what can be found; nothing where there is a server. */
function placesBeside() {
  return document.querySelector("meta[name='nabla-places']")?.getAttribute("content") ?? null;
}

/**
 * The results as HTML.
 *
 * @param {string} page  address of the search page
 * @param {string} query
 * @param {AbortSignal} signal
 */
async function resultsFor(page, query, signal) {
  const places = placesBeside();
  if (places) return (await import("./places.js")).results(places, query);
  const answer = await fetch(`${page}?part=results&q=${encodeURIComponent(query)}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.text();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input, textarea, select"))
  );
}

class SearchDialog {
  /** @param {HTMLAnchorElement} opener */
  constructor(opener) {
    this.opener = opener;
    this.address = opener.href;
    this.timer = 0;
    this.asked = "";
    /** @type {AbortController | null} */
    this.request = null;
    this.dialog = document.createElement("dialog");
    this.dialog.className = "search-dialog";
    this.dialog.setAttribute("aria-label", "Search the book");
    this.input = this.buildInput();
    this.status = document.createElement("p");
    this.status.className = "search-status";
    this.status.setAttribute("role", "status");
    this.list = document.createElement("div");
    this.list.className = "search-list";
    this.dialog.append(this.buildForm(), this.status, this.list);
    this.listen();
  }

  open() {
    document.body.append(this.dialog);
    this.dialog.showModal();
    this.input.focus();
    this.say("Lessons, headings, formulas and the glossary are searched.");
  }

  buildInput() {
    const input = document.createElement("input");
    input.type = "search";
    input.name = "q";
    input.className = "input";
    input.maxLength = 200;
    input.autocomplete = "off";
    input.spellcheck = false;
    input.placeholder = "A word, a term, a formula";
    input.setAttribute("aria-label", "Search the book");
    return input;
  }

  buildForm() {
    const form = document.createElement("form");
    form.className = "search-form";
    form.setAttribute("role", "search");
    form.action = this.address;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "button";
    close.textContent = "Close";
    close.addEventListener("click", () => this.dialog.close());
    form.append(this.input, close);
    return form;
  }

  listen() {
    this.input.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(this.input.value.trim()), DELAY);
    });
    this.dialog.addEventListener("keydown", (event) => this.move(event));
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
      // A result on the page that is open already only moves the page.
      if (event.target instanceof Element && event.target.closest("a")) this.dialog.close();
    });
    this.dialog.addEventListener("close", () => {
      this.request?.abort();
      clearTimeout(this.timer);
      this.dialog.remove();
      this.opener.focus();
    });
  }

  /** @param {string} query */
  async search(query) {
    if (query === this.asked) return;
    this.asked = query;
    this.request?.abort();
    if (!query) {
      this.list.replaceChildren();
      this.say("");
      return;
    }
    const { signal } = (this.request = new AbortController());
    try {
      const html = await resultsFor(this.address, query, signal);
      if (!signal.aborted) this.show(html);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      this.asked = "";
      this.say("The search did not answer. Is the server still there?");
    }
  }

  /** @param {string} html made by the book's own template, with everything escaped */
  show(html) {
    const part = new DOMParser().parseFromString(html, "text/html");
    this.list.replaceChildren(...part.body.childNodes);
    const found = this.links().length;
    this.say(found ? `${found} result${found === 1 ? "" : "s"}` : "");
  }

  /** @param {string} words */
  say(words) {
    this.status.textContent = words;
  }

  links() {
    return [...this.list.querySelectorAll(".results a")].map((link) => /** @type {HTMLAnchorElement} */ (link));
  }

  /** @param {KeyboardEvent} event */
  move(event) {
    if (event.key === "Escape") {
      // A search field would keep the first Escape for itself, to empty itself.
      event.preventDefault();
      this.dialog.close();
      return;
    }
    const links = this.links();
    const here = links.findIndex((link) => link === document.activeElement);
    /** @type {Record<string, number>} */
    const steps = { ArrowDown: here + 1, ArrowUp: here - 1 };
    if (event.key in steps && links.length) {
      event.preventDefault();
      const next = steps[event.key];
      if (next < 0) this.input.focus();
      else links[Math.min(next, links.length - 1)].focus();
    } else if (event.key === "Enter" && document.activeElement === this.input && links.length) {
      event.preventDefault();
      links[0].click();
    } else if (here >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== " ") {
      this.input.focus(); // typing goes on in the field
    }
  }
}
