// What a challenge says while it works, and when it cannot.

// In MB on the wire, from a server that compresses: Pyodide 0.29.3.
const SIZES = { python: 5.5, numpy: 3.6 };
const NAMES = { numpy: "NumPy" };

/** Where Python comes from, for the reader. */
export function host(address) {
  return new URL(address).host;
}

/** What the next run will fetch: "python", and names of packages. */
export function cost(missing, address) {
  const all = missing.reduce((sum, name) => sum + SIZES[name], 0);
  return (
    `Run downloads about ${all.toFixed(1)} MB from ${host(address)} ` +
    "the first time."
  );
}

/** A stage of a run: its name, and how far it is. */
export function stageText({ stage, share, name }) {
  switch (stage) {
    case "wait":
      return ["Waiting for the run before", ""];
    case "ready":
      return ["", ""]; // it says what it does in a moment
    case "prepare":
      return ["Downloading Python", ""];
    case "download": {
      const loaded = (share * SIZES.python).toFixed(1);
      return ["Downloading Python", `${loaded} of ${SIZES.python} MB`];
    }
    case "start":
      return ["Starting Python", ""];
    case "package":
      return [`Loading ${NAMES[name]}`, ""];
    default:
      return ["Running", ""];
  }
}

/** Why it could not run, and what can be done. */
export function failureText({ message, blocked, started, running }, address) {
  if (running) {
    return (
      `Python gave up while it ran your code: ${message}. ` +
      "Your code is kept, and the next run begins afresh."
    );
  }
  if (blocked) {
    const what =
      blocked.uri === "wasm-eval" ? "WebAssembly" : blocked.uri || "a file";
    return (
      "Python cannot run here: this site's Content-Security-Policy does " +
      `not allow ${what} (${blocked.directive}). Its README says what the ` +
      "policy needs. The rest of the page works without."
    );
  }
  const what = started
    ? "Your code could not be run"
    : `Python could not be started from ${host(address)}`;
  return (
    `${what}: ${message}. ` +
    "Your code is kept. Look at the connection, then try again."
  );
}

export function stoppedText(why) {
  return why === "time"
    ? "Stopped after 10 seconds. Is there a loop that never ends?"
    : "Stopped.";
}

/** What the judge found, in one line. */
export function verdictText({ passed, problem, checks }) {
  if (problem) {
    const { message, line } = problem;
    // Without a line the judge says in a sentence what it missed.
    return line ? `It does not run: ${message} (line ${line}).` : message;
  }
  if (passed) return `Right: ${checks.length} of ${checks.length} checks passed.`;
  const failed = checks.filter((check) => !check.passed).length;
  return `Not yet: ${failed} of ${checks.length} checks failed.`;
}
