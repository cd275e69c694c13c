// Counts, while `window.dragTimes.on` is set, the milliseconds of script in each animation frame:
// everything that runs in handlers of pointer events, in animation callbacks and in timers.
(() => {
  const times = (window.dragTimes = { on: false, frames: [], pictures: [], script: 0, started: 0, ended: 0 });

  const timed = (callback) =>
    function (...parameters) {
      const begin = performance.now();
      try {
        return callback.apply(this, parameters);
      } finally {
        times.script += performance.now() - begin;
      }
    };

  const requestFrame = window.requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (callback) => requestFrame(timed(callback));
  const setTimer = window.setTimeout.bind(window);
  window.setTimeout = (callback, ...rest) =>
    setTimer(typeof callback === "function" ? timed(callback) : callback, ...rest);
  const listen = EventTarget.prototype.addEventListener;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const wrapped = /^pointer|^mouse/.test(type) && typeof listener === "function" ? timed(listener) : listener;
    return listen.call(this, type, wrapped, options);
  };

  // A surface clears its canvas before it paints.
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    if (times.on) times.pictures.push(performance.now());
    return clear.apply(this, box);
  };

  const eachFrame = (now) => {
    if (times.on) {
      times.started ||= now;
      times.ended = now;
      times.frames.push(times.script);
    }
    times.script = 0;
    requestFrame(eachFrame);
  };
  requestFrame(eachFrame);
})();
