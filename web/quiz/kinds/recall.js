// An open question: the reader compares and says whether it was known.

import { button, make } from "../dom.js";

export function mount(card, { silent, settle, controls, given }) {
  const answer = card.querySelector("details");
  answer.classList.add("plain");
  if (silent) {
    const notes = make("textarea", {
      rows: 3,
      "aria-label": "Your answer, in a few words",
      oninput: () => settle(null, notes.value),
    });
    notes.value = given;
    card.querySelector(".prompt").after(notes);
    return;
  }
  const forgot = button("Forgot", () => settle(false, ""));
  const knew = button("Knew it", () => settle(true, ""));
  const show = button("Show answer", () => {
    answer.open = true;
    controls.replaceChildren(forgot, knew);
    knew.focus();
  });
  controls.replaceChildren(show);
}
