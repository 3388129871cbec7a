// When a question comes back: FSRS over the reviews of it.

import { State } from "ts-fsrs";

import { reviewsOf, setting } from "./state.js";
import { reviewed } from "./steps.js";

export const AGAIN = 1;
export const GOOD = 3;
export const NEW_PER_DAY = 10;

/** The card after these reviews; null before the first. */
export function cardAfter(reviews) {
  return reviews.reduce((card, review) => reviewed(card, ...review), null);
}

/** The card of a question, or null. */
export function cardOf(state, id) {
  return cardAfter(reviewsOf(state, id));
}

/** How often a question was forgotten since it was last known. */
export function lapses(state, id) {
  const grades = reviewsOf(state, id).map(([, grade]) => grade);
  return grades.length - 1 - grades.findLastIndex((grade) => grade !== AGAIN);
}

/** "new", "learning" or "known". */
export function standing(card) {
  if (!card) return "new";
  return card.state === State.Review ? "known" : "learning";
}

/** Midnight before this time, where the reader is. */
export function startOfDay(now) {
  return new Date(now).setHours(0, 0, 0, 0);
}

export function endOfDay(now) {
  return new Date(now).setHours(24, 0, 0, 0);
}

/** Whether a card should be asked now; a review may come all day long. */
export function isDue(card, now) {
  const due = card.due.getTime();
  return card.state === State.Review ? due < endOfDay(now) : due <= now;
}

/**
 * What to ask now: what is due, the longest overdue first, then as
 * many new ones as the reader wants in a day; and what comes back
 * later today.
 */
export function today(state, ids, now) {
  const seen = [];
  const fresh = [];
  for (const id of ids) {
    const card = cardOf(state, id);
    if (card) seen.push({ id, card, due: card.due.getTime() });
    else fresh.push(id);
  }
  seen.sort((a, b) => a.due - b.due);
  const due = seen.filter(({ card }) => isDue(card, now));
  const later = seen.filter(
    (entry) => !due.includes(entry) && entry.due < endOfDay(now),
  );
  const wanted = setting(state, "newPerDay", NEW_PER_DAY);
  const left = Math.max(0, wanted - begunOn(state, ids, now));
  return {
    due: due.map(({ id }) => id),
    fresh: fresh.slice(0, left),
    later: later.map(({ id }) => id),
  };
}

/** How many questions were asked for the first time today. */
function begunOn(state, ids, now) {
  return ids.filter((id) => {
    const [first] = reviewsOf(state, id);
    return first && first[0] >= startOfDay(now);
  }).length;
}

/** Adds a review; returns its time, by which it can be undone. */
export function review(store, id, grade, now = Date.now()) {
  let time = now;
  store.update((state) => {
    const last = (state.reviews[id] ?? []).at(-1)?.[0] ?? 0;
    time = Math.max(now, last + 1); // one review a millisecond
    (state.reviews[id] ??= []).push([time, grade]);
  });
  return time;
}

export function undo(store, id, time) {
  store.update((state) => (state.undone[id] ??= []).push(time));
}
