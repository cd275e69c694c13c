/**
 * What the browser keeps for a reader: theme, layout, place. All of it stays on the reader's
 * machine; where storage is blocked or full, the book works without.
 */

const PREFIX = "nabla.";

/**
 * @param {string} key
 * @returns {string | null}
 */
export function recall(key) {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value null forgets
 */
export function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Nothing is lost but the memory of it.
  }
}

/**
 * @param {string} key
 * @returns {unknown} what was kept as JSON, or null
 */
export function recallData(key) {
  const text = recall(key);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {unknown} value
 */
export function keepData(key, value) {
  keep(key, JSON.stringify(value));
}
