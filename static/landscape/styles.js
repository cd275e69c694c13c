/** The style sheets of what widgets over a landscape share. */

import { loadStyles } from "../services/styles.js";

/** @param {URL} own  the style sheet of the widget */
export function loadLandscapeStyles(own) {
  return loadStyles(
    new URL("../draw/plane.css", import.meta.url),
    new URL("../controls/controls.css", import.meta.url),
    new URL("../charts/charts.css", import.meta.url),
    new URL("./landscape.css", import.meta.url),
    own,
  );
}
