// Right and wrong ways to type an answer. The points are those that
// lossbook/practice/points.py makes for tests/quiz/typed_questions.py.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { compare } from "../../web/quiz/compare.js";
import { read } from "../../web/quiz/formula.js";

const QUESTIONS = JSON.parse(readFileSync(`${process.env.POINTS}/above.json`, "utf8"));

const RIGHT = {
  huber: [
    "r if |r|<d else d*sign(r)",
    "r if |r| <= delta else delta*sign(r)",
    "r if |r|≤δ else δ sign(r)",
    "r if abs(r) < delta else delta * sgn(r)",
    "r if -d < r < d else d*sign(r)",
    "r if -δ≤r≤δ else δ·sign(r)",
    "r if d >= r >= -d else sign(r)d",
    "r if |r|<d else d if r>0 else -d",
    "r if |r|<d else (d if r>0 else -d)",
    "d if r>d else -d if r<-d else r",
    "d*sign(r) if |r|>d else r",
    "(r if |r|<d else d*sign(r))",
    "r if r<d and r>-d else d*sign(r)",
    "d*sign(r) if r>d or r<-d else r",
    "max(-d, min(d, r))",
    "max(−δ, min(δ, r))",
    "Max(-delta, Min(delta, r))",
    "min(max(r, -delta), delta)",
    "clip(r, -d, d)",
    "clip(r,−d,d)",
    "np.clip(r, -delta, delta)",
    "torch.clamp(r, -delta, delta)",
    "np.maximum(-delta, np.minimum(delta, r))",
    "where(|r| < d, r, d*sign(r))",
    "np.where(np.abs(r) <= delta, r, delta * np.sign(r))",
    "(|r+d| - |r-d|)/2",
    "½(|r+δ| − |r−δ|)",
    "1/2 (|r+d| - |r-d|)",
    "1/2(|r+d| - |r-d|)",
    "0.5*|r+d| - .5*|r-d|",
    "sign(r)*min(|r|, d)",
    "sign(r) min(|r|,d)",
    "r*min(1, d/|r|)",
    "r/max(1, |r|/d)",
    "r*(|r|<d) + d*sign(r)*(|r|>=d)",
    "r[|r|<d] + d sign(r)[|r|>=d]",
    "relu(r+d) - relu(r-d) - d",
    "(sqrt((r+d)^2) - √((r-d)²))/2",
    "r - sign(r)*relu(|r|-d)",
    "r − max(0, ||r|| − δ) sign(r)",
    "  r\tif |r|<d\n else d*sign(r)  ",
    "+r if |r|<d else --d*sign(r)",
    "(((clip(r,-d,d))))",
    "{[(clip(r,-d,d))]}",
    "r if ||r|-0|<d else d*sign(r)",
    "r if |r|<d else d*r/|r|",
    "r if |r|<d else d r/|r|",
    "r if |r|<d else (d*r)/√(r²)",
    "r if r**2 < d**2 else d*sign(r)",
    "r if r² < δ² else δ·sign(r)",
    "r if r^2<d^2 else d*sign(r)",
    "sign(r)|r| if |r|<d else d|r|/r",
    "(".repeat(30) + "clip(r,-d,d)" + ")".repeat(30),
  ],
  softmax: [
    "p_k - y_k",
    "p_k − y_k",
    "p_{k}-y_{k}",
    "pₖ − yₖ",
    "pk - yk",
    "-y_k + p_k",
    "-(y_k - p_k)",
    "−(y_k − p_k)",
    "p_k+(-y_k)",
    "p_k(1-y_k) - y_k(1-p_k)",
    "p_k (1 − y_k) − (1 − p_k) y_k",
    "-y_k(1-p_k)+(1-y_k)p_k",
    "(p_k^2 - y_k^2)/(p_k + y_k)",
    "2p_k/2 - y_k",
    "p_k - 1y_k",
    "log(e^p_k) - ln(exp(y_k))",
    "p_k*1e0 - y_k*10E-1",
  ],
  logit: [
    "sigma(z) - y",
    "σ(z) − y",
    "sigmoid(z) - y",
    "torch.sigmoid(z) - y",
    "1/(1+e^-z) - y",
    "1/(1+e^(-z)) − y",
    "1/(1+exp(-z)) - y",
    "exp(z)/(1+exp(z)) - y",
    "e^z/(e^z+1) - y",
    "(1 + e**(-z))**-1 - y",
    "(1+e^-z)⁻¹ - y",
    "-y(1-σ(z)) + (1-y)σ(z)",
    "-y*sigma(-z) + (1-y)*sigma(z)",
    "(1-y) - sigma(-z)",
    "½(1+tanh(z/2)) - y",
    "½ + ½tanh(½z) − y",
    "0.5 + 0.5 tanh(z/2) - y",
    "σ(z)(1-y) - (1-σ(z))y",
    "sigma(z)-1 if y>1 else sigma(z)-y",
  ],
  probability: [
    "(p-y)/(p(1-p))",
    "(p-y)/(p*(1-p))",
    "(p − y)/(p·(1 − p))",
    "-y/p + (1-y)/(1-p)",
    "−y/p + (1−y)/(1−p)",
    "-(y/p - (1-y)/(1-p))",
    "(1-y)/(1-p) - y/p",
    "(p-y)/(p - p²)",
    "(p-y)/(p-p^2)",
    "(p-y)*(p(1-p))^-1",
    "(p-y)*(p(1-p))⁻¹",
    "(p-y)/p/(1-p)",
    "-y*p^-1 + (1-y)*(1-p)^-1",
    "(p-y)÷(p×(1-p))",
    "(p-y)*(1/p + 1/(1-p))",
    "y/(-p) - (1-y)/(p-1)",
  ],
  mae: [
    "sign(r)",
    "Sign(r)",
    "sgn(r)",
    "np.sign(r)",
    "r/|r|",
    "|r|/r",
    "r/abs(r)",
    "r/sqrt(r^2)",
    "1 if r>0 else -1",
    "1 if r > 0 else 0 if r == 0 else -1",
    "-1 if r<0 else 1 if r>0 else 0",
    "where(r>0, 1, -1)",
    "(r>0) - (r<0)",
    "1[r>0] - 1[r<0]",
    "2(r>0) - 1",
    "2·1{r>0} − 1",
    "sign(2r)",
    "sign(r)^3",
    "sign(r)/|sign(r)|",
    "-sign(-r)",
    "r != 0 and sign(r)",
  ],
  mean: [
    "(yhat - y)/n",
    "(ŷ − y)/n",
    "(y\u0302 - y)/n",
    "(y_hat - y)/n",
    "(y_{hat} - y)/n",
    "1/n (ŷ - y)",
    "1/n(ŷ-y)",
    "1/n*(yhat-y)",
    "(1/n)(yhat-y)",
    "n^-1 (yhat - y)",
    "n⁻¹(ŷ−y)",
    "n⁻¹ŷ − n⁻¹y",
    "yhat/n - y/n",
    "-(y-ŷ)/n",
    "2/(2n) (yhat - y)",
    "1/(2n)*2(yhat-y)",
  ],
  temperature: [
    "(p_k - y_k)/T",
    "1/T (p_k - y_k)",
    "1/T*(p_k-y_k)",
    "(1/T)(p_{k} − y_{k})",
    "p_k/T - y_k/T",
    "T^-1*(p_k-y_k)",
    "(p_k-y_k)*T^(-1)",
    "-(y_k-p_k)/T",
  ],
  log_cosh: [
    "tanh(r)",
    "np.tanh(r)",
    "sinh(r)/cosh(r)",
    "(e^r - e^-r)/(e^r + e^-r)",
    "(exp(r)-exp(-r))/(exp(r)+exp(-r))",
    "(e^(2r)-1)/(e^(2r)+1)",
    "(e^(r)e^(r) - 1)/(e^(r)e^(r) + 1)",
    "(e^r·e^r - 1)/(e^r e^r + 1)",
    "2σ(2r) - 1",
    "2 sigmoid(2 r) - 1",
    "1 - 2/(1+e^(2r))",
    "1 - 2/(1+exp(2r))",
    "tanh(|r|)*sign(r)",
  ],
  hinge: [
    "-y if y*z<1 else 0",
    "-y if y z < 1 else 0",
    "−y if 1−y·z>0 else 0",
    "0 if y z>1 else -y",
    "-y*(y*z<1)",
    "-y (y z < 1)",
    "−y·1[y·z<1]",
    "where(y*z >= 1, 0, -y)",
    "0 if y*z >= 1 else -y",
  ],
  focal: [
    "-(1-p)^gamma*log(p)",
    "-(1-p)**gamma*log(p)",
    "−(1−p)^γ·ln(p)",
    "-(1-p)^γ log(p)",
    "-log(p)(1-p)^gamma",
    "(1-p)^gamma*log(1/p)",
    "-exp(gamma*log(1-p))*log(p)",
    "-e^(γ ln(1-p)) ln(p)",
    "(1-p)^γ * -log(p)",
  ],
  softplus: [
    "softplus(z) - y*z",
    "log(1+exp(z)) - y z",
    "log(1+e^z) - y*z",
    "log1p(exp(z)) - y*z",
    "max(z,0) - y*z + log(1+exp(-|z|))",
    "-y log(σ(z)) - (1-y) log(1-σ(z))",
    "-y*log(sigmoid(z)) - (1-y)*log(sigmoid(-z))",
    "z - y*z + log(1 + e^-z)",
    "(1-y)z + softplus(-z)",
  ],
  gauss: [
    "r/sigma^2",
    "r/σ²",
    "r/σ^2",
    "r σ^-2",
    "r*sigma**-2",
    "r/(sigma*sigma)",
    "r/sigma/sigma",
    "(r/σ)/σ",
    "r σ⁻²",
  ],
};

