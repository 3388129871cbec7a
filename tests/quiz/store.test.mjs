import assert from "node:assert/strict";
import { test } from "node:test";

import { parsed } from "../../web/quiz/check.js";
import { review } from "../../web/quiz/schedule.js";
import { empty } from "../../web/quiz/state.js";
import { KEY, Store } from "../../web/quiz/store.js";
import { Browser } from "./browser_storage.mjs";
import { Chance, randomMock } from "./chance.mjs";

/** A store in a tab, and what it has told the reader. */
function opened(storage) {
  const told = [];
  const store = new Store(storage, (message) => told.push(message));
  if (storage) storage.receive = (text) => store.received(text);
  return { store, told };
}

function reviews(store) {
  return Object.values(store.state.reviews).flat().length;
}

test("what was done is there at the next visit", () => {
  const browser = new Browser();
  const { store, told } = opened(browser.tab());
  review(store, "huber-a", 3, 1000);
  const later = opened(browser.tab());
  assert.deepEqual(later.store.state.reviews, { "huber-a": [[1000, 3]] });
  assert.deepEqual([told, later.told], [[], []]);
});

test("listeners hear of changes here and elsewhere", () => {
  const browser = new Browser();
  const [here, there] = [opened(browser.tab()), opened(browser.tab())];
  let heard = 0;
  here.store.listen((state) => {
    heard += 1;
    assert.equal(state, here.store.state);
  });
  review(here.store, "huber-a", 3, 1);
  review(there.store, "huber-b", 3, 2);
  browser.settle();
  assert.equal(heard, 2);
  assert.equal(reviews(here.store), 2);
});

const FORBIDDEN = {
  "no storage at all": null,
  "a storage that may not be read": {
    getItem() {
      throw new Error("SecurityError");
    },
    setItem() {
      throw new Error("SecurityError");
    },
  },
};

for (const [name, storage] of Object.entries(FORBIDDEN)) {
  test(`${name}: told once, and the session works`, () => {
    const { store, told } = opened(storage);
    review(store, "huber-a", 3, 1);
    review(store, "huber-a", 1, 2);
    assert.equal(reviews(store), 2);
    assert.equal(told.length, 1);
    assert.match(told[0], /forbids/);
  });
}

test("a full storage: told once, and the session works", () => {
  const storage = new Browser().tab();
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const { store, told } = opened(storage);
  assert.deepEqual(told, []);
  for (const time of [1, 2, 3]) review(store, "huber-a", 3, time);
  assert.equal(reviews(store), 3);
  assert.equal(told.length, 1);
  assert.match(told[0], /full/);
});

test("a storage that is full for a while gets everything then", () => {
  const browser = new Browser();
  const storage = browser.tab();
  const { store } = opened(storage);
  const { setItem } = storage;
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  review(store, "huber-a", 3, 1);
  storage.setItem = setItem;
  review(store, "huber-a", 3, 2);
  assert.equal(reviews(opened(browser.tab()).store), 2);
});

for (const bad of ["{", '{"version":99}', '{"version":1}', "null", ""]) {
  test(`damaged text is set aside and told: ${JSON.stringify(bad)}`, () => {
    const browser = new Browser();
    browser.items.set(KEY, bad);
    const { store, told } = opened(browser.tab());
    const aside = [...browser.items].filter(([key]) => key !== KEY);
    assert.equal(aside.length, 1);
    assert.equal(aside[0][1], bad);
    assert.equal(told.length, 1);
    assert.ok(told[0].includes(aside[0][0]), told[0]);
    assert.deepEqual(store.state, empty());
    // And the next visit is not told again.
    review(store, "huber-a", 3, 1);
    const later = opened(browser.tab());
    assert.deepEqual(later.told, []);
    assert.equal(reviews(later.store), 1);
    assert.ok(browser.items.has(aside[0][0]));
  });
}

test("two texts set aside in one moment are both kept", () => {
  const browser = new Browser();
  const storage = browser.tab();
  const { store } = opened(storage);
  for (const bad of ["first", "second"]) {
    browser.items.set(KEY, bad);
    review(store, "huber-a", 3);
  }
  const kept = [...browser.items.values()];
  assert.ok(kept.includes("first") && kept.includes("second"));
  assert.equal(reviews(store), 2);
});

