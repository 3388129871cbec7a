// The questions of a chapter, one at a time where they stand.

import { ask, newSeed } from "./ask.js";
import { button, focusOn, make } from "./dom.js";
import { AGAIN, GOOD, cardOf, isDue, lapses, review } from "./schedule.js";
import { until } from "./times.js";

class Block {
  /** @param {HTMLElement} element - a div.quiz with its cards */
  constructor(element, store, next) {
    this.element = element;
    this.store = store;
    this.next = next; // the block that asks again what was forgotten
    this.cards = [...element.querySelectorAll(":scope > .card")];
    this.count = make("p", { class: "count" });
    this.stage = make("div", { class: "stage" });
    this.verdict = make("p", { class: "verdict", "aria-live": "polite" });
    this.controls = make("div", { class: "controls" });
    this.foot = make("div", { class: "foot" }, this.verdict, this.controls);
    this.reset();
  }

  reset() {
    this.queue = [...this.cards];
    this.asked = 0;
    this.known = 0;
  }

  /** @param {HTMLElement[]} forgotten - in blocks further up */
  start(forgotten) {
    this.queue = this.cards.filter(
      (card) => !this.isAsleep(card) && !(this.next && this.isForgotten(card)),
    );
    this.queue.push(...forgotten);
    if (this.queue.length) this.ask();
    else this.rest();
  }

  isForgotten(card) {
    return lapses(this.store.state, card.id) > 0;
  }

  /** Seen before, and not due now. */
  isAsleep(card) {
    const scheduled = cardOf(this.store.state, card.id);
    return scheduled && !isDue(scheduled, Date.now());
  }

  /** Asks what was forgotten further up once more. */
  remind(card) {
    if (this.queue.includes(card) || this.cards.includes(card)) return;
    this.queue.push(card);
    if (this.finished) {
      this.asked = this.known = 0;
      this.ask();
    } else this.label();
  }

  label() {
    const all = this.asked + this.queue.length;
    this.count.textContent = `${this.asked + 1} of ${all}`;
  }

  /** Room for the longest answer, so that the two buttons never move. */
  makeRoom() {
    if (this.queue[0]?.dataset.kind !== "recall") {
      this.stage.style.minHeight = "";
      return;
    }
    const probe = make("div", { class: "stage probe" });
    probe.style.width = `${this.stage.clientWidth}px`;
    this.element.append(probe);
    const heights = this.cards
      .filter((card) => card.dataset.kind === "recall")
      .map((card) => {
        const copy = card.cloneNode(true);
        copy.querySelector("details").open = true;
        copy.querySelector("summary").hidden = true;
        probe.replaceChildren(copy);
        return probe.scrollHeight;
      });
    probe.remove();
    this.stage.style.minHeight = `${Math.max(0, ...heights)}px`;
  }

  async ask(focus = false) {
    const [card] = this.queue;
    this.finished = false;
    this.label();
    this.verdict.textContent = "";
    this.controls.replaceChildren();
    this.element.replaceChildren(
      this.count,
      this.stage,
      this.foot,
    );
    this.makeRoom();
    const shown = await ask(this.stage, card, {
      silent: false,
      seed: newSeed(),
      controls: this.controls,
      settle: (right) => this.settled(card, right),
      tell: (message) => (this.verdict.textContent = message),
    });
    if (focus) focusOn(shown);
  }

  settled(card, right) {
    this.queue.shift();
    this.asked += 1;
    this.known += right ? 1 : 0;
    review(this.store, card.id, right ? GOOD : AGAIN);
    if (!right) this.next?.remind(card);
    if (card.dataset.kind === "recall") {
      this.go();
      return;
    }
    this.verdict.textContent = right ? "Right." : "Not right.";
    const next = button("Next", () => this.go());
    this.controls.replaceChildren(next);
    next.focus({ preventScroll: true });
  }

  go() {
    if (this.queue.length) this.ask(true);
    else {
      this.rest();
      focusOn(this.element.querySelector(".rest"));
    }
  }

  /** All asked: says how it went and when they come back. */
  rest() {
    this.finished = true;
    const due = this.cards
      .map((card) => cardOf(this.store.state, card.id)?.due.getTime())
      .filter(Boolean);
    const soonest = until(Math.min(...due), Date.now());
    const score = this.asked ? `${this.known} of ${this.asked} known. ` : "";
    this.element.replaceChildren(
      make("p", {
        class: "rest",
        role: "status",
        text: `${score}They come back ${soonest}, in the drill.`,
      }),
      make(
        "div",
        { class: "controls" },
        button("Ask again", () => {
          this.reset();
          this.ask(true);
        }),
        button("Show all", () => {
          this.element.replaceChildren(...this.cards);
          focusOn(this.cards[0]);
        }),
      ),
    );
  }
}

/** Makes the blocks of the page ask their questions. */
export function startBlocks(store) {
  const blocks = [];
  for (const element of [...document.querySelectorAll(".quiz")].reverse()) {
    element.classList.add("live");
    blocks.unshift(new Block(element, store, blocks[0] ?? null));
  }
  const last = blocks.length - 1;
  const reminders = blocks.map(() => []);
  blocks.forEach(({ cards }, place) => {
    for (const card of cards) {
      // Each time that it was forgotten it went one block further.
      const where = Math.min(place + lapses(store.state, card.id), last);
      if (where > place) reminders[where].push(card);
    }
  });
  blocks.forEach((block, place) => block.start(reminders[place]));
  // With other letters the same text may take a line more.
  document.fonts.ready.then(() => {
    for (const block of blocks) block.makeRoom();
  });
}