// The text, and a part of what is said; "" where no mistake is known.
const WRONG = {
  huber: [
    ["r", "MSE's gradient"],
    ["sign(r)", "MAE's gradient"],
    ["r/|r|", "MAE's gradient"],
    ["r if |r|<d else sign(r)", "±δ, not ±1"],
    ["r if |r|<d else d", "the sign is missing"],
    ["min(r, d) if r>-d else d", "the sign is missing"],
    ["-clip(r,-d,d)", "sign is flipped"],
    ["clip(-r,-d,d)", "sign is flipped"],
    ["2clip(r,-d,d)", "Twice"],
    ["clip(r,-d,d)/2", "Half"],
    ["½ clip(r,-d,d)", "Half"],
    ["clip(r,-d,2d)", ""],
    ["max(d, min(-d, r))", ""],
    ["min(d, r)", ""],
    ["max(-d, r)", ""],
    ["d*sign(r) if |r|<d else r", ""],
    ["r if |r|<2d else d*sign(r)", ""],
    ["r if r<d else d", ""],
    ["r^2/2 if |r|<d else d(|r|-d/2)", ""],
    ["clip(r,-d,d)+0.0001", ""],
    ["1.00001*clip(r,-d,d)", ""],
    ["r if |r|<d+0.1 else d*sign(r)", ""],
    ["delta", ""],
    ["0", ""],
    ["r**2", ""],
    ["pi", ""],
    ["r < d", ""],
  ],
  softmax: [
    ["y_k - p_k", "sign is flipped"],
    ["-y_k/p_k", "by p_k"],
    ["2(p_k - y_k)", "Twice"],
    ["p_k", ""],
    ["p_k + y_k", ""],
    ["p_k(1-p_k)", ""],
    ["p_k - y_k^2", ""],
    ["p_k*y_k", ""],
    ["(p_k-y_k)*p_k*(1-p_k)", ""],
  ],
  logit: [
    ["y - sigma(z)", "sign is flipped"],
    ["-(σ(z) − y)", "sign is flipped"],
    ["2(sigma(z)-y)", "Twice"],
    ["sigma(-z) - y", ""],
    ["z - y", ""],
    ["tanh(z) - y", ""],
    ["1/(1+e^z) - y", ""],
    ["σ(z)(1-σ(z))", ""],
    ["(sigma(z)-y)*sigma(z)*(1-sigma(z))", ""],
    ["1/1+e^-z - y", ""],
  ],
  probability: [
    ["p-y", "by the logit"],
    ["-y/p", "one term only"],
    ["(y-p)/(p(1-p))", "sign is flipped"],
    ["y/p - (1-y)/(1-p)", "sign is flipped"],
    ["(p-y)/p*(1-p)", ""],
    ["-y/p - (1-y)/(1-p)", ""],
    ["y/p + (1-y)/(1-p)", ""],
  ],
  mae: [
    ["-sign(r)", "sign is flipped"],
    ["|r|", "the loss"],
    ["sqrt(r^2)", "the loss"],
    ["2sign(r)", "Twice"],
    ["sign(r)/2", "Half"],
    ["r", ""],
    ["1", ""],
    ["r>0", ""],
    ["1 if r>0 else 0", ""],
    ["sign(r+0.1)", ""],
    ["sign(|r|)", ""],
  ],
  mean: [
    ["yhat - y", "the $1/n$ of the mean is missing"],
    ["(y - yhat)/n", "sign is flipped"],
    ["2(ŷ-y)/n", "Twice"],
    ["2/n (ŷ-y)", "Twice"],
    ["(yhat-y)/(2n)", "Half"],
    ["(yhat-y)/n^2", "once too often"],
    ["yhat - y/n", ""],
    ["n(yhat-y)", ""],
  ],
  temperature: [
    ["p_k - y_k", "is missing"],
    ["(p_k - y_k)/T^2", "too many"],
    ["(y_k - p_k)/T", "sign is flipped"],
    ["T(p_k - y_k)", ""],
    ["p_k/T - y_k", ""],
  ],
  log_cosh: [
    ["-tanh(r)", "sign is flipped"],
    ["r", ""],
    ["sign(r)", ""],
    ["tanh(r)^2", ""],
    ["1/cosh(r)", ""],
    ["log(cosh(r))", ""],
    ["tanh(2r)", ""],
    ["1-tanh(r)^2", ""],
  ],
  hinge: [
    ["-y", "beyond the margin"],
    ["y if y*z<1 else 0", "sign is flipped"],
    ["-y if z<1 else 0", ""],
    ["-1 if y*z<1 else 0", ""],
    ["-y if y*z<0 else 0", ""],
    ["-y if y*z>1 else 0", ""],
  ],
  focal: [
    ["-p^gamma*log(p)", "the wrong weight"],
    ["(1-p)^gamma*log(p)", "sign is flipped"],
    ["-log(p)", ""],
    ["-(1-p)*gamma*log(p)", ""],
  ],
  softplus: [
    ["softplus(z)", ""],
    ["softplus(-z) - y*z", ""],
    ["softplus(z) - y", ""],
    ["y*z - softplus(z)", "sign is flipped"],
  ],
  gauss: [
    ["r/sigma", ""],
    ["-r/sigma^2", "sign is flipped"],
    ["sigma(r)", ""],
  ],
};

