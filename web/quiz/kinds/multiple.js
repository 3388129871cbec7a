// Any number of the options are right: tick all of them, then check.

import { button, make } from "../dom.js";
import { letter } from "./choice.js";
import { pressable, reveal, rightOnes } from "./options.js";

export function mount(card, { silent, settle, given = "" }) {
  const right = rightOnes(card);
  const labels = pressable(card, () =>
    make("label", { class: "option" }, make("input", { type: "checkbox" })),
  );
  const boxes = labels.map((label) => label.querySelector("input"));
  const before = given.split(", ");
  boxes.forEach((box, index) => (box.checked = before.includes(letter(index))));
  const check = button("Check", judge);
  if (silent) for (const box of boxes) box.addEventListener("change", judge);
  else card.querySelector(".options").after(check);

  function judge() {
    const ticked = boxes.map((box) => box.checked);
    if (!silent) {
      for (const box of boxes) box.disabled = true;
      check.hidden = true;
      reveal(card);
    }
    const letters = ticked.flatMap((on, i) => (on ? [letter(i)] : []));
    settle(
      ticked.every((on, index) => on === right[index]),
      letters.join(", "),
    );
  }
}
