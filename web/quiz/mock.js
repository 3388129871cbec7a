// The mock interview: a clock, no feedback until the end, a report.

import { ask, newSeed } from "./ask.js";
import { button, focusOn, make } from "./dom.js";
import { random } from "./kinds/numeric.js";
import { address } from "./library.js";
import { plan } from "./mock-plan.js";
import { enter } from "./room.js";
import { AGAIN, GOOD, review } from "./schedule.js";
import { clock, count } from "./times.js";

const MINUTES = [15, 30, 45];

class Mock {
  constructor(room, store, library) {
    this.room = room;
    this.store = store;
    this.library = library;
    this.stage = make("div", { class: "stage" });
    this.verdict = make("p", { class: "verdict", "aria-live": "polite" });
    this.watch = make("p", { class: "clock", role: "timer" });
    addEventListener("pagehide", () => this.takeTyped());
  }

  get mock() {
    return this.store.state.mock;
  }

  begin() {
    this.dropUnknown();
    if (this.mock) this.offer();
    else this.choose();
  }

  /** Begun with another edition of the book, say. */
  dropUnknown() {
    const known = ({ id }) => this.library.about.has(id);
    if (!this.mock || this.mock.questions.every(known)) return;
    this.store.update((state) => {
      const { mock } = state;
      mock.questions = mock.questions.filter(known);
      mock.at = Math.min(mock.at, mock.questions.length - 1);
      mock.saved = Date.now();
      if (!mock.questions.length) state.mock = null;
    });
  }

  /** The lead, or the form's first choice, has the focus. */
  focus() {
    focusOn(this.room.querySelector(".lead, input"));
  }

  /** One is under way: after a reload, or in another tab. */
  offer() {
    const left = this.secondsLeft();
    const { at, questions } = this.mock;
    const text =
      left > 0
        ? `An interview is under way: question ${at + 1} of ` +
          `${questions.length}, ${clock(left)} left.`
        : "An interview was under way; its time is over.";
    this.room.replaceChildren(
      make("p", { class: "lead", text }),
      make(
        "div",
        { class: "controls" },
        left > 0
          ? button("Go on", () => this.show(), { class: "primary" })
          : "",
        button("To the report", () => this.selfGrade()),
      ),
    );
  }

  again() {
    this.choose();
    this.focus();
  }

  choose() {
    const minutes = make(
      "fieldset",
      {},
      make("legend", { text: "How long?" }),
      ...MINUTES.map((value, index) =>
        make(
          "label",
          {},
          make("input", {
            type: "radio",
            name: "minutes",
            value,
            checked: index === 0,
          }),
          ` ${value} minutes`,
        ),
      ),
    );
    const topics = make(
      "fieldset",
      {},
      make("legend", { text: "Which topics?" }),
      ...this.library.chapters.map((chapter) =>
        make(
          "label",
          {},
          make("input", {
            type: "checkbox",
            name: "topic",
            value: chapter.slug,
            checked: true,
          }),
          ` ${chapter.title}`,
        ),
      ),
    );
    const start = (event) => {
      event.preventDefault();
      const data = new FormData(form);
      const chosen = new Set(data.getAll("topic"));
      if (!chosen.size) {
        this.verdict.textContent = "Choose at least one topic.";
        return;
      }
      this.start(Number(data.get("minutes")), chosen);
    };
    const form = make(
      "form",
      { class: "choose", onsubmit: start },
      minutes,
      topics,
      make("button", { text: "Start", class: "primary" }),
    );
    this.verdict.textContent = "";
    this.room.classList.remove("running");
    this.room.replaceChildren(form, this.verdict, ...this.history());
  }

  start(minutes, slugs) {
    const chapters = this.library.chapters.filter(({ slug }) =>
      slugs.has(slug),
    );
    const now = Date.now();
    this.store.update((state) => {
      state.mock = {
        started: now,
        saved: now,
        minutes,
        at: 0,
        questions: plan(chapters, minutes, random(newSeed())).map(
          ({ id, chapter }) => ({
            id,
            chapter,
            seed: newSeed(),
            seconds: 0,
            right: null,
            given: "",
          }),
        ),
      };
    });
    this.show();
  }

  change(how) {
    this.store.update((state) => {
      if (!state.mock) return;
      how(state.mock);
      state.mock.saved = Date.now();
    });
  }

  secondsLeft() {
    const { started, minutes } = this.mock;
    return Math.round(minutes * 60 - (Date.now() - started) / 1000);
  }

  async show() {
    const { at, questions } = this.mock;
    const { id, seed, given } = questions[at];
    this.tick();
    const last = at === questions.length - 1;
    const controls = make(
      "div",
      { class: "controls" },
      button(last ? "Finish" : "Next", () => this.leave(at), {
        class: "primary",
      }),
      last ? "" : button("End now", () => this.end()),
    );
    this.stage.replaceChildren(); // the next card may have to be fetched
    this.room.classList.add("running");
    const { kind } = this.library.about.get(id);
    this.verdict.textContent =
      given && kind !== "recall" ? `Your answer so far: ${given}` : "";
    this.room.replaceChildren(
      make("p", {
        class: "count",
        text: `Question ${at + 1} of ${questions.length}`,
      }),
      this.watch,
      this.stage,
      this.verdict,
      controls,
    );
    const since = Date.now();
    this.spent = () => Math.round((Date.now() - since) / 1000);
    const card = await ask(this.stage, await this.library.card(id), {
      silent: true,
      seed,
      given,
      controls: make("div"),
      settle: (right, answer) => {
        this.change((mock) => {
          mock.questions[at].right = right;
          mock.questions[at].given = String(answer);
        });
        this.verdict.textContent = "Noted.";
      },
      tell: (message) => (this.verdict.textContent = message),
    });
    focusOn(card);
    const following = questions[at + 1];
    if (following) this.library.card(following.id).catch(() => {});
  }

