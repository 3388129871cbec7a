// What is remembered, and how two copies of it become one.
//
// Reviews are only ever added, each under its question and time, and
// cards are scheduled by replaying them. So the union of two copies
// loses nothing, whichever tab or device they come from.

export const VERSION = 1;

/** The state of a reader who has not begun. */
export function empty() {
  return {
    version: VERSION,
    reviews: {}, // question id: [[time in ms, grade 1 to 4], ...]
    undone: {}, // question id: [time of a review taken back, ...]
    mocks: [], // finished mock interviews
    mock: null, // the one under way
    settings: {}, // name: {value, at}: the later one counts
  };
}

/** Both copies in one; neither is changed. */
export function merge(a, b) {
  const settings = {};
  for (const name of names(a.settings, b.settings)) {
    const [x, y] = [a.settings[name], b.settings[name]];
    settings[name] = !x || y?.at > x.at ? y : x;
  }
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
  };
}

/** The names in both, always in the same order. */
function names(a, b) {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}

function union(a, b, timeOf, begun) {
  const all = {};
  for (const id of names(a, b)) {
    const byTime = new Map();
    for (const entry of [...(a[id] ?? []), ...(b[id] ?? [])]) {
      if (timeOf(entry) >= begun) byTime.set(timeOf(entry), entry);
    }
    const entries = [...byTime.values()];
    entries.sort((x, y) => timeOf(x) - timeOf(y));
    if (entries.length) all[id] = entries;
  }
  return all;
}

function mocks(all, begun) {
  const byStart = new Map(all.map((mock) => [mock.started, mock]));
  return [...byStart.values()]
    .filter((mock) => mock.started >= begun)
    .sort((x, y) => x.started - y.started);
}

function underWay(candidates, finished, begun) {
  const ended = new Set(finished.map((mock) => mock.started));
  const open = candidates.filter(
    (mock) => mock && mock.started >= begun && !ended.has(mock.started),
  );
  open.sort((x, y) => y.saved - x.saved);
  return open[0] ?? null;
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
