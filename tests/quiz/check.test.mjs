import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { LONGEST_DRAFT, parsed } from "../../web/quiz/check.js";
import { VERSION, empty, merge } from "../../web/quiz/state.js";
import { Chance, randomMock, randomState } from "./chance.mjs";

test("a good state survives a round trip", () => {
  for (let seed = 0; seed < 200; seed++) {
    const state = randomState(new Chance(seed));
    assert.deepEqual(parsed(JSON.stringify(state)), state);
    assert.equal(
      JSON.stringify(parsed(JSON.stringify(state, null, 1))),
      JSON.stringify(state),
    );
  }
});

/** The text of a state with one thing different. */
function text(change) {
  const state = empty();
  state.reviews["huber-a"] = [[1, 3]];
  state.undone["huber-a"] = [1];
  state.settings.newPerDay = { value: 5, at: 1 };
  state.mocks = [randomMock(new Chance(1))];
  state.mock = randomMock(new Chance(2));
  state.solved["huber-grad"] = 1;
  state.drafts["huber-grad"] = { value: "def f():\n", before: "x", at: 1 };
  change(state);
  return JSON.stringify(state);
}

const REFUSED = {
  "": /not JSON/,
  "{": /not JSON/,
  "\u0000\u0001": /not JSON/,
  '{"version":1,"reviews":{"a":[[1,3]]}': /not JSON/, // cut off
  null: /holds no progress/,
  3: /holds no progress/,
  '"text"': /holds no progress/,
  "[]": /holds no progress/,
  "{}": /has no version/,
  '{"version":"1"}': /has no version/,
  '{"version":1.5}': /has no version/,
  '{"version":0}': /version 0 is unknown/,
  '{"version":-3}': /version -3 is unknown/,
  '{"version":1}': /damaged: reviews is missing/,
  '{"deck":"Anki","notes":[]}': /has no version/, // of another program
  [`{"version":${VERSION + 1}}`]: /newer version \(3\)/,
};

for (const [bad, message] of Object.entries(REFUSED)) {
  test(`refused: ${JSON.stringify(bad)}`, () => {
    assert.throws(() => parsed(bad), { message });
  });
}

const DAMAGES = {
  "reviews a list": (state) => (state.reviews = []),
  "reviews of a question no list": (s) => (s.reviews["huber-a"] = { 0: [1, 3] }),
  "a review no pair": (s) => (s.reviews["huber-a"] = [7]),
  "a review of nothing": (s) => (s.reviews["huber-a"] = [null]),
  "a time that is text": (s) => (s.reviews["huber-a"] = [["1", 3]]),
  "a time that is lost": (s) => (s.reviews["huber-a"] = [[null, 3]]),
  "a time before 1970": (s) => (s.reviews["huber-a"] = [[-1, 3]]),
  "a time that no date can have": (s) => (s.reviews["huber-a"] = [[1e300, 3]]),
  "grade 0": (s) => (s.reviews["huber-a"] = [[1, 0]]),
  "grade 5": (s) => (s.reviews["huber-a"] = [[1, 5]]),
  "a grade that is text": (s) => (s.reviews["huber-a"] = [[1, "3"]]),
  "a grade between two": (s) => (s.reviews["huber-a"] = [[1, 2.5]]),
  "an id that is HTML": (s) => (s.reviews["<b>"] = []),
  "an empty id": (s) => (s.reviews[""] = []),
  "a very long id": (s) => (s.reviews["a".repeat(101)] = []),
  "no undone": (s) => delete s.undone,
  "undone of text": (s) => (s.undone["huber-a"] = ["1"]),
  "no settings": (s) => (s.settings = null),
  "a setting that is a number": (s) => (s.settings.newPerDay = 5),
  "a setting of text": (s) => (s.settings.newPerDay.value = "<b>"),
  "a setting without time": (s) => delete s.settings.newPerDay.at,
  "no mocks": (s) => delete s.mocks,
  "mocks no list": (s) => (s.mocks = {}),
  "a mock that is nothing": (s) => (s.mocks = [null]),
  "no mock": (s) => delete s.mock,
  "a mock without its start": (s) => delete s.mock.started,
  "a mock without questions": (s) => delete s.mock.questions,
  "a mock of no questions": (s) => (s.mock.questions = []),
  "a mock's question that is nothing": (s) => (s.mock.questions = [null]),
  "a mock's question without id": (s) => delete s.mock.questions[0].id,
  "nothing about solved ones": (s) => delete s.solved,
  "solved at no time": (s) => (s.solved["huber-grad"] = true),
  "solved by markup": (s) => (s.solved["<b>"] = 1),
  "no drafts": (s) => (s.drafts = null),
  "a draft that is text": (s) => (s.drafts["huber-grad"] = "def f():"),
  "a draft of a number": (s) => (s.drafts["huber-grad"].value = 1),
  "a draft without what was before": (s) => delete s.drafts["huber-grad"].before,
  "a draft without time": (s) => delete s.drafts["huber-grad"].at,
  "a draft that fills the storage": (s) =>
    (s.drafts["huber-grad"].value = "x".repeat(LONGEST_DRAFT + 1)),
  "a mock's chapter that is HTML": (s) => (s.mock.questions[0].chapter = "<b>"),
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  test(`damaged: ${name}`, () => {
    assert.throws(() => parsed(text(damage)), { message: /^it is damaged: / });
  });
}

