// Reads sequences of reviews, writes what each review leads to.

import { readFileSync } from "node:fs";

import { cardAfter } from "../../web/quiz/schedule.js";
import { parameters } from "../../web/quiz/steps.js";

const sequences = JSON.parse(readFileSync(0, "utf8"));
const cards = sequences.map((reviews) =>
  reviews.map((_, index) => {
    const card = cardAfter(reviews.slice(0, index + 1));
    return { ...card, due: card.due.getTime() };
  }),
);
process.stdout.write(JSON.stringify({ parameters, cards }));
