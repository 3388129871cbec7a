// First the wrong line, then what should stand there.

import { make } from "../dom.js";
import { letter, mount as mountChoice } from "./choice.js";
import { rightOnes } from "./options.js";

export function mount(card, { silent, settle, given = "" }) {
  const wrong = Number(card.dataset.wrong);
  const fixes = card.querySelector(".fixes");
  const verdict = make("p", { class: "verdict", role: "status" });
  const listing = card.querySelector("pre");
  const lines = splitLines(listing);

  const buttons = lines.map((line, index) =>
    make(
      "button",
      {
        type: "button",
        class: "line",
        "aria-pressed": "false",
        "aria-label": `Line ${index + 1}: ${line.textContent}`,
        onclick: () => {
          pick(index + 1);
          if (silent) done();
        },
      },
      line,
    ),
  );
  const ask = make("p", { class: "hint", text: "Press the wrong line." });
  listing.replaceChildren(...buttons);
  listing.after(verdict);
  listing.before(ask);
  fixes.hidden = true;

  const rightFix = letter(rightOnes(card).indexOf(true));
  // What was given before, such as "line 4, fix B".
  const before = /^line (\d+)(?:, fix ([A-Z]))?$/.exec(given) ?? [];
  let picked = 0;
  let fix = before[2] ?? "";

  function pick(number) {
    picked = number;
    buttons.forEach((line, index) => {
      line.disabled = !silent;
      line.setAttribute("aria-pressed", String(index + 1 === number));
      if (!silent) line.classList.toggle("right", index + 1 === wrong);
    });
    fixes.hidden = false;
    if (silent) return;
    verdict.textContent =
      picked === wrong
        ? "That is the line. What should stand there?"
        : `It is line ${wrong}. What should stand there?`;
    fixes.querySelector("button").focus({ preventScroll: true });
  }

  mountChoice(card, {
    silent,
    given: fix,
    settle: (_, chosen) => {
      fix = chosen;
      if (!silent) card.querySelector("details").open = true;
      done();
    },
  });
  if (before[1]) pick(Number(before[1]));

  function done() {
    settle(
      picked === wrong && fix === rightFix,
      `line ${picked}${fix && `, fix ${fix}`}`,
    );
  }
}

/** The lines of highlighted code, each in an element of its own. */
export function splitLines(listing) {
  const lines = [make("code")];
  const walk = (node, wrap) => {
    if (node.nodeType === Node.TEXT_NODE) {
      node.data.split("\n").forEach((text, index) => {
        if (index > 0) lines.push(make("code"));
        if (text) lines.at(-1).append(wrap(text));
      });
      return;
    }
    for (const child of node.childNodes) {
      walk(child, (text) => {
        if (child.nodeType === Node.TEXT_NODE) return wrap(text);
        return text;
      });
    }
  };
  for (const node of listing.childNodes) {
    const colour = (text) => make("span", { class: node.className, text });
    if (node.nodeType === Node.TEXT_NODE) walk(node, (text) => text);
    else walk(node, colour);
  }
  while (lines.length > 1 && !lines.at(-1).textContent) lines.pop();
  return lines;
}
