import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { z } from "zod";

/** A process of the bench's own: asked by name, answers with data. */
export interface Helper {
  readonly pid: number;
  ask<Answer>(name: string, input: object, answer: z.ZodType<Answer>): Promise<Answer>;
  stop(): Promise<void>;
}

interface Waiting {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts a file that calls `answerAsks`. */
export function startHelper(file: URL): Helper {
  const child = fork(fileURLToPath(file), {
    serialization: "advanced",
    env: { PATH: process.env["PATH"], NODE_ENV: "production" },
  });
  const waiting = new Map<number, Waiting>();
  let asked = 0;
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => {
      for (const { reject } of waiting.values()) reject(new Error(`${file.pathname} ended`));
      resolve();
    });
  });
  child.on("message", (message) => settle(waiting, message));
  return {
    pid: child.pid ?? 0,
    ask: async (name, input, answer) => {
      asked += 1;
      const id = asked;
      const answered = new Promise<unknown>((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        child.send({ id, name, input });
      });
      return answer.parse(await answered);
    },
    stop: async () => {
      child.kill("SIGKILL");
      await exited;
    },
  };
}

function settle(waiting: Map<number, Waiting>, message: unknown): void {
  if (typeof message !== "object" || message === null || !("id" in message)) return;
  const { id } = message;
  if (typeof id !== "number") return;
  const ask = waiting.get(id);
  waiting.delete(id);
  if ("fault" in message) ask?.reject(new Error(String(message.fault)));
  else ask?.resolve("answer" in message ? message.answer : undefined);
}
