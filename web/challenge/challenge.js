// A challenge of the page: an editor in the place of its stub, and what
// the judge says of what was written there.

import { LONGEST_DRAFT } from "../quiz/check.js";
import { button, focusOn, make } from "../quiz/dom.js";
import { draftOf, keepDraft, keepSolved } from "./drafts.js";
import { Editor } from "./editor.js";
import { shown, withCode } from "./results.js";
import { Runner } from "./runner.js";
import {
  cost,
  failureText,
  stageText,
  stoppedText,
  verdictText,
} from "./words.js";

const HERE = new URL(".", import.meta.url);
// How long the reader pauses before what was typed is kept.
const PAUSE = 400;

const runner = new Runner(
  () => new Worker(new URL("worker.js", HERE), { type: "module" }),
);

const all = []; // of the page, as far as they have been near

class Challenge {
  /** @param {HTMLElement} element - a section.challenge */
  constructor(element, store) {
    this.element = element;
    this.store = store;
    this.id = element.id;
    this.title = element.querySelector("h3").textContent;
    this.task = element.querySelector(".task");
    const stub = element.querySelector(".stub");
    this.stub = stub.querySelector("pre").textContent.trimEnd() + "\n";
    this.draft = draftOf(store.state, this.id);
    this.busy = false;

    const { pyodide, packages } = element.dataset;
    // A path is one of the site's own, from where its pages lie.
    this.pyodide = new URL(pyodide, new URL("../../", HERE)).href;
    this.packages = packages.split(" ").filter(Boolean);

    const keys = make("p", {
      class: "keys",
      id: `${this.id}-keys`,
      text:
        "Tab indents; Escape, then Tab, leaves the editor. " +
        "Ctrl or ⌘ with Enter runs.",
    });
    const box = make("div", { class: "editor" });
    this.first = make("p", { class: "first" });
    this.stage = make("span", { role: "status" });
    this.progress = make("span", { "aria-hidden": "true" });
    this.verdict = make("p", { class: "verdict", role: "status" });
    this.results = make("div", { class: "results" });
    this.tabs = make("div", { class: "tabs", role: "status" });
    this.limit = make("p", {
      class: "limit",
      role: "alert",
      text: `Only code of up to ${LONGEST_DRAFT} characters is kept.`,
      hidden: true,
    });
    this.makeButtons();
    stub.replaceWith(
      box,
      keys,
      this.tabs,
      this.limit,
      this.controls,
      make(
        "div",
        { class: "said" },
        this.first,
        make("p", { class: "stage" }, this.stage, " ", this.progress),
        this.verdict,
      ),
      this.results,
    );
    element.classList.add("live");
    this.editor = new Editor({
      parent: box,
      text: this.draft.value || this.stub,
      attributes: {
        "aria-label": `Your code: ${this.title}`,
        "aria-describedby": keys.id,
      },
      run: () => this.run(),
      edited: () => this.edited(),
    });
    this.label();
    store.listen(() => this.heard());
    // The last chance before the page goes.
    document.addEventListener("visibilitychange", () => this.save());
  }

  makeButtons() {
    this.go = button("Run", () => this.run(), { class: "primary" });
    this.halt = button("Stop", () => runner.stop(), { hidden: true });
    this.reset = button("Reset …", () => {
      this.sure.hidden = !this.sure.hidden;
      if (!this.sure.hidden) this.sure.focus();
    });
    this.sure = button("Yes, back to the beginning", () => this.swap(""), {
      class: "danger",
      hidden: true,
    });
    this.back = button("Bring back my code", () =>
      this.swap(this.draft.before),
    );
    this.controls = make(
      "div",
      { class: "controls" },
      this.go,
      this.halt,
      this.reset,
      this.sure,
      this.back,
    );
  }

  /** What the buttons and the heading say of the state. */
  label() {
    this.back.hidden = !this.draft.before;
    const solved = this.store.state.solved[this.id];
    const day = solved && new Date(solved).toLocaleDateString();
    this.task.textContent = solved ? `Challenge · solved ${day}` : "Challenge";
    const missing = ["python", ...this.packages].filter(
      (name) => !runner.fetched.has(name),
    );
    this.first.textContent = cost(missing, this.pyodide);
    const said = this.busy || this.verdict.textContent;
    this.first.hidden = Boolean(said) || !missing.length;
  }

