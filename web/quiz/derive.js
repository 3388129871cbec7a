// The card of a question whose answer is a formula that the reader types.

import { compare } from "./compare.js";
import { read } from "./formula.js";
import { shown } from "./greek.js";
import { mathml } from "./mathml.js";
import { words } from "./words.js";

// A formula that cannot be read, or not judged, counts for nothing.
export function mount(card, { silent, settle, given = "" }) {
  const points = JSON.parse(card.dataset.points);
  const { form, input, preview, verdict } = build(card, points.symbols);

  const echo = () =>
    show(preview, read(input.value, points.symbols), input.value);
  input.value = given;
  echo();
  input.addEventListener("input", () => {
    verdict.replaceChildren();
    verdict.className = "verdict";
    echo();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { tree, message, at, end } = read(input.value, points.symbols);
    if (!tree) {
      say(verdict, "unclear", message);
      input.focus();
      input.setSelectionRange(at, end);
      return;
    }
    const result = compare(tree, points);
    const judged = result.verdict !== "undecided";
    if (!silent || !judged) answer(verdict, result, card);
    if (!judged) return;
    if (!silent) {
      for (const control of form.elements) control.disabled = true;
      card.querySelector("details").open = true;
    }
    settle(result.verdict === "right", input.value);
  });
}

function build(card, symbols) {
  const id = `${card.id}-formula`;
  const label = make("label", { htmlFor: id, textContent: words.label });
  const uses = make("p", {
    id: `${id}-uses`,
    className: "uses",
    textContent: words.uses(symbols.map(both)),
  });
  const input = make("input", {
    id,
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: false,
    enterKeyHint: "done",
  });
  input.setAttribute("autocorrect", "off");
  input.setAttribute("aria-describedby", uses.id);
  const button = make("button", { type: "submit", textContent: words.check });
  const preview = make("div", { className: "preview" });
  const verdict = make("div", { className: "verdict" });
  verdict.setAttribute("role", "status");
  const line = make("div", { className: "line" });
  line.append(input, button);
  const form = make("form", { className: "formula", noValidate: true });
  form.append(label, uses, line, preview, verdict);
  card.querySelector(".prompt").after(form);
  return { form, input, preview, verdict };
}

// What was understood; or the text, with what was not understood marked.
function show(preview, { tree, at, end }, text) {
  preview.replaceChildren();
  if (text.trim() === "") return;
  if (tree) {
    preview.append(mathml(tree));
    return;
  }
  const where = make("mark", { textContent: text.slice(at, end) });
  const echo = make("code");
  echo.append(text.slice(0, at), where, text.slice(end));
  preview.append(echo);
}

function answer(verdict, result, card) {
  if (result.verdict === "right") return; // whoever asks says so
  if (result.verdict === "undecided") {
    return say(
      verdict,
      "unclear",
      result.at ? words.noValue(place(result.at)) : words.tooRough,
    );
  }
  const { at, yours, expected, mistake } = result;
  say(verdict, "wrong", words.wrong(place(at), number(yours), number(expected)));
  const why = card.querySelectorAll(".mistakes > li")[mistake];
  if (why) verdict.append(...why.cloneNode(true).childNodes);
}

function say(verdict, kind, text) {
  verdict.className = `verdict ${kind}`;
  verdict.replaceChildren(make("p", { textContent: text }));
}

const place = (at) =>
  Object.entries(at)
    .map(([name, value]) => `${shown(name)} = ${number(value)}`)
    .join(", ");

// delta (δ)
const both = (name) => (shown(name) === name ? name : `${name} (${shown(name)})`);

// Six digits, and a real minus.
function number(value) {
  if (!Number.isFinite(value)) return words.undefined;
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

function make(tag, properties = {}) {
  return Object.assign(document.createElement(tag), properties);
}
