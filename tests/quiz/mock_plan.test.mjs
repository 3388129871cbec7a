import assert from "node:assert/strict";
import { test } from "node:test";

import { plan, secondsFor } from "../../web/quiz/mock-plan.js";
import { Chance } from "./chance.mjs";

const KINDS = "bug choice derive multiple numeric order recall".split(" ");

/** Chapters of a book, each with questions of many kinds. */
function book(chance, { chapters = 6, questions = 40, kinds = KINDS } = {}) {
  return Array.from({ length: chapters }, (_, number) => ({
    slug: `chapter${number}`,
    questions: Array.from({ length: questions }, (_, index) => ({
      id: `chapter${number}-${index}`,
      kind: chance.among(kinds),
      difficulty: chance.among(["warm-up", "core", "hard"]),
      asked: chance.among(["common", "sometimes", "rare"]),
    })),
  }));
}

function seconds(questions) {
  return questions.reduce((sum, one) => sum + secondsFor(one), 0);
}

/** For many seeds: a plan, what it was made from, and the minutes. */
function always(name, holds, options) {
  test(name, () => {
    for (let seed = 0; seed < 200; seed++) {
      const chance = new Chance(seed);
      const minutes = [15, 30, 45][seed % 3];
      const chapters = book(chance, options);
      const before = structuredClone(chapters);
      holds(plan(chapters, minutes, () => chance.next()), chapters, minutes);
      assert.deepEqual(chapters, before, "the book was changed");
    }
  });
}

always("there is a derivation", (chosen) => {
  assert.ok(chosen.some(({ kind }) => kind === "derive"));
});

test("the one derivation of the book is found", () => {
  for (let seed = 0; seed < 50; seed++) {
    const chance = new Chance(seed);
    // More topics than there is time for.
    const chapters = book(chance, {
      chapters: 60,
      questions: 3,
      kinds: ["recall", "choice"],
    });
    const [only] = chance.among(chapters).questions;
    Object.assign(only, { kind: "derive", asked: "rare" });
    const chosen = plan(chapters, 15, () => chance.next());
    assert.ok(chosen.some(({ id }) => id === only.id));
  }
});

always(
  "without any derivation there is an interview too",
  (chosen) => assert.ok(chosen.length > 5),
  { kinds: ["recall", "choice"] },
);

always("the time is filled, and overshot by one at most", (chosen, _, minutes) => {
  const all = seconds(chosen);
  assert.ok(all >= minutes * 60);
  const longest = Math.max(...chosen.map(secondsFor));
  assert.ok(all - longest < minutes * 60);
});

always("no question comes twice, each is of its chapter", (chosen, chapters) => {
  assert.equal(new Set(chosen.map(({ id }) => id)).size, chosen.length);
  const chapterOf = new Map(
    chapters.flatMap(({ slug, questions }) =>
      questions.map(({ id }) => [id, slug]),
    ),
  );
  for (const { id, chapter } of chosen) {
    assert.equal(chapterOf.get(id), chapter);
  }
});

always("no topic has two more than another", (chosen, chapters) => {
  const counts = chapters.map(
    ({ slug }) => chosen.filter(({ chapter }) => chapter === slug).length,
  );
  assert.ok(Math.max(...counts) - Math.min(...counts) <= 1, String(counts));
});

always("kinds are mixed", (chosen) => {
  const kinds = new Set(chosen.map(({ kind }) => kind));
  assert.ok(kinds.size >= Math.min(5, chosen.length - 2), String([...kinds]));
});

always(
  "when the questions run out, all are asked",
  (chosen, chapters) => {
    const all = chapters.flatMap(({ questions }) => questions);
    assert.equal(chosen.length, all.length);
  },
  { chapters: 2, questions: 3, kinds: ["recall", "choice"] },
);

test("no chapter, no question", () => {
  assert.deepEqual(plan([], 15, Math.random), []);
  assert.deepEqual(plan([{ slug: "a", questions: [] }], 15, Math.random), []);
});

test("what is often asked comes more often", () => {
  const counts = { common: 0, sometimes: 0, rare: 0 };
  for (let seed = 0; seed < 400; seed++) {
    const chance = new Chance(seed);
    const [chapter] = book(chance, { chapters: 1, kinds: ["recall"] });
    chapter.questions.forEach((question, index) => {
      question.asked = ["common", "sometimes", "rare"][index % 3];
      question.difficulty = "core";
    });
    for (const { asked } of plan([chapter], 15, () => chance.next())) {
      counts[asked] += 1;
    }
  }
  assert.ok(counts.common > 1.2 * counts.sometimes, JSON.stringify(counts));
  assert.ok(counts.sometimes > 1.2 * counts.rare, JSON.stringify(counts));
});

test("a hard question takes longer than one to warm up", () => {
  for (const kind of KINDS) {
    const [easy, core, hard] = ["warm-up", "core", "hard"].map((difficulty) =>
      secondsFor({ kind, difficulty }),
    );
    assert.ok(20 <= easy && easy < core && core < hard && hard <= 300);
  }
});
