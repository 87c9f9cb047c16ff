// Loaded into workers and their children before everything else: a body that says the one marker
// kills whoever parses it, effects that say the other kill whoever takes the turn.
import { z } from "zod";

const settings = z.object({
  TEST_KILLING_BODY: z.string().min(1),
  TEST_KILLING_TURN: z.string().min(1),
});
const { TEST_KILLING_BODY, TEST_KILLING_TURN } = settings.parse(process.env);
const die = (): void => void process.kill(process.pid, "SIGKILL");

JSON.stringify = new Proxy(JSON.stringify, {
  apply: (target, self: unknown, given): unknown => {
    const text: unknown = Reflect.apply(target, self, given);
    const isEffects = Array.isArray(given[0]) && typeof text === "string";
    if (isEffects && text.includes(TEST_KILLING_TURN)) die();
    return text;
  },
});

JSON.parse = new Proxy(JSON.parse, {
  apply: (target, self: unknown, given): unknown => {
    if (String(given[0]).includes(TEST_KILLING_BODY)) die();
    return Reflect.apply(target, self, given);
  },
});
