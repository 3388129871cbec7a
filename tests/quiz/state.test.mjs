import assert from "node:assert/strict";
import { test } from "node:test";

import { empty, merge, reviewsOf, setting } from "../../web/quiz/state.js";
import { Chance, randomMock, randomState } from "./chance.mjs";

const SEEDS = Array.from({ length: 300 }, (_, seed) => seed);

/** For every seed: three states. */
function law(name, holds) {
  test(`merging ${name}`, () => {
    for (const seed of SEEDS) {
      const chance = new Chance(seed);
      const states = [1, 2, 3].map(() => randomState(chance));
      const before = structuredClone(states);
      holds(...states);
      assert.deepEqual(states, before, "a state was changed");
    }
  });
}

law("is commutative", (a, b) => {
  assert.deepEqual(merge(a, b), merge(b, a));
});

law("is associative", (a, b, c) => {
  assert.deepEqual(merge(merge(a, b), c), merge(a, merge(b, c)));
});

law("is idempotent", (a, b) => {
  assert.deepEqual(merge(a, a), a);
  const both = merge(a, b);
  assert.deepEqual(merge(both, a), both);
  assert.deepEqual(merge(both, both), both);
});

law("gives the same text whichever way", (a, b) => {
  assert.equal(JSON.stringify(merge(a, b)), JSON.stringify(merge(b, a)));
});

law("changes nothing if the other has not begun", (a) => {
  assert.deepEqual(merge(a, empty()), a);
});

law("keeps every review that is newer than the last reset", (a, b) => {
  const both = merge(a, b);
  const begun = both.settings.begun?.value ?? 0;
  for (const state of [a, b]) {
    for (const [id, reviews] of Object.entries(state.reviews)) {
      const times = (both.reviews[id] ?? []).map(([time]) => time);
      for (const [time] of reviews) {
        assert.equal(times.includes(time), time >= begun);
      }
    }
  }
});

law("keeps the later time of a solution, and the latest draft", (a, b) => {
  const both = merge(a, b);
  const begun = both.settings.begun?.value ?? 0;
  for (const id of ["x", "y", "z"]) {
    const times = [a, b].map(({ solved }) => solved[id] ?? -1);
    const last = Math.max(...times);
    assert.equal(both.solved[id], last >= begun ? last : undefined);
    const drafts = [a, b].map(({ drafts }) => drafts[id]?.at ?? -1);
    const latest = Math.max(...drafts);
    assert.equal(both.drafts[id]?.at, latest >= begun ? latest : undefined);
  }
});

test("solved again after a reset stays solved, whatever is merged first", () => {
  const solved = (time) => ({ ...empty(), solved: { "huber-grad": time } });
  const reset = empty();
  reset.settings.begun = { value: 20, at: 20 };
  const both = merge(merge(solved(5), solved(26)), reset);
  assert.deepEqual(both.solved, { "huber-grad": 26 });
});

function reviewed(...times) {
  return { ...empty(), reviews: { huber: times.map((time) => [time, 3]) } };
}

test("reviews are sorted by time", () => {
  const both = merge(reviewed(5, 1), reviewed(3));
  assert.deepEqual(reviewsOf(both, "huber"), [[1, 3], [3, 3], [5, 3]]);
});

test("an undone review does not count, in any copy", () => {
  const here = { ...reviewed(1, 2), undone: { huber: [2] } };
  for (const both of [merge(here, reviewed(1, 2)), merge(reviewed(2), here)]) {
    assert.deepEqual(reviewsOf(both, "huber"), [[1, 3]]);
  }
});

test("undoing what is not there yet holds when it comes", () => {
  const early = { ...empty(), undone: { huber: [7] } };
  assert.deepEqual(reviewsOf(merge(early, reviewed(7)), "huber"), []);
});

test("a question that was never asked has no reviews", () => {
  assert.deepEqual(reviewsOf(empty(), "huber"), []);
});

test("a reset takes what is older, everywhere", () => {
  const old = { ...reviewed(1, 2), undone: { huber: [1] } };
  old.mocks = [randomMock(new Chance(1))];
  old.mock = { ...old.mocks[0], started: 11 };
  old.solved = { "huber-grad": 19 };
  old.drafts = { "huber-grad": { value: "x", before: "", at: 19 } };
  const reset = empty();
  reset.settings.begun = { value: 20, at: 20 };
  const both = merge(old, merge(reset, reviewed(21)));
  assert.deepEqual(both.reviews, { huber: [[21, 3]] });
  assert.deepEqual([both.undone, both.mocks, both.mock], [{}, [], null]);
  assert.deepEqual([both.solved, both.drafts], [{}, {}]);
});

test("the later setting counts, also when it is smaller", () => {
  const early = { ...empty(), settings: { newPerDay: { value: 9, at: 1 } } };
  const late = { ...empty(), settings: { newPerDay: { value: 2, at: 5 } } };
  assert.equal(setting(merge(early, late), "newPerDay", 10), 2);
  assert.equal(setting(merge(late, early), "newPerDay", 10), 2);
  assert.equal(setting(empty(), "newPerDay", 10), 10);
});

test("the mock interview that was saved last is under way", () => {
  const mock = randomMock(new Chance(1));
  const ahead = { ...empty(), mock: { ...mock, saved: 50, at: 1 } };
  const behind = { ...empty(), mock: { ...mock, saved: 40, at: 0 } };
  assert.equal(merge(ahead, behind).mock.at, 1);
  assert.equal(merge(behind, ahead).mock.at, 1);
});

test("a mock interview ended in one tab does not come back", () => {
  const mock = randomMock(new Chance(1));
  const ended = { ...empty(), mocks: [mock] };
  const running = { ...empty(), mock: { ...mock, saved: mock.saved + 9 } };
  for (const both of [merge(ended, running), merge(running, ended)]) {
    assert.equal(both.mock, null);
    assert.equal(both.mocks.length, 1);
  }
});

test("a reader who loads a file after a reset has it back", () => {
  // As progress.js does it: the reset is taken back by the loading.
  const here = empty();
  here.settings.begun = { value: 0, at: 30 };
  const file = reviewed(1, 2);
  const reset = empty();
  reset.settings.begun = { value: 20, at: 20 };
  const both = merge(merge(reset, here), file);
  assert.equal(reviewsOf(both, "huber").length, 2);
  // And stays so when another tab still knows of the reset only.
  assert.equal(reviewsOf(merge(reset, both), "huber").length, 2);
});
