import assert from "node:assert/strict";
import { test } from "node:test";

import { forecast } from "../../web/quiz/forecast.js";

// Where days of 23 and of 25 hours are.
process.env.TZ = "Europe/Berlin";

function at(month, day, hour, minute = 0) {
  return new Date(2026, month - 1, day, hour, minute).getTime();
}

function counts(times, now) {
  return forecast(times, now, 4).map(({ due }) => due);
}

function dates(now) {
  return forecast([], now, 4).map(({ date }) => date.getDate());
}

test("what is due, day by day; what is overdue, today", () => {
  const now = at(6, 15, 12);
  assert.deepEqual(
    counts([at(1, 1, 0), at(6, 15, 23, 59), at(6, 16, 0), at(6, 18, 23)], now),
    [2, 1, 0, 1],
  );
  assert.deepEqual(counts([at(6, 19, 0)], now), [0, 0, 0, 0]);
});

test("the long day of autumn ends at its own midnight", () => {
  const now = at(10, 24, 12);
  assert.deepEqual(
    counts([at(10, 25, 23, 30), at(10, 26, 23, 30)], now),
    [0, 1, 1, 0],
  );
  assert.deepEqual(dates(now), [24, 25, 26, 27]);
  // Twenty-four hours after half past midnight it is the same day still.
  assert.deepEqual(dates(at(10, 25, 0, 30)), [25, 26, 27, 28]);
});

test("after the short day of spring it is tomorrow at once", () => {
  const now = at(3, 28, 12);
  assert.deepEqual(
    counts([at(3, 29, 0, 30), at(3, 30, 0, 30), at(3, 31, 0, 30)], now),
    [0, 1, 1, 1],
  );
  assert.deepEqual(dates(at(3, 28, 23, 30)), [28, 29, 30, 31]);
});
