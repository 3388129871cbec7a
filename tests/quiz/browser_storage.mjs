// localStorage as tabs of one browser have it: shared, with an event in
// the other tabs, and possibly late.

export class Browser {
  constructor() {
    this.items = new Map();
    this.tabs = [];
  }

  /** The storage of a new tab; `receive` gets what other tabs wrote. */
  tab() {
    const tab = new Tab(this);
    this.tabs.push(tab);
    return tab;
  }

  /** Hands over all events; returns how many there were. */
  settle(most = 1000) {
    let handed = 0;
    for (;;) {
      const tab = this.tabs.find(({ events }) => events.length);
      if (!tab) return handed;
      if (++handed > most) throw new Error("the tabs never stop");
      tab.late = null;
      tab.receive?.(tab.events.shift());
    }
  }
}

class Tab {
  constructor(browser) {
    this.browser = browser;
    this.events = [];
    this.late = null;
  }

  /** From now on reads what was there, until the next event comes. */
  fallBehind() {
    this.late = new Map(this.browser.items);
  }

  getItem(key) {
    return (this.late ?? this.browser.items).get(key) ?? null;
  }

  setItem(key, value) {
    const { items, tabs } = this.browser;
    if (items.get(key) === value) return; // no event then
    items.set(key, value);
    this.late?.set(key, value);
    for (const tab of tabs) if (tab !== this) tab.events.push(value);
  }

  removeItem(key) {
    this.browser.items.delete(key);
    this.late?.delete(key);
  }
}