// The question, the text, a part of the message, and the part of the text
// that it is about.
const UNREADABLE = [
  ["huber", "", "Nothing", ""],
  ["huber", "   ", "Nothing", ""],
  ["huber", "foo", "don't know the name foo; you can use r, delta", "foo"],
  ["huber", "r + foo(d)", "don't know the name foo", "foo"],
  ["huber", "(r", "( is never closed", "("],
  ["huber", "max(r, (d)", "( is never closed", "("],
  ["huber", "|r", "| is never closed", "|"],
  ["huber", "(|r) < d", "| is never closed", "|"],
  ["huber", "r)", "never opened", ")"],
  ["huber", "[r)", ") cannot close [", ")"],
  ["huber", "r +", "missing after this +", "+"],
  ["huber", "-", "missing after this -", "-"],
  ["huber", "r * / d", "missing before this /", "/"],
  ["huber", "*r", "missing before this *", "*"],
  ["huber", "(r + ) d", "missing after this +", "+"],
  ["huber", "()", "nothing in these brackets", "()"],
  ["huber", "sign()", "nothing in these brackets", "()"],
  ["huber", "sign r", "sign(…)", "sign"],
  ["huber", "sign", "sign(…)", "sign"],
  ["huber", "sign^2(r)", "sign(…)", "sign"],
  ["huber", "sign(r, d)", "sign takes 1 argument.", "sign"],
  ["huber", "clip(r, d)", "clip takes 3 arguments.", "clip"],
  ["huber", "max(r)", "max takes 2 or more arguments.", "max"],
  ["huber", "max(r,,d)", "missing after this ,", ","],
  ["huber", "max(,d)", "missing before this ,", ","],
  ["huber", "0,5 r", "decimal has a point", ","],
  ["huber", "r, d", "comma belongs", ","],
  ["huber", "r if |r|<d", "if has no else", "if"],
  ["huber", "r else d", "else has no if", "else"],
  ["huber", "if |r|<d r else d", "missing before this if", "if"],
  ["huber", "r if |r|<d if d else d else r", "inner if", "if"],
  ["huber", "grad = r", "right of the equals sign", "grad ="],
  ["huber", "\\delta r", "No LaTeX", "\\"],
  ["huber", "r d 2", "a sign is missing", "2"],
  ["huber", "1/2r", "in two ways", "1/2r"],
  ["huber", "r/2d", "in two ways", "r/2d"],
  ["huber", "r/d (2)", "in two ways", "r/d (2"],
  ["huber", "e^2r", "in two ways", "e^2r"],
  ["huber", "2r^2d", "in two ways", "2r^2d"],
  ["huber", "-r^2d", "in two ways", "r^2d"],
  ["huber", "(".repeat(41) + "r", "More than 40 brackets", "("],
  ["huber", "r".repeat(501), "longer than 500 characters", "r"],
  ["huber", "r ? d : 1", "cannot read ?", "?"],
  ["huber", "r; d", "cannot read ;", ";"],
  ["huber", "'r'", "cannot read '", "'"],
  ["huber", "r.d", "cannot read .", "."],
  ["huber", "r @ d", "cannot read @", "@"],
  ["huber", "∂L", "cannot read ∂", "∂"],
  ["huber", "😀", "cannot read 😀", "😀"],
  ["huber", "not r", "don't know the name not", "not"],
  ["probability", "-yp + p", "write y*p", "yp"],
  ["mae", "d*sign(r)", "don't know the name d;", "d"],
  ["gauss", "σ'(r)", "cannot read '", "'"],
];

