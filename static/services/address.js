/**
 * A widget's state in the page's address, so that a link reproduces it.
 *
 * The state stands in one query parameter per widget: `?jacobian=1~x.1.25~h.0.5~f.[x,y]`, that is a
 * version, then fields of a name, a point and a value.  Versions let the meaning of fields change
 * without breaking links that are already in the world: see {@link AddressState}.  What cannot be
 * read is replaced by what the page starts with, and the reader is told (link-note.js).
 *
 * A page may itself ask for a state, in the same words, by the option `state` that every widget has:
 * `"state": "1~x.1.25"`.  It is read on top of the other options, holds while the address says
 * nothing, and is what Reset returns to ({@link AddressState#home}).
 *
 * @typedef {Record<string, string>} Fields
 */

import { showComplaint } from "./link-note.js";

/**
 * @param {number} version
 * @param {Fields} fields
 */
export function encodeFields(version, fields) {
  const parts = Object.entries(fields).map(([name, value]) => `${name}.${escapeField(value)}`);
  return [String(version), ...parts].join("~");
}

/**
 * @param {string} text
 * @returns {{version: number, fields: Fields} | null} null when it is no state of ours
 */
export function decodeFields(text) {
  const [version, ...parts] = text.split("~");
  if (!/^\d{1,4}$/.test(version)) return null;
  /** @type {Fields} */
  const fields = Object.create(null);
  for (const part of parts) {
    const point = part.indexOf(".");
    if (point > 0) fields[part.slice(0, point)] = unescapeField(part.slice(point + 1));
  }
  return { version: Number(version), fields };
}

/**
 * Reads fields one after the other, and notes which of them say something that cannot be used:
 *
 *     const read = new FieldReader(fields);
 *     const [x, y] = read.take(["x", "y"], (x, y) => pair(x, y), [start.x, start.y]);
 */
export class FieldReader {
  /** @param {Fields} fields */
  constructor(fields) {
    this.fields = fields;
    /** @type {Set<string>} */
    this.known = new Set();
    /** @type {Set<string>} */
    this.refused = new Set();
  }

  /**
   * What some fields say together; `otherwise` when none of them is there, or when `parse` cannot use
   * them, which it says by null, undefined or NaN.  `parse` gets "" for a field that is missing.
   *
   * @template T
   * @param {string[]} names
   * @param {(...texts: string[]) => T | null | undefined} parse
   * @param {T} otherwise
   * @returns {T}
   */
  take(names, parse, otherwise) {
    for (const name of names) this.known.add(name);
    const given = names.filter((name) => this.fields[name] !== undefined);
    if (given.length === 0) return otherwise;
    const value = parse(...names.map((name) => this.fields[name] ?? ""));
    if (value !== null && value !== undefined && !Number.isNaN(value)) return value;
    for (const name of given) this.refused.add(name);
    return otherwise;
  }

  /** What is to be told: fields refused, and fields that nobody asked for. */
  get refusals() {
    const names = Object.keys(this.fields).filter((name) => this.refused.has(name) || !this.known.has(name));
    return names.map((field) => ({ field, value: this.fields[field] }));
  }
}

/** @param {string} value */
function escapeField(value) {
  return value.replaceAll("!", "!!").replaceAll("~", "!t");
}

/** @param {string} value */
function unescapeField(value) {
  return value.replace(/!([!t])/g, (_, sign) => (sign === "t" ? "~" : "!"));
}

/**
 * The value of a parameter in a query string, or null.
 *
 * @param {string} query
 * @param {string} name
 */
export function readParameter(query, name) {
  return new URLSearchParams(query).get(name);
}

/**
 * The query with one parameter set, or removed when `value` is null; the others stay untouched.
 *
 * @param {string} query
 * @param {string} name
 * @param {string | null} value
 */
export function withParameter(query, name, value) {
  const parts = query.replace(/^\?/, "").split("&");
  const others = parts.filter((part) => part !== "" && part.split("=")[0] !== name);
  const all = value === null ? others : [...others, `${name}=${encodeReadable(value)}`];
  return all.length ? `?${all.join("&")}` : "";
}

/**
 * A text as the value of a parameter.  Brackets and commas are legal in a query and keep it readable.
 *
 * @param {string} text
 */
export function encodeReadable(text) {
  return encodeURIComponent(text).replaceAll("%2C", ",").replaceAll("%5B", "[").replaceAll("%5D", "]");
}

const WRITE_DELAY = 400;

/**
 * The link between one widget and its parameter.
 *
 * `readers` maps each version that was ever published to a function from its fields to the state; it
 * takes them from the {@link FieldReader}, so that what it cannot use is told.  A version that is not
 * known comes from a newer book; that is told as well.
 *
 * @template State
 */
