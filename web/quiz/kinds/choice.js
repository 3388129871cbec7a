// One of the options is right.

import { make } from "../dom.js";
import { pressable, reveal, rightOnes } from "./options.js";

/**
 * @param {HTMLElement} card
 * @param {{silent: boolean, settle: (right: boolean, given: string) => void}} task
 */
export function mount(card, { silent, settle }) {
  const right = rightOnes(card);
  const buttons = pressable(card, (index) =>
    make("button", {
      type: "button",
      class: "option",
      "aria-pressed": "false",
      onclick: () => choose(index),
    }),
  );

  function choose(index) {
    buttons.forEach((control, other) => {
      control.setAttribute("aria-pressed", String(other === index));
      control.disabled = !silent;
    });
    if (!silent) reveal(card);
    settle(right[index], letter(index));
  }
}

export function letter(index) {
  return String.fromCharCode(65 + index);
}
