// Fetches scripts that a part of the page needs, and says so where they
// do not come.

import { button, make } from "./quiz/dom.js";

/**
 * The modules of files beside this one; asks until they have come.
 *
 * @param {string[]} files - their names
 * @param {string} lacks - what the reader is told if they do not come
 * @param {(note: Element) => void} show - puts that into the page
 */
export async function imported(files, lacks, show) {
  for (let attempt = 0; ; attempt += 1) {
    // A browser may remember that an address has failed.
    const query = attempt ? `?${attempt}` : "";
    const addresses = files.map(
      (file) => new URL(file + query, import.meta.url).href,
    );
    try {
      return await Promise.all(addresses.map((address) => import(address)));
    } catch {
      await pressed(lacks, show);
    }
  }
}

/** Waits until the reader wants to try again. */
function pressed(lacks, show) {
  return new Promise((again) => {
    const retry = button("Retry", () => {
      note.remove();
      again();
    });
    const note = make(
      "div",
      { class: "lacks", role: "alert" },
      make("p", { text: lacks }),
      retry,
    );
    show(note);
  });
}
