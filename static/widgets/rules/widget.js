/**
 * Interactive rules: a derivative in numbers that can be changed, found by the rule, by central
 * differences and entry by entry, in the layout that the reader chose.
 *
 * Markup in the page: `<figure class="widget" data-widget="rules" data-options='{…}'
 * data-presets='[…]'>text alternative</figure>`; options are described in options.json, presets are
 * the identities.  The server is asked once for an expression; numbers are worked out here.
 *
 *     state.js   what can be set, and the address     model.js    the three ways, and how they agree
 *     numbers.js numbers with declared properties     names.js    fields for them
 *     words.js   sentences                            ways.js, closeup.js   the results
 *     layout.js  controls, and their order in the page
 */

import { formulaElement } from "../../draw/formula.js";
import { oncePerFrame } from "../../draw/frame.js";
import { html, setText } from "../../draw/svg.js";
import { AddressState, parameterFor } from "../../services/address.js";
import { Announcer } from "../../services/announcer.js";
import { ApiError, ask } from "../../services/api.js";
import { loadStyles } from "../../services/styles.js";
import { assemble, makeControls, makeResults } from "./layout.js";
import { agreement, DerivativeModel } from "./model.js";
import { changed, newNumbers } from "./numbers.js";
import { mentions, readers, sameQuestion, stateFromOptions, stateOf, toFields, VERSION } from "./state.js";
import { sentence, shapeName, verdict } from "./words.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("./state.js").Question} Question
 * @typedef {import("./state.js").Identity} Identity
 */

/**
 * @param {HTMLElement} root
 * @param {import("./state.js").Options & {presets?: Identity[]}} options
 */
export async function mount(root, options) {
  await loadStyles(
    new URL("../../controls/controls.css", import.meta.url),
    new URL("./widget.css", import.meta.url),
  );
  await new RulesWidget(root, options).begin();
}

class RulesWidget {
  /**
   * @param {HTMLElement} root
   * @param {import("./state.js").Options & {presets?: Identity[]}} options
   */
  constructor(root, options) {
    this.root = root;
    this.identities = options.presets ?? [];
    this.start = stateFromOptions(options, this.identities);
    this.address = new AddressState(parameterFor(root), VERSION, readers(this.start));
    this.state = this.start;
    /** @type {State} what was asked for last */
    this.wanted = this.start;
    /** @type {ApiError | null} why that was not to be had */
    this.refusal = null;
    /** @type {DerivativeModel | null} the last good derivative; what is shown */
    this.model = null;
    /** @type {readonly number[]} */
    this.numbers = [];
    this.question = new AbortController();
    this.announcer = new Announcer();
    const actions = this.#actions();
    this.controls = makeControls(this.identities, actions);
    this.results = makeResults(actions);
    this.render = oncePerFrame(() => this.#renderNow());
    assemble(root, this.controls, this.results, this.announcer);
    document.addEventListener("nabla:layout", () => this.#showLayout());
  }

  async begin() {
    this.address.onChange(() => this.#restore(this.address.read() ?? this.start));
    const asked = this.address.read() ?? this.start;
    await this.#restore(asked);
    // A link whose expression is refused: the complaint stays, the page's own derivative is shown.
    if (this.refusal && !this.refusal.passing && !sameQuestion(asked, this.start)) {
      const { refusal } = this;
      await this.#restore(this.start);
      this.#restoreTexts(asked);
      this.#complain(refusal);
    }
  }

  /** @returns {import("./layout.js").Actions} */
  #actions() {
    return {
      chooseRule: (rule) => this.#chooseRule(rule),
      choose: (identity) => this.#restore(stateOf(identity)),
      type: (expr) => this.#type(expr),
      declare: (given) => this.#load({ ...stateOf({ ...this.wanted, given }) }),
      vary: (wrt) => this.#load({ ...stateOf({ ...this.state, wrt }), numbers: this.state.numbers }),
      change: (symbol, row, column, value) => this.#setNumbers(changed(this.numbers, symbol, row, column, value)),
      look: (cell) => this.#look(cell),
      renew: () => this.#renew(),
      reset: () => this.#restore(this.address.home ?? this.start),
      retry: () => this.#load(this.wanted),
    };
  }

  /** @param {import("./state.js").Rule} rule */
  #chooseRule(rule) {
    const first = this.identities.find((identity) => identity.rule === rule);
    if (first && this.#identity()?.rule !== rule) this.#restore(stateOf(first));
  }

  /**
   * Take over a whole state: expression, declarations, numbers.
   *
   * @param {State} state
   */
  #restore(state) {
    this.#restoreTexts(state);
    return this.#load(state);
  }

  /** @param {Question} question */
  #restoreTexts({ expr, given }) {
    this.controls.expression.setValue(expr);
    this.controls.given.setValue(given);
  }

