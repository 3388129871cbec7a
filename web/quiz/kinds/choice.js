// One of the options is right.

import { make } from "../dom.js";
import { pressable, reveal, rightOnes } from "./options.js";

/**
 * @param {HTMLElement} card
 * @param {{silent: boolean, settle: (right: boolean, given: string) => void,
 *   given?: string}} task
 */
export function mount(card, { silent, settle, given = "" }) {
  const right = rightOnes(card);
  const buttons = pressable(card, (index) =>
    make("button", {
      type: "button",
      class: "option",
      onclick: () => choose(index),
    }),
  );

  mark(buttons.findIndex((_, index) => letter(index) === given));

  function mark(index) {
    buttons.forEach((control, other) => {
      control.setAttribute("aria-pressed", String(other === index));
    });
  }

  function choose(index) {
    mark(index);
    if (!silent) {
      for (const control of buttons) control.disabled = true;
      reveal(card);
    }
    settle(right[index], letter(index));
  }
}

export function letter(index) {
  return String.fromCharCode(65 + index);
}