const HOSTILE = [
  "__proto__", "r.__proto__", "r['constructor']", "constructor", "toString()",
  "hasOwnProperty(r)", "valueOf", "this", "window", "globalThis", "process",
  "eval(r)", "Function(r)()", "import(r)", "new Date", "alert(1)", "${r}", "`r`",
  "<script>r</script>", "r<!--", "9**9**9", "9^9^9^9^9", "-9**9**9", "1/0", "0/0",
  "1e999", "-1e999", "1e-999", "0^0", "(-8)^(1/3)", "NaN", "Infinity", "undefined",
  "null", "true", "false", "e^e^e^e^r", "\u0000", "\ud800", "r\u200b", "\u202er",
  "(".repeat(499), "(".repeat(30) + "r" + ")".repeat(30),
  "(".repeat(200) + "r" + ")".repeat(200), "-".repeat(499) + "r", "|".repeat(500),
  "r^".repeat(200) + "r", "r+".repeat(240) + "r", "sign(".repeat(39) + "r" + ")".repeat(39),
  "r if r<d else ".repeat(30) + "r", "2^".repeat(200) + "2", "1".repeat(500),
  "max(" + "r,".repeat(200) + "r)", "r".repeat(500), "r ".repeat(250),
  "r*".repeat(5000) + "r", "(".repeat(10_000), "x".repeat(10_000), " ".repeat(10_000),
  "_".repeat(400), "r_".repeat(200), "np.".repeat(150), "½".repeat(400), "²".repeat(400),
  "r if ".repeat(90), "<".repeat(400), "1.".repeat(200), "1e".repeat(200), ",".repeat(400),
];