  /**
   * Show what the reader typed, by the same name as before if it still occurs.  Declarations that
   * an identity brought along give way where they do not fit.
   *
   * @param {string} expr
   */
  #type(expr) {
    const { given } = this.wanted;
    const shown = this.model?.answer.wrt ?? "";
    const wrt = mentions(expr, shown) ? shown : "";
    const ofIdentity = this.identities.some((identity) => identity.given === given);
    return this.#load(stateOf({ expr, wrt, given }), ofIdentity ? stateOf({ expr, wrt }) : undefined);
  }

  /**
   * Ask for a derivative and show it; what is shown stays until the answer is good.
   *
   * @param {State} wanted
   * @param {State} [otherwise]  tried when the shapes do not fit
   * @returns {Promise<void>}
   */
  async #load(wanted, otherwise) {
    this.wanted = wanted;
    this.question.abort();
    const { signal } = (this.question = new AbortController());
    this.root.setAttribute("aria-busy", "true");
    if (!this.model) this.controls.expression.reading.textContent = "Loading the derivative …";
    const { expr, wrt, given } = wanted;
    try {
      const answer = await ask("derivative/numbers", { expr, ...(wrt && { wrt }), ...(given && { given }) }, signal);
      if (!signal.aborted) this.#show(answer, wanted);
    } catch (error) {
      if (signal.aborted) return;
      this.root.removeAttribute("aria-busy");
      if (!(error instanceof ApiError)) throw error;
      if (otherwise && ["shape", "size-undetermined"].includes(error.code)) return this.#load(otherwise);
      this.#complain(error);
    }
  }

  /**
   * @param {import("./model.js").Answer} answer
   * @param {State} wanted
   */
  #show(answer, wanted) {
    this.model = new DerivativeModel(answer);
    this.refusal = null;
    this.root.removeAttribute("aria-busy");
    const numbers = wanted.numbers?.length === this.model.start.length ? wanted.numbers : null;
    this.state = { ...wanted, numbers, cell: this.#existing(wanted.cell) };
    this.numbers = numbers ?? this.model.start;
    this.#showQuestion();
    this.controls.names.setSymbols(this.model);
    this.#showLayout();
  }

  /**
   * The entry itself, or the first if there is none such.
   *
   * @param {import("./model.js").Cell} cell
   */
  #existing({ i, j }) {
    const cells = /** @type {DerivativeModel} */ (this.model).cells.flat();
    return cells.find((cell) => cell.i === i && cell.j === j) ?? cells[0];
  }

  #showQuestion() {
    const { answer } = /** @type {DerivativeModel} */ (this.model);
    const { expression, given, wrt, rules, identities } = this.controls;
    const { state } = this;
    given.follow(state.given);
    if (expression.input.value === state.expr) expression.showReading(reading(answer));
    given.showReading([]);
    const names = answer.symbols.map(({ name }) => name);
    wrt.replaceChildren(...names.map((name) => html("option", { value: name }, [name])));
    wrt.value = answer.wrt;
    const identity = this.#identity();
    rules.show(identity?.rule);
    identities.show(identity);
    this.results.notes.replaceChildren(...answer.notes.map((note) => html("p", {}, [note])));
  }

  /** The identity that is shown, if it is one. */
  #identity() {
    return this.identities.find((identity) => sameQuestion(identity, this.state));
  }

  /** @param {ApiError} refusal */
  #complain(refusal) {
    this.refusal = refusal;
    const { expression, given, retry } = this.controls;
    const inGiven = refusal.field === "given";
    const [field, other] = inGiven ? [given, expression] : [expression, given];
    if (!this.model) expression.reading.replaceChildren();
    other.problem.replaceChildren();
    other.input.removeAttribute("aria-invalid");
    field.showProblem({ message: refusal.message, span: refusal.span, hint: refusal.hint });
    if (refusal.passing) field.problem.append(retry);
  }

  /** @param {number[]} numbers */
  #setNumbers(numbers) {
    this.numbers = numbers;
    this.state = { ...this.state, numbers };
    this.render();
  }

  #renew() {
    const { model } = this;
    if (!model) return;
    const suits = (/** @type {number[]} */ numbers) => agreement(model.at(numbers, "numerator")).agree;
    this.#setNumbers(newNumbers(model.symbols, suits) ?? model.start);
  }

  /** @param {import("./model.js").Cell} cell */
  #look(cell) {
    this.state = { ...this.state, cell };
    this.render();
  }

  /** @returns {import("./model.js").Layout} */
  get layout() {
    return document.documentElement.dataset.layout === "denominator" ? "denominator" : "numerator";
  }

  /** The formulas and the shape of the reader's layout; both came with the answer. */
  #showLayout() {
    const { model, layout } = this;
    if (!model) return;
    const { heading, ways } = this.results;
    ways.setDerivative(model, layout);
    const cells = model.cellsIn(layout);
    const shape = shapeName(cells.length, cells[0].length);
    setText(heading, `The derivative by ${model.answer.wrt} in ${layout} layout: ${shape}`);
    this.#renderNow();
  }

  #renderNow() {
    const { model, numbers, layout } = this;
    if (!model) return;
    const { ways, closeUp } = this.results;
    const found = model.at(numbers, layout);
    const agreed = agreement(found);
    this.controls.names.show(numbers, found.value);
    ways.show(found, agreed.differs, this.state.cell);
    closeUp.show(model, found, this.state.cell, ways.looked);
    this.#showAgreement(agreed);
    const { expression, wrt } = model.answer;
    const result = { expression: expression.text, wrt, layout, rule: found.rule, found: agreed };
    this.announcer.say(() => sentence(result));
    this.address.write(toFields(this.state, this.start));
  }

  /** @param {import("./model.js").Agreement} agreed */
  #showAgreement(agreed) {
    const { agreement: line } = this.results;
    line.dataset.kind = !agreed.defined ? "undefined" : agreed.agree ? "agree" : "differ";
    setText(line, verdict(agreed));
  }
}

/**
 * How the expression was read, and how large the letters are.
 *
 * @param {import("./model.js").Answer} answer
 */
function reading({ expression, sizes }) {
  const letters = Object.entries(sizes).map(([letter, size]) => `${letter} = ${size}`);
  const note = letters.length ? [html("p", { class: "reading-note" }, [`Shown for ${letters.join(", ")}.`])] : [];
  return [formulaElement(expression), ...note];
}
