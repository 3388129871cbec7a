// The point that is drawn along a curve: by mouse, touch or keyboard.

import { point } from "./words.js";

const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * The handle of a plot. It does not move itself: it calls move(change), a
 * function from the x where the point is to the one where it should be.
 */
export function makeHandle(plot, { low, high, step }, move) {
  const { handle, over } = plot;
  const attributes = {
    role: "slider",
    tabindex: 0,
    "aria-label": point,
    "aria-valuemin": low,
    "aria-valuemax": high,
  };
  for (const [name, value] of Object.entries(attributes)) {
    handle.setAttribute(name, value);
  }

  handle.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    event.preventDefault(); // selects no text
  });
  handle.addEventListener("pointermove", (event) => {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    move(() => plot.xOf(event));
  });
  // A page that is scrolled by touch clicks nothing.
  over.addEventListener("click", (event) => move(() => plot.xOf(event)));
  handle.addEventListener("click", (event) => event.stopPropagation());
  handle.addEventListener("keydown", (event) => {
    const steps = KEYS[event.key];
    if (!steps || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    move((x) => x + steps * step);
  });
  return handle;
}
