// Python, away from the page: what runs here can be stopped from there.
//
// One job at a time comes in: {code, cases, wheel, pyodide, packages},
// where all but the code and the packages' names are addresses. Out go
// {stage, ...} as it proceeds, and at last {result} or {failed}.

// Bytes of the two large files of Pyodide 0.29.3, unpacked as a browser
// counts them.
const LARGE = { "pyodide.asm.wasm": 8_647_684, "python_stdlib.zip": 2_423_989 };
const ALL = Object.values(LARGE).reduce((sum, bytes) => sum + bytes, 0);

let python = null; // the promise of Python with the judge
const cases = new Map(); // address: their text
let started = false; // Python
let running = false; // the reader's code
let failed = false;
let blocked = null; // what the site's own policy forbade

addEventListener("message", ({ data }) => run(data).catch(fail));

// Pyodide loads several files at once, and does not wait for each.
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  fail(event.reason);
});

addEventListener("securitypolicyviolation", (event) => {
  blocked = { directive: event.effectiveDirective, uri: event.blockedURI };
});

async function run(job) {
  python ??= start(job);
  const pyodide = await python;
  started = true;
  for (const name of job.packages) {
    if (name in pyodide.loadedPackages) continue;
    postMessage({ stage: "package", name });
    await pyodide.loadPackage(name, { messageCallback() {} });
    // It reports a failed download, but does not throw.
    if (!(name in pyodide.loadedPackages)) {
      throw new Error(`${name} could not be loaded`);
    }
  }
  if (!cases.has(job.cases)) {
    cases.set(job.cases, await (await fetched(job.cases)).text());
  }
  const judge = pyodide.pyimport("lossbook.practice.judge");
  running = true;
  postMessage({ stage: "run" });
  const result = JSON.parse(judge.judge_text(job.code, cases.get(job.cases)));
  running = false;
  judge.destroy();
  postMessage({ result });
}

async function start({ pyodide: folder, wheel }) {
  watchDownloads();
  const { loadPyodide } = await import(`${folder}pyodide.mjs`);
  const pyodide = await loadPyodide({ indexURL: folder });
  const archive = await (await fetched(wheel)).arrayBuffer();
  pyodide.unpackArchive(archive, "wheel");
  return pyodide;
}

/** A file of the site: as it is now, not as it was cached. */
function fetched(address) {
  return fetch(address, { cache: "no-cache" });
}

/**
 * Tells how far the downloads are, and when one has failed: Pyodide
 * waits for ever for a WebAssembly file that does not come.
 */
function watchDownloads() {
  const plainFetch = fetch;
  let loaded = 0;
  let told = 0;
  const count = (bytes) => {
    loaded += bytes;
    if (loaded < ALL && loaded - told < ALL / 100) return;
    told = loaded;
    postMessage(
      loaded < ALL
        ? { stage: "download", share: loaded / ALL }
        : { stage: "start" },
    );
  };
  self.fetch = async (...request) => {
    try {
      const response = await plainFetch(...request).catch((problem) => {
        const { href } = new URL(request[0].url ?? request[0], location);
        throw new Error(`${href}: ${problem.message}`);
      });
      if (!response.ok) {
        throw new Error(`${response.url} answers ${response.status}`);
      }
      const name = response.url.split("/").at(-1);
      if (name in LARGE) follow(response.clone(), count).catch(fail);
      return response;
    } catch (problem) {
      fail(problem);
      throw problem;
    }
  };
  const plain = WebAssembly.instantiateStreaming;
  WebAssembly.instantiateStreaming = async (...all) => {
    try {
      return await plain(...all);
    } catch (problem) {
      fail(problem);
      throw problem;
    }
  };
  postMessage({ stage: "download", share: 0 });
}

async function follow(response, count) {
  for await (const chunk of response.body) count(chunk.byteLength);
}

/** Tells the first failure; after it this worker is not used again. */
async function fail(problem) {
  if (failed) return;
  failed = true;
  // What the policy forbade is told a moment after it has failed.
  await new Promise((passed) => setTimeout(passed));
  // Of a traceback, what went wrong stands last.
  const message = problem.message.trim().split("\n").at(-1);
  postMessage({ failed: { message, blocked, started, running } });
}
