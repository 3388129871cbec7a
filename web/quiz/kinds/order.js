// The lines of a derivation: press them in their order.

import { button, make, nameFormulas } from "../dom.js";

export function mount(card, { silent, settle, given = "" }) {
  const items = [...card.querySelectorAll(".lines > li")];
  const either = JSON.parse(card.dataset.either);
  const chosen = [];

  const badges = items.map((item) => {
    const badge = make("span", { class: "nth" });
    const press = make("button", {
      type: "button",
      class: "option",
      "aria-pressed": "false",
      onclick: () => toggle(item),
    });
    press.append(badge, make("span", {}, ...item.childNodes));
    item.append(press);
    nameFormulas(press);
    return badge;
  });
  const check = button("Check", judge, { disabled: true, hidden: silent });
  const anew = button("Start over", () => {
    chosen.length = 0;
    show();
  });
  const hint = make("p", {
    class: "hint",
    text: "Press the lines in their order.",
  });
  card.querySelector(".lines").after(
    hint,
    make("div", { class: "tools" }, check, anew),
  );
  for (const line of given.split(", ")) {
    const item = items.find((one) => one.dataset.line === line);
    if (item && !chosen.includes(item)) chosen.push(item);
  }
  show();

  function toggle(item) {
    const place = chosen.indexOf(item);
    if (place < 0) chosen.push(item);
    else chosen.splice(place);
    show();
    if (silent && chosen.length === items.length) judge();
  }

  function show() {
    items.forEach((item, index) => {
      const place = chosen.indexOf(item) + 1;
      badges[index].textContent = place || "";
      const press = item.querySelector("button");
      press.setAttribute("aria-pressed", String(place > 0));
    });
    check.disabled = chosen.length < items.length;
  }

  function judge() {
    const given = chosen.map((item) => Number(item.dataset.line));
    const fitting = fits(given, either);
    if (!silent) {
      chosen.forEach((item, place) => {
        item.querySelector("button").disabled = true;
        item.classList.add(fitting[place] ? "right" : "wrong");
      });
      check.parentElement.hidden = true;
      reveal(card, items);
      hint.textContent = "The right order, with your numbers.";
    }
    settle(fitting.every(Boolean), given.join(", "));
  }
}

/** Puts the lines where they belong, each with its reason. */
function reveal(card, items) {
  const answer = card.querySelector(".ordered");
  const inOrder = [...answer.children].map(({ dataset, lastElementChild }) => {
    const item = items.find((one) => one.dataset.line === dataset.line);
    item.querySelector("button").lastChild.append(lastElementChild);
    return item;
  });
  card.querySelector(".lines").append(...inOrder);
  answer.hidden = true;
  card.querySelector("details").open = true;
}

/**
 * Which of the lines given stand where they belong: 1, 2, … in order,
 * groups of `either` in any.
 */
export function fits(given, either) {
  const least = (line) => {
    const group = either.find((lines) => lines.includes(line));
    return group ? Math.min(...group) : line;
  };
  return given.map((line, index) => least(line) === least(index + 1));
}
