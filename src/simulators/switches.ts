import { z } from "zod";

/** A set of run-time switches: typed in process (`set`), checked over HTTP (`setUnknown`). */
export interface Switches<State, Patch> {
  /** The live state; the odds in it count down. */
  readonly now: State;
  set(patch: Patch): void;
  /** Throws SwitchError, which names the field at fault. */
  setUnknown(patch: unknown): void;
  reset(): void;
  onChange(listener: () => void): void;
}

export class SwitchError extends Error {}

interface Deps<State extends object> {
  readonly makeDefaults: () => State;
  readonly parsePatch: (patch: unknown) => object;
}

export function createSwitches<State extends object, Patch>(
  deps: Deps<State>,
): Switches<State, Patch> {
  const now = deps.makeDefaults();
  const listeners: (() => void)[] = [];
  const change = (values: object): void => {
    Object.assign(now, values);
    for (const listener of listeners) listener();
  };
  const setUnknown = (patch: unknown): void => change(parseOrExplain(deps.parsePatch, patch));

  return {
    now,
    set: setUnknown,
    setUnknown,
    reset: () => change(deps.makeDefaults()),
    onChange: (listener) => void listeners.push(listener),
  };
}

function parseOrExplain(parse: (patch: unknown) => object, patch: unknown): object {
  try {
    return parse(patch);
  } catch (error) {
    if (error instanceof z.ZodError) throw new SwitchError(explainIssues(error), { cause: error });
    throw error;
  }
}

/** One line per fault, each with the name of its field. */
export function explainIssues(error: z.ZodError): string {
  return error.issues
    .map((issue) =>
      issue.code === "unrecognized_keys"
        ? `unknown field ${issue.keys.map((key) => JSON.stringify(key)).join(", ")}`
        : `field "${issue.path.join(".")}": ${issue.message}`,
    )
    .join("; ");
}