// Names that every object has: they would be found where nothing is.
for (const name of ["__proto__", "constructor", "toString", "valueOf"]) {
  const places = {
    reviews: "[]",
    undone: "[]",
    settings: '{"value":1,"at":1}',
    solved: "1",
    drafts: '{"value":"x","before":"","at":1}',
  };
  for (const [where, value] of Object.entries(places)) {
    test(`no ${name} among ${where}`, () => {
      const hostile = text(() => {}).replace(
        `"${where}":{`,
        `"${where}":{"${name}":${value},`,
      );
      assert.throws(() => parsed(hostile), { message: /^it is damaged: / });
      assert.equal({}.value, undefined);
    });
  }
}

test("what is not ours is left out", () => {
  const state = parsed(
    text((s) => {
      s.extra = "<script>";
      s.mock.extra = s.mock.questions[0].extra = 1;
      s.settings.newPerDay.extra = s.drafts["huber-grad"].extra = 1;
    }),
  );
  assert.equal(JSON.stringify(state).includes("extra"), false);
});

test("odds and ends of a mock are put right", () => {
  const { mock } = parsed(
    text((s) => {
      s.mock.at = "x";
      Object.assign(s.mock.questions[0], {
        seed: -1,
        seconds: null,
        right: "yes",
        given: "x".repeat(5000),
      });
    }),
  );
  const { seed, seconds, right, given } = mock.questions[0];
  assert.deepEqual([mock.at, seed, seconds, right], [0, 0, 0, null]);
  assert.equal(given.length, 2000);
});

test("a mock is at one of its questions", () => {
  for (const at of [99, 2, -1, 0.5, "length", "constructor", null]) {
    assert.equal(parsed(text((s) => (s.mock.at = at))).mock.at, 0);
  }
});

test("reviews come out in order, whatever order they were in", () => {
  const state = parsed(
    text((s) => (s.reviews["huber-a"] = [[9, 1], [2, 3], [9, 1]])),
  );
  assert.deepEqual(state.reviews["huber-a"], [[2, 3], [9, 1]]);
});

test("what has passed can be merged with anything that has", () => {
  const state = parsed(text(() => {}));
  assert.deepEqual(merge(state, empty()), state);
});

test("what version 1 saved is read as it was", () => {
  // Of a reader of that version: reviews, one of them undone, a finished
  // mock interview, one under way, and a setting.
  const file = new URL("saved_by_version_1.json", import.meta.url);
  const text = readFileSync(file, "utf8");
  const { version, ...old } = JSON.parse(text);
  assert.equal(version, 1);
  for (const part of Object.values(old)) {
    assert.notEqual(Object.keys(part).length, 0);
  }
  const state = parsed(text);
  assert.deepEqual(state, { version: 2, ...old, solved: {}, drafts: {} });
  assert.deepEqual(parsed(JSON.stringify(state)), state);
});

test("version 1 is checked as strictly as it was", () => {
  const damaged = '{"version":1,"reviews":{"a":[[1,9]]},"undone":{},"settings":{}}';
  assert.throws(() => parsed(damaged), { message: /damaged: a grade of a/ });
});
