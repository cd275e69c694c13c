/**
 * The one script that a page names: it starts the behaviours of the page and loads each widget's
 * module when the widget comes near the viewport.
 *
 * A widget is <figure data-widget="name" data-options="{…}" data-presets="[…]">; its module is
 * widgets/<name>/widget.js with `mount(root, options)`. Until the module has come, and if it never
 * comes, the reader has the text alternative that stands in the figure.
 */
import * as contents from "./page/contents.js";
import * as copy from "./page/copy.js";
import * as filter from "./page/filter.js";
import * as layout from "./page/layout.js";
import * as live from "./page/live.js";
import * as place from "./page/place.js";
import * as report from "./page/report.js";
import * as scroll from "./page/scroll.js";
import * as search from "./page/search.js";
import * as shapes from "./page/shapes.js";
import * as terms from "./page/terms.js";
import * as theme from "./page/theme.js";

const NEAR = "600px 0px";

for (const behaviour of [theme, layout, copy, scroll, shapes, contents, terms, search, filter, place, live, report]) {
  try {
    behaviour.start();
  } catch (error) {
    console.error(error); // one behaviour that fails leaves the others alive
  }
}

if (document.querySelector(".thread")) import("./page/thread.js").then((thread) => thread.start());

// Nothing of it is needed before the page is there, so it does not come with the page.
const offline = document.querySelector("meta[name='nabla-offline']") ?? navigator.serviceWorker?.controller;
if (offline) whenLoaded(() => import("./page/offline.js").then((keeper) => keeper.start()));

/** @param {() => unknown} action */
function whenLoaded(action) {
  if (document.readyState === "complete") setTimeout(action);
  else addEventListener("load", () => setTimeout(action), { once: true });
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      observer.unobserve(entry.target);
      load(/** @type {HTMLElement} */ (entry.target));
    }
  },
  { rootMargin: NEAR },
);
for (const root of document.querySelectorAll("[data-widget]")) observer.observe(root);

/** @param {HTMLElement} root */
async function load(root) {
  const name = root.dataset.widget ?? "";
  if (!/^[a-z][a-z-]*$/.test(name)) return;
  root.dataset.state = "loading";
  askAhead(name);
  try {
    const alone = document.body.classList.contains("embedded") ? await import("./page/embed.js") : null;
    const [widget, complaints] = await Promise.all([
      import(`./widgets/${name}/widget.js`),
      alone?.takeOptions(root) ?? [],
    ]);
    await widget.mount(root, { ...parse(root.dataset.options, {}), presets: parse(root.dataset.presets, []) });
    offerToShare(root);
    alone?.settle(root, complaints);
    root.dataset.state = "ready";
  } catch (error) {
    root.dataset.state = "failed";
    root.append(apology());
    console.error(error);
  }
}

/**
 * Ask at once for all modules that a widget needs; without it the browser learns of each import
 * only from the module before.
 *
 * @param {string} name
 */
function askAhead(name) {
  const graphs = document.querySelector("meta[name='widget-modules']")?.getAttribute("content");
  for (const module of (graphs ? JSON.parse(graphs)[name] : undefined) ?? []) {
    const link = document.createElement("link");
    link.rel = "modulepreload";
    link.href = new URL(module, import.meta.url).href;
    document.head.append(link);
  }
}

/**
 * @param {string | undefined} text
 * @param {unknown} otherwise
 */
function parse(text, otherwise) {
  return text ? JSON.parse(text) : otherwise;
}

/**
 * A button “Share” beside “Reset”; what it opens is loaded when it is pressed.
 *
 * @param {HTMLElement} root
 */
function offerToShare(root) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "Share";
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", async () => {
    const { openShare } = await import("./page/share.js");
    await openShare(root, button);
  });
  const reset = [...root.querySelectorAll("button")].find(({ textContent }) => textContent?.trim() === "Reset");
  if (reset) reset.after(button);
  else root.append(button);
}

function apology() {
  const note = document.createElement("p");
  note.className = "widget-error";
  note.setAttribute("role", "alert");
  note.textContent = "The interactive part could not be started; the text above says what it shows. Reloading the page may help.";
  return note;
}
