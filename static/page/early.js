/* Runs before the first paint, so that a chosen theme or layout never flashes. A classic script:
   modules are deferred. page/theme.js and page/layout.js take over from here. */
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  if (window.parent !== window) root.classList.add("framed");

  /** @param {string} key */
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage is blocked: the page's defaults hold
    }
  }

  var theme = stored("nabla.theme");
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;

  var asked = new URLSearchParams(location.search).get("layout");
  var layout = asked || stored("nabla.layout");
  if (layout === "numerator" || layout === "denominator") root.dataset.layout = layout;
})();
