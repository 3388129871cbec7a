// What the page of a chapter does beyond the theme.

import { imported } from "./imported.js";
import { whenNear } from "./near.js";
import { startBlocks } from "./quiz/block.js";
import { notices } from "./quiz/notices.js";
import { open } from "./quiz/store.js";

const [first] = document.querySelectorAll(".quiz, .challenge");
if (first) {
  const store = open(notices(first));
  startBlocks(store);
  whenNear(".challenge", async (element) => {
    const [{ start }] = await imported(
      ["challenge.js"],
      "The editor could not be loaded. The rest can be read.",
      (note) => element.querySelector(".stub").after(note),
    );
    start(element, store);
  });
}

whenNear(".explore", async (element) => {
  // The curves are written by lossbook/site/explore.py.
  const [{ start }, { default: explorer }] = await imported(
    ["explore.js", `explore/${element.dataset.explore}.js`],
    "The live figure could not be loaded.",
    (note) => element.querySelector(".stage").after(note),
  );
  start(element, explorer);
});
