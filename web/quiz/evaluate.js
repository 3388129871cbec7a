// The value of a tree.

import { functions } from "./functions.js";

const ARITHMETIC = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "^": (a, b) => a ** b,
  and: (a, b) => a && b,
  or: (a, b) => a || b,
};
const COMPARISON = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
};

// values: a Map from names to numbers. round: applied to the result of
// every operation; what it changes shows how much rounding matters.
export function evaluate(tree, values, round = (value) => value) {
  const of = (node) => {
    switch (node.type) {
      case "number":
        return node.value;
      case "symbol":
        return values.get(node.name);
      case "minus":
        return -of(node.of);
      case "binary":
        return round(ARITHMETIC[node.operator](of(node.left), of(node.right)));
      case "call":
        return round(functions.get(node.name).compute(...node.args.map(of)));
      case "compare":
        return chain(node.operators, node.terms.map(of));
      case "choose":
        return of(node.condition) ? of(node.then) : of(node.otherwise);
    }
  };
  return Number(of(tree));
}

// As a number it is 1 or 0, so that y * (z < 1) is what NumPy makes of it.
function chain(operators, terms) {
  return Number(
    operators.every((operator, i) => COMPARISON[operator](terms[i], terms[i + 1])),
  );
}
