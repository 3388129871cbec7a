// Every sentence of the judge of typed formulas, so that an edition in
// another language has one file to replace.

const list = (names) => names.join(", ");

export const words = {
  label: "Your formula",
  check: "Check",
  uses: (names) => `Write it in ${list(names)}.`,

  unreadable: "I cannot read this.",
  empty: "Nothing is written yet.",
  tooLong: (most) => `This is longer than ${most} characters.`,
  tooDeep: (most) => `More than ${most} brackets inside one another.`,
  character: (text) => `I cannot read ${text} here.`,
  latex: "No LaTeX, please: delta, sigma(z), a/b.",
  equals: "Only what stands right of the equals sign, please.",
  decimalComma: "A decimal has a point here: 0.5.",
  comma: "A comma belongs between the arguments of a function.",
  unknown: (name, names) =>
    `I don't know the name ${name}; you can use ${list(names)}.`,
  product: (name, parts) =>
    `I don't know the name ${name}. As a product, write ${parts.join("*")}.`,
  brackets: (name) => `What ${name} applies to goes in brackets: ${name}(…).`,
  missingBefore: (text) => `Something is missing before this ${text}.`,
  missingAfter: (text) => `Something is missing after this ${text}.`,
  noOperator: (text) => `Between this ${text} and what is before it, a sign is missing.`,
  nothingInside: "There is nothing in these brackets.",
  neverClosed: (text) => `This ${text} is never closed.`,
  neverOpened: (text) => `This ${text} was never opened.`,
  otherBracket: (open, close) => `This ${close} cannot close ${open}.`,
  noElse: "This if has no else.",
  noIf: "This else has no if before it.",
  innerIf: "Put the inner if … else in brackets.",
  arguments: (name, fewest, most) => {
    const count = fewest === most ? fewest : `${fewest} or more`;
    return `${name} takes ${count} argument${count === 1 ? "" : "s"}.`;
  },
  overProduct: "This can be read in two ways: (a/b)*c or a/(b*c)? Please use brackets.",
  powerProduct: "This can be read in two ways: (a^b)*c or a^(b*c)? Please use * or brackets.",

  undefined: "undefined",
  wrong: (point, yours, expected) =>
    `At ${point}, yours is ${yours}; it should be ${expected}.`,
  noValue: (point) =>
    `At ${point} your formula has no value. That is not counted.`,
  tooRough: "Rounding blurs too many values of this formula to judge it. That is not counted.",
  otherwise: "otherwise",
  if: "if",
  and: "and",
  or: "or",
};
