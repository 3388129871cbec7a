// From a reader's text to a tree, or to what hinders reading it.
//
// The nodes of a tree:
//   number {value, shown}    symbol {name}     call {name, args}
//   minus {of}               binary {operator, left, right}
//   compare {operators, terms}, a chain such as -d < r < d
//   choose {condition, then, otherwise}

import { functions } from "./functions.js";
import { parse, tokenOf } from "./grammar.js";
import { marked } from "./marks.js";
import { lexicon } from "./names.js";
import { tokens } from "./tokens.js";
import { Unreadable } from "./unreadable.js";
import { words } from "./words.js";

const LONGEST = 500;
const BRACKETS = new Set(["open", "bar"]);
const COMPARISONS = new Set(["<", "<=", ">", ">=", "==", "!="]);

// Returns {tree}, or {message, at, end} with the part that it is about.
export function read(text, symbols) {
  try {
    return { tree: tree(text, symbols) };
  } catch (error) {
    if (error instanceof Unreadable) {
      return { message: error.message, at: error.at, end: error.end };
    }
    return { message: words.unreadable, at: 0, end: text.length };
  }
}

function tree(text, symbols) {
  if (text.length > LONGEST) {
    throw new Unreadable(words.tooLong(LONGEST), LONGEST, text.length);
  }
  const equals = /(?<![<>=!])=(?!=)/u.exec(text);
  if (equals) {
    throw new Unreadable(words.equals, 0, equals.index + 1);
  }
  const list = marked(tokens(text), lexicon(symbols), symbols);
  return new Builder(list).build(parse(list));
}

class Builder {
  constructor(tokens) {
    this.tokens = tokens;
  }

  build(node) {
    switch (node.type) {
      case "Identifier":
        return leaf(this.tokens[tokenOf(node)]);
      case "CallExpression":
        return this.call(this.tokens[tokenOf(node.callee)], node.arguments);
      case "UnaryExpression":
        return node.operator === "-"
          ? { type: "minus", of: this.build(node.argument) }
          : this.build(node.argument);
      case "BinaryExpression":
        return this.binary(node);
      default:
        throw new TypeError(node.type);
    }
  }

  call(token, inner) {
    const args = inner.map((node) => this.build(node));
    if (token.kind === "open") return args[0];
    const name = token.kind === "bar" ? "abs" : token.name;
    const { fewest, most } = functions.get(name);
    if (args.length < fewest || args.length > most) {
      const message = words.arguments(token.text, fewest, most);
      throw new Unreadable(message, token.at, token.end);
    }
    if (name === "where") {
      const [condition, then, otherwise] = args;
      return { type: "choose", condition, then, otherwise };
    }
    return { type: "call", name, args };
  }

  binary(node) {
    const { operator } = node;
    if (COMPARISONS.has(operator)) return this.comparison(node);
    if (operator === "if") return this.choice(node);
    if (operator === "·") this.refuseTwoReadings(node);
    return {
      type: "binary",
      operator: operator === "·" ? "*" : operator,
      left: this.build(node.left),
      right: this.build(node.right),
    };
  }

  // jsep nests a < b < c as (a < b) < c; brackets would be a call.
  comparison(node) {
    const operators = [node.operator];
    const terms = [this.build(node.right)];
    let { left } = node;
    while (COMPARISONS.has(left.operator)) {
      operators.unshift(left.operator);
      terms.unshift(this.build(left.right));
      left = left.left;
    }
    terms.unshift(this.build(left));
    return { type: "compare", operators, terms };
  }

  // value if (condition else other); that the else is there is certain.
  choice({ left, right }) {
    return {
      type: "choose",
      condition: this.build(right.left),
      then: this.build(left),
      otherwise: this.build(right.right),
    };
  }

  // On paper one sees how far a fraction line or an exponent reaches.
  refuseTwoReadings({ left, right }) {
    const next = this.first(right);
    const apart = next.spaced || BRACKETS.has(next.kind);
    if (left.operator === "/" && !(apart && this.isNumber(left.left))) {
      this.refuse(words.overProduct, left, right);
    }
    const { operator, right: exponent } = lastFactor(left);
    if (operator === "^" && !apart) {
      const { kind, raised } = this.first(exponent);
      if (kind !== "open" && !raised) this.refuse(words.powerProduct, left, right);
    }
  }

  isNumber(node) {
    const { type } = node.argument ?? node;
    return type === "Identifier" && this.first(node).kind === "number";
  }

  refuse(message, node, upTo = node) {
    throw new Unreadable(message, this.first(node).at, this.last(upTo).end);
  }

  first(node) {
    const [left] = children(node);
    return left ? this.first(left) : this.tokens[tokenOf(node)];
  }

  last(node) {
    const right = children(node).at(-1);
    return right ? this.last(right) : this.tokens[tokenOf(node)];
  }
}

function leaf({ kind, name, value, shown, text }) {
  return kind === "symbol"
    ? { type: "symbol", name }
    : { type: "number", value, shown: shown ?? text };
}

// The operands of a jsep node, in the order of the text.
function children(node) {
  const { callee, arguments: args = [], argument, left, right } = node;
  return [callee, ...args, argument, left, right].filter(Boolean);
}

// In 2 x^2, the x^2; in -x^2 too.
function lastFactor(node) {
  if (node.argument) return lastFactor(node.argument);
  return ["*", "/", "·"].includes(node.operator) ? lastFactor(node.right) : node;
}