function judge(question, text) {
  const points = QUESTIONS[question];
  const { tree, ...message } = read(text, points.symbols);
  return tree ? compare(tree, points) : { verdict: "unreadable", ...message };
}

for (const [question, texts] of Object.entries(RIGHT)) {
  test(`right: ${question}`, async (t) => {
    for (const text of texts) {
      await t.test(text, () => assert.deepEqual(judge(question, text), { verdict: "right" }));
    }
  });
}

for (const [question, texts] of Object.entries(WRONG)) {
  test(`wrong: ${question}`, async (t) => {
    const { whys } = QUESTIONS[question];
    for (const [text, why] of texts) {
      await t.test(text, () => {
        const result = judge(question, text);
        assert.equal(result.verdict, "wrong");
        assert.notEqual(result.yours, result.expected);
        if (why) assert.match(whys[result.mistake] ?? "none", new RegExp(RegExp.escape(why)));
        else assert.equal(result.mistake, -1);
      });
    }
  });
}

test("unreadable", async (t) => {
  for (const [question, text, message, about] of UNREADABLE) {
    await t.test(`${question}: ${text}`, () => {
      const result = judge(question, text);
      assert.equal(result.verdict, "unreadable");
      assert.ok(result.message.includes(message), result.message);
      assert.equal(text.slice(result.at, result.end), about);
    });
  }
});

