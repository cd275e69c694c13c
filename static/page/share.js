/**
 * The share dialog of a widget: a link, a frame for another page, the directive for a lesson, each
 * with a button that copies it.  Loaded when somebody asks for it (boot.js).
 */

import { copyButton } from "../controls/copy-button.js";
import { html, setText, uniqueId } from "../draw/svg.js";
import { parameterFor, stateText, withParameter } from "../services/address.js";
import { answersBeside } from "../services/api.js";
import { loadStyles } from "../services/styles.js";
import { directive, embedAddress, FRAME_SCRIPT, frameMarkup, markdownOf } from "./share-texts.js";

const NOTE = "All of these show the widget as it is now.";

/**
 * @param {HTMLElement} root  of the widget
 * @param {HTMLElement} opener  gets the focus back
 */
export async function openShare(root, opener) {
  const texts = textsOf(root);
  await loadStyles(new URL("./share.css", import.meta.url));
  const status = html("p", { class: "share-status", role: "status" });
  const title = html("h2", { id: uniqueId("share") }, [`Share “${texts.title}”`]);
  const close = html("button", { type: "button", class: "button" }, ["Close"]);
  const dialog = html("dialog", { class: "share-dialog", "aria-labelledby": title.id }, [
    html("div", { class: "share-head" }, [title, close]),
    html("p", {}, [NOTE]),
    offer("Link", "", texts.link, status),
    offer("Frame for another web page", "", texts.frame, status),
    frameHelp(status),
    offer("Directive for a lesson", "The words below the options describe the widget to those who cannot see it: make them fit.", texts.directive, status),
    status,
  ]);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    opener.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {HTMLElement} root */
export function textsOf(root) {
  const { state: given, ...options } = JSON.parse(root.dataset.options || "{}");
  void given; // the present state says it as well
  const name = root.dataset.widget ?? "";
  const title = root.getAttribute("aria-label") ?? name;
  const state = stateText(root);
  const layout = document.documentElement.dataset.layout ?? "numerator";
  const shared = { name, title, options, state, layout };
  const embedded = document.querySelector("meta[name='nabla-embed']")?.getAttribute("content") ?? "/embed/";
  const address = embedAddress(new URL(embedded, location.href).href, shared, answersBeside() !== null);
  const alternative = root.querySelector(".widget-alternative") ?? root;
  return {
    title,
    link: linkTo(root, state, layout),
    frame: frameMarkup(address, title, Math.ceil(root.getBoundingClientRect().height) + 60),
    directive: directive(shared, markdownOf(alternative)),
  };
}

/**
 * This very page, with the state in its address even where the page itself asks for that state.
 *
 * @param {HTMLElement} root
 * @param {string | null} state
 * @param {string} layout
 */
function linkTo(root, state, layout) {
  const query = withParameter(withParameter(location.search, parameterFor(root), state), "layout", layout);
  return `${location.origin}${location.pathname}${query}${root.id ? `#${root.id}` : ""}`;
}

/**
 * @param {string} label
 * @param {string} help
 * @param {string} text
 * @param {HTMLElement} status
 */
function offer(label, help, text, status) {
  const id = uniqueId("share-text");
  const rows = Math.min(8, text.split("\n").length + (text.length > 90 && !text.includes("\n") ? 2 : 0));
  const field = html("textarea", { id, rows, readonly: true, spellcheck: "false", class: "input" });
  field.value = text;
  field.addEventListener("focus", () => field.select());
  const copy = copyButton("Copy", `Copy: ${label}`, () => text, (sentence) => setText(status, sentence.replace("Copy copied", `${label} copied`)));
  copy.classList.add("button");
  return html("div", { class: "share-offer" }, [
    html("div", { class: "share-offer-head" }, [html("label", { for: id }, [label]), copy]),
    field,
    ...(help ? [html("p", { class: "share-help" }, [help])] : []),
  ]);
}

/** @param {HTMLElement} status */
function frameHelp(status) {
  return html("details", { class: "share-more" }, [
    html("summary", {}, ["Let the frame grow with the widget"]),
    html("p", { class: "share-help" }, ["The widget tells the page around it how high it is. With this script, once in that page, every frame follows."]),
    offer("Script for the other page", "", FRAME_SCRIPT, status),
  ]);
}
