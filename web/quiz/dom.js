// The few ways in which the quiz makes elements. Text stays text.

/** An element with attributes or properties, and children. */
export function make(tag, { text, ...attributes } = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

export function button(text, press, attributes = {}) {
  return make("button", { type: "button", text, onclick: press, ...attributes });
}

/** Moves the focus to what has come in the place of what had it. */
export function focusOn(element) {
  if (element.tabIndex < 0) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  // After a longer card it may begin above what is seen of the page.
  const bar = getComputedStyle(document.documentElement).scrollPaddingTop;
  const { top } = element.getBoundingClientRect();
  if (top < parseFloat(bar)) element.scrollIntoView();
}

/** Turns MathML, which names no button, into text that does. */
export function nameFormulas(element) {
  for (const hidden of element.querySelectorAll(".katex-mathml")) {
    hidden.querySelector("annotation").remove();
    hidden.textContent = hidden.textContent;
  }
}

/** The real minus, at most six digits, as the pages have it. */
export function number(value) {
  const text = String(Number(value.toPrecision(6)));
  return text.replace("-", "−").replace("e+", "e");
}
