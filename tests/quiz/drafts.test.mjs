import assert from "node:assert/strict";
import { test } from "node:test";

import { draftOf, keepDraft, keepSolved } from "../../web/challenge/drafts.js";
import { LONGEST_DRAFT } from "../../web/quiz/check.js";
import { Store } from "../../web/quiz/store.js";
import { Browser } from "./browser_storage.mjs";

const ID = "huber-grad";

function opened(storage) {
  const store = new Store(storage, () => {});
  storage.receive = (text) => store.received(text);
  return store;
}

test("without a draft there is the stub", () => {
  const { value, before, at } = draftOf(opened(new Browser().tab()).state, ID);
  assert.deepEqual([value, before, at], ["", "", 0]);
});

test("a draft is there at the next visit, as it was written", () => {
  const browser = new Browser();
  const value = 'def f():\n\treturn "</script>" # \u2212½ \ud83d\n';
  const at = keepDraft(opened(browser.tab()), ID, { value, before: "b" });
  const later = opened(browser.tab());
  assert.deepEqual(draftOf(later.state, ID), { value, before: "b", at });
});

test("what is too long to be brought back is left out, not refused", () => {
  const store = opened(new Browser().tab());
  const before = "#".repeat(LONGEST_DRAFT + 1);
  keepDraft(store, ID, { value: "", before });
  assert.equal(draftOf(store.state, ID).before, "");
  keepDraft(store, ID, { value: "", before: before.slice(1) });
  assert.equal(draftOf(store.state, ID).before.length, LONGEST_DRAFT);
});

test("of two drafts of one moment the one kept last counts", () => {
  const store = opened(new Browser().tab());
  const first = keepDraft(store, ID, { value: "z", before: "" });
  const second = keepDraft(store, ID, { value: "a", before: "" });
  assert.ok(second > first);
  assert.equal(draftOf(store.state, ID).value, "a");
});

test("of two tabs the later draft counts, in both", () => {
  const browser = new Browser();
  const [here, there] = [opened(browser.tab()), opened(browser.tab())];
  keepDraft(here, ID, { value: "mine", before: "" });
  browser.settle();
  keepDraft(there, ID, { value: "theirs", before: "" });
  browser.settle();
  for (const store of [here, there]) {
    assert.equal(draftOf(store.state, ID).value, "theirs");
  }
});

test("a challenge is solved once and for all, in every tab", () => {
  const browser = new Browser();
  const [here, there] = [opened(browser.tab()), opened(browser.tab())];
  here.update((state) => (state.solved[ID] = 5));
  keepSolved(here, ID);
  assert.equal(here.state.solved[ID], 5);
  keepSolved(there, ID); // which has not heard of it yet
  assert.equal(there.state.solved[ID], 5);
  keepSolved(there, "huber-loss");
  assert.ok(there.state.solved["huber-loss"] > 5);
});
