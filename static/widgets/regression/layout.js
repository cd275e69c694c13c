/** The order of the parts in the page. */

import { Legend } from "../../draw/legend.js";
import { html } from "../../draw/svg.js";

/**
 * @param {HTMLElement} root
 * @param {string} title
 * @param {import("./parts.js").Parts & {status: HTMLElement}} parts
 */
export function assemble(root, title, parts) {
  const { choices, weights } = parts;
  const legend = new Legend({ first: "steepest descent −∇ℓ, drawn at reduced length", path: "gradient descent", exact: "normal equations: one step" });
  const alternative = html("div", { class: "widget-alternative" }, [...root.childNodes]);
  root.replaceChildren(
    html("p", { class: "widget-title" }, [title]),
    alternative,
    html("div", { class: "widget-toolbar" }, [choices.presets.element]),
    choices.element,
    parts.problem,
    html("div", { class: "widget-stage two" }, [parts.data.element, weights.plane.element]),
    legend.element,
    parts.caption,
    html("div", { class: "widget-controls" }, [parts.hand.element, parts.reset]),
    parts.status,
    parts.readout.element,
    html("div", { class: "widget-stage two lower" }, [parts.residuals.element, weights.surface.element]),
    parts.equations.element,
    parts.derivation.element,
    parts.prediction.element,
    parts.own.element,
  );
}
