// A tree as MathML, which browsers set by themselves.

import { shown } from "./greek.js";
import { words } from "./words.js";

const SPACE = "http://www.w3.org/1998/Math/MathML";
const TIMES = "\u2062"; // a product that is read but not seen
const APPLY = "\u2061";

const SIGNS = {
  "-": "−", "<=": "≤", ">=": "≥", "==": "=", "!=": "≠",
  and: words.and, or: words.or,
};

// How tightly each kind holds together; looser parts get brackets.
const TIGHTNESS = {
  choose: 0, or: 1, and: 2, compare: 3, "+": 4, "-": 4, minus: 4.5, "*": 5,
  "^": 6, "/": 7, number: 8, symbol: 8, call: 8,
};

export function mathml(tree) {
  const math = make("math", of(tree));
  math.setAttribute("display", "block");
  return math;
}

function make(tag, ...children) {
  const element = document.createElementNS(SPACE, tag);
  element.append(...children);
  return element;
}

const row = (...children) => make("mrow", ...children);
const sign = (name) => make("mo", SIGNS[name] ?? name);
const bracketed = (...inside) => row(make("mo", "("), ...inside, make("mo", ")"));
const isDigits = (text) => /^[\p{N}.]/u.test(text);
const tightness = (tree) => TIGHTNESS[tree.operator ?? tree.type];

function of(tree) {
  return SHAPES[tree.type](tree);
}

// A part inside something that needs it to hold that tightly.
function part(tree, atLeast) {
  return tightness(tree) < atLeast ? bracketed(of(tree)) : of(tree);
}

const SHAPES = {
  number: ({ shown: text }) => make(isDigits(text) ? "mn" : "mi", shown(text)),
  symbol: ({ name }) => symbol(name),
  minus: ({ of: inner }) => row(sign("-"), part(inner, 5)),
  binary,
  call,
  compare: ({ operators, terms }) =>
    row(
      part(terms[0], 4),
      ...operators.flatMap((operator, i) => [sign(operator), part(terms[i + 1], 4)]),
    ),
  choose: cases,
};

function symbol(name) {
  const [base, ...below] = name.split("_");
  const hat = /^(.+)hat$/.exec(base);
  const letter = hat
    ? make("mover", make("mi", shown(hat[1])), make("mo", "^"))
    : make("mi", shown(base));
  if (below.length === 0) return letter;
  const index = below.join(" ");
  return make("msub", letter, make(isDigits(index) ? "mn" : "mi", index));
}

function binary({ operator, left, right }) {
  if (operator === "/") return make("mfrac", of(left), of(right));
  if (operator === "^") return make("msup", row(part(left, 8)), row(of(right)));
  const own = TIGHTNESS[operator];
  // a − (b − c), a − (−b)
  const after = part(right, own + 0.7);
  const between = operator === "*" ? product(right) : sign(operator);
  return row(part(left, own), between, after);
}

// A number after a factor needs a dot, x·2, and a name a gap, δ sign(r).
function product(right) {
  const first = right.type === "binary" && right.operator !== "/" ? right.left : right;
  const times = make("mo", isDigits(first.shown ?? "") ? "·" : TIMES);
  if (first.type === "call") times.setAttribute("lspace", "0.17em");
  return times;
}

function call({ name, args }) {
  if (name === "sqrt") return make("msqrt", of(args[0]));
  if (name === "abs") return row(make("mo", "|"), of(args[0]), make("mo", "|"));
  const list = args.flatMap((arg, i) => (i ? [make("mo", ","), of(arg)] : [of(arg)]));
  const spelled = name === "sigmoid" ? "σ" : name;
  return row(make("mi", spelled), make("mo", APPLY), bracketed(...list));
}

// if … else if … else as one list of cases.
function cases(tree) {
  const rows = [];
  let rest = tree;
  for (; rest.type === "choose"; rest = rest.otherwise) {
    const when = row(make("mtext", `${words.if}\u00a0`), of(rest.condition));
    rows.push([of(rest.then), when]);
  }
  rows.push([of(rest), make("mtext", words.otherwise)]);
  const table = make(
    "mtable",
    ...rows.map((cells) => make("mtr", ...cells.map((cell) => make("mtd", cell)))),
  );
  // Browsers stretch a brace only if they have a font for it: a line will do.
  table.classList.add("cases");
  return table;
}
