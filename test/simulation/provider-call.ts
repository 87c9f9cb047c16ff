import { tellFault, type Fault } from "./faults.ts";
import { crash, deliver, type Process } from "./processes.ts";
import type { WireDeps } from "./wire.ts";

export interface CallDeps extends WireDeps {
  /** From the first byte out to the last byte in. */
  readonly sendTimeoutMs: number;
}

export interface ProviderCall<Answer> {
  readonly point: string;
  readonly detail: () => string;
  /** What the provider does and answers; the fault, where it knows one of its own. */
  readonly serve: (fault: Fault | undefined) => Answer;
  /** What the caller takes a missing answer for. */
  readonly timedOut: Answer;
}

/** One request: it reaches the provider before its time is over, or never. */
export function answerCall<Answer>(
  deps: CallDeps,
  process: Process,
  call: ProviderCall<Answer>,
): Promise<Answer> {
  const { scheduler, sendTimeoutMs } = deps;
  return new Promise((resolve) => {
    const answer = (value: Answer): void => deliver(process, () => resolve(value));
    let isOver = false;
    const timeout = scheduler.sharp(sendTimeoutMs, {
      what: () => `${nameOf(process, call)}: took too long`,
      run: () => {
        isOver = true;
        answer(call.timedOut);
      },
    });
    scheduler.soon({
      what: () => `${isOver ? "too late: " : ""}${nameOf(process, call)}`,
      run: () => {
        if (isOver) return;
        timeout();
        serve(deps, process, call, answer);
      },
    });
  });
}

const nameOf = (
  { name }: Process,
  { point, detail }: Pick<ProviderCall<unknown>, "point" | "detail">,
): string => `${name} ${point} ${detail()}`;

function serve<Answer>(
  deps: CallDeps,
  process: Process,
  call: ProviderCall<Answer>,
  answer: (value: Answer) => void,
): void {
  const fault = deps.faults.strike(call.point);
  if (fault === undefined) return answer(call.serve(undefined));
  tellFault(deps.scheduler, fault, process);
  if (fault.action === "crash") {
    // The request was out: it may have been taken, or not.
    if (fault.draws.pick(2) === 0) call.serve(undefined);
    return crash(process);
  }
  if (fault.action === "freeze") {
    deps.freeze(process, fault);
    const served = call.serve(undefined);
    // When it thaws it finds the answer, or its own timeout first.
    return answer(fault.draws.pick(2) === 0 ? call.timedOut : served);
  }
  deps.strikeSystem(fault);
  return answer(call.serve(fault));
}
