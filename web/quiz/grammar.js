// Which operator binds how tightly: jsep, an expression parser, with this
// book's operators instead of JavaScript's.

import { Jsep } from "jsep";

Jsep.removeAllBinaryOps();
Jsep.removeAllUnaryOps();
Jsep.removeAllLiterals();

const LOOSE_TO_TIGHT = [
  ["if", "else"],
  ["or"],
  ["and"],
  ["<", "<=", ">", ">=", "==", "!="],
  ["+", "-"],
  ["*", "/", "·"],
];
LOOSE_TO_TIGHT.forEach((operators, place) => {
  for (const operator of operators) {
    // a if b else c reads from the right, the rest from the left.
    Jsep.addBinaryOp(operator, place + 1, place === 0);
  }
});
Jsep.addUnaryOp("-");
Jsep.addUnaryOp("+");

// A power binds tighter than the sign before it, -x^2 = -(x^2), but not
// than one in its exponent, x^-y; jsep's own operators cannot do both.
Jsep.hooks.add("after-token", function power(env) {
  this.gobbleSpaces();
  if (!env.node || this.char !== "^") return;
  this.index++;
  const right = this.gobbleToken();
  env.node = { type: Jsep.BINARY_EXP, operator: "^", left: env.node, right };
});

// Operands are named t0, t1, … after their tokens. So nothing that a
// reader typed reaches jsep, and every part can be traced to its place.
export function parse(tokens) {
  return new Jsep(tokens.map(written).join(" ")).parse();
}

function written(token, place) {
  switch (token.kind) {
    case "number":
    case "constant":
    case "symbol":
      return `t${place}`;
    case "call":
    case "open":
    case "bar":
      return `t${place} (`;
    case "close":
      return ")";
    case "comma":
      return ",";
    default: // operator, sign
      return token.name;
  }
}

export const tokenOf = (identifier) => Number(identifier.name.slice(1));
