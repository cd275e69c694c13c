/** The reader's own table: pasted or chosen as a file, sent for the fit and stored nowhere. */

import { button } from "../../controls/button.js";
import { html, setText, uniqueId } from "../../draw/svg.js";

const MOST_BYTES = 2_000_000;
/** A longer file is not put into the field: browsers take long over it. */
const LONGEST_SHOWN = 100_000;

export class OwnTable {
  /** @param {(csv: string) => void} onSubmit */
  constructor(onSubmit) {
    this.onSubmit = onSubmit;
    const help = uniqueId("own-table");
    this.area = html("textarea", { rows: 6, spellcheck: "false", autocomplete: "off", wrap: "off", "aria-describedby": help, "aria-label": "Table as CSV" });
    this.area.placeholder = "voltage (V); lifespan (h)\n228,5; 1108\n…";
    this.area.addEventListener("input", () => this.#typed());
    this.file = html("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/plain", "aria-label": "Choose a file" });
    this.file.addEventListener("change", () => this.#read());
    this.problem = html("div", { class: "own-problem", "aria-live": "polite" });
    this.chosen = html("p", { class: "chosen-file" });
    /** @type {string | null} a file that is too long for the field */
    this.long = null;
    const words =
      "A header line, then rows of numbers; separated by comma, semicolon, tab or bar, with a decimal point or comma. " +
      "A unit may stand in brackets: voltage (V). Up to 2 MB and 20,000 rows. The table is sent for the fit and stored nowhere; it is no part of a link.";
    this.element = html("details", { class: "chart-numbers own-table" }, [
      html("summary", {}, ["Your own table"]),
      html("p", { id: help }, [words]),
      this.area,
      html("div", { class: "widget-controls" }, [this.file, button("Fit this table", "primary", () => this.#submit())]),
      this.chosen,
      this.problem,
    ]);
  }

  /** @param {{message: string, hint: string | null} | null} problem */
  showProblem(problem) {
    this.problem.replaceChildren();
    if (problem) {
      const words = [html("p", {}, [problem.message]), ...(problem.hint ? [html("p", { class: "problem-hint" }, [problem.hint])] : [])];
      this.problem.append(html("div", { class: "widget-error" }, words));
      this.element.open = true;
    }
    if (problem) this.area.setAttribute("aria-invalid", "true");
    else this.area.removeAttribute("aria-invalid");
  }

  /** @param {string} words  what was read */
  confirm(words) {
    this.showProblem(null);
    this.problem.replaceChildren(html("p", {}, [words]));
  }

  #typed() {
    this.long = null;
    this.file.value = "";
    setText(this.chosen, "");
    this.showProblem(null);
  }

  async #read() {
    const file = this.file.files?.[0];
    if (!file) return;
    this.showProblem(null);
    if (file.size > MOST_BYTES) return this.#refuse(`“${file.name}” has ${(file.size / 1e6).toFixed(1)} MB; a table may have 2 MB.`);
    const text = decoded(new Uint8Array(await file.arrayBuffer()));
    const shown = text.length <= LONGEST_SHOWN;
    this.area.value = shown ? text : "";
    this.long = shown ? null : text;
    setText(this.chosen, shown ? "" : `“${file.name}” is chosen; it is too long to be shown here.`);
    this.onSubmit(text);
  }

  #submit() {
    const text = this.long ?? this.area.value;
    if (text.trim() === "") return this.#refuse("There is no table yet.", "Paste a header line and rows of numbers, or choose a file.");
    if (new Blob([text]).size > MOST_BYTES) return this.#refuse("The table is larger than 2 MB.");
    this.onSubmit(text);
  }

  /** @param {string} message @param {string} [hint] */
  #refuse(message, hint = "Keep the columns that the model needs, or a sample of the rows.") {
    this.showProblem({ message, hint });
  }
}

/**
 * UTF-8, or what spreadsheets write instead: UTF-16 with its mark, or the old Western code page.
 *
 * @param {Uint8Array} bytes
 */
function decoded(bytes) {
  const mark = bytes[0] * 256 + bytes[1];
  if (mark === 0xfffe) return new TextDecoder("utf-16le").decode(bytes);
  if (mark === 0xfeff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
