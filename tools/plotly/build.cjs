// Bundles the part of Plotly that the book uses into static/vendor/plotly.
//
// The version of plotly.js in package.json is the one that the Python package carries
// (plotly.offline.get_plotlyjs_version()), so that figures validated on the server fit it.
//
//   npm install && npm run build
const fs = require('node:fs');
const path = require('node:path');
const esbuild = require('esbuild');
const { environmentPlugin } = require('esbuild-plugin-environment');
const { glsl } = require('esbuild-plugin-glsl');
const inlineStyles = require('esbuild-plugin-inline-css');

const { version } = require('plotly.js/package.json');
const source = path.dirname(require.resolve('plotly.js/package.json'));
const target = path.resolve(__dirname, '../../static/vendor/plotly');

// An empty style attribute breaks `style-src 'self'`; removing the attribute does the same.
const withoutEmptyStyles = {
  name: 'without-empty-styles',
  setup(build) {
    build.onLoad({ filter: /components[\\/]colorbar[\\/]draw\.js$/ }, (file) => ({
      contents: fs.readFileSync(file.path, 'utf8').replaceAll(".attr('style', '')", ".attr('style', null)"),
      loader: 'js',
    }));
  },
};

esbuild
  .build({
    entryPoints: [path.join(__dirname, 'entry.cjs')],
    outfile: path.join(target, 'plotly.min.js'),
    bundle: true,
    minify: true,
    format: 'iife',
    globalName: 'Plotly',
    target: 'es2018',
    legalComments: 'inline',
    alias: { regl: '@plotly/regl', stream: 'stream-browserify' },
    define: { global: 'window', 'define.amd': 'false' },
    plugins: [withoutEmptyStyles, inlineStyles(), glsl({ minify: true }), environmentPlugin({ NODE_DEBUG: false })],
  })
  .then(() => {
    fs.copyFileSync(path.join(source, 'dist/plotly.css'), path.join(target, 'plotly.css'));
    fs.copyFileSync(path.join(source, 'LICENSE'), path.join(target, 'LICENSE'));
    console.log(`plotly.js ${version} bundled`);
  });
