// The mock interview: a clock, no feedback until the end, a report.

import { ask, newSeed } from "./ask.js";
import { button, focusOn, make } from "./dom.js";
import { random } from "./kinds/numeric.js";
import { plan } from "./mock-plan.js";
import { answers, score, summary, topics } from "./report.js";
import { enter } from "./room.js";
import { AGAIN, GOOD, review } from "./schedule.js";
import { clock } from "./times.js";

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
    const topicBoxes = make(
      "fieldset",
      {},
      make("legend", { text: "Which topics?" }),
      make(
        "div",
        { class: "tools" },
        button("All", () => tick(true)),
        button("None", () => tick(false)),
      ),
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
    const tick = (on) => {
      for (const box of topicBoxes.querySelectorAll("input")) box.checked = on;
    };
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
      topicBoxes,
      make(
        "div",
        { class: "foot" },
        this.verdict,
        make(
          "div",
          { class: "controls" },
          make("button", { text: "Start", class: "primary" }),
        ),
      ),
    );
    this.verdict.textContent = "";
    this.room.classList.remove("running");
    this.room.replaceChildren(form, ...this.history());
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
    this.verdict.textContent = "";
    this.warned = null;
    this.room.replaceChildren(
      make(
        "div",
        { class: "head" },
        make("p", {
          class: "count",
          text: `Question ${at + 1} of ${questions.length}`,
        }),
        this.watch,
      ),
      this.stage,
      make("div", { class: "foot" }, this.verdict, controls),
    );
    const since = Date.now();
    this.spent = () => Math.round((Date.now() - since) / 1000);
    const card = await ask(this.stage, await this.library.card(id), {
      silent: true,
      seed,
      given,
      controls: make("div"),
      settle: (right, answer) => {
        this.taken = true;
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

  /**
   * What is typed counts, whether or not it was sent off. Returns what
   * cannot be read, about which the card says why.
   */
  takeTyped() {
    const form = this.stage.querySelector("form");
    const text = form?.isConnected ? form.querySelector("input").value : "";
    if (!text.trim()) return null;
    this.taken = false;
    form.requestSubmit();
    return this.taken ? null : text;
  }

  end() {
    this.takeTyped();
    this.selfGrade();
  }

  leave(at) {
    const unread = this.takeTyped();
    if (!this.mock) return this.again(); // another tab has ended it
    if (unread !== null && unread !== this.warned) {
      this.warned = unread; // the second time it may go
      return;
    }
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
        { class: "foot" },
        make(
          "div",
          { class: "controls" },
          button("I did not have it", () => grade(false)),
          button("I had it", () => grade(true)),
        ),
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

  async report(mock) {
    const questions = make("div", { class: "answers" });
    this.room.classList.remove("running");
    this.room.replaceChildren(
      make("p", { class: "lead", role: "status", text: summary(mock) }),
      topics(mock, this.library),
      make("p", { text: "What you missed comes back in the drill." }),
      make(
        "div",
        { class: "controls" },
        button("Another one", () => this.again()),
      ),
      questions,
    );
    this.focus();
    questions.append(...(await answers(mock, this.library)));
  }

  history() {
    const { mocks } = this.store.state;
    if (!mocks.length) return [];
    const items = mocks.toReversed().map((mock) => {
      const { right, reached } = score(mock);
      const day = new Date(mock.started).toLocaleDateString();
      return make(
        "li",
        {},
        button(
          `${day}, ${mock.minutes} minutes: ` +
            `${right} of ${reached} right`,
          () => this.report(mock),
          { class: "link" },
        ),
      );
    });
    return [make("h2", { text: "Before" }), make("ul", {}, ...items)];
  }
}

enter((room, store, library) => new Mock(room, store, library).begin());
