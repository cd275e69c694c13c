// The trace types that the book draws; scatter is part of the core.
const Plotly = require('plotly.js/lib/core');

Plotly.register([
  require('plotly.js/lib/contour'),
  require('plotly.js/lib/heatmap'),
  require('plotly.js/lib/quiver'),
  require('plotly.js/lib/surface'),
  require('plotly.js/lib/scatter3d'),
  require('plotly.js/lib/cone'),
]);

module.exports = Plotly;