  edited() {
    clearTimeout(this.timer);
    this.unsaved = true;
    this.mine = true;
    this.timer = setTimeout(() => this.save(), PAUSE);
  }

  /** Keeps what stands in the editor, if that is news. */
  save(before = this.draft.before) {
    clearTimeout(this.timer);
    if (!this.unsaved) return;
    const { text } = this.editor;
    const value = text === this.stub ? "" : text;
    const tooLong = text.length > LONGEST_DRAFT;
    this.limit.hidden = !tooLong;
    if (tooLong) return;
    this.unsaved = false;
    const at = keepDraft(this.store, this.id, { value, before });
    this.draft = { value, before, at };
    this.label();
  }

  /** Other code comes into the editor, and what was there is kept. */
  swap(text) {
    const { text: old } = this.editor;
    this.editor.text = text || this.stub;
    this.save(old === this.stub ? "" : old);
    this.sure.hidden = true;
    this.clear();
    this.label();
    focusOn(this.back.hidden ? this.reset : this.back);
  }

  /** The store has changed, perhaps in another tab. */
  heard() {
    const theirs = draftOf(this.store.state, this.id);
    if (theirs.at > this.draft.at) {
      if ((theirs.value || this.stub) === this.editor.text) {
        this.draft = theirs;
      } else if (this.mine) {
        this.offer(theirs);
      } else {
        this.editor.text = theirs.value || this.stub;
        clearTimeout(this.timer);
        this.unsaved = this.mine = false;
        this.draft = theirs;
      }
    }
    this.label();
  }

  /** Two tabs have edited: the reader chooses, and loses neither. */
  offer(theirs) {
    const settle = (text, before) => {
      this.tabs.replaceChildren();
      if (text !== this.editor.text) this.editor.text = text;
      this.unsaved = true;
      this.save(before);
      focusOn(this.go);
    };
    const other = theirs.value || this.stub;
    this.tabs.replaceChildren(
      make("p", {
        text: "Another tab, or a file you loaded, has changed this code.",
      }),
      button("Take the other", () => settle(other, this.editor.text)),
      button("Keep this one", () => settle(this.editor.text, other)),
    );
  }

  clear() {
    this.editor.mark(null);
    this.say("");
    this.results.replaceChildren();
  }

  say(verdict, passed = false) {
    this.verdict.replaceChildren(...withCode(verdict));
    this.verdict.classList.toggle("right", passed);
  }

  async run() {
    if (this.busy) return;
    this.save();
    this.clear();
    this.setBusy(true);
    const job = {
      code: this.editor.text,
      cases: new URL(`challenges/${this.id}.json`, HERE).href,
      wheel: new URL("lossbook.whl", HERE).href,
      pyodide: this.pyodide,
      packages: this.packages,
    };
    const outcome = await runner.run(job, (stage) => this.proceed(stage));
    this.setBusy(false);
    if (outcome.result) this.judged(outcome.result, job.code);
    else this.ended(outcome);
    for (const challenge of all) challenge.label();
  }

  setBusy(busy) {
    this.busy = busy;
    // Not disabled, or it would lose the focus.
    this.go.setAttribute("aria-disabled", busy);
    this.label();
    if (busy) return;
    if (this.halt === document.activeElement) focusOn(this.go);
    this.halt.hidden = true;
    this.stage.textContent = this.progress.textContent = "";
  }

  proceed(stage) {
    const [name, progress] = stageText(stage);
    // Said aloud when it changes, and only then.
    if (this.stage.textContent !== name) this.stage.textContent = name;
    this.progress.textContent = progress;
    this.halt.hidden = stage.stage === "wait";
  }

  judged(result, code) {
    this.say(verdictText(result), result.passed);
    this.results.replaceChildren(
      ...shown(result, (line) => this.editor.goTo(line)),
    );
    if (result.passed) keepSolved(this.store, this.id);
    // Edited meanwhile, its lines are others.
    if (this.editor.text !== code) return;
    const lines = [result.problem, ...result.checks].map((one) => one?.line);
    this.editor.mark(lines.find(Boolean) ?? null);
  }

  ended({ failed, stopped }) {
    if (stopped) {
      this.say(stoppedText(stopped));
      return;
    }
    this.say(failureText(failed, this.pyodide));
    this.results.replaceChildren(
      button("Retry", () => {
        focusOn(this.go);
        this.run();
      }),
    );
  }
}

export function start(element, store) {
  all.push(new Challenge(element, store));
}
