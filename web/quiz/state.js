// What is remembered, and how two copies of it become one.
//
// Reviews are only ever added, each under its question and time, and
// cards are scheduled by replaying them. So the union of two copies
// loses nothing, whichever tab or device they come from.

export const VERSION = 2;

/** The state of a reader who has not begun. */
export function empty() {
  return {
    version: VERSION,
    reviews: {}, // question id: [[time in ms, grade 1 to 4], ...]
    undone: {}, // question id: [time of a review taken back, ...]
    mocks: [], // finished mock interviews
    mock: null, // the one under way
    settings: {}, // name: {value, at}: the later one counts
    solved: {}, // challenge id: when it was solved first
    drafts: {}, // challenge id: {value, before, at}: the later one counts
  };
}

/**
 * Both copies in one; neither is changed. It does not matter which is
 * which, nor in which order several copies are merged.
 */
export function merge(a, b) {
  const settings = latestOfEach(a.settings, b.settings);
  // What is older than the reader's last reset is gone for good.
  const begun = settings.begun?.value ?? 0;
  const finished = mocks([...a.mocks, ...b.mocks], begun);
  return {
    version: VERSION,
    reviews: union(a.reviews, b.reviews, ([time]) => time, begun),
    undone: union(a.undone, b.undone, (time) => time, begun),
    mocks: finished,
    mock: underWay([a.mock, b.mock], finished, begun),
    settings,
    solved: latestTimes(a.solved, b.solved, begun),
    drafts: latestOfEach(a.drafts, b.drafts, begun),
  };
}

/** The names in both, always in the same order. */
function names(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

/** By name, the entry that was made later, unless that is before `begun`. */
function latestOfEach(a, b, begun = 0) {
  const all = {};
  for (const name of names(a, b)) {
    const entry = latest([a[name], b[name]], "at");
    if (entry.at >= begun) all[name] = entry;
  }
  return all;
}

/**
 * By name, the later of the times at which each copy has it, unless that
 * is before `begun`. With the earlier one, a third copy's reset could
 * take what was solved again after it.
 */
function latestTimes(a, b, begun) {
  const all = {};
  for (const name of names(a, b)) {
    const time = Math.max(a[name] ?? 0, b[name] ?? 0);
    if (time >= begun) all[name] = time;
  }
  return all;
}

function union(a, b, timeOf, begun) {
  const all = {};
  for (const id of names(a, b)) {
    const byTime = new Map();
    for (const entry of [...(a[id] ?? []), ...(b[id] ?? [])]) {
      const time = timeOf(entry);
      if (time >= begun) byTime.set(time, either(byTime.get(time), entry));
    }
    const entries = [...byTime.values()];
    entries.sort((x, y) => timeOf(x) - timeOf(y));
    if (entries.length) all[id] = entries;
  }
  return all;
}

function mocks(all, begun) {
  const byStart = new Map();
  for (const mock of all) {
    if (mock.started < begun) continue;
    const same = byStart.get(mock.started);
    byStart.set(mock.started, latest([same, mock], "saved"));
  }
  return [...byStart.values()].sort((x, y) => x.started - y.started);
}

/** What was begun before the last one that ended is over too. */
function underWay(candidates, finished, begun) {
  const ended = finished.at(-1)?.started ?? -1;
  const open = candidates.filter(
    (mock) => mock && mock.started >= begun && mock.started > ended,
  );
  const newest = Math.max(...open.map((mock) => mock.started));
  const same = open.filter((mock) => mock.started === newest);
  return latest(same, "saved") ?? null;
}

/** The entry of the latest time; those that are missing do not count. */
function latest(entries, time) {
  return entries.reduce((best, entry) => {
    if (!best || !entry) return best ?? entry;
    if (best[time] !== entry[time]) {
      return best[time] > entry[time] ? best : entry;
    }
    return either(best, entry);
  }, undefined);
}

/** One of two that have equal claims: the same whichever comes first. */
function either(x, y) {
  if (!x || !y) return x ?? y;
  return JSON.stringify(x) < JSON.stringify(y) ? x : y;
}

/** The reviews of a question that count, oldest first. */
export function reviewsOf(state, id) {
  const undone = new Set(state.undone[id] ?? []);
  return (state.reviews[id] ?? []).filter(([time]) => !undone.has(time));
}

/** The value of a setting. */
export function setting(state, name, otherwise) {
  return state.settings[name]?.value ?? otherwise;
}
