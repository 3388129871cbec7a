// Is a formula the right one? points: what lossbook/practice/points.py made.

import { evaluate } from "./evaluate.js";

// Far above what rounding does to a double in a page-long formula, 1e-16
// an operation, and far below any mistake: dropping a term or a factor
// changes some point by per cents.
const TOLERANCE = 1e-7;
// Less would be a guess.
const SHARE_NEEDED = 0.5;

// {verdict: "right"}
// {verdict: "wrong", at, yours, expected, mistake}: at is the simplest point
//   where they differ; mistake counts the listed ones, then the multiples,
//   from 0, and is -1 if it is none of them
// {verdict: "undecided", at}: the formula has no value at some points, or
//   (then at is null) rounding hides it at too many
export function compare(tree, points) {
  const places = points.at.map(
    (numbers) => new Map(points.symbols.map((name, i) => [name, numbers[i]])),
  );
  const yours = places.map((place) => evaluate(tree, place));
  const differ = difference(yours, points.right);
  const first = differ.findIndex(
    (by, i) => by > 0 && by > 100 * blur(tree, places[i], yours[i]),
  );
  if (first >= 0) {
    return {
      verdict: "wrong",
      at: Object.fromEntries(places[first]),
      yours: yours[first],
      expected: points.right[first],
      mistake: mistake(yours, points, places),
    };
  }
  const without = yours.findIndex((value) => !Number.isFinite(value));
  if (without >= 0) {
    return { verdict: "undecided", at: Object.fromEntries(places[without]) };
  }
  const same = differ.filter((by) => by === 0).length;
  return same >= SHARE_NEEDED * places.length
    ? { verdict: "right" }
    : { verdict: "undecided", at: null };
}

// How far values are off where that is too far, else 0. A value that is
// near 0 by cancellation is held against the size of the others.
function difference(yours, others) {
  const sizes = others.filter(Number.isFinite).map(Math.abs).sort((a, b) => a - b);
  const usual = sizes[sizes.length >> 1];
  return yours.map((value, i) => {
    const by = Math.abs(value - others[i]);
    return by <= TOLERANCE * (Math.abs(others[i]) + usual) ? 0 : by;
  });
}

// How much the value moves when every operation is a little off: a lot
// where large numbers cancel, as in log(1 - sigmoid(40)).
function blur(tree, place, value) {
  const nudged = [1, -1].map((sign) => {
    let operation = 0;
    return evaluate(tree, place, (result) => {
      operation++;
      return result * (1 + sign * 1e-15 * (operation % 2 === 0 ? 1 : -0.5));
    });
  });
  return Math.max(...nudged.map((other) => Math.abs(other - value)));
}

function mistake(yours, { right, mistakes, multiples }, places) {
  const values = [
    ...mistakes,
    ...multiples.map((factor) => right.map((value, i) => multiple(value, factor, places[i]))),
  ];
  return values.findIndex((wrong) => isSame(yours, wrong));
}

function isSame(yours, wrong) {
  const differ = difference(yours, wrong);
  return yours.every((value, i) =>
    wrong[i] === null ? !Number.isFinite(value) : differ[i] === 0,
  );
}

function multiple(value, { times = 1, over = 1 }, place) {
  const number = (factor) => place.get(factor) ?? factor;
  return (value * number(times)) / number(over);
}
