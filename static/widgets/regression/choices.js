/** What is fitted by what: example, target, features, scale, a second instrument. */

import { PresetChooser } from "../../controls/preset-chooser.js";
import { html, setText } from "../../draw/svg.js";
import { labelled } from "./data-view.js";
import { INTERCEPT } from "./state.js";
import { rowsText } from "./words.js";

/**
 * @typedef {import("./model.js").Study} Study
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Preset} Preset
 * @typedef {Partial<Pick<State, "target" | "features" | "standardize" | "copy">>} Change
 */

export class Choices {
  /**
   * @param {Preset[]} presets
   * @param {{choosePreset: (preset: Preset) => void, change: (change: Change) => void}} actions
   */
  constructor(presets, { choosePreset, change }) {
    this.change = change;
    this.presets = new PresetChooser({ label: "Example", own: "Your own choice", presets, onChoose: choosePreset });
    this.source = html("p", { class: "data-source" });
    this.download = html("a", { download: true }, ["Download"]);
    this.target = html("select", { "aria-label": "Target" });
    this.target.addEventListener("change", () => this.#retarget());
    this.boxes = html("div", { class: "boxes" });
    this.standardize = checkbox("Standardise the features", () => change({ standardize: this.standardize.input.checked }));
    this.copy = html("select", { "aria-label": "Second instrument" });
    this.copy.addEventListener("change", () => change({ copy: this.copy.value || null }));
    this.notes = html("ul", { class: "data-notes" });
    this.element = html("div", { class: "choices" }, [
      html("div", { class: "widget-controls" }, [
        this.source,
        html("label", { class: "field" }, [html("span", { class: "field-label" }, ["Fit"]), this.target]),
      ]),
      html("fieldset", { class: "features" }, [html("legend", {}, ["by the features"]), this.boxes]),
      html("div", { class: "widget-controls" }, [
        this.standardize.element,
        html("label", { class: "field" }, [html("span", { class: "field-label" }, ["Add a second instrument for"]), this.copy]),
      ]),
      this.notes,
    ]);
    /** @type {Study | null} */
    this.study = null;
    /** @type {string[]} */
    this.chosen = [];
  }

  /**
   * @param {Study} study
   * @param {State} state
   * @param {Preset | undefined} preset
   */
  show(study, state, preset) {
    this.study = study;
    this.presets.show(preset);
    const copied = study.near_copy?.name;
    const original = study.table.columns.filter(({ name }) => name !== copied);
    this.chosen = study.columns.map(({ name }) => name).filter((name) => name !== INTERCEPT && name !== copied);
    this.#showSource(study, state);
    this.target.replaceChildren(...original.map((column) => html("option", { value: column.name }, [labelled(column)])));
    this.target.value = study.target.name;
    this.boxes.replaceChildren(...original.filter(({ name }) => name !== study.target.name).map((column) => this.#box(column)));
    this.standardize.input.checked = state.standardize;
    const sources = study.columns.slice(1).filter(({ name }) => name !== copied);
    this.copy.replaceChildren(html("option", { value: "" }, ["nothing"]), ...sources.map(({ name }) => html("option", { value: name }, [name])));
    this.copy.value = state.copy ?? "";
    const notes = [...new Set([...study.notes, ...this.#instrument(study)])];
    this.notes.replaceChildren(...notes.map((note) => html("li", {}, [note])));
    this.notes.hidden = notes.length === 0;
  }

  /** @param {Study} study @param {State} state */
  #showSource({ table }, { csv, dataset }) {
    const rows = rowsText(table.rows);
    if (csv !== null) {
      this.source.replaceChildren(`A table of ${rows}.`);
      return;
    }
    const meta = document.querySelector("meta[name='nabla-api']");
    const root = meta instanceof HTMLMetaElement ? meta.content.replace(/\/api$/, "") : "";
    this.download.href = `${root}/datasets/${dataset}.csv`;
    setText(this.download, `${dataset}.csv`);
    this.source.replaceChildren(this.download, `, ${rows}.`);
  }

  /** @param {{name: string, unit: string}} column */
  #box(column) {
    const { element, input } = checkbox(labelled(column), () => this.#pick(column.name, input.checked));
    input.checked = this.chosen.includes(column.name);
    // Something has to be left to fit by.
    input.disabled = input.checked && this.chosen.length === 1;
    return element;
  }

  /** @param {string} name @param {boolean} wanted */
  #pick(name, wanted) {
    const order = this.study?.table.columns.map((column) => column.name) ?? [];
    const features = order.filter((each) => (each === name ? wanted : this.chosen.includes(each)));
    const copy = this.copy.value && features.includes(this.copy.value) ? this.copy.value : null;
    this.change({ features, copy });
  }

  #retarget() {
    const before = this.study?.target.name;
    const target = this.target.value;
    const features = this.chosen.map((name) => (name === target && before ? before : name));
    this.change({ target, features, copy: null });
  }

  /** @param {Study} study */
  #instrument({ near_copy: copy }) {
    if (!copy) return [];
    const law = copy.factor === 1 ? copy.source : `1.8·${copy.source} + 32`;
    return [`“${copy.name}” is a second instrument: it reads ${law}, too high by δ in odd rows and too low by δ in even rows.`];
  }
}

/**
 * @param {string} label
 * @param {() => void} onChange
 */
function checkbox(label, onChange) {
  const input = html("input", { type: "checkbox" });
  input.addEventListener("change", onChange);
  return { input, element: html("label", { class: "check" }, [input, label]) };
}
