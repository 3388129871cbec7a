// Shows what the judge found. All of it is text: it comes from a
// program that the reader wrote.

import { button, make } from "../quiz/dom.js";

/**
 * @param {object} result - as lossbook.practice.judge gives it
 * @param {(line: number) => void} goTo - shows the reader a line
 */
export function shown({ output, problem, checks }, goTo) {
  const parts = [];
  if (problem) {
    if (problem.source) {
      parts.push(make("pre", { class: "problem", text: problem.source }));
    }
    parts.push(...lineButton(problem.line, goTo));
  }
  if (checks.length) {
    // One mistake fails many checks: what it means is said once.
    const said = new Set();
    const items = checks.map((check) => item(check, said, goTo));
    parts.push(make("ul", { class: "checks" }, ...items));
  }
  if (output) {
    parts.push(
      make("p", { class: "label", text: "Printed by your code" }),
      make("pre", { class: "output", tabindex: "0", text: output }),
    );
  }
  return parts;
}

function item(check, said, goTo) {
  const first = (text) => text && !said.has(text) && said.add(text);
  const title = make(
    "p",
    { class: "check" },
    make("span", {
      class: "sign",
      text: check.passed ? "Passed: " : "Failed: ",
    }),
    ...withCode(check.title),
  );
  if (check.passed) return make("li", { class: "right" }, title);
  const values = {
    Case: check.case,
    Index: check.index,
    Got: check.got,
    Expected: check.expected,
  };
  const rows = Object.entries(values)
    .filter(([, text]) => text)
    .flatMap(([name, text]) => [
      make("dt", { text: name }),
      make("dd", {}, make("code", { text })),
    ]);
  const parts = [title, make("dl", {}, ...rows)];
  if (first(check.means)) {
    parts.push(make("p", { class: "means" }, ...withCode(check.means)));
  }
  if (first(check.line)) parts.push(...lineButton(check.line, goTo));
  return make("li", { class: "wrong" }, ...parts);
}

/** The nodes of a sentence in which `names` stand as Markdown has them. */
export function withCode(text) {
  return text
    .split(/`([^`\n]+)`/)
    .map((part, index) => (index % 2 ? make("code", { text: part }) : part))
    .filter(Boolean);
}

function lineButton(line, goTo) {
  return line ? [button(`Go to line ${line}`, () => goTo(line))] : [];
}
