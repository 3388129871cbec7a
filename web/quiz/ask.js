// Asks one question: puts a fresh copy of its card on the stage, and
// calls back once it is answered.

import { mount as bug } from "./kinds/bug.js";
import { mount as choice } from "./kinds/choice.js";
import { mount as multiple } from "./kinds/multiple.js";
import { mount as numeric } from "./kinds/numeric.js";
import { mount as order } from "./kinds/order.js";
import { mount as recall } from "./kinds/recall.js";

const KINDS = {
  bug,
  choice,
  multiple,
  numeric,
  order,
  recall,
  // Loaded where it is asked only: it brings a parser with it.
  derive: async (card, task) => {
    const { mount } = await import("./derive.js");
    return mount(card, task);
  },
};

/**
 * @param {HTMLElement} stage - what holds the card; emptied first
 * @param {HTMLElement} original - the card, never changed
 * @param {object} task
 * @param {boolean} task.silent - judge, but say nothing
 * @param {number} task.seed - of the numbers drawn
 * @param {string} [task.given] - when silent, the answer so far
 * @param {HTMLElement} task.controls - where recall puts its buttons
 * @param {(right: boolean | null, given: string) => void} task.settle -
 *   called when there is an answer; when silent, at each change of it
 * @param {(message: string) => void} task.tell
 */
export async function ask(stage, original, task) {
  const card = original.cloneNode(true);
  const answer = card.querySelector("details");
  answer.open = false;
  // The answer is unfolded by answering, not by itself.
  answer.querySelector("summary").hidden = true;
  card.classList.add("asked");
  card.tabIndex = -1;
  stage.replaceChildren(card);
  await KINDS[card.dataset.kind](card, task);
  return card;
}

export function newSeed() {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
