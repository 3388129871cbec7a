// Random states of readers, for the tests: the same for the same seed.

import { random } from "../../web/quiz/kinds/numeric.js";
import { empty, merge } from "../../web/quiz/state.js";

export class Chance {
  constructor(seed) {
    this.next = random(seed);
  }

  whole(below) {
    return Math.floor(this.next() * below);
  }

  among(list) {
    return list[this.whole(list.length)];
  }

  list(most, make) {
    return Array.from({ length: this.whole(most + 1) }, make);
  }
}

/** Few ids and times, so that two states often have the same ones. */
export function randomState(chance) {
  const state = empty();
  const time = () => chance.whole(30);
  for (const id of chance.list(4, () => chance.among("abcd"))) {
    state.reviews[id] = chance.list(6, () => [time(), 1 + chance.whole(4)]);
    state.undone[id] = chance.list(3, time);
  }
  if (chance.whole(2)) {
    state.settings.newPerDay = { value: chance.whole(5), at: time() };
  }
  if (!chance.whole(3)) {
    const now = time(); // a reset is of the moment at which it is made
    state.settings.begun = { value: now, at: now };
  }
  state.mocks = chance.list(3, () => randomMock(chance));
  state.mock = chance.whole(2) ? randomMock(chance) : null;
  for (const id of chance.list(2, () => chance.among("xyz"))) {
    state.solved[id] = time();
    const [value, before] = [0, 0].map(() => chance.among(["", "a", "b"]));
    state.drafts[id] = { value, before, at: time() };
  }
  return merge(state, empty());
}

export function randomMock(chance) {
  const started = chance.whole(12);
  return {
    started,
    saved: started + chance.whole(3),
    minutes: chance.among([15, 30, 45]),
    at: chance.whole(2),
    questions: ["a", "b"].map((id) => ({
      id,
      chapter: "huber",
      seed: chance.whole(100),
      seconds: chance.whole(3),
      right: chance.among([true, false, null]),
      given: chance.among(["", "−½", "B"]),
    })),
  };
}
