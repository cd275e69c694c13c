/**
 * Plotly in the book: fetched only when a chart is to be drawn, and fit for the book's security policy.
 *
 * `plotly.js-style-global` is the style sheet that Plotly would otherwise write into the page, which
 * `style-src 'self'` refuses; with that id and class present it leaves the page alone.  All controls
 * of its own are off: a chart is a picture, and what moves it are our buttons and keys.
 */

const SCRIPT = new URL("../vendor/plotly/plotly.min.js", import.meta.url);
const STYLES = new URL("../vendor/plotly/plotly.css", import.meta.url);

/** What every chart of the book is drawn with. */
export const CONFIG = Object.freeze({ staticPlot: true, displayModeBar: false, responsive: false });

/**
 * @typedef {{
 *   react: (element: HTMLElement, data: object[], layout: object, config: object) => Promise<unknown>,
 *   purge: (element: HTMLElement) => void,
 * }} Plotly
 */

/** @type {Promise<Plotly> | undefined} */
let loading;

/**
 * @returns {Promise<Plotly>}
 * @throws {Error} when the script cannot be had; the next call tries again
 */
export function loadPlotly() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Plotly>} */
async function load() {
  await linkStyles();
  await new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = SCRIPT.href;
    script.async = true;
    script.onload = () => resolve(undefined);
    script.onerror = () => {
      script.remove();
      reject(new Error("The charts could not be loaded."));
    };
    document.head.append(script);
  });
  return /** @type {any} */ (globalThis).Plotly;
}

/** @returns {Promise<void>} */
function linkStyles() {
  if (document.getElementById("plotly.js-style-global")) return Promise.resolve();
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.id = "plotly.js-style-global";
    link.className = "no-inline-styles";
    link.rel = "stylesheet";
    link.href = STYLES.href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
