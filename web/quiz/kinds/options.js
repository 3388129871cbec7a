// The options of a question, and why each is right or wrong.

import { nameFormulas } from "../dom.js";

/** Moves the children of each option into something to press. */
export function pressable(card, wrap) {
  const options = [...card.querySelectorAll(".options > li")];
  return options.map((item, index) => {
    const control = wrap(index);
    control.append(...item.childNodes);
    item.append(control);
    nameFormulas(control);
    return control;
  });
}

/** Puts every why under its option, and marks which are right. */
export function reveal(card) {
  const options = card.querySelectorAll(".options > li");
  const whys = card.querySelectorAll(".whys > li");
  options.forEach((option, index) => {
    const why = whys[index];
    const right = why.classList.contains("right");
    option.classList.add(right ? "right" : "wrong");
    const copy = document.createElement("div");
    copy.className = "why";
    const verdict = document.createElement("strong");
    verdict.textContent = right ? "Right. " : "Wrong. ";
    copy.append(verdict, ...clones(why.childNodes));
    option.append(copy);
  });
  card.querySelector(".whys").hidden = true;
}

function clones(nodes) {
  return [...nodes].map((node) => node.cloneNode(true));
}

/** Which options are right. */
export function rightOnes(card) {
  return [...card.querySelectorAll(".whys > li")].map((why) =>
    why.classList.contains("right"),
  );
}
