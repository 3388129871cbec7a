import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Runner } from "../../web/challenge/runner.js";

/** In the place of web/challenge/worker.js: does what a test says. */
class FakeWorker {
  constructor() {
    this.jobs = [];
    this.terminated = false;
  }

  postMessage(job) {
    this.jobs.push(job);
  }

  terminate() {
    this.terminated = true;
  }

  says(data) {
    this.onmessage({ data });
  }
}

let workers, stages, runner;

beforeEach(() => {
  workers = [];
  stages = [];
  runner = new Runner(() => {
    workers.push(new FakeWorker());
    return workers.at(-1);
  });
});

function run(code) {
  return runner.run({ code, packages: [] }, ({ stage }) => stages.push(`${code} ${stage}`));
}

function sent() {
  return workers[0].jobs.map(({ code }) => code);
}

/** Lets what waits for a promise go on. */
const turn = () => new Promise((passed) => setImmediate(passed));

test("no worker is made before there is something to run", async () => {
  assert.equal(workers.length, 0);
  run("a");
  await turn();
  assert.equal(workers.length, 1);
});

test("runs wait for each other and share one worker", async () => {
  const results = [run("a"), run("b")];
  await turn();
  assert.deepEqual(sent(), ["a"]);
  workers[0].says({ stage: "run" });
  workers[0].says({ result: 1 });
  await turn();
  assert.deepEqual(sent(), ["a", "b"]);
  workers[0].says({ result: 2 });
  assert.deepEqual(await Promise.all(results), [{ result: 1 }, { result: 2 }]);
  assert.equal(workers.length, 1);
  assert.deepEqual(stages, [
    "b wait",
    "a prepare",
    "a run",
    "b ready", // it needs no preparation any more
  ]);
});

test("code that takes more than 10 s is stopped, what loads is not", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const ended = run("a");
    await turn();
    mock.timers.tick(60_000); // a slow download
    workers[0].says({ stage: "run" });
    mock.timers.tick(9_999);
    assert.equal(workers[0].terminated, false);
    mock.timers.tick(1);
    assert.equal(workers[0].terminated, true);
    assert.deepEqual(await ended, { stopped: "time" });
  } finally {
    mock.timers.reset();
  }
});

test("after a stop the next run has a fresh worker, and time of its own", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const [first, second] = [run("a"), run("b")];
    await turn();
    workers[0].says({ stage: "run" });
    mock.timers.tick(6_000);
    runner.stop();
    assert.deepEqual(await first, { stopped: "reader" });
    await turn();
    workers[1].says({ stage: "run" });
    mock.timers.tick(6_000);
    workers[1].says({ result: 2 });
    assert.deepEqual(await second, { result: 2 });
    assert.equal(workers[1].terminated, false);
    assert.ok(stages.includes("b prepare"));
  } finally {
    mock.timers.reset();
  }
});

test("after a failure too", async () => {
  const first = run("a");
  await turn();
  workers[0].says({ failed: { message: "no network" } });
  assert.deepEqual(await first, { failed: { message: "no network" } });
  assert.equal(workers[0].terminated, true);
  assert.equal(runner.loaded.size, 0);
  const second = run("a");
  await turn();
  workers[1].says({ result: 1 });
  assert.deepEqual(await second, { result: 1 });
});

test("a worker that does not start is a failure, not silence", async () => {
  const first = run("a");
  await turn();
  workers[0].onerror({ message: "" });
  const { failed } = await first;
  assert.match(failed.message, /could not be loaded/);

  const forbidden = new Runner(() => {
    throw new Error("SecurityError");
  });
  assert.deepEqual(await forbidden.run({}, () => {}), {
    failed: { message: "SecurityError" },
  });
});

test("a stop when nothing runs does nothing", async () => {
  runner.stop();
  const result = run("a");
  await turn();
  workers[0].says({ result: 1 });
  assert.deepEqual(await result, { result: 1 });
  runner.stop();
  assert.equal(workers[0].terminated, false);
});

test("it knows what its worker has loaded", async () => {
  const first = runner.run({ packages: ["numpy"] }, () => {});
  await turn();
  assert.equal(runner.loaded.size, 0);
  workers[0].says({ stage: "run" });
  workers[0].says({ result: 1 });
  await first;
  run("a");
  await turn();
  workers[0].says({ stage: "run" });
  assert.deepEqual([...runner.loaded].sort(), ["numpy", "python"]);
  runner.stop();
  assert.equal(runner.loaded.size, 0);
  // A fresh worker will not have to download it.
  assert.deepEqual([...runner.fetched].sort(), ["numpy", "python"]);
});

test("a worker that fails between two runs is not used for the next", async () => {
  const first = run("a");
  await turn();
  workers[0].says({ result: 1 });
  await first;
  workers[0].says({ failed: { message: "left behind by the code" } });
  assert.equal(workers[0].terminated, true);
  const second = run("b");
  await turn();
  assert.deepEqual(workers[1].jobs.map(({ code }) => code), ["b"]);
  workers[1].says({ result: 2 });
  assert.deepEqual(await second, { result: 2 });
  assert.ok(!stages.includes("b wait"));
});
