// The page's one worker: runs wait for each other, and end in time.

// The reader's code has ten seconds, what loads before it has not.
const LIMIT = 10_000;

export class Runner {
  /** @param {() => Worker} makeWorker - starts a worker */
  constructor(makeWorker) {
    this.makeWorker = makeWorker;
    this.worker = null;
    this.loaded = new Set(); // "python" and packages that it has
    this.fetched = new Set(); // and those that one before it had
    this.last = Promise.resolve();
    this.waiting = 0; // runs that have not ended
    this.stop = () => {}; // ends the run under way
  }

  /**
   * Runs a job when those before it have ended.
   *
   * @param {object} job - what worker.js wants
   * @param {(stage: object) => void} tell - called as it proceeds
   * @returns a promise of {result}, {failed} or {stopped}; never rejected
   */
  run(job, tell) {
    if (this.waiting) tell({ stage: "wait" });
    this.waiting += 1;
    this.last = this.last.then(() => this.now(job, tell));
    return this.last;
  }

  now(job, tell) {
    return new Promise((settle) => {
      let timer;
      let under = true;
      const end = (outcome) => {
        // Also when it fails after its result, by what that left behind.
        if (!outcome.result) this.dismiss();
        if (!under) return;
        under = false;
        clearTimeout(timer);
        this.stop = () => {};
        this.waiting -= 1;
        settle(outcome);
      };
      this.stop = (why = "reader") => end({ stopped: why });
      const failed = (message) => end({ failed: { message } });
      try {
        this.worker ??= this.makeWorker();
      } catch (problem) {
        failed(problem.message);
        return;
      }
      this.worker.onerror = (event) => {
        event.preventDefault?.();
        failed(event.message || "worker.js of this site could not be loaded");
      };
      this.worker.onmessage = ({ data }) => {
        if (!data.stage) {
          end(data);
          return;
        }
        if (data.stage === "run") {
          for (const name of ["python", ...job.packages]) {
            this.loaded.add(name);
            this.fetched.add(name);
          }
          timer = setTimeout(() => this.stop("time"), LIMIT);
        }
        tell(data);
      };
      tell({ stage: this.loaded.has("python") ? "ready" : "prepare" });
      this.worker.postMessage(job);
    });
  }

  /** The next run begins with a fresh worker. */
  dismiss() {
    this.worker?.terminate();
    this.worker = null;
    this.loaded = new Set();
  }
}
