// What the page of a chapter does beyond the theme.

import { load } from "./explore/load.js";
import { whenNear } from "./near.js";
import { startBlocks } from "./quiz/block.js";
import { notices } from "./quiz/notices.js";
import { open } from "./quiz/store.js";

const [first] = document.querySelectorAll(".quiz, .challenge");
if (first) {
  const store = open(notices(first));
  startBlocks(store);
  whenNear(".challenge", async (element) => {
    const script = new URL("challenge.js", import.meta.url);
    const { start } = await import(script.href);
    start(element, store);
  });
}

whenNear(".explore", load);
