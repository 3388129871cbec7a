// What has been learnt, what is coming, and the reader's own data.

import { button, focusOn, make } from "./dom.js";
import { parsed } from "./check.js";
import { forecast } from "./forecast.js";
import { address, asset } from "./library.js";
import { enter } from "./room.js";
import { cardOf, standing, startOfDay } from "./schedule.js";
import { merge, reviewsOf } from "./state.js";
import { count } from "./times.js";

const AHEAD = 14;

enter((room, store, library) => {
  const message = make("p", { class: "verdict", role: "status" });
  const draw = () => {
    room.replaceChildren(
      ...streak(store.state),
      ...chapters(store.state, library),
      ...challenges(store.state, library),
      ...comingDays(store.state, library),
      ...yours(store, message),
    );
  };
  store.listen(draw);
  draw();
});

function streak(state) {
  const days = new Set(
    Object.keys(state.reviews).flatMap((id) =>
      reviewsOf(state, id).map(([time]) => startOfDay(time)),
    ),
  );
  let length = 0;
  let day = startOfDay(Date.now());
  if (!days.has(day)) day = startOfDay(day - 1);
  while (days.has(day)) {
    length += 1;
    day = startOfDay(day - 1);
  }
  return [
    make("p", {
      class: "lead",
      text: length
        ? `${count(length, "day")} in a row.`
        : "No review yet today. One is enough to begin a streak.",
    }),
  ];
}

function chapters(state, library) {
  const rows = library.chapters.map(({ title, page, questions }) => {
    const counts = { new: 0, learning: 0, known: 0 };
    for (const { id } of questions) counts[standing(cardOf(state, id))] += 1;
    const bar = make(
      "div",
      { class: "bar", "aria-hidden": "true" },
      ...["known", "learning"].map((name) => {
        const part = make("span", { class: name });
        part.style.width = `${(100 * counts[name]) / questions.length}%`;
        return part;
      }),
    );
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("a", { href: address(page), text: title }), bar),
      make("td", { text: counts.new }),
      make("td", { text: counts.learning }),
      make("td", { text: counts.known }),
    );
  });
  const heads = ["Chapter", "New", "Learning", "Known"];
  return [
    make("h2", { text: "Chapters" }),
    make(
      "table",
      { class: "standings" },
      make(
        "thead",
        {},
        make("tr", {}, ...heads.map((text) => make("th", { text }))),
      ),
      make("tbody", {}, ...rows),
    ),
  ];
}

function challenges({ solved }, library) {
  const withSome = library.chapters.filter((one) => one.challenges.length);
  const all = withSome.flatMap((chapter) => chapter.challenges);
  if (!all.length) return [];
  const items = withSome.map(({ title, page, challenges }) => {
    const links = challenges.map(({ id, title }) =>
      make(
        "li",
        { class: solved[id] ? "solved" : "unsolved" },
        make("a", { href: `${address(page)}#${id}`, text: title }),
        solved[id] ? " solved" : "",
      ),
    );
    const done = challenges.filter(({ id }) => solved[id]).length;
    return make(
      "li",
      {},
      `${title}: ${done} of ${challenges.length}`,
      make("ul", {}, ...links),
    );
  });
  const done = all.filter(({ id }) => solved[id]).length;
  return [
    make("h2", { text: "Challenges" }),
    make("p", { text: `${done} of ${all.length} solved.` }),
    make("ul", { class: "challenges" }, ...items),
  ];
}

function comingDays(state, library) {
  const times = library.ids.flatMap((id) => {
    const card = cardOf(state, id);
    return card ? [card.due.getTime()] : [];
  });
  const days = forecast(times, Date.now(), AHEAD);
  const most = Math.max(1, ...days.map(({ due }) => due));
  const items = days.map(({ date, due }, later) => {
    const bar = make("span", { class: "bar", "aria-hidden": "true" });
    bar.style.width = `${(70 * due) / most}%`;
    const name = date.toLocaleDateString(undefined, {
      weekday: "short",
      day: "numeric",
    });
    return make(
      "li",
      {},
      make("span", { class: "day", text: later ? name : "Today" }),
      bar,
      make("span", { text: ` ${due}` }),
    );
  });
  return [
    make("h2", { text: "Due in the next two weeks" }),
    make("ol", { class: "forecast" }, ...items),
  ];
}

function yours(store, message) {
  const save = button("Save to a file", () => {
    const text = JSON.stringify(store.state, null, 1);
    const url = URL.createObjectURL(
      new Blob([text], { type: "application/json" }),
    );
    const day = new Date().toISOString().slice(0, 10);
    make("a", { href: url, download: `lossbook-${day}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
    message.textContent = "Saved.";
  });
  const file = make("input", {
    type: "file",
    accept: ".json,application/json",
    onchange: () => load(store, file, message),
  });
  return [
    make("h2", { text: "Yours" }),
    make("p", {
      text:
        "Everything stays in this browser. Save it to a file, and load " +
        "that on another device: both are merged.",
    }),
    make("div", { class: "tools" }, save),
    make("label", { class: "setting" }, "Load a file ", file),
    make("div", { class: "tools" }, ...reset(store, message)),
    message,
    make(
      "p",
      {},
      "All questions are an ",
      make("a", {
        href: asset("lossbook.apkg"),
        download: "",
        text: "Anki deck",
      }),
      " too. Import it again when the book has changed: its notes are " +
        "updated, and your reviews in Anki stay.",
    ),
  ];
}

async function load(store, file, message) {
  const [chosen] = file.files;
  if (!chosen) return;
  let theirs;
  try {
    theirs = parsed(await chosen.text());
  } catch (problem) {
    message.textContent =
      `${chosen.name} was not loaded: ${problem.message}. ` +
      "Nothing has changed.";
    focusOn(message);
    return;
  }
  const before = total(store.state);
  const solved = Object.keys(store.state.solved).length;
  store.update((state) => {
    // What the file has from before a reset here is wanted back.
    const { begun } = state.settings;
    if (begun) state.settings.begun = { value: 0, at: Date.now() };
    delete theirs.settings.begun;
    Object.assign(state, merge(state, theirs));
  });
  const added = [count(total(store.state) - before, "review")];
  const more = Object.keys(store.state.solved).length - solved;
  if (more > 0) added.push(count(more, "solved challenge"));
  message.textContent = `Loaded: ${added.join(" and ")} added.`;
  focusOn(message);
}

function total(state) {
  return Object.values(state.reviews).reduce((sum, all) => sum + all.length, 0);
}

function reset(store, message) {
  const sure = button(
    "Yes, forget everything, my code too",
    () => {
      store.update((state) => {
        const now = Date.now();
        state.settings.begun = { value: now, at: now };
      });
      message.textContent = "Forgotten. You begin anew.";
      focusOn(message);
    },
    { class: "danger", hidden: true },
  );
  const first = button("Reset …", () => {
    sure.hidden = !sure.hidden;
    if (!sure.hidden) sure.focus();
  });
  return [first, sure];
}
