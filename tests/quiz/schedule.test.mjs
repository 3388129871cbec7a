import assert from "node:assert/strict";
import { test } from "node:test";

import {
  AGAIN,
  GOOD,
  NEW_PER_DAY,
  cardOf,
  endOfDay,
  lapses,
  review,
  standing,
  startOfDay,
  today,
  undo,
} from "../../web/quiz/schedule.js";
import { Store } from "../../web/quiz/store.js";
import { Browser } from "./browser_storage.mjs";

const MINUTE = 60 * 1000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const EASY = 4;
const NOON = new Date(2026, 5, 15, 12).getTime(); // where the reader is
const IDS = Array.from({ length: 30 }, (_, number) => `huber-${number}`);

function store() {
  return new Store(new Browser().tab(), assert.fail);
}

function plan(of, now) {
  return today(of.state, IDS, now);
}

test("on the first day there are as many new ones as a day may have", () => {
  const { due, fresh, later } = plan(store(), NOON);
  assert.deepEqual(fresh, IDS.slice(0, NEW_PER_DAY));
  assert.deepEqual([due, later], [[], []]);
});

test("what was begun today is taken from the new ones", () => {
  const of = store();
  for (const id of IDS.slice(0, 3)) review(of, id, EASY, NOON);
  review(of, IDS[0], EASY, NOON + MINUTE); // counts once
  assert.deepEqual(plan(of, NOON + HOUR).fresh, IDS.slice(3, NEW_PER_DAY));
  assert.equal(plan(of, endOfDay(NOON) - 1).fresh.length, NEW_PER_DAY - 3);
  assert.equal(plan(of, endOfDay(NOON)).fresh.length, NEW_PER_DAY);
});

test("the reader says how many new ones a day may have", () => {
  const of = store();
  review(of, IDS[0], EASY, NOON);
  [[0, 0], [1, 0], [2, 1], [50, 29], [3, 2]].forEach(([value, left], at) => {
    of.update((state) => (state.settings.newPerDay = { value, at }));
    assert.equal(plan(of, NOON).fresh.length, left);
  });
});

test("a new question comes back in ten minutes, then after days", () => {
  const of = store();
  review(of, IDS[0], GOOD, NOON);
  assert.equal(standing(cardOf(of.state, IDS[0])), "learning");
  assert.deepEqual(plan(of, NOON + 9 * MINUTE).later, [IDS[0]]);
  assert.deepEqual(plan(of, NOON + 9 * MINUTE).due, []);
  assert.deepEqual(plan(of, NOON + 10 * MINUTE).due, [IDS[0]]);
  review(of, IDS[0], GOOD, NOON + 10 * MINUTE);
  const card = cardOf(of.state, IDS[0]);
  assert.equal(standing(card), "known");
  assert.ok(card.due - NOON > DAY);
});

test("a forgotten one comes back in a minute", () => {
  const of = store();
  review(of, IDS[0], AGAIN, NOON);
  assert.deepEqual(plan(of, NOON + MINUTE - 1).due, []);
  assert.deepEqual(plan(of, NOON + MINUTE).due, [IDS[0]]);
});

test("what is due today may be asked from midnight on", () => {
  const of = store();
  review(of, IDS[0], EASY, NOON);
  const due = cardOf(of.state, IDS[0]).due.getTime();
  assert.deepEqual(plan(of, startOfDay(due) - 1).due, []);
  assert.deepEqual(plan(of, startOfDay(due)).due, [IDS[0]]);
  assert.deepEqual(plan(of, due + 99 * DAY).due, [IDS[0]]);
});

test("the longest overdue comes first", () => {
  const of = store();
  [3, 1, 2].forEach((hours, index) => {
    review(of, IDS[index], EASY, NOON - hours * HOUR);
  });
  assert.deepEqual(plan(of, NOON + 90 * DAY).due, [IDS[0], IDS[2], IDS[1]]);
});

test("a question that the book has no more is not asked", () => {
  const of = store();
  review(of, "huber-gone", AGAIN, NOON - DAY);
  const { due, later, fresh } = plan(of, NOON);
  assert.deepEqual([due, later], [[], []]);
  assert.equal(fresh.length, NEW_PER_DAY);
});

test("undone, a review never was", () => {
  const of = store();
  review(of, IDS[0], GOOD, NOON);
  const before = cardOf(of.state, IDS[0]);
  const time = review(of, IDS[0], AGAIN, NOON + DAY);
  assert.notDeepEqual(cardOf(of.state, IDS[0]), before);
  undo(of, IDS[0], time);
  assert.deepEqual(cardOf(of.state, IDS[0]), before);
});

test("undone, the first review leaves a new question", () => {
  const of = store();
  const time = review(of, IDS[0], AGAIN, NOON);
  undo(of, IDS[0], time);
  assert.equal(cardOf(of.state, IDS[0]), null);
  assert.equal(standing(null), "new");
  assert.deepEqual(plan(of, NOON).fresh, IDS.slice(0, NEW_PER_DAY));
});

test("after an undo the question can be graded in the same moment", () => {
  const of = store();
  undo(of, IDS[0], review(of, IDS[0], AGAIN, NOON));
  const time = review(of, IDS[0], EASY, NOON);
  assert.equal(time, NOON + 1);
  assert.equal(standing(cardOf(of.state, IDS[0])), "known");
});

test("a clock that was set back breaks nothing", () => {
  const of = store();
  review(of, IDS[0], GOOD, NOON);
  assert.equal(review(of, IDS[0], GOOD, NOON - DAY), NOON + 1);
  assert.equal(of.state.reviews[IDS[0]].length, 2);
});

test("how often it was forgotten since it was last known", () => {
  const of = store();
  const times = [];
  const left = [1, 0, 1, 2, 0];
  [AGAIN, GOOD, AGAIN, AGAIN, 2].forEach((grade, turn) => {
    times.push(review(of, IDS[0], grade, NOON + turn * MINUTE));
    assert.equal(lapses(of.state, IDS[0]), left[turn]);
  });
  undo(of, IDS[0], times.at(-1));
  assert.equal(lapses(of.state, IDS[0]), 2);
  assert.equal(lapses(of.state, IDS[1]), 0);
});
