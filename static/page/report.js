/**
 * Reporting a problem: at the moment of the click the link takes along the address of the page with
 * the state of its widgets.  Without scripts it carries page and version.
 *
 * Markup: <a data-report="pattern with {title} and {body}" data-report-title data-report-body>.
 */

/** Mail programs and trackers cut off, or refuse, what is longer than about 2,000 characters. */
const LONGEST = 1200;

export function start() {
  for (const type of ["click", "auxclick"]) document.addEventListener(type, complete);
}

/** @param {Event} event */
function complete(event) {
  const link = event.target instanceof Element ? event.target.closest("a[data-report]") : null;
  if (!(link instanceof HTMLAnchorElement)) return;
  dispatchEvent(new Event("nabla:write")); // widgets write their state to the address
  const { report = "", reportTitle = "", reportBody = "" } = link.dataset;
  const body = `${reportBody}\nAddress: ${shortened(location.href)}`;
  link.href = report.replace("{title}", () => encodeURIComponent(reportTitle)).replace("{body}", () => encodeURIComponent(body));
}

/**
 * The address, short enough also when it is encoded once more; what is missing is said.
 *
 * @param {string} address
 */
function shortened(address) {
  let text = address;
  while (encodeURIComponent(text).length > LONGEST) text = text.slice(0, Math.floor(text.length * 0.9));
  return text === address ? address : `${text} … (shortened)`;
}
