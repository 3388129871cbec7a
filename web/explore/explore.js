// A live figure: sliders, a point on the curve, and values as numbers.

import { makeHandle } from "./handle.js";
import { Plot } from "./plot.js";
import { announced, kinkAt, number } from "./words.js";

const REST = 500; // ms without a change before it is read aloud

/**
 * @param {HTMLElement} element - a figure.explore as the page has it
 * @param explorer - what lossbook/site/explore.py has written for it
 */
export function start(element, explorer) {
  new Explorer(element, explorer).start();
}

/**
 * Changes a text and keeps its node. A new node would make the browser ask
 * all of a long page which of its rules (:has, :empty) now hold.
 */
function write(element, text) {
  const node = element.firstChild ?? element.appendChild(new Text());
  if (node.data !== text) node.data = text;
}

class Explorer {
  constructor(element, { axis, ends, curves }) {
    this.element = element;
    this.axis = axis;
    this.curves = curves;
    this.at = element.querySelector(".at");
    this.note = element.querySelector(".note"); // only where there are kinks
    this.status = element.querySelector("[role=status]");
    this.rows = [...element.querySelectorAll("tbody tr")];
    this.sliders = [...element.querySelectorAll("input[type=range]")];
    this.boxes = [...element.querySelectorAll("input[type=checkbox]")];
    this.plots = [...element.querySelectorAll(".plot")].map(
      (box) => new Plot(box, axis, ends[box.dataset.of], curves),
    );
  }

  start() {
    const { element } = this;
    this.x = this.axis.start;
    const move = (change) => this.move(change(this.x));
    const [handle, second] = this.plots.map((plot) =>
      makeHandle(plot, this.axis, move),
    );
    this.handle = handle;
    // It can be dragged in both plots; for keyboards it is one slider.
    second.tabIndex = -1;
    second.setAttribute("aria-hidden", "true");

    for (const input of [...this.sliders, ...this.boxes]) {
      input.addEventListener("input", () => this.change());
    }
    element
      .querySelector("button")
      .addEventListener("click", () => this.reset());
    new MutationObserver(() => this.recolour()).observe(
      document.documentElement,
      { attributeFilter: ["data-theme"] },
    );
    new ResizeObserver(() => this.redraw()).observe(element);
    element.querySelector(".panel").inert = false;
    element.classList.add("live");
    this.draw();
  }

  /** Puts the point at x, or at the nearest step to it. */
  move(x) {
    const { low, high, step } = this.axis;
    const inside = Math.min(high, Math.max(low, x));
    const near = low + Math.round((inside - low) / step) * step;
    // Without the dust of the product, so that a kink is met exactly.
    this.x = Number(near.toFixed(6));
    this.schedule();
    this.announceSoon();
  }

  /** The reader has changed the curves. */
  change() {
    this.redraw();
    this.announceSoon();
  }

  redraw() {
    this.stale = true;
    this.schedule();
  }

  recolour() {
    for (const plot of this.plots) plot.recolour();
  }

  reset() {
    for (const input of this.sliders) input.value = input.defaultValue;
    for (const box of this.boxes) box.checked = box.defaultChecked;
    this.x = this.axis.start;
    this.change();
  }

  /** Draws once a frame, however many events there are. */
  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.draw();
    });
  }

  announceSoon() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.announce(), REST);
  }

  draw() {
    const settings = this.sliders.map((slider) => slider.valueAsNumber);
    const shown = [true, ...this.boxes.map((box) => box.checked)];
    for (const plot of this.plots) {
      if (this.stale !== false) plot.draw(settings, shown);
      plot.place(this.x, settings, shown);
    }
    this.stale = false;
    this.read(settings, shown);
  }

  /** Writes the values at the point. */
  read(settings, shown) {
    const { x, axis } = this;
    const at = `${axis.name} = ${number(x)}`;
    write(this.at, at);
    this.handle.setAttribute("aria-valuenow", x);
    this.handle.setAttribute("aria-valuetext", at);
    for (const slider of this.sliders) {
      write(slider.previousElementSibling, number(slider.valueAsNumber));
    }
    this.values = this.curves.map((curve, index) => ({
      label: curve.label,
      shown: shown[index],
      loss: curve.loss(x, ...settings),
      slope: curve.gradient(x, ...settings),
    }));
    this.rows.forEach((row, index) => {
      const { shown, loss, slope } = this.values[index];
      write(row.cells[1], shown ? number(loss) : "");
      write(row.cells[2], shown ? number(slope) : "");
    });
    this.kinks = this.curves
      .filter((curve, index) => shown[index] && curve.kinks.includes(x))
      .map((curve) => kinkAt(curve, x, settings));
    if (this.note) write(this.note, this.kinks.join(" "));
  }

  announce() {
    const values = this.values.filter(({ shown }) => shown);
    const told = [announced(this.at.textContent, values), ...this.kinks];
    this.status.textContent = told.join(" ");
  }
}
