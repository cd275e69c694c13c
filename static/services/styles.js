/**
 * Style sheets that a widget brings along, loaded once for a page and before the widget appears.
 */

/** @type {Map<string, Promise<void>>} */
const loading = new Map();

/**
 * @param {...URL} addresses
 * @returns {Promise<void>} kept when all are there; a sheet that cannot be had does not stop a widget
 */
export async function loadStyles(...addresses) {
  await Promise.all(addresses.map((address) => loadOne(address.href)));
}

/** @param {string} address */
function loadOne(address) {
  const known = loading.get(address);
  if (known) return known;
  const promise = isLinked(address) ? Promise.resolve() : link(address);
  loading.set(address, promise);
  return promise;
}

/** @param {string} address */
function isLinked(address) {
  return [...document.styleSheets].some((sheet) => sheet.href === address);
}

/**
 * @param {string} address
 * @returns {Promise<void>}
 */
function link(address) {
  return new Promise((resolve) => {
    const element = document.createElement("link");
    element.rel = "stylesheet";
    element.href = address;
    element.onload = () => resolve();
    element.onerror = () => resolve();
    document.head.append(element);
  });
}
