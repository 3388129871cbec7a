// What a name in a formula stands for.

import { aliases, functions } from "./functions.js";
import { nameOf } from "./greek.js";

const MARKS = new Map([["\u0302", "hat"], ["\u0304", "bar"]]);

// What many write for a longer name, where it is not a symbol itself.
const SHORT = new Map([["d", "delta"], ["eps", "epsilon"], ["lam", "lambda"]]);

// Nobody runs symbols of more letters together.
const LONGEST_PRODUCT = 30;

const CONSTANTS = new Map([["e", Math.E], ["pi", Math.PI]]);

// p_k, p_{k}, pₖ and pk are one name; so are ŷ, yhat and y_hat.
const key = (name) =>
  [...name.normalize("NFKD")]
    .map((letter) => nameOf.get(letter) ?? MARKS.get(letter) ?? letter)
    .join("")
    .replaceAll(/[_{}\s,]/g, "");

export function lexicon(symbols) {
  const keys = new Map(symbols.map((symbol) => [key(symbol), symbol]));

  function meaning(name) {
    if (symbols.includes(name)) return { kind: "symbol", name };
    const found = key(name);
    const symbol = keys.get(found) ?? keys.get(SHORT.get(found));
    if (symbol !== undefined) return { kind: "symbol", name: symbol };
    const lower = found.toLowerCase();
    const called = aliases.get(lower) ?? lower;
    if (functions.has(called)) return { kind: "function", name: called };
    if (CONSTANTS.has(found)) {
      return { kind: "constant", value: CONSTANTS.get(found) };
    }
    return null;
  }

  // yp as [y, p], where that is the only way to read it.
  function product(name) {
    if (name.length > LONGEST_PRODUCT) return null;
    const ways = [];
    for (let cut = 1; cut < name.length; cut++) {
      const parts = [name.slice(0, cut), name.slice(cut)];
      if (parts.every((part) => meaning(part)?.kind === "symbol")) ways.push(parts);
    }
    return ways.length === 1 ? ways[0] : null;
  }

  return { meaning, product };
}
