// From tokens to what a parser of plain arithmetic can read: names known,
// bars paired, brackets closed, and a sign wherever a product had none.
//
// The one thing to know at each token is whether a value may stand there
// or an operator. It says which bars open, and where something is missing.

import { Unreadable } from "./unreadable.js";
import { words } from "./words.js";

const MOST_BRACKETS = 40;
const SIGNS = new Set(["+", "-"]);

export function marked(tokens, { meaning, product }, symbols) {
  const out = [];
  const brackets = [{ open: null, ifs: 0 }];
  let wantsValue = true;

  const innermost = () => brackets.at(-1);

  function value(token) {
    if (!wantsValue) {
      if (token.kind === "number") {
        throw new Unreadable(words.noOperator(token.text), token.at, token.end);
      }
      out.push({ ...token, kind: "operator", name: "·" });
    }
    out.push(token);
    wantsValue = false;
  }

  function open(token) {
    if (brackets.length > MOST_BRACKETS) {
      throw new Unreadable(words.tooDeep(MOST_BRACKETS), token.at, token.end);
    }
    const before = out.at(-1);
    const call = before?.kind === "function";
    if (call) before.kind = "call";
    else value({ ...token, kind: token.kind === "bar" ? "bar" : "open" });
    brackets.push({ open: token, call, ifs: 0 });
    wantsValue = true;
  }

  function close(token) {
    finish(token);
    const { open } = brackets.pop();
    if (open === null) {
      throw new Unreadable(words.neverOpened(token.text), token.at, token.end);
    }
    if (CLOSES.get(open.text) !== token.text) {
      // |r) is a bar too few; (r] a bracket mistyped.
      throw open.kind === "bar"
        ? new Unreadable(words.neverClosed("|"), open.at, open.end)
        : new Unreadable(words.otherBracket(open.text, token.text), token.at, token.end);
    }
    out.push({ ...token, kind: "close" });
    wantsValue = false;
  }

  // Before a bracket closes, at a comma, and at the end of the text.
  function finish(token) {
    const { open, ifs } = innermost();
    const before = out.at(-1);
    if (wantsValue) {
      if (before === undefined) throw new Unreadable(words.empty, 0, 0);
      if (["operator", "sign", "comma"].includes(before.kind)) {
        throw new Unreadable(words.missingAfter(before.text), before.at, before.end);
      }
      if (token.kind === "comma") {
        throw new Unreadable(words.missingBefore(","), token.at, token.end);
      }
      throw token.kind === "close"
        ? new Unreadable(words.nothingInside, open.at, token.end)
        : new Unreadable(words.neverClosed(open.text), open.at, open.end);
    }
    if (ifs > 0) {
      const { at, end } = innermost().if;
      throw new Unreadable(words.noElse, at, end);
    }
  }

  function operator(token) {
    if (wantsValue) {
      if (SIGNS.has(token.name)) return void out.push({ ...token, kind: "sign" });
      throw new Unreadable(words.missingBefore(token.text), token.at, token.end);
    }
    if (token.name === "if") {
      if (innermost().ifs > 0) throw new Unreadable(words.innerIf, token.at, token.end);
      innermost().ifs++;
      innermost().if = token;
    }
    if (token.name === "else") {
      if (innermost().ifs === 0) throw new Unreadable(words.noIf, token.at, token.end);
      innermost().ifs--;
    }
    out.push(token);
    wantsValue = true;
  }

  function comma(token) {
    if (!innermost().call) {
      const digits = out.at(-1)?.kind === "number";
      const message = digits ? words.decimalComma : words.comma;
      throw new Unreadable(message, token.at, token.end);
    }
    finish(token);
    out.push(token);
    wantsValue = true;
  }

  function name(token) {
    const found = meaning(token.name);
    if (found === null) {
      const parts = product(token.name);
      const message = parts
        ? words.product(token.name, parts)
        : words.unknown(token.name, symbols);
      throw new Unreadable(message, token.at, token.end);
    }
    value({ ...token, ...found });
  }

  const read = {
    number: value,
    name,
    operator,
    comma,
    open,
    close,
    raised(token) {
      operator({ ...token, kind: "operator", name: "^" });
      value({ ...token, kind: "number", raised: true });
    },
    bar(token) {
      if (!wantsValue && innermost().open?.kind === "bar") close(token);
      else open(token);
    },
  };

  for (const token of tokens) {
    const before = out.at(-1);
    if (before?.kind === "function" && token.text !== "(") {
      throw new Unreadable(words.brackets(before.text), before.at, before.end);
    }
    read[token.kind](token);
  }
  const last = out.at(-1);
  if (last?.kind === "function") {
    throw new Unreadable(words.brackets(last.text), last.at, last.end);
  }
  finish({ kind: "end" });
  const { open: left } = innermost();
  if (left) throw new Unreadable(words.neverClosed(left.text), left.at, left.end);
  return out;
}

const CLOSES = new Map([["(", ")"], ["[", "]"], ["{", "}"], ["|", "|"]]);
