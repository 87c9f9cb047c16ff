import { writeSync } from "node:fs";
import mongoose from "mongoose";
import { z } from "zod";

/** Where a process of the tests strikes itself, and with which signal. */
export const blowSchema = z.object({
  /** The name of a function, from the object that is given: `drain.commit`. */
  at: z.string(),
  when: z.enum(["before", "after"]),
  /** Its n-th call, from 1. */
  call: z.number().int().min(1).default(1),
  /** `answer lost`: the process lives on, and the call fails as it does when the server's answer got lost. */
  signal: z.enum(["SIGKILL", "SIGSTOP", "answer lost"]).default("SIGKILL"),
});

export type Blow = z.input<typeof blowSchema>;

interface Strike {
  readonly before: () => void;
  readonly after: () => void;
}

/** The same functions, but one of them strikes the process right before or right after a call. */
export function arm<Ports extends object>(ports: Ports, blow: z.output<typeof blowSchema>): Ports {
  return armAt(ports, blow.at.split("."), createStrike(blow));
}

/** Says `struck` and is gone, or frozen until SIGCONT. */
export function createStrike({ when, call, signal }: z.output<typeof blowSchema>): Strike {
  const createHit = (isHere: boolean) => {
    let calls = 0;
    return (): void => {
      calls += 1;
      if (!isHere || calls !== call) return;
      writeSync(process.stdout.fd, `${JSON.stringify({ event: "struck" })}\n`);
      if (signal === "answer lost")
        throw new mongoose.mongo.MongoNetworkError("the answer was lost");
      process.kill(process.pid, signal);
    };
  };
  return { before: createHit(when === "before"), after: createHit(when === "after") };
}

/** A path that leads nowhere would let a test pass without its blow. */
function armAt<Ports extends object>(ports: Ports, path: readonly string[], strike: Strike): Ports {
  const [name = "", ...rest] = path;
  const found: unknown = Reflect.get(ports, name);
  const armed = armValue(found, rest, strike);
  if (armed === undefined) throw new Error(`nothing to strike at ${name}`);
  return new Proxy(ports, {
    get: (target, key): unknown => (key === name ? armed : Reflect.get(target, key)),
  });
}

function armValue(found: unknown, rest: readonly string[], strike: Strike): unknown {
  if (rest.length > 0)
    return typeof found === "object" && found !== null ? armAt(found, rest, strike) : undefined;
  if (typeof found !== "function") return undefined;
  return new Proxy(found, {
    apply: async (target, self, given): Promise<unknown> => {
      strike.before();
      const answer: unknown = await Reflect.apply(target, self, given);
      strike.after();
      return answer;
    },
  });
}
