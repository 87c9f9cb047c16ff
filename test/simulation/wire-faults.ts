import mongoose from "mongoose";
import { carryOut, type Answer, type Operation } from "./database/driver.ts";
import { Refusal } from "./database/refusal.ts";
import type { Action, Fault } from "./faults.ts";
import { crash, deliver } from "./processes.ts";
import type { Call, ReadCall, WireDeps, WriteCall } from "./wire.ts";

/** Takes the place of the command's plain course. */
type Under<Of> = (deps: WireDeps, call: Of, fault: Fault) => void;

const loseRead: Under<ReadCall> = (_, call) => lose(call);

export const readUnder: Readonly<Partial<Record<Action, Under<ReadCall>>>> = {
  crash: (_, { process }) => crash(process),
  refuse: loseRead,
  "lose the answer": loseRead,
  "in part": loseRead,
  freeze: (deps, { process, run, resolve }, fault) => {
    const answer = run();
    deps.freeze(process, fault);
    deliver(process, () => resolve(answer));
  },
  "time passes": (deps, call, fault) => {
    const answer = call.run();
    hearLate(deps, call, fault, () => call.resolve(answer));
  },
};

export const writeUnder: Readonly<Partial<Record<Action, Under<WriteCall>>>> = {
  crash: (deps, call, fault) => {
    const applied = fault.draws.pick(3);
    if (applied === 1) call.operations.forEach(carryOut);
    if (applied === 2) writeLater(deps, call, call.operations, fault);
    crash(call.process);
  },
  freeze: freezeAt,
  refuse: (_, call) => lose(call),
  "lose the answer": (_, call) => {
    call.operations.forEach(carryOut);
    lose(call);
  },
  "lose the answer, write later": (deps, call, fault) => {
    lose(call);
    writeLater(deps, call, call.operations, fault);
  },
  "in part": (deps, call, fault) => {
    const isFirst = call.operations.map(() => fault.draws.pick(2) === 0);
    call.operations.filter((_, index) => isFirst[index]).forEach(carryOut);
    const rest = call.operations.filter((_, index) => isFirst[index] !== true);
    if (fault.draws.pick(2) === 1) writeLater(deps, call, rest, fault);
    lose(call);
  },
  "one by one": writeOneByOne,
  "refuse one": (_, { process, operations, resolve }, fault) => {
    const chosen = fault.draws.pick(operations.length);
    const answers = operations.map((operation, index) =>
      index === chosen ? { refusal: new Refusal(documentRefused, "refused") } : carryOut(operation),
    );
    deliver(process, () => resolve(answers));
  },
  "time passes": (deps, call, fault) => {
    const answers = call.operations.map(carryOut);
    hearLate(deps, call, fault, () => call.resolve(answers));
  },
};

const documentRefused = 121;
const writtenAfterMs = [0, 100, 2000, 30_000, 70_000, 200_000];
const heardAfterMs = [600, 3000, 10_000, 61_000];

const lose = ({ process, reject }: Call): void =>
  deliver(process, () =>
    reject(new mongoose.mongo.MongoNetworkError("the simulated connection was lost")),
  );

/** The server did its part at once, and the process hears of it late. */
function hearLate(
  { scheduler }: WireDeps,
  { process, command }: Call,
  fault: Fault,
  then: () => void,
): void {
  scheduler.after(fault.draws.choose(heardAfterMs), {
    what: () => `${process.name} hears late of its ${command.point}`,
    run: () => deliver(process, then),
  });
}

function writeLater(
  { scheduler }: WireDeps,
  { process, command }: WriteCall,
  operations: readonly Operation[],
  fault: Fault,
): void {
  scheduler.after(fault.draws.choose(writtenAfterMs), {
    what: () => `late, ${process.name} ${command.point} ${command.detail()}`,
    run: () => operations.forEach(carryOut),
  });
}

/** Others come in between, and the order is the server's. */
function writeOneByOne(deps: WireDeps, call: WriteCall, fault: Fault): void {
  const { process, command, operations, resolve } = call;
  const answers: Answer[] = [];
  const left = [...operations.entries()];
  const next = (): void => {
    const [taken] = left.splice(fault.draws.pick(left.length), 1);
    if (taken === undefined) {
      deliver(process, () => resolve(answers));
      return;
    }
    const [index, operation] = taken;
    answers[index] = carryOut(operation);
    deps.scheduler.soon({
      what: () => `${process.name} ${command.point}, ${left.length} operations to go`,
      run: next,
    });
  };
  next();
}

/** The process stops when its command is carried out, or while it is still on its way. */
function freezeAt(deps: WireDeps, call: WriteCall, fault: Fault): void {
  const { process, command, operations, resolve } = call;
  deps.freeze(process, fault);
  const run = (): void => {
    const answers = operations.map(carryOut);
    deliver(process, () => resolve(answers));
  };
  if (fault.draws.pick(2) === 0) run();
  else
    deps.scheduler.soon({
      what: () => `${process.name}, frozen, ${command.point} ${command.detail()}`,
      run,
    });
}
