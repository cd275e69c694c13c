/**
 * Drawing at most once in an animation frame, whatever number of events asked for it.
 *
 * @param {() => void} draw
 * @returns {() => void} asks for one drawing in the next frame
 */
export function oncePerFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}
