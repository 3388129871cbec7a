import assert from "node:assert/strict";
import { test } from "node:test";

import { outcome, score, scores, summary } from "../../web/quiz/report.js";

/** A mock from "a+ b- b0": chapter, and whether it was right. */
function mock(text, at) {
  const questions = text.split(" ").map(([chapter, sign]) => ({
    chapter,
    right: { "+": true, "-": false, 0: null }[sign],
  }));
  return { at: at ?? questions.length - 1, questions };
}

test("right, missed, or not reached", () => {
  const of = mock("a+ a- a0 a0", 2);
  assert.deepEqual(
    of.questions.map((_, place) => outcome(of, place)),
    ["right", "missed", "missed", "unreached"],
  );
});

test("what was not reached does not count against the reader", () => {
  assert.deepEqual(score(mock("a+ b- b0 c0", 1)), {
    right: 1,
    reached: 2,
    unreached: 2,
  });
  assert.equal(
    summary(mock("a+ b- b0 c0", 1)),
    "1 of 2 questions right, 2 not reached.",
  );
  assert.equal(summary(mock("a+")), "1 of 1 question right.");
});

test("the weakest topic first, those not reached last", () => {
  const rows = scores(mock("a+ b- c+ c- a+ d0 b0", 4)).map((row) =>
    [row.slug, row.right, row.reached, row.unreached].join(" "),
  );
  assert.deepEqual(rows, ["b 0 1 1", "c 1 2 0", "a 2 2 0", "d 0 0 1"]);
});
