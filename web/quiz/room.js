// What the pages of the interview room share: how they open.

import { make } from "./dom.js";
import { openLibrary } from "./library.js";
import { notices } from "./notices.js";
import { open } from "./store.js";

/** Opens store and library, then fills the room. */
export async function enter(fill) {
  const room = document.querySelector(".room");
  const store = open(notices(room));
  try {
    const library = await openLibrary();
    await fill(room, store, library);
  } catch (problem) {
    room.replaceChildren(
      make("p", {
        role: "alert",
        text:
          `The questions could not be loaded (${problem.message}). ` +
          "Reload the page to try again; nothing is lost.",
      }),
    );
    throw problem;
  }
}
