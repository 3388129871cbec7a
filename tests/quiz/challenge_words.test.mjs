import assert from "node:assert/strict";
import { test } from "node:test";

import {
  cost,
  failureText,
  stageText,
  verdictText,
} from "../../web/challenge/words.js";

const CDN = "https://cdn.jsdelivr.net/pyodide/v0.29.3/full/";

test("what the first run costs is said before it", () => {
  assert.equal(
    cost(["python", "numpy"], CDN),
    "Run downloads about 9.1 MB from cdn.jsdelivr.net the first time.",
  );
  assert.match(cost(["python"], "http://127.0.0.1:80/x/"), / 5.5 MB from 127.0.0.1 /);
  assert.match(cost(["numpy"], CDN), /about 3.6 MB/);
});

test("stages are told, with how far they are where that is known", () => {
  const told = (stage) => stageText(stage).join(" ").trim();
  assert.equal(
    told({ stage: "download", share: 0.5 }),
    "Downloading Python 2.8 of 5.5 MB",
  );
  assert.equal(told({ stage: "start" }), "Starting Python");
  assert.equal(told({ stage: "package", name: "numpy" }), "Loading NumPy");
  assert.equal(told({ stage: "run" }), "Running");
});

test("a failure says what, where from and what to do", () => {
  const text = failureText({ message: "Failed to fetch", blocked: null }, CDN);
  assert.match(text, /cdn\.jsdelivr\.net: Failed to fetch\./);
  assert.match(text, /try again/);
});

test("what fails when Python runs is not its host's fault", () => {
  const text = failureText({ message: "no cases", started: true }, CDN);
  assert.match(text, /^Your code could not be run: no cases\./);
  assert.doesNotMatch(text, /cdn\.jsdelivr\.net/);
});

test("a policy that forbids Python is named", () => {
  const said = (uri, directive) =>
    failureText({ message: "x", blocked: { uri, directive } }, CDN);
  assert.match(
    said(`${CDN}pyodide.mjs`, "script-src-elem"),
    /Content-Security-Policy .*pyodide\.mjs \(script-src-elem\)/,
  );
  assert.match(said("wasm-eval", "script-src"), /WebAssembly \(script-src\)/);
});

test("the verdict counts", () => {
  const checks = [{ passed: true }, { passed: false }, { passed: false }];
  assert.equal(
    verdictText({ passed: false, problem: null, checks }),
    "Not yet: 2 of 3 checks failed.",
  );
  assert.equal(
    verdictText({ passed: true, problem: null, checks: [{ passed: true }] }),
    "Right: 1 of 1 checks passed.",
  );
});

test("what does not run says why and where", () => {
  const said = (message, line) =>
    verdictText({ passed: false, problem: { message, line }, checks: [] });
  assert.equal(
    said("NameError: name 'x' is not defined", 7),
    "It does not run: NameError: name 'x' is not defined (line 7).",
  );
  assert.equal(
    said("Your code defines no `huber`.", null),
    "Your code defines no `huber`.",
  );
});
