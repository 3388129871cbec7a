// Keeps the state in the browser's storage, whatever happens to it.

import { parsed } from "./check.js";
import { empty, merge } from "./state.js";

export const KEY = "lossbook.progress";

export class Store {
  /**
   * @param {Storage | null} storage - localStorage; null if forbidden
   * @param {(message: string) => void} tell - shows the reader a message
   */
  constructor(storage, tell) {
    this.storage = storage;
    this.tell = tell;
    this.listeners = [];
    this.complained = false;
    this.state = empty();
    if (!storage) {
      this.complain("The browser forbids this page to store anything.");
    }
    this.state = this.stored();
  }

  /** Changes a copy of the state; what other tabs wrote is kept. */
  update(change) {
    const copy = structuredClone(merge(this.stored(), this.state));
    change(copy);
    // As it would be read again: nothing is written that is refused then.
    this.state = parsed(JSON.stringify(copy));
    this.write();
    this.changed();
  }

  /** Calls back after every change, of this tab or of another. */
  listen(callback) {
    this.listeners.push(callback);
  }

  /** Another tab has written. */
  received(text) {
    let theirs;
    try {
      theirs = parsed(text);
    } catch {
      return; // found and set aside at the next start
    }
    const stored = this.stored(); // may be newer than this message
    this.state = merge(merge(this.state, theirs), stored);
    // It may lack what this tab wrote just before.
    if (JSON.stringify(this.state) !== JSON.stringify(stored)) this.write();
    this.changed();
  }

  /** Others may have written without a word. */
  refresh() {
    this.state = merge(this.state, this.stored());
    this.changed();
  }

  stored() {
    let text = null;
    try {
      text = this.storage?.getItem(KEY) ?? null;
    } catch {
      this.storage = null;
      this.complain("The browser forbids this page to store anything.");
    }
    if (text === null) return this.state;
    try {
      return parsed(text);
    } catch (problem) {
      this.setAside(text, problem.message);
      return this.state;
    }
  }

  setAside(text, why) {
    let time = Date.now();
    let key;
    try {
      do {
        key = `${KEY}.aside.${time++}`;
      } while (this.storage.getItem(key) !== null);
      this.storage.setItem(key, text);
      this.storage.removeItem(KEY);
      this.tell(
        `The stored progress could not be read: ${why}. It was kept ` +
          `under the name ${key}, and you begin anew.`,
      );
    } catch {
      this.storage = null;
      this.tell(
        `The stored progress could not be read: ${why}. It was left as ` +
          "it is; what you do now is remembered until you leave.",
      );
    }
  }

  write() {
    if (!this.storage) return;
    try {
      this.storage.setItem(KEY, JSON.stringify(this.state));
    } catch {
      this.complain("The browser's storage is full.");
    }
  }

  complain(why) {
    if (this.complained) return;
    this.complained = true;
    this.tell(
      `${why} Everything works, but what you do is forgotten when you ` +
        "leave this page.",
    );
  }

  changed() {
    for (const listener of this.listeners) listener(this.state);
  }
}

/** The store of this page. */
export function open(tell) {
  let storage = null;
  try {
    storage = window.localStorage;
  } catch {
    // forbidden: the Store says so
  }
  if (storage?.forgets) storage = null; // what every page has instead
  const store = new Store(storage, tell);
  window.addEventListener("storage", (event) => {
    if (event.key === KEY && event.newValue) store.received(event.newValue);
  });
  // Brought back as it was left, it has heard of nothing meanwhile.
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) store.refresh();
  });
  return store;
}
