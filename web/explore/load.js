// Fetches what a live figure needs, and says so where it does not come.

import { button, make } from "../quiz/dom.js";
import { failed, retry } from "./words.js";

/** @param {HTMLElement} element - a figure.explore as the page has it */
export async function load(element) {
  let parts;
  for (let attempt = 0; !parts; attempt += 1) {
    try {
      parts = await fetched(element.dataset.explore, attempt);
    } catch {
      await pressed(element);
    }
  }
  const [{ start }, { default: explorer }] = parts;
  start(element, explorer);
}

/** The script, and the curves: written by lossbook/site/explore.py. */
function fetched(slug, attempt) {
  // A browser may remember that an address has failed.
  const query = attempt ? `?${attempt}` : "";
  return Promise.all(
    ["explore", `explore/${slug}`].map((name) => {
      const file = new URL(`${name}.js${query}`, import.meta.url);
      return import(file.href);
    }),
  );
}

/** Waits until the reader wants to try again. */
function pressed(element) {
  return new Promise((again) => {
    const note = make("p", { class: "failed", role: "alert", text: failed });
    const press = () => {
      note.remove();
      again();
    };
    note.append(" ", button(retry, press));
    element.querySelector(".stage").after(note);
  });
}
