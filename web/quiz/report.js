// What a finished mock interview has shown: topic by topic, and every
// question with the reader's answer and the right one.

import { make } from "./dom.js";
import { draw } from "./kinds/numeric.js";
import { address } from "./library.js";
import { count } from "./times.js";

const OUTCOMES = {
  missed: "Not right",
  unreached: "Not reached",
  right: "Right",
};

/** What became of the question at a place: a name of OUTCOMES. */
export function outcome({ at, questions }, place) {
  if (place > at) return "unreached";
  return questions[place].right ? "right" : "missed";
}

/** How many of those reached are right, and how many were not reached. */
export function score(mock) {
  const all = mock.questions.map((_, place) => outcome(mock, place));
  const right = all.filter((one) => one === "right").length;
  const unreached = all.filter((one) => one === "unreached").length;
  return { right, reached: all.length - unreached, unreached };
}

/** "5 of 7 questions right, 2 not reached." */
export function summary(mock) {
  const { right, reached, unreached } = score(mock);
  const rest = unreached ? `, ${unreached} not reached` : "";
  return `${right} of ${count(reached, "question")} right${rest}.`;
}

/** The score of each topic, the weakest first, those not reached last. */
export function scores(mock) {
  const slugs = [...new Set(mock.questions.map(({ chapter }) => chapter))];
  const share = ({ right, reached }) => (reached ? right / reached : 2);
  return slugs
    .map((slug) => {
      const questions = mock.questions.flatMap((question, place) =>
        question.chapter === slug ? [{ question, place }] : [],
      );
      // As if nothing else had been asked.
      const asked = questions.filter(({ place }) => place <= mock.at);
      const alone = {
        at: asked.length - 1,
        questions: questions.map(({ question }) => question),
      };
      return { slug, ...score(alone) };
    })
    .sort((a, b) => share(a) - share(b));
}

/** The table of the topics. */
export function topics(mock, library) {
  const rows = scores(mock).map(({ slug, right, reached }) =>
    make(
      "tr",
      {},
      make("td", {}, link(slug, library)),
      make("td", { text: reached ? `${right} of ${reached}` : "not reached" }),
    ),
  );
  return make(
    "table",
    {},
    make(
      "thead",
      {},
      make("tr", {}, make("th", { text: "Topic" }), make("th", { text: "Right" })),
    ),
    make("tbody", {}, ...rows),
  );
}

/** A section for what was missed, not reached and right. */
export async function answers(mock, library) {
  const shown = await Promise.all(
    mock.questions.map((question) => one(question, library)),
  );
  return Object.entries(OUTCOMES).flatMap(([name, heading]) => {
    const items = shown.filter((_, place) => outcome(mock, place) === name);
    if (!items.length) return [];
    for (const item of items) {
      if (name === "unreached") item.querySelector(".given")?.remove();
      const answer = item.querySelector("details");
      if (answer) answer.open = name === "missed";
    }
    return [make("h2", { text: `${heading}: ${items.length}` }), ...items];
  });
}

/** A question with its answers, and the way back to its chapter. */
async function one({ id, chapter, seed, given }, library) {
  const box = make("div", { class: "answered" });
  const from = make("p", { class: "count" }, link(chapter, library));
  if (!library.about.has(id)) {
    const gone = "The book does not have this question any more.";
    box.append(from, make("p", { text: gone }));
    return box;
  }
  const card = (await library.card(id)).cloneNode(true);
  if (card.dataset.kind === "numeric") await draw(card, seed);
  card.querySelector(".task").before(from);
  card.querySelector("details").before(
    make("p", {
      class: "given",
      text: given ? `You answered: ${given}` : "You gave no answer.",
    }),
  );
  box.append(card);
  return box;
}

function link(slug, library) {
  const chapter = library.chapters.find((one) => one.slug === slug);
  if (!chapter) return slug;
  return make("a", { href: address(chapter.page), text: chapter.title });
}
