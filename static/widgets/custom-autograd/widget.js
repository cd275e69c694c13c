/**
 * Custom autograd: a layer, its backward pass written by the reader, and three checks of it.
 *
 * Markup in the page: `<figure class="widget" data-widget="custom-autograd" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js   what can be set, and the address     words.js             sentences
 *     layout.js  controls, and their order            passes.js            fields with their checks
 *     curve.js   lines of the chart                   error-chart.js       the chart
 *     export-view.js  the source                      differences-view.js  chart, words and table
 */

import { contentOf, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { namesIn, onlyNames, parseClauses, withClause, withoutNames } from "../../math/clauses.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { send } from "../../services/api.js";
import { Newest } from "../../services/newest.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeControls } from "./layout.js";
import { MOST_INPUTS, readers, sameQuestion, stateFromOptions, toFields, VERSION } from "./state.js";
import { verdictWords } from "./words.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./layout.js").Preset} Preset */
/** @typedef {import("./words.js").Answer} Answer */

/**
 * @param {HTMLElement} root
 * @param {import("./state.js").Options & {presets?: Preset[]}} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../controls/controls.css", import.meta.url),
    new URL("../../controls/declarations.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
    new URL("./differences.css", import.meta.url),
  );
  await new CustomAutogradWidget(root, options).begin();
}

class CustomAutogradWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("./state.js").Options & {presets?: Preset[]}} options
   */
  constructor(root, options) {
    this.root = root;
    this.start = stateFromOptions(options);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.state = this.start;
    /** @type {string[]} names about which an example or a link has said something, not the reader */
    this.inherited = [];
    this.newest = new Newest(root);
    this.announcer = new Announcer();
    this.controls = makeControls(options.presets ?? [], this.#actions());
    assemble(root, this.controls, this.announcer);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choose: (preset) => this.#restore(stateFromOptions(preset)),
      type: (forward) => this.#type(forward),
      declare: (name, clause) => this.#declare(name, clause),
      select: (name, chosen) => this.#select(name, chosen),
      rename: (cotangent) => this.#change({ cotangent }),
      write: (name, text) => this.#write(name, text),
      look: (shown) => this.#look(shown),
      retry: () => this.#check(),
      reset: () => this.#restore(this.address.home ?? this.start),
      say: (sentence) => this.announcer.say(() => sentence),
    };
  }

  async begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    await this.#restore(this.address.read() ?? this.start);
  }

  /** @param {State} state */
  #restore(state) {
    this.inherited = [...parseClauses(state.given).keys()];
    this.controls.declarations.restore();
    this.controls.forward.setValue(state.forward);
    this.controls.cotangent.input.value = state.cotangent;
    this.controls.passes.restore(state.passes);
    return this.#change(state);
  }

  /**
   * Another forward pass: what an example has said about its own names does not count for this one.
   *
   * @param {string} forward
   */
  #type(forward) {
    const { forward: before, given } = this.state;
    if (forward === before) return this.#change({});
    const names = namesIn(forward);
    return this.#change({ forward, given: withoutNames(given, this.inherited.filter((name) => !names.includes(name))) });
  }

  /**
   * @param {string} name
   * @param {string | null} clause
   */
  #declare(name, clause) {
    this.inherited = this.inherited.filter((other) => other !== name);
    return this.#change({ given: withClause(this.state.given, name, clause) });
  }

  /**
   * @param {string} name
   * @param {boolean} chosen
   */
  #select(name, chosen) {
    const others = this.state.passes.filter((pass) => pass.name !== name);
    const passes = chosen ? [...others, { name, text: "" }].slice(0, MOST_INPUTS) : others;
    return this.#change({ passes });
  }

  /**
   * @param {string} name
   * @param {string} text
   */
  #write(name, text) {
    return this.#change({ passes: this.state.passes.map((pass) => (pass.name === name ? { name, text } : pass)) });
  }

  /** @param {string} shown */
  #look(shown) {
    this.state = { ...this.state, shown };
    this.#remember();
    if (this.answer) this.controls.differences.show(this.answer.checks, shown, this.answer.steps);
  }

  /** @param {Partial<State>} change */
  #change(change) {
    this.state = { ...this.state, ...change };
    this.controls.passes.setPasses(this.state.passes);
    this.#remember();
    return this.#check();
  }

  #remember() {
    this.address.write(toFields(this.state, this.start));
    const { presets } = this.controls;
    presets.show(presets.presets.find((preset) => sameQuestion(stateFromOptions(preset), this.state)));
  }

  /** Ask for the verdict. */
  #check() {
    return this.newest.ask((signal) => send("vector-jacobian-product", this.#question(), signal), {
      show: (answer) => this.#show(answer),
      refused: (error) => this.#refused(error),
    });
  }

  /** Only what is said about names that occur: a field of an earlier layer stays, but is not asked. */
  #question() {
    const { forward, given, cotangent, passes } = this.state;
    const names = namesIn(forward);
    const backward = Object.fromEntries(passes.filter(({ name }) => names.includes(name)).map(({ name, text }) => [name, text]));
    return { forward, given: onlyNames(given, names), backward, ...(cotangent ? { cotangent } : {}) };
  }

  /** @param {Answer} answer */
  #show(answer) {
    this.answer = answer;
    const { controls, state } = this;
    controls.problem.replaceChildren();
    controls.forward.showReading([mathElement("math", [mathElement("mrow", contentOf(answer.forward))])]);
    controls.declarations.show(answer.declarations, parseClauses(state.given));
    const passes = state.passes.filter(({ name }) => answer.inputs.includes(name));
    controls.inputs.show(answer.inputs, passes.map(({ name }) => name));
    controls.cotangent.show(answer.cotangent.name);
    controls.passes.setPasses(passes);
    controls.passes.show(answer.checks);
    controls.names.replaceChildren(...namesNote(answer));
    controls.notes.replaceChildren(...answer.notes.map((note) => html("li", {}, [note])));
    controls.differences.show(answer.checks, state.shown, answer.steps);
    controls.exports.show(answer);
    const wrong = answer.checks.some(({ verdict }) => verdict === "wrong" || verdict === "unread");
    this.#say(verdictWords(answer), answer.correct ? "right" : wrong ? "wrong" : "open");
  }

  /**
   * @param {string} words
   * @param {"right" | "wrong" | "open"} kind
   */
  #say(words, kind) {
    this.controls.verdict.textContent = words;
    this.controls.verdict.hidden = !words;
    this.controls.verdict.dataset.kind = kind;
    this.announcer.say(() => words);
  }

  /** @param {import("../../services/api.js").ApiError} error */
  #refused({ message, span, hint, field, passing }) {
    const { controls } = this;
    this.#say(message, "wrong");
    controls.problem.replaceChildren();
    if (field === "cotangent") return controls.cotangent.showProblem({ message, hint });
    if (field === "forward" && !passing) {
      controls.declarations.showUnread(namesIn(this.state.forward), parseClauses(this.state.given));
      controls.passes.clear();
      return controls.forward.showProblem({ message, span, hint });
    }
    controls.problem.replaceChildren(html("p", {}, [message]), html("p", { class: "problem-hint" }, [hint ?? ""]));
    if (passing) controls.problem.append(controls.retry);
  }
}

/** Which names a backward pass may use. @param {Answer} answer */
function namesNote({ cotangent, value }) {
  const said = ["Write with ", html("code", {}, [cotangent.name]), `, the incoming cotangent (${cotangent.words})`];
  if (!value) return [...said, ", and the inputs."];
  return [...said, ", the inputs, and ", html("code", {}, [value.name]), " for the value itself."];
}
