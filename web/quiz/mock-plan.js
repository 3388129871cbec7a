// Which questions a mock interview asks.

const SECONDS = {
  bug: 120,
  choice: 75,
  derive: 180,
  multiple: 90,
  numeric: 120,
  order: 90,
  recall: 90,
};
const SLOWER = { "warm-up": 0.7, core: 1, hard: 1.5 };
const OFTENER = { common: 3, sometimes: 2, rare: 1 };

/** About how long a question takes. */
export function secondsFor(question) {
  return SECONDS[question.kind] * SLOWER[question.difficulty];
}

/**
 * A balanced mix: one derivation at least, then the topics in turn, the
 * kinds that were asked least, and what is often asked more often.
 *
 * @param {object[]} chapters - the chosen ones, with their questions
 * @param {number} minutes
 * @param {() => number} chance - from 0 to 1
 */
export function plan(chapters, minutes, chance) {
  const pools = chapters.map(({ slug, questions }) =>
    shuffled(questions, chance).map((question) => ({
      ...question,
      chapter: slug,
    })),
  );
  const chosen = [];
  const asked = {};
  let seconds = 0;
  const take = (pool, question) => {
    pool.splice(pool.indexOf(question), 1);
    chosen.push(question);
    asked[question.kind] = (asked[question.kind] ?? 0) + 1;
    seconds += secondsFor(question);
  };

  const derivations = pools.flatMap((pool) =>
    pool.filter(({ kind }) => kind === "derive").map((found) => [pool, found]),
  );
  const order = shuffled(pools, chance);
  if (derivations.length) {
    const [pool, found] =
      derivations[Math.floor(chance() * derivations.length)];
    take(pool, found);
    // Its topic has had a turn.
    order.push(...order.splice(order.indexOf(pool), 1));
  }
  while (seconds < minutes * 60 && order.some((pool) => pool.length)) {
    for (const pool of order) {
      if (!pool.length || seconds >= minutes * 60) continue;
      const rarest = Math.min(...pool.map(({ kind }) => asked[kind] ?? 0));
      take(
        pool,
        pool.find(({ kind }) => (asked[kind] ?? 0) === rarest),
      );
    }
  }
  return shuffled(chosen, chance);
}

/** In an order by chance, in which what is often asked comes early. */
function shuffled(list, chance) {
  return list
    .map((entry) => [chance() ** (1 / (OFTENER[entry.asked] ?? 1)), entry])
    .sort(([a], [b]) => b - a)
    .map(([, entry]) => entry);
}
