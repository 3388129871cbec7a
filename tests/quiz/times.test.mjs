import assert from "node:assert/strict";
import { test } from "node:test";

import { clock, count, until } from "../../web/quiz/times.js";

// Where days of 23 and of 25 hours are.
process.env.TZ = "Europe/Berlin";

function at(month, day, hour, minute = 0) {
  return new Date(2026, month - 1, day, hour, minute).getTime();
}

const NOW = at(6, 15, 12);
const TIMES = [
  [at(6, 14, 12), "today"], // overdue
  [at(6, 15, 0), "today"],
  [at(6, 15, 23, 59), "today"],
  [at(6, 16, 0), "tomorrow"],
  [at(6, 16, 23, 59), "tomorrow"],
  [at(6, 17, 0), "in 2 days"],
  [at(8, 13, 12), "in 59 days"],
  [at(8, 14, 12), "in 2 months"],
  [at(12, 12, 12), "in 6 months"],
];
for (const [time, words] of TIMES) {
  test(`${new Date(time).toISOString()} is ${words}`, () => {
    assert.equal(until(time, NOW), words);
  });
}

test("on the long day of autumn, 23:30 is today", () => {
  assert.equal(until(at(10, 25, 23, 30), at(10, 25, 1)), "today");
  assert.equal(until(at(10, 26, 0), at(10, 25, 1)), "tomorrow");
});

test("after the short day of spring, 0:30 is tomorrow", () => {
  assert.equal(until(at(3, 30, 0, 30), at(3, 29, 1)), "tomorrow");
  assert.equal(until(at(3, 31, 0, 30), at(3, 29, 1)), "in 2 days");
});

test("counts have their plural", () => {
  assert.equal(count(0, "question"), "0 questions");
  assert.equal(count(1, "question"), "1 question");
  assert.equal(count(2, "question"), "2 questions");
  assert.equal(count(2, "reply", "replies"), "2 replies");
});

test("a clock shows minutes and two digits of seconds", () => {
  const shown = { 0: "0:00", 5: "0:05", 60: "1:00", 725: "12:05", 2700: "45:00" };
  for (const [seconds, text] of Object.entries(shown)) {
    assert.equal(clock(Number(seconds)), text);
  }
});