test("no value, or only a blurred one, is not counted", () => {
  // The square root of a negative number
  assert.deepEqual(judge("huber", "clip(sqrt(r)^2, -d, d)").verdict, "undecided");
  // 1e20 is a wall that rounding cannot look over.
  assert.deepEqual(judge("mae", "sign(r) + 1e20 - 1e20"), { verdict: "undecided", at: null });
});

test("a mistake that has no value somewhere has none there", () => {
  const points = {
    symbols: ["r"],
    at: [[2], [-2]],
    right: [2, -2],
    mistakes: [[Math.SQRT2, null]],
    multiples: [],
  };
  const told = (text) => compare(read(text, ["r"]).tree, points).mistake;
  assert.equal(told("sqrt(r)"), 0);
  assert.equal(told("sqrt(|r|)"), -1);
});

test("the simplest point is the one told", () => {
  const { at } = judge("huber", "0");
  assert.deepEqual(at, Object.fromEntries(
    QUESTIONS.huber.symbols.map((name, i) => [name, QUESTIONS.huber.at[0][i]]),
  ));
  assert.ok(Object.values(at).join("").length <= 4, JSON.stringify(at));
});

// On a busy machine one run may have to wait for others; not all of five.
function quickest(run) {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return performance.now() - start;
  });
  return Math.min(...times);
}

test("hostile texts", async (t) => {
  for (const text of HOSTILE) {
    await t.test(`${text.slice(0, 40)} (${text.length})`, () => {
      assert.notEqual(judge("huber", text).verdict, "right");
      const took = quickest(() => judge("huber", text));
      assert.ok(took < 50, `${took} ms`);
    });
  }
});


// A right answer with one character too many, too few or another one must
// never make the judge throw or wait.
test("mutilated texts", () => {
  const letters = [..."rd0123456789+-*/^()|[],.<>= ifelsegnmaxδ−²½_{}'\\"];
  let seed = 1;
  const draw = (below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let i = 0; i < 4000; i++) {
    const text = RIGHT.huber[draw(RIGHT.huber.length)];
    const place = draw(text.length);
    const letter = draw(3) ? letters[draw(letters.length)] : "";
    const changed = text.slice(0, place) + letter + text.slice(place + draw(2));
    const { verdict, message } = judge("huber", changed);
    assert.notEqual(message, "I cannot read this.", changed);
    assert.ok(["right", "wrong", "undecided", "unreadable"].includes(verdict));
  }
});
