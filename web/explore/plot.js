// One of the two plots: the curves on a canvas, the points on top of it.

import uPlot from "uplot";

const POINTS = 400;
const NEAR = 1e-9; // from a kink to either side
const FONT = "14px system-ui, sans-serif";

export class Plot {
  /**
   * @param {HTMLElement} box - a .plot
   * @param {{low: number, high: number}} axis - the x axis
   * @param {[number, number]} ends - of the y axis
   */
  constructor(box, axis, ends, curves) {
    this.of = box.dataset.of; // loss or gradient
    this.canvas = box.querySelector(".canvas");
    this.label = box.querySelector(".axis");
    this.curves = curves;
    this.xs = places(axis, curves);
    this.settings = [];
    this.shown = [];
    this.colours = this.read();
    this.plot = new uPlot(this.options(axis, ends), null, this.canvas);
    this.over = this.plot.over;
    this.dots = curves.map((_, index) => {
      const dot = document.createElement("div");
      dot.className = index ? "dot" : "dot handle";
      return dot;
    });
    this.over.append(...this.dots.toReversed());
  }

  get handle() {
    return this.dots[0];
  }

  options(axis, ends) {
    const colour = (name) => () => this.colours[name];
    const numbers = (values) => values.map((v) => String(v).replace("-", "−"));
    const line = {
      stroke: colour("--quiet"),
      font: FONT,
      ticks: { show: false },
      grid: { stroke: colour("--rule"), width: 1 },
    };
    return {
      ...this.size(),
      legend: { show: false },
      cursor: { show: false },
      select: { show: false },
      padding: [8, 12, 0, 0],
      scales: {
        x: { time: false, range: [axis.low, axis.high] },
        y: { range: ends },
      },
      axes: [
        {
          ...line,
          size: () => (this.labelled ? 26 : 8),
          gap: 6,
          space: 45,
          values: (_, values) => numbers(this.labelled ? values : []),
        },
        {
          ...line,
          size: 38,
          gap: 6,
          space: 36,
          values: (_, values) => numbers(values),
        },
      ],
      series: [
        {},
        ...this.curves.map(({ dashes, kinks, colour: [name] }) => ({
          stroke: colour(name),
          width: 2,
          gaps: () => (this.of === "gradient" ? this.gaps(kinks) : []),
          dash: dashes.map((length) => length * devicePixelRatio),
          points: { show: false },
        })),
      ],
      hooks: {
        drawAxes: [() => this.drawZeros()],
        draw: [() => this.drawKinks()],
      },
    };
  }

  size() {
    // Above another plot, the axis is that one's.
    this.labelled = this.label.offsetParent !== null;
    const { clientWidth, clientHeight } = this.canvas;
    return { width: clientWidth, height: clientHeight };
  }

  /** The page's colours, as they are in this mode. */
  read() {
    const style = getComputedStyle(document.documentElement);
    const named = (name) => style.getPropertyValue(name).trim();
    const found = {};
    for (const name of ["--quiet", "--rule"]) found[name] = named(name);
    for (const { colour: [name, usual] } of this.curves) {
      found[name] = named(name) || usual;
    }
    return found;
  }

  recolour() {
    this.colours = this.read();
    this.plot.redraw(false);
  }

  draw(settings, shown) {
    this.settings = settings;
    this.shown = shown;
    const { plot, xs, of } = this;
    const data = this.curves.map((curve, index) =>
      shown[index]
        ? xs.map((x) => curve[of](x, ...settings))
        : xs.map(() => null),
    );
    const { width, height } = this.size();
    plot.batch(() => {
      if (width !== plot.width || height !== plot.height) {
        plot.setSize({ width, height });
      }
      plot.setData([xs, ...data]);
    });
  }

  /** Puts the points on the curves at x. */
  place(x, settings, shown) {
    const { plot, over } = this;
    const left = plot.valToPos(x, "x");
    const height = over.clientHeight;
    this.curves.forEach((curve, index) => {
      const y = curve[this.of](x, ...settings);
      const top = plot.valToPos(y, "y");
      const inside = top >= 0 && top <= height;
      // Where the curve leaves the plot, its handle stays at the edge.
      const seen = Math.min(height, Math.max(0, top));
      const { style, dataset } = this.dots[index];
      dataset.beyond = inside ? "" : top < 0 ? "above" : "below";
      style.transform = `translate(${left}px, ${seen}px)`;
      style.color = this.colours[curve.colour[0]];
      style.display = shown[index] && (inside || !index) ? "" : "none";
    });
  }

  /** The x under a pointer. */
  xOf({ clientX }) {
    const { left } = this.over.getBoundingClientRect();
    return this.plot.posToVal(clientX - left, "x");
  }

  /** Where the line of a slope that jumps is broken, in pixels. */
  gaps(kinks) {
    return kinks.map((kink) => {
      const [x] = this.at(kink, 0);
      return [x - 1.5 * devicePixelRatio, x + 1.5 * devicePixelRatio];
    });
  }

  drawZeros() {
    const { ctx, bbox } = this.plot;
    const [x, y] = this.at(0, 0);
    ctx.save();
    ctx.strokeStyle = this.colours["--quiet"];
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    if (x >= bbox.left && x <= bbox.left + bbox.width) {
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
    }
    if (y >= bbox.top && y <= bbox.top + bbox.height) {
      ctx.moveTo(bbox.left, y);
      ctx.lineTo(bbox.left + bbox.width, y);
    }
    ctx.stroke();
    ctx.restore();
  }

  /** A dot where the slope jumps: the subgradient in use. */
  drawKinks() {
    if (this.of !== "gradient") return;
    const { ctx } = this.plot;
    this.curves.forEach((curve, index) => {
      if (!this.shown[index]) return;
      for (const kink of curve.kinks) {
        const slope = curve.gradient(kink, ...this.settings);
        ctx.save();
        ctx.fillStyle = this.colours[curve.colour[0]];
        ctx.beginPath();
        ctx.arc(...this.at(kink, slope), 3 * devicePixelRatio, 0, 7);
        ctx.fill();
        ctx.restore();
      }
    });
  }

  /** Where that is on the canvas, in its own pixels. */
  at(x, y) {
    return [this.plot.valToPos(x, "x", true), this.plot.valToPos(y, "y", true)];
  }
}

/** Where the curves are computed: evenly, and around every kink. */
function places({ low, high }, curves) {
  const even = Array.from(
    { length: POINTS + 1 },
    (_, index) => low + (index * (high - low)) / POINTS,
  );
  const around = curves.flatMap(({ kinks }) =>
    kinks.flatMap((kink) => [kink - NEAR, kink, kink + NEAR]),
  );
  return [...new Set([...even, ...around])].sort((a, b) => a - b);
}
