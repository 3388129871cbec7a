// Is this text a state of ours? Nothing that comes from storage or
// from a file is believed before it has passed here.

import { VERSION, empty, merge } from "./state.js";

// Version n to n + 1, at index n.
const MIGRATIONS = [
  undefined,
  (data) => ({ ...data, solved: {}, drafts: {} }), // the challenges came
];

// As much of a draft as is kept: one must not fill the storage.
export const LONGEST_DRAFT = 20_000;

// With room for what is due a century later: beyond, dates end.
const LATEST = 8e15;

/** The state in a text; throws an Error that says what is wrong. */
export function parsed(text) {
  let data;
  try {
    data = JSON.parse(text);
  } catch {
    throw new Error("it is not JSON");
  }
  must(isObject(data), "it holds no progress");
  must(Number.isInteger(data.version), "it has no version");
  must(
    data.version <= VERSION,
    `it was written by a newer version (${data.version})`,
  );
  for (let version = data.version; version < VERSION; version++) {
    must(MIGRATIONS[version], `version ${version} is unknown`);
    data = MIGRATIONS[version](data);
  }
  return merge(checked(data), empty()); // in order, each review once
}

function checked(data) {
  const state = empty();
  for (const name of ["reviews", "undone", "settings", "solved", "drafts"]) {
    must(isObject(data[name]), `${name} is missing`);
  }
  for (const [id, entries] of Object.entries(data.reviews)) {
    must(isId(id) && Array.isArray(entries), `reviews of ${id}`);
    state.reviews[id] = entries.map((entry) => {
      must(Array.isArray(entry) && isTime(entry[0]), `a time of ${id}`);
      must([1, 2, 3, 4].includes(entry[1]), `a grade of ${id}`);
      return [entry[0], entry[1]];
    });
  }
  for (const [id, times] of Object.entries(data.undone)) {
    must(isId(id) && Array.isArray(times), `undone of ${id}`);
    must(times.every(isTime), `a time of ${id}`);
    state.undone[id] = [...times];
  }
  for (const [name, entry] of Object.entries(data.settings)) {
    must(isId(name) && isObject(entry), `the setting ${name}`);
    must(isTime(entry.at), `the time of ${name}`);
    must(isTime(entry.value), `the value of ${name}`);
    state.settings[name] = { value: entry.value, at: entry.at };
  }
  for (const [id, time] of Object.entries(data.solved)) {
    must(isId(id) && isTime(time), `when ${id} was solved`);
    state.solved[id] = time;
  }
  for (const [id, entry] of Object.entries(data.drafts)) {
    must(isId(id) && isObject(entry), `the draft of ${id}`);
    const { value, before, at } = entry;
    must([value, before].every(isDraft), `the draft of ${id}`);
    must(isTime(at), `the time of the draft of ${id}`);
    state.drafts[id] = { value, before, at };
  }
  must(Array.isArray(data.mocks), "mocks are missing");
  state.mocks = data.mocks.map(mock);
  state.mock = data.mock === null ? null : mock(data.mock);
  return merge(state, empty()); // sorted, nothing twice
}

function mock(data) {
  must(isObject(data) && isTime(data.started), "a mock interview");
  must(isTime(data.saved) && isTime(data.minutes), "a mock's times");
  must(Array.isArray(data.questions), "a mock's questions");
  must(data.questions.length, "a mock without questions");
  return {
    started: data.started,
    saved: data.saved,
    minutes: data.minutes,
    at: isPlace(data.at, data.questions) ? data.at : 0,
    questions: data.questions.map((question) => {
      must(isObject(question) && isId(question.id), "a mock's question");
      must(isId(question.chapter), "a mock's chapter");
      const { id, chapter, seed, seconds, right, given } = question;
      return {
        id,
        chapter,
        seed: isTime(seed) ? seed : 0,
        seconds: isTime(seconds) ? seconds : 0,
        right: typeof right === "boolean" ? right : null,
        given: typeof given === "string" ? given.slice(0, 2000) : "",
      };
    }),
  };
}

function must(holds, what) {
  if (!holds) throw new Error(`it is damaged: ${what}`);
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isId(value) {
  return (
    typeof value === "string" &&
    /^[a-z][a-zA-Z0-9_-]{0,99}$/.test(value) &&
    !(value in {}) // constructor and the like, which every object has
  );
}

function isPlace(value, list) {
  return Number.isInteger(value) && value >= 0 && value < list.length;
}

function isDraft(value) {
  return typeof value === "string" && value.length <= LONGEST_DRAFT;
}

function isTime(value) {
  return Number.isFinite(value) && value >= 0 && value <= LATEST;
}
