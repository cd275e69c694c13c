/**
 * Check my working: the reader's own derivation in differentials, checked line by line.
 *
 * Markup in the page: `<figure class="widget" data-widget="working" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json.
 *
 *     state.js   what can be set, and the address      lines.js    the lines with their verdicts
 *     layout.js  controls, and their order
 */

import { fillSelect } from "../../controls/declarations.js";
import { contentOf, mathElement } from "../../draw/formula.js";
import { html } from "../../draw/svg.js";
import { namesIn, onlyNames, parseClauses, withClause, withoutNames } from "../../math/clauses.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ask } from "../../services/api.js";
import { Newest } from "../../services/newest.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeControls } from "./layout.js";
import { readers, sameQuestion, stateFromOptions, toFields, VERSION } from "./state.js";

const PAUSE = 450;

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./layout.js").Preset} Preset */

/**
 * @param {HTMLElement} root
 * @param {import("./state.js").Options & {presets?: Preset[]}} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../controls/controls.css", import.meta.url),
    new URL("../../controls/declarations.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
  );
  await new WorkingWidget(root, options).begin();
}

class WorkingWidget {
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
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.controls = makeControls(options.presets ?? [], this.#actions());
    assemble(root, this.controls, this.announcer);
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      choose: (preset) => this.#restore(stateFromOptions(preset)),
      type: (expr) => this.#type(expr),
      declare: (name, clause) => this.#declare(name, clause),
      chooseVariable: (wrt) => this.#change({ wrt }),
      write: () => this.#typed(),
      retry: () => this.#read(),
      reset: () => this.#restore(this.address.home ?? this.start),
    };
  }

  async begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    await this.#restore(this.address.read() ?? this.start);
  }

  /** @param {State} state */
  #restore(state) {
    this.state = state;
    this.inherited = [...parseClauses(state.given).keys()];
    this.controls.declarations.restore();
    this.controls.expression.setValue(state.expr);
    this.controls.lines.setTexts(state.lines);
    return this.#read();
  }

  /**
   * Another expression: what an example has said about its own names does not count for this one.
   *
   * @param {string} expr
   */
  #type(expr) {
    const given = expr === this.state.expr ? this.state.given : withoutNames(this.state.given, this.inherited);
    if (given !== this.state.given) this.inherited = [];
    return this.#change({ expr, given });
  }

  /** @param {Partial<State>} change */
  #change(change) {
    this.state = { ...this.state, ...change };
    return this.#read();
  }

  /**
   * @param {string} name
   * @param {string | null} clause
   */
  #declare(name, clause) {
    this.inherited = this.inherited.filter((other) => other !== name);
    return this.#change({ given: withClause(this.state.given, name, clause) });
  }

  #typed() {
    this.state = { ...this.state, lines: this.controls.lines.texts };
    this.#remember();
    this.controls.verdict.hidden = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#check(), PAUSE);
  }

  #remember() {
    this.address.write(toFields(this.state, this.start));
    const { presets } = this.controls;
    presets.show(presets.presets.find((preset) => sameQuestion(stateFromOptions(preset), this.state)));
  }

  /** How the expression is read, then the lines. */
  async #read() {
    clearTimeout(this.timer);
    this.#remember();
    this.controls.lines.clearVerdicts();
    this.controls.verdict.hidden = true;
    await this.#attempt("reading", { expr: this.state.expr, given: this.#given() }, (reading) => {
      const math = mathElement("math", [mathElement("mrow", contentOf(reading.expression))]);
      this.controls.expression.showReading([math]);
      this.controls.declarations.show(reading.declarations, parseClauses(this.state.given));
      this.#showVariable(reading.declarations.map((/** @type {{name: string}} */ { name }) => name));
      return this.#check();
    });
  }

  /** @param {string[]} names */
  #showVariable(names) {
    const preferred = ["X", "x", "W", "w"].find((name) => names.includes(name)) ?? names[0] ?? "";
    if (!names.includes(this.state.wrt)) this.state = { ...this.state, wrt: preferred };
    fillSelect(this.controls.variable, names, this.state.wrt);
    const name = html("code", {}, [`d${this.state.wrt}`]);
    this.controls.increment.replaceChildren("Write ", name, ` for the increment of ${this.state.wrt}. Return adds a line.`);
  }

  async #check() {
    const written = this.state.lines.filter((line) => line.trim());
    if (!written.length) return this.#say("Write the first line of your derivation.");
    const question = { lines: written.join("\n"), expr: this.state.expr, wrt: this.state.wrt, given: this.#given() };
    await this.#attempt("check-working", question, (answer) => {
      this.controls.lines.showVerdicts(answer.lines);
      this.#showVerdict(answer, written.length);
    });
  }

  /**
   * @param {{correct: boolean, first_wrong: number | null, lines: import("./lines.js").CheckedLine[]}} answer
   * @param {number} count
   */
  #showVerdict({ correct, first_wrong: wrong, lines }, count) {
    const problem = wrong === null ? null : lines[wrong].problem;
    const words = correct
      ? `${count === 1 ? "The line is" : `All ${count} lines are`} right: ${count === 1 ? "it equals" : "each equals"} the differential of ${this.state.expr}.`
      : `Line ${(wrong ?? 0) + 1} is the first that is wrong. ${problem?.hint ?? problem?.message ?? ""}`;
    this.controls.verdict.hidden = false;
    this.controls.verdict.dataset.kind = correct ? "right" : "wrong";
    this.#say(words);
  }

  /** @param {string} words */
  #say(words) {
    this.controls.verdict.textContent = words;
    this.controls.verdict.hidden = false;
    this.announcer.say(() => words);
  }

  /** Only what is said about names that occur. */
  #given() {
    return onlyNames(this.state.given, namesIn(this.state.expr));
  }

  /**
   * @param {string} subject
   * @param {Record<string, string>} fields
   * @param {(answer: any) => unknown} show
   */
  #attempt(subject, fields, show) {
    return this.newest.ask((signal) => ask(subject, fields, signal), {
      show: (answer) => {
        this.controls.problem.replaceChildren();
        return show(answer);
      },
      refused: (error) => this.#refused(error, subject),
    });
  }

  /**
   * @param {import("../../services/api.js").ApiError} error
   * @param {string} subject
   */
  #refused({ message, span, hint, field, passing }, subject) {
    if (subject === "reading" && field !== "given" && !passing) {
      this.controls.declarations.showUnread(namesIn(this.state.expr), parseClauses(this.state.given));
      return this.controls.expression.showProblem({ message, span, hint });
    }
    this.controls.problem.replaceChildren(html("p", {}, [message]), html("p", { class: "problem-hint" }, [hint ?? ""]));
    if (passing) this.controls.problem.append(this.controls.retry);
  }
}
