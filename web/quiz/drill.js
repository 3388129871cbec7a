// The drill: what is due today over the whole book.

import { ask, newSeed } from "./ask.js";
import { button, focusOn, make } from "./dom.js";
import { address } from "./library.js";
import { enter } from "./room.js";
import {
  AGAIN,
  GOOD,
  NEW_PER_DAY,
  review,
  today,
  undo,
} from "./schedule.js";
import { setting } from "./state.js";
import { count } from "./times.js";

const GRADES = ["Again", "Hard", "Good", "Easy"];

class Drill {
  constructor(room, store, library) {
    this.room = room;
    this.store = store;
    this.library = library;
    this.done = []; // {id, time, grade}, the last review last
    this.label = make("p", { class: "count" });
    this.stage = make("div", { class: "stage" });
    this.verdict = make("p", { class: "verdict", "aria-live": "polite" });
    this.controls = make("div", { class: "controls" });
    this.foot = make("div", { class: "foot" }, this.verdict, this.controls);
    this.undo = button("Undo (U)", () => this.takeBack());
    document.addEventListener("keydown", (event) => this.pressed(event));
  }

  plan() {
    return today(this.store.state, this.library.ids, Date.now());
  }

  lobby() {
    this.room.classList.remove("running");
    const lead = make("p", { class: "lead", role: "status" });
    const perDay = make("input", {
      type: "number",
      min: 0,
      max: 200,
      onchange: () => {
        const value = Math.min(200, Math.max(0, Number(perDay.value) || 0));
        this.store.update((state) => {
          state.settings.newPerDay = { value, at: Date.now() };
        });
      },
    });
    const start = button("Start", () => this.next(), { class: "primary" });
    this.room.replaceChildren(
      lead,
      make("div", { class: "controls" }, start),
      make("label", { class: "setting" }, "New questions a day ", perDay),
      make("p", {
        class: "hint",
        text: "Keys: Enter shows the answer, 1 to 4 grade it, U undoes.",
      }),
    );
    this.refresh = () => {
      if (!lead.isConnected) return;
      const { due, fresh, later } = this.plan();
      const waiting = later.length
        ? ` ${count(later.length, "question")} will come back later today.`
        : "";
      lead.textContent =
        `${count(due.length, "question")} due, ` +
        `${fresh.length} new.${waiting}`;
      perDay.value = setting(this.store.state, "newPerDay", NEW_PER_DAY);
      start.disabled = !due.length && !fresh.length;
      for (const id of [...due, ...fresh]) this.library.card(id).catch(() => {});
    };
    this.refresh();
  }

  /** Due ones first, then new ones, then what was just forgotten. */
  next() {
    const { due, fresh } = this.plan();
    const last = new Map();
    for (const { id, grade } of this.done) {
      last.delete(id); // so that the latest answer stands last
      last.set(id, grade);
    }
    const forgotten = [...last].flatMap(([id, grade]) =>
      grade === AGAIN ? [id] : [],
    );
    const waiting = [...due, ...fresh].filter((id) => last.get(id) !== AGAIN);
    const [id] = [...waiting, ...forgotten];
    if (id === undefined) this.end();
    else this.ask(id, new Set([...waiting, ...forgotten]).size);
  }

  async ask(id, left) {
    const chapter = this.library.chapterOf.get(id);
    this.current = id;
    this.graded = false;
    this.label.replaceChildren(
      `${count(left, "question")} left · `,
      make("a", { href: address(chapter.page), text: chapter.title }),
    );
    this.verdict.textContent = "";
    this.controls.replaceChildren();
    this.stage.replaceChildren(); // the next card may have to be fetched
    this.undo.disabled = !this.done.length;
    this.room.classList.add("running");
    this.room.replaceChildren(
      make("div", { class: "head" }, this.label, this.undo),
      this.stage,
      this.foot,
    );
    const original = await this.library.card(id);
    const card = await ask(this.stage, original, {
      silent: false,
      seed: newSeed(),
      controls: this.controls,
      settle: (right) => this.settled(right),
      tell: (message) => (this.verdict.textContent = message),
    });
    if (card.dataset.kind === "recall") this.offerAnswer(card);
    focusOn(card);
    this.controls.querySelector("button")?.focus({ preventScroll: true });
  }

  /** Four grades instead of a chapter's two buttons. */
  offerAnswer(card) {
    const show = button("Show answer", () => {
      card.querySelector("details").open = true;
      this.settled(null);
    });
    this.controls.replaceChildren(show);
  }

  settled(right) {
    this.graded = true;
    if (right !== null) {
      this.verdict.textContent = right ? "Right." : "Not right.";
    }
    const buttons = GRADES.map((name, index) =>
      button(`${index + 1} ${name}`, () => this.grade(index + 1)),
    );
    this.controls.replaceChildren(...buttons);
    const fitting = right === false ? AGAIN : GOOD;
    buttons[fitting - 1].classList.add("primary");
    buttons[fitting - 1].focus({ preventScroll: true });
  }

  grade(grade) {
    const id = this.current;
    const time = review(this.store, id, grade);
    this.done.push({ id, time, grade });
    this.next();
  }

  takeBack() {
    const last = this.done.pop();
    if (!last) return;
    undo(this.store, last.id, last.time);
    this.ask(last.id, 1 + this.plan().due.length);
  }

  pressed(event) {
    if (event.target.closest("input, textarea, select")) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() === "u" && this.undo.isConnected) {
      this.takeBack();
    } else if (this.graded && this.stage.isConnected && /^[1-4]$/.test(event.key)) {
      this.grade(Number(event.key));
    }
  }

  end() {
    this.graded = false;
    this.room.classList.remove("running");
    const forgotten = this.done.filter(({ grade }) => grade === AGAIN).length;
    const asked = this.done.length;
    const { later } = this.plan();
    const waiting = later.length
      ? ` ${count(later.length, "question")} will come back in a few minutes.`
      : "";
    this.undo.disabled = !asked;
    const back = () => {
      this.lobby();
      focusOn(this.room.querySelector(".lead"));
    };
    this.room.replaceChildren(
      make("p", {
        class: "lead",
        role: "status",
        text:
          `Done: ${count(asked, "answer")}, ${forgotten} forgotten.` + waiting,
      }),
      make("div", { class: "controls" }, button("Back", back), this.undo),
    );
    focusOn(this.room.querySelector(".lead"));
  }
}

enter((room, store, library) => {
  const drill = new Drill(room, store, library);
  drill.lobby();
  store.listen(() => drill.refresh());
});