test("damaged text that cannot be set aside is left as it is", () => {
  const browser = new Browser();
  browser.items.set(KEY, "{");
  const storage = browser.tab();
  storage.setItem = () => {
    throw new Error("QuotaExceededError");
  };
  const { store, told } = opened(storage);
  review(store, "huber-a", 3, 1);
  assert.equal(browser.items.get(KEY), "{");
  assert.equal(told.length, 1);
  assert.match(told[0], /left as it is/);
  assert.equal(reviews(store), 1);
});

test("a change that fails changes nothing", () => {
  const browser = new Browser();
  const { store } = opened(browser.tab());
  review(store, "huber-a", 3, 1);
  const before = browser.items.get(KEY);
  assert.throws(() =>
    store.update((state) => {
      state.reviews = {};
      throw new Error("oh");
    }),
  );
  assert.equal(reviews(store), 1);
  assert.equal(browser.items.get(KEY), before);
});

test("what would be refused at the next start is not written", () => {
  const browser = new Browser();
  const { store } = opened(browser.tab());
  review(store, "huber-a", 3, 1);
  assert.throws(() => review(store, "huber-a", 7), /damaged: a grade/);
  assert.throws(() => review(store, "huber-a", 3, NaN), /damaged: a time/);
  assert.equal(reviews(store), 1);
  assert.equal(reviews(opened(browser.tab()).store), 1);
});

test("tabs that write in turn lose nothing, even unseen", () => {
  for (let seed = 0; seed < 100; seed++) {
    const chance = new Chance(seed);
    const browser = new Browser();
    const tabs = [1, 2, 3].map(() => browser.tab());
    const stores = tabs.map((tab) => opened(tab).store);
    const made = new Set();
    for (let time = 1; time <= 30; time++) {
      const which = chance.whole(3);
      // A tab may read what another has just overwritten.
      if (!chance.whole(3)) tabs[which].fallBehind();
      if (!chance.whole(4)) browser.settle();
      const id = `huber-${chance.among("ab")}`;
      made.add(`${id} ${review(stores[which], id, 3, time)}`);
    }
    browser.settle();
    for (const state of [
      ...stores.map((store) => store.state),
      parsed(browser.items.get(KEY)),
    ]) {
      const found = Object.entries(state.reviews).flatMap(([id, list]) =>
        list.map(([time]) => `${id} ${time}`),
      );
      assert.deepEqual(new Set(found), made);
    }
  }
});

test("a write keeps what another tab has just written", () => {
  const browser = new Browser();
  const stores = [1, 2].map(() => opened(browser.tab()).store);
  review(stores[0], "huber-a", 3, 1);
  review(stores[1], "huber-b", 3, 2); // before any event has come
  assert.equal(reviews(opened(browser.tab()).store), 2);
});

test("an overwritten review is written again at the event", () => {
  const browser = new Browser();
  const [a, b] = [browser.tab(), browser.tab()];
  const [here, there] = [opened(a).store, opened(b).store];
  b.fallBehind();
  review(here, "huber-a", 3, 1);
  review(there, "huber-b", 3, 2); // has not seen the other
  assert.equal(browser.items.get(KEY).includes("huber-a"), false);
  browser.settle();
  for (const id of ["huber-a", "huber-b"]) {
    assert.ok(browser.items.get(KEY).includes(id));
    assert.ok(here.state.reviews[id] && there.state.reviews[id]);
  }
});

test("tabs do not answer each other for ever", () => {
  const browser = new Browser();
  const tabs = Array.from({ length: 5 }, () => browser.tab());
  const stores = tabs.map((tab) => opened(tab).store);
  stores.forEach((store, index) => {
    tabs[index].fallBehind();
    store.update((state) => {
      // More than check.js lets through, so that tabs see it differently.
      state.mock = randomMock(new Chance(7));
      state.mock.questions[0].given = String(index).repeat(3000);
      state.mock.extra = index;
      state.settings.newPerDay = { value: index, at: 1 };
      state.reviews["huber-a"] = [[1, 1 + (index % 4)]];
    });
  });
  assert.ok(browser.settle(200) < 200);
  const texts = stores.map(({ state }) => JSON.stringify(state));
  assert.equal(new Set([...texts, browser.items.get(KEY)]).size, 1);
});

test("damaged text from another tab changes nothing here", () => {
  const { store } = opened(new Browser().tab());
  review(store, "huber-a", 3, 1);
  store.received("{");
  assert.equal(reviews(store), 1);
});
