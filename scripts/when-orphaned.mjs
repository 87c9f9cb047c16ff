// A signal to npm ends npm and its shell, but not what the shell started: that has to notice by itself.

const lookEveryMs = 500;

/** Calls back once when npm, which started this process, is gone. */
export function whenOrphaned(callback) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, lookEveryMs);
  timer.unref();
}
