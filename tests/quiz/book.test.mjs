// The questions of the book: the answer that is right is judged right, and
// each mistake that the author listed is known for what it is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compare } from "../../web/quiz/compare.js";
import { read } from "../../web/quiz/formula.js";

const BOOK = JSON.parse(readFileSync(`${process.env.POINTS}/book.json`, "utf8"));

for (const [id, { answer, wrong, ...points }] of Object.entries(BOOK)) {
  const judge = (text) => {
    const { tree, message } = read(text, points.symbols);
    assert.ok(tree, `${text}: ${message}`);
    return compare(tree, points);
  };
  test(`${id}: ${answer}`, () => {
    assert.deepEqual(judge(answer), { verdict: "right" });
  });
  wrong.forEach((text, i) => {
    test(`${id}, mistake ${i}: ${text}`, () => {
      assert.equal(judge(text).mistake, i);
    });
  });
}