export class AddressState {
  /**
   * @param {string} name  of the parameter
   * @param {number} version  that is written
   * @param {Record<number, (fields: Fields, read: FieldReader) => State>} readers
   */
  constructor(name, version, readers) {
    this.name = name;
    this.version = version;
    this.readers = readers;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    /** @type {Fields | null | undefined} */
    this.pending = undefined;
    this.known = readParameter(location.search, this.name);
    const root = rootOf(name);
    this.given = root ? givenState(root) : null;
    // At the end, and when somebody is about to read the address (stateText, page/report.js).
    for (const event of ["pagehide", "nabla:write"]) addEventListener(event, () => this.flush());
  }

  /** @returns {State | null} the state that the page asks for by the option `state`, if any */
  get home() {
    return interpret(this.given, this.readers).state;
  }

  /**
   * Tell when the reader goes to an address with another state; a jump within the page is none.
   *
   * @param {() => void} callback
   */
  onChange(callback) {
    addEventListener("popstate", () => {
      if (this.pending === undefined && readParameter(location.search, this.name) !== this.known) callback();
    });
  }

  /** @returns {State | null} the state that the address asks for, or else the page, if any */
  read() {
    const text = (this.known = readParameter(location.search, this.name));
    const { state, complaint } = interpret(text ?? this.given, this.readers);
    const root = rootOf(this.name);
    if (root) showComplaint(root, complaint);
    return state ?? this.home;
  }

  /**
   * Write soon, and not more often than browsers allow; null removes the parameter.
   *
   * @param {Fields | null} fields
   */
  write(fields) {
    this.pending = fields;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), WRITE_DELAY);
  }

  /** Write now what is waiting to be written. */
  flush() {
    clearTimeout(this.timer);
    if (this.pending === undefined) return;
    const value = this.#text(this.pending);
    this.pending = undefined;
    this.known = value;
    const query = withParameter(location.search, this.name, value);
    if (query !== location.search) {
      history.replaceState(history.state, "", `${location.pathname}${query}${location.hash}`);
    }
  }

  /**
   * What the address has to say; null when the page itself says it.
   *
   * @param {Fields | null} fields
   */
  #text(fields) {
    if (this.given === null) return fields && encodeFields(this.version, fields);
    const text = encodeFields(this.version, fields ?? {});
    return sameState(text, this.given) ? null : text;
  }
}

/**
 * The state of a widget at this moment as text, null when it is that of its options alone.
 *
 * @param {HTMLElement} root
 */
export function stateText(root) {
  dispatchEvent(new Event("nabla:write"));
  return readParameter(location.search, parameterFor(root)) ?? givenState(root);
}

/**
 * The option `state` of a widget.
 *
 * @param {HTMLElement} root
 * @returns {string | null}
 */
function givenState(root) {
  const { state } = JSON.parse(root.dataset.options || "{}");
  return typeof state === "string" ? state : null;
}

/**
 * Whether two texts say the same, in whatever order.
 *
 * @param {string} first
 * @param {string} second
 */
function sameState(first, second) {
  const [one, other] = [first, second].map((text) => {
    const decoded = decodeFields(text);
    return decoded && JSON.stringify([decoded.version, Object.entries(decoded.fields).sort()]);
  });
  return one !== null && one === other;
}

/**
 * The state that the text of a parameter asks for, and what is to be said about it.
 *
 * @template State
 * @param {string | null} text
 * @param {Record<number, (fields: Fields, read: FieldReader) => State>} readers
 * @returns {{state: State | null, complaint: import("./link-note.js").Complaint | null}}
 */
export function interpret(text, readers) {
  if (text === null) return { state: null, complaint: null };
  const decoded = decodeFields(text);
  if (!decoded) return { state: null, complaint: "spoilt" };
  const reader = readers[decoded.version];
  if (!reader) return { state: null, complaint: "newer" };
  const read = new FieldReader(decoded.fields);
  const state = reader(decoded.fields, read);
  // A reader that takes nothing from the field reader reads the fields in its own way.
  const refusals = read.known.size ? read.refusals : [];
  return { state, complaint: refusals.length ? refusals : null };
}

/** @param {string} name  of a parameter */
function rootOf(name) {
  const roots = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-widget]"));
  return [...roots].find((root) => parameterFor(root) === name);
}

/**
 * The name of the parameter for a widget: its own name for the first of its kind in the page,
 * `jacobian2`, `jacobian3` … for further ones.
 *
 * @param {HTMLElement} root
 */
export function parameterFor(root) {
  const name = root.dataset.widget ?? "widget";
  const same = [...document.querySelectorAll(`[data-widget="${CSS.escape(name)}"]`)];
  const index = same.indexOf(root);
  return index > 0 ? `${name}${index + 1}` : name;
}