  /** What is typed counts, whether or not it was sent off. */
  takeTyped() {
    const form = this.stage.querySelector("form");
    if (!form || !form.isConnected) return;
    if (form.querySelector("input").value.trim()) form.requestSubmit();
  }

  end() {
    this.takeTyped();
    this.selfGrade();
  }

  leave(at) {
    this.takeTyped();
    if (!this.mock) return this.again(); // another tab has ended it
    const spent = this.spent();
    this.change((mock) => {
      mock.questions[at].seconds += spent;
      mock.at = Math.min(at + 1, mock.questions.length - 1);
    });
    if (at + 1 < this.mock.questions.length) this.show();
    else this.selfGrade();
  }

  tick() {
    clearTimeout(this.timer);
    if (!this.mock) return;
    const left = this.secondsLeft();
    this.watch.textContent = clock(Math.max(0, left));
    if (left <= 0) this.end();
    else this.timer = setTimeout(() => this.tick(), 1000);
  }

  /** Open questions: the reader compares with the model answer. */
  async selfGrade() {
    clearTimeout(this.timer);
    if (!this.mock) return this.again();
    const { at, questions } = this.mock;
    const index = questions.findIndex(
      ({ id, right }, place) =>
        place <= at &&
        right === null &&
        this.library.about.get(id).kind === "recall",
    );
    if (index < 0) {
      this.finish();
      return;
    }
    const { id, given } = questions[index];
    const card = (await this.library.card(id)).cloneNode(true);
    const answer = card.querySelector("details");
    answer.open = true;
    answer.querySelector("summary").hidden = true;
    const grade = (right) => {
      this.change((mock) => (mock.questions[index].right = right));
      this.selfGrade();
    };
    this.room.replaceChildren(
      make("p", { class: "count", text: "Compare with the model answer." }),
      make("p", {
        class: "given",
        text: given ? `You wrote: ${given}` : "You wrote nothing.",
      }),
      make("div", { class: "stage" }, card),
      make(
        "div",
        { class: "controls" },
        button("I did not have it", () => grade(false)),
        button("I had it", () => grade(true)),
      ),
    );
    focusOn(card);
  }

  finish() {
    const mock = structuredClone(this.mock);
    this.store.update((state) => {
      state.mocks.push(mock);
      state.mock = null;
    });
    // What was not reached is not forgotten.
    for (const { id, right } of mock.questions.slice(0, mock.at + 1)) {
      review(this.store, id, right ? GOOD : AGAIN);
    }
    this.report(mock);
  }

  report(mock) {
    const rows = scores(mock).map(([slug, right, all]) => {
      const chapter = this.library.chapters.find((one) => one.slug === slug);
      const link = chapter
        ? make("a", { href: address(chapter.page), text: chapter.title })
        : slug;
      return make(
        "tr",
        {},
        make("td", {}, link),
        make("td", { text: `${right} of ${all}` }),
      );
    });
    const right = mock.questions.filter((one) => one.right).length;
    this.room.replaceChildren(
      make("p", {
        class: "lead",
        role: "status",
        text: `${right} of ${count(mock.questions.length, "question")} right.`,
      }),
      make(
        "table",
        {},
        make(
          "thead",
          {},
          make(
            "tr",
            {},
            make("th", { text: "Topic" }),
            make("th", { text: "Right" }),
          ),
        ),
        make("tbody", {}, ...rows),
      ),
      make("p", { text: "What you missed comes back in the drill." }),
      make(
        "div",
        { class: "controls" },
        button("Another one", () => this.again()),
      ),
    );
    this.focus();
  }

  history() {
    const { mocks } = this.store.state;
    if (!mocks.length) return [];
    const items = mocks.toReversed().map((mock) => {
      const right = mock.questions.filter((one) => one.right).length;
      const day = new Date(mock.started).toLocaleDateString();
      return make(
        "li",
        {},
        button(
          `${day}, ${mock.minutes} minutes: ` +
            `${right} of ${mock.questions.length} right`,
          () => this.report(mock),
          { class: "link" },
        ),
      );
    });
    return [make("h2", { text: "Before" }), make("ul", {}, ...items)];
  }
}

/** [chapter, right, all] for each topic of a mock, the weakest first. */
export function scores(mock) {
  const bySlug = new Map();
  for (const { chapter, right } of mock.questions) {
    const [good, all] = bySlug.get(chapter) ?? [0, 0];
    bySlug.set(chapter, [good + (right ? 1 : 0), all + 1]);
  }
  const rows = [...bySlug].map(([slug, [good, all]]) => [slug, good, all]);
  return rows.sort((a, b) => a[1] / a[2] - b[1] / b[2]);
}

enter((room, store, library) => new Mock(room, store, library).begin());
