import assert from "node:assert/strict";
import { test } from "node:test";

import { number } from "../../web/quiz/dom.js";
import { parse, random, rounded } from "../../web/quiz/kinds/numeric.js";
import { fits } from "../../web/quiz/kinds/order.js";

const NUMBERS = {
  0: 0,
  7: 7,
  "+7": 7,
  "-3": -3,
  "−3": -3, // the real minus
  "–3": -3, // what phones make of two hyphens
  " 2.5 ": 2.5,
  ".5": 0.5,
  "5.": 5,
  "-.5": -0.5,
  "0,25": 0.25, // the comma of much of Europe
  "-0,25": -0.25,
  "+0,5": 0.5,
  "0,125": 0.125,
  "12,5": 12.5,
  "2e-3": 0.002,
  "2E-3": 0.002,
  "2e−3": 0.002,
  "1e+2": 100,
  "1/4": 0.25,
  "-1/4": -0.25,
  "1 / 4": 0.25,
  "1/-4": -0.25,
  "0.5/2": 0.25,
  "1e-400": 0,
};
for (const [text, value] of Object.entries(NUMBERS)) {
  test(`a number: ${JSON.stringify(text)}`, () => {
    assert.equal(parse(text), value);
  });
}

const NO_NUMBERS = [
  ...["", " ", "-", ".", "e3", "1e", "1e1.5", "1/", "/2", "1/2/3", "1/0"],
  ...["0/0", "x", "2x", "1+1", "NaN", "Infinity", "-Infinity", "1e999"],
  ...["0x10", "0b1", "1_000", "1 000", "--1", "+-1", "1,2,3", "1.2.3"],
  ...["1,000", "12,500", "-1,000"], // a thousand, or one? The reader says
  ...["50%", "½", "null", "[]", "__proto__", "1;alert(1)", "١", "1\n2"],
  "9".repeat(400),
];
for (const text of NO_NUMBERS) {
  test(`no number: ${JSON.stringify(text.slice(0, 20))}`, () => {
    assert.equal(parse(text), null);
  });
}

test("a very long text takes no time", () => {
  const start = performance.now();
  for (const text of ["1".repeat(1e4) + "x", "1/".repeat(5e3), " ".repeat(1e4)]) {
    assert.equal(parse(text), null);
  }
  assert.ok(performance.now() - start < 50);
});

test("numbers are shown as the reader may type them", () => {
  const shown = { "−0.25": -0.25, 1e-7: 1e-7, 1e21: 1e21, 0.333333: 1 / 3 };
  for (const [text, value] of Object.entries(shown)) {
    assert.equal(number(value), text.replace("e+", "e").replace("e-", "e−"));
    assert.ok(Math.abs(parse(number(value)) / value - 1) < 1e-5);
  }
});

test("the same seed draws the same numbers", () => {
  // mulberry32 of seed 1, computed with Python's integers.
  const expected = [
    0.6270739405881613, 0.002735721180215478, 0.5274470399599522,
  ];
  const chance = random(1);
  assert.deepEqual(expected.map(() => chance()), expected);
  assert.notEqual(random(2)(), expected[0]);
  assert.equal(random(2 ** 32 + 1)(), expected[0]);
});

test("chance is fair, for seeds near each other too", () => {
  const counts = Array(10).fill(0);
  for (let seed = 0; seed < 2000; seed++) {
    const chance = random(seed);
    for (let turn = 0; turn < 5; turn++) {
      const value = chance();
      assert.ok(value >= 0 && value < 1);
      counts[Math.floor(10 * value)] += 1;
    }
  }
  // 1000 each, give or take five standard deviations.
  for (const count of counts) assert.ok(Math.abs(count - 1000) < 150, counts);
});

function permutations(list) {
  if (list.length < 2) return [list];
  return list.flatMap((first, index) =>
    permutations(list.toSpliced(index, 1)).map((rest) => [first, ...rest]),
  );
}

const GROUPS = [
  { either: [], right: ["1234"] },
  { either: [[2, 3]], right: ["1234", "1324"] },
  { either: [[1, 2], [3, 4]], right: ["1234", "1243", "2134", "2143"] },
  { either: [[2, 4]], right: ["1234", "1432"] },
  {
    either: [[1, 2, 3]],
    right: ["1234", "1324", "2134", "2314", "3124", "3214"],
  },
];
for (const { either, right } of GROUPS) {
  test(`in order, with ${JSON.stringify(either)} either way`, () => {
    const passed = permutations([1, 2, 3, 4])
      .filter((given) => fits(given, either).every(Boolean))
      .map((given) => given.join(""));
    assert.deepEqual(passed.sort(), right);
  });
}

test("which lines stand where they belong", () => {
  assert.deepEqual(fits([1, 3, 2, 4], []), [true, false, false, true]);
  assert.deepEqual(fits([2, 1, 4, 3], [[1, 2]]), [true, true, false, false]);
});

// Worked out by hand: the answer, and from where to where it may lie.
const ROUNDED = [
  [0.37677016125643675, 0.01, "0.3768", "0.3731", "0.3805"],
  [-2.1972245773362196, 0.01, "−2.197", "−2.219", "−2.176"],
  [4, 0.01, "4", "3.96", "4.04"], // not 3.961
  [16384, 0.01, "16384", "16230", "16540"], // whole numbers in full
  [91.74311926605505, 0.02, "91.74", "89.91", "93.57"],
  [5.777799133714209, 0.001, "5.778", "5.773", "5.783"],
  [1 / 3, 1e-5, "0.333333", "0.33333", "0.333336"], // six at the most
  [0, 0.01, "0", "0", "0"],
  [-0.625, 0.01, "−0.625", "−0.6312", "−0.6188"],
];
for (const [value, tolerance, answer, least, most] of ROUNDED) {
  test(`${value}, give or take ${tolerance}, is shown as ${answer}`, () => {
    assert.deepEqual(rounded(value, tolerance), { answer, least, most });
  });
}

test("whatever is shown of an answer counts as right", () => {
  const chance = random(5);
  for (let turn = 0; turn < 5000; turn++) {
    const value = (chance() - 0.5) * 10 ** (8 * chance() - 4);
    const tolerance = 10 ** (-1 - 3 * chance());
    for (const text of Object.values(rounded(value, tolerance))) {
      const off = Math.abs(parse(text) - value);
      assert.ok(off <= tolerance * Math.abs(value) + 1e-12, `${value} ${text}`);
    }
  }
});
