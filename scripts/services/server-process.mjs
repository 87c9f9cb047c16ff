// One server program that we started: its log, its death, its return.
import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { killTree, signalTree } from "./process-tree.mjs";

const patienceMs = 10_000;

/**
 * A stopped server; `command` is started by `start`, which waits for `isReady`.
 * In its own session, so that Ctrl-C reaches us first and the order of stopping is ours.
 */
export function createServerProcess({ name, command, env, logFile, isReady, guard, stopSignal }) {
  let child;
  let release;
  const isRunning = () => child && child.exitCode === null && child.signalCode === null;

  async function start() {
    child = spawnDetached(command, env, logFile);
    const failed = new Promise((resolve) => child.once("error", resolve));
    if (child.pid === undefined) throw new Error(`${name}: ${(await failed).message}`);
    release = guard.hold({ process: child.pid });
    const deadline = Date.now() + patienceMs * 3;
    while (!(await isReady(child.pid))) {
      if (!isRunning()) throw new Error(`${name} ended at once:\n${lastLines(logFile)}`);
      if (Date.now() > deadline) throw new Error(`${name} does not answer:\n${lastLines(logFile)}`);
      await sleep(15);
    }
  }

  async function kill() {
    if (isRunning()) await killTree(child.pid);
    release?.();
  }

  async function stop() {
    if (isRunning()) await askToEnd(child, stopSignal);
    await kill();
  }

  const signal = (what) => async () => void signalTree(child.pid, what);
  return { start, kill, stop, pause: signal("SIGSTOP"), resume: signal("SIGCONT") };
}

/** What is frozen hears nothing, so it is woken first. */
async function askToEnd(child, signal) {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  signalTree(child.pid, "SIGCONT");
  child.kill(signal);
  await Promise.race([ended, sleep(patienceMs, undefined, { ref: false })]);
}

function spawnDetached([program, ...args], env, logFile) {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a");
  const child = spawn(program, args, {
    detached: true,
    env: { ...process.env, ...env },
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  return child;
}

function lastLines(logFile) {
  return readFileSync(logFile, "utf8").trim().split("\n").slice(-10).join("\n");
}
