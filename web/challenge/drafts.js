// The reader's code in the store.
//
// A draft is {value, before, at}: the code, what a reset took away, and
// when it was written. An empty value stands for the stub.

import { LONGEST_DRAFT } from "../quiz/check.js";

const NONE = { value: "", before: "", at: 0 };

/** The draft of a challenge. */
export function draftOf(state, id) {
  return state.drafts[id] ?? NONE;
}

/**
 * Keeps a draft as the latest; returns its time. A code to bring back
 * that is too long for the store is not kept there.
 */
export function keepDraft(store, id, { value, before: all }) {
  const before = all.length > LONGEST_DRAFT ? "" : all;
  let at = Date.now();
  store.update((state) => {
    at = Math.max(at, draftOf(state, id).at + 1);
    state.drafts[id] = { value, before, at };
  });
  return at;
}

/** The first time counts. */
export function keepSolved(store, id) {
  if (store.state.solved[id]) return;
  store.update((state) => (state.solved[id] ??= Date.now()));
}
