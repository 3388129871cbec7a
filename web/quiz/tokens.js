// Cuts a text into tokens: numbers, names and operators, each with its place.

import { Unreadable } from "./unreadable.js";
import { words } from "./words.js";

// What may stand for an operator.
const OPERATORS = new Map(
  Object.entries({
    "+": "+",
    "-": "-", "−": "-", "–": "-", "—": "-", "‐": "-", "‑": "-",
    "*": "*", "·": "*", "×": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*",
    "/": "/", "÷": "/", "∕": "/", "⁄": "/",
    "^": "^", "**": "^",
    "<": "<", ">": ">",
    "<=": "<=", "≤": "<=", "⩽": "<=", "≦": "<=",
    ">=": ">=", "≥": ">=", "⩾": ">=", "≧": ">=",
    "==": "==", "!=": "!=", "≠": "!=",
    "&&": "and", "&": "and", "∧": "and", "∨": "or",
  }),
);
const WORDS = new Set(["if", "else", "and", "or"]);
const BRACKETS = new Map([["(", "open"], ["[", "open"], ["{", "open"],
  [")", "close"], ["]", "close"], ["}", "close"]]);

const SPACE = /\s+/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+\-−]?\d+)?/uy;
const FRACTION = /[½⅓⅔¼¾⅕⅛]/uy;
const RAISED = /[⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+/uy;
// NumPy's and PyTorch's own names for a function are its name.
const NAME =
  /(?:(?:np|numpy|math|torch)\.(?=\p{L}))?(\p{L}[\p{L}\p{M}\p{Nd}₀-₉]*(?:_(?:\{[\p{L}\p{M}\p{Nd}_, ]+\}|[\p{L}\p{M}\p{Nd}_]+))?)/uy;
const OPERATOR = /\*\*|[<>=!]=|&&|./suy;

export function* tokens(text) {
  let at = 0;
  let spaced = false;

  function take(pattern) {
    pattern.lastIndex = at;
    return pattern.exec(text);
  }

  while (at < text.length) {
    const space = take(SPACE);
    if (space) {
      at += space[0].length;
      spaced = true;
      continue;
    }
    const [found, read] = [
      [take(NUMBER), number],
      [take(FRACTION), fraction],
      [take(RAISED), raised],
      [take(NAME), name],
      [take(OPERATOR), operator],
    ].find(([found]) => found);
    const end = at + found[0].length;
    const token = read(found, at, end);
    yield { ...token, text: found[0], at, end, spaced };
    at = end;
    spaced = false;
  }
}

function number([text]) {
  return { kind: "number", value: Number(text.replace("−", "-")) };
}

function fraction([text]) {
  const [over, under] = text.normalize("NFKC").split("⁄");
  return { kind: "number", value: over / under };
}

function raised([text]) {
  const shown = text.normalize("NFKC");
  return { kind: "raised", value: Number(shown.replace("−", "-")), shown };
}

function name([, name]) {
  return WORDS.has(name) ? { kind: "operator", name } : { kind: "name", name };
}

function operator([text], at, end) {
  if (OPERATORS.has(text)) return { kind: "operator", name: OPERATORS.get(text) };
  if (BRACKETS.has(text)) return { kind: BRACKETS.get(text), name: text };
  if (text === "|") return { kind: "bar" };
  if (text === ",") return { kind: "comma" };
  if (text === "√") return { kind: "name", name: "sqrt" };
  if (text === "\\") throw new Unreadable(words.latex, at, end);
  throw new Unreadable(words.character(text), at, end);
}
