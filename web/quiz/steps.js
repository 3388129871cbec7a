// What a review makes of a card: FSRS's memory, and the steps of
// minutes that a question takes before it is known.
//
// ts-fsrs has steps of its own, but they are not those of Anki and of
// PyPI's fsrs: "Hard" takes the later steps back to the first, days are
// counted from midnight to midnight in Greenwich, and intervals that
// are alike are spread. The tests hold this file against fsrs.

import { FSRSAlgorithm, State } from "ts-fsrs";

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
const [AGAIN, HARD, GOOD] = [1, 2, 3];
const STEPS = {
  [State.Learning]: [1, 10],
  [State.Relearning]: [10],
};

// Without chance, so that two devices with the same reviews agree.
const memory = new FSRSAlgorithm({
  enable_fuzz: false,
  maximum_interval: 36500,
  request_retention: 0.9,
});

/** What the schedule hangs on, for the test that compares it. */
export const parameters = { ...memory.parameters, steps: STEPS };

/** The card after a review; `card` is null before the first. */
export function reviewed(card, time, grade) {
  const days = card ? Math.floor((time - card.last) / DAY) : 0;
  const { difficulty, stability } = memory.next_state(card, days, grade);
  const { state, step, minutes } = next(
    card ?? { state: State.Learning, step: 0 },
    grade,
  );
  const wait =
    state === State.Review
      ? memory.next_interval(stability, days) * DAY
      : minutes * MINUTE;
  return {
    state,
    step,
    difficulty,
    stability,
    last: time,
    due: new Date(time + wait),
  };
}

/** Where a card goes, and how long it waits there unless it is known. */
function next({ state, step }, grade) {
  if (state === State.Review) {
    return grade === AGAIN ? first(State.Relearning) : known();
  }
  const steps = STEPS[state];
  if (grade === AGAIN) return first(state);
  if (grade === HARD) {
    // The first step, when hard, is halfway to the second.
    const half = (steps[0] + (steps[1] ?? 2 * steps[0])) / 2;
    return { state, step, minutes: step ? steps[step] : half };
  }
  if (grade === GOOD && step + 1 < steps.length) {
    return { state, step: step + 1, minutes: steps[step + 1] };
  }
  return known();
}

function first(state) {
  return { state, step: 0, minutes: STEPS[state][0] };
}

function known() {
  return { state: State.Review, step: 0 };
}
