// Numbers drawn anew at each visit; the formula gives the answer.

import { make, number } from "../dom.js";

export async function mount(card, { silent, settle, seed, tell, given = "" }) {
  const right = await draw(card, seed);
  const tolerance = Number(card.dataset.tolerance);

  const input = make("input", {
    type: "text",
    inputmode: "text",
    autocomplete: "off",
    "aria-label": "Your answer, a number",
  });
  input.value = given;
  const form = make(
    "form",
    { class: "typed", onsubmit: judge },
    input,
    make("button", { text: "Check" }),
  );
  card.querySelector(".prompt").after(form);

  function judge(event) {
    event.preventDefault();
    const typed = parse(input.value);
    if (typed === null) {
      tell("Please write a number, such as 0.25, -3, 1/4 or 2e-3.");
      return;
    }
    const near = Math.abs(typed - right) <= tolerance * Math.abs(right) + 1e-12;
    if (!silent) {
      for (const control of form.elements) control.disabled = true;
      card.querySelector("details").open = true;
    }
    settle(near, input.value);
  }
}

/** Puts the numbers of this seed into a card; returns the right answer. */
export async function draw(card, seed) {
  const draws = JSON.parse(card.dataset.draw);
  const chance = random(seed);
  const values = Object.values(draws).map(
    (choices) => choices[Math.floor(chance() * choices.length)],
  );
  Object.keys(draws).forEach((symbol, index) => {
    const spans = card.querySelectorAll(`[data-drawn="${symbol}"]`);
    for (const span of spans) span.textContent = number(values[index]);
  });
  const right = (await answerOf(card))(...values);
  const { answer, least, most } = rounded(right, Number(card.dataset.tolerance));
  const strong = card.querySelector(".right strong");
  strong.textContent = answer;
  if (least !== most) strong.after(`; ${least} to ${most} counts as right.`);
  return right;
}

/**
 * An answer to the digits that matter, a whole number in full; and the
 * least and the most that count, rounded so that both do.
 */
export function rounded(value, tolerance) {
  const digits = Math.max(4, Math.ceil(-Math.log10(tolerance)) + 1);
  const whole = Number.isInteger(Number(value.toPrecision(6)));
  const answer = whole ? value : Number(value.toPrecision(digits));
  const room = tolerance * Math.abs(value);
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) + 1 - digits);
  // The small number is for what floating point adds to 3960.
  const least = Math.ceil((value - room) / unit - 1e-6) * unit;
  const most = Math.floor((value + room) / unit + 1e-6) * unit;
  return value === 0
    ? { answer: "0", least: "0", most: "0" }
    : { answer: number(answer), least: number(least), most: number(most) };
}

async function answerOf(card) {
  const file = new URL(
    `./answers/${card.dataset.chapter}.js`,
    import.meta.url,
  );
  const answers = await import(file.href);
  return answers.default[card.id];
}

/** A number, a fraction of two, with any minus; null for anything else. */
export function parse(text) {
  const dotted = text.trim().replace(/[−–]/g, "-");
  // 1,000 is a thousand to one reader and 1 to another.
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(dotted)) return null;
  const plain = dotted.replace(/^([+-]?\d+),(\d+)$/, "$1.$2");
  const parts = plain.split("/").map((part) => part.trim());
  const form = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
  if (parts.length > 2 || !parts.every((part) => form.test(part))) return null;
  const [above, below = 1] = parts.map(Number);
  const value = above / below;
  return Number.isFinite(value) ? value : null;
}

/** The same numbers between 0 and 1 for the same seed (mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
