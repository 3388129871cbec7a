// The lines of a derivation: press them in their order.

import { button, make, nameFormulas } from "../dom.js";

export function mount(card, { silent, settle }) {
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
  card.querySelector(".lines").after(
    make("p", { class: "hint", text: "Press the lines in their order." }),
    make("div", { class: "tools" }, check, anew),
  );

  function toggle(item) {
    const place = chosen.indexOf(item);
    if (place < 0) chosen.push(item);
    else chosen.splice(place);
    show();
  }

  function show() {
    items.forEach((item, index) => {
      const place = chosen.indexOf(item) + 1;
      badges[index].textContent = place || "";
      const press = item.querySelector("button");
      press.setAttribute("aria-pressed", String(place > 0));
    });
    const whole = chosen.length === items.length;
    check.disabled = !whole;
    if (silent && whole) judge();
  }

  function judge() {
    const given = chosen.map((item) => Number(item.dataset.line));
    const right = inOrder(given, either);
    if (!silent) {
      for (const item of items) item.querySelector("button").disabled = true;
      check.parentElement.hidden = true;
      card.querySelector("details").open = true;
    }
    settle(right, given.join(", "));
  }
}

/** Whether lines 1, 2, … stand in order, groups of `either` in any. */
export function inOrder(given, either) {
  const least = (line) => {
    const group = either.find((lines) => lines.includes(line));
    return group ? Math.min(...group) : line;
  };
  const wanted = given.map((_, index) => least(index + 1));
  return given.every((line, index) => least(line) === wanted[index]);
}
