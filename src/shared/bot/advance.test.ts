import { expect, test } from "vitest";
import { advance } from "#shared/bot/advance.ts";
import {
  buildFlow,
  message,
  noon,
  question,
  readSent,
  talk,
  type EdgeDraft,
} from "#shared/bot/test-flows.ts";

const chain = (length: number) => {
  const nodes = Array.from({ length }, (_, index) => message(`m${index}`, "x"));
  return buildFlow(
    nodes,
    nodes.slice(1).map(({ id }, index) => [`m${index}`, id] as const),
  );
};

const rest = { contact: {}, botVersionId: "bot|1", newWaitId: "w", now: noon, seed: "turn" };

test("the first message starts the scenario and answers no question", () => {
  const flow = buildFlow(
    [message("m", "You said {{user_input}}, {{contact.name}}"), question("q", "color")],
    [["m", "q"]],
  );

  const turn = talk(flow)({ kind: "start", text: "red" });

  expect(readSent(turn)).toEqual(["You said red, Anna", "color?"]);
  expect(turn?.session).toEqual({
    botVersionId: "bot|1",
    nodeId: "q",
    waitId: "wait-1",
    variables: { user_input: "red" },
  });
});

test("an answer is saved for the scenario and for the contact", () => {
  const send = talk(buildFlow([question("q", "color"), message("m", "{{color}}!")], [["q", "m"]]));
  send("hi");

  const turn = send("blue");

  expect(turn).toEqual({
    session: { botVersionId: "bot|1", variables: { color: "blue" } },
    effects: [
      { kind: "save", field: "color", value: "blue" },
      { kind: "send", command: { type: "text", text: "blue!" } },
    ],
  });
});

test("after the end the next message starts again, with nothing remembered", () => {
  const send = talk(buildFlow([message("a", "[{{color}}]"), question("q", "color")], [["a", "q"]]));
  send("hi");
  send("blue");

  expect(readSent(send("hello again"))).toEqual(["[]", "color?"]);
});

test("a session whose node is gone or no longer waits starts again", () => {
  const flow = buildFlow([message("m", "welcome"), question("q", "color")], [["m", "q"]]);

  for (const nodeId of ["gone", "m"]) {
    const session = { botVersionId: "bot|0", nodeId, waitId: "w", variables: { a: "b" } };
    const turn = advance({ ...rest, flow, session, input: { kind: "answer", text: "x" } });

    expect(readSent(turn)).toEqual(["welcome", "color?"]);
    expect(turn?.session).toMatchObject({ botVersionId: "bot|1", nodeId: "q" });
  }
});

test("a timeout takes its edge with what was said before", () => {
  const nodes = [
    question("q", "color", 1.5),
    message("late", "Still there? You said {{user_input}}"),
  ];
  const send = talk(buildFlow(nodes, [["q", "late", "timeout"]]));
  const waiting = send("hi");

  const turn = send({ kind: "timeout", waitId: "wait-1" });

  expect(waiting?.timeoutMs).toBe(1500);
  expect(readSent(turn)).toEqual(["Still there? You said hi"]);
});

test("a timeout of an older wait, of a finished scenario or without an edge does nothing", () => {
  const nodes = [question("q", "color", 1), question("r", "size", 1), message("late", "late")];
  const send = talk(
    buildFlow(nodes, [
      ["q", "r"],
      ["q", "late", "timeout"],
    ]),
  );

  expect(send({ kind: "timeout", waitId: "wait-1" })).toBeUndefined();
  send("hi");
  send("blue");
  expect(send({ kind: "timeout", waitId: "wait-2" })).toBeUndefined();
  expect(send({ kind: "timeout", waitId: "wait-3" })).toBeUndefined();
  send("big");
  expect(send({ kind: "timeout", waitId: "wait-3" })).toBeUndefined();
});

test("a turn of 100 nodes is taken; one that would not end throws and names the node", () => {
  const flow = chain(2);
  const last = flow.nodes.get("m1") ?? flow.start;
  const round = { ...last, edges: new Map([["", "m0"]]) };

  expect(readSent(talk(chain(100))("hi"))).toHaveLength(100);
  expect(() => talk({ ...flow, nodes: new Map([...flow.nodes, ["m1", round]]) })("hi")).toThrow(
    'node "m0": the turn entered 100 nodes',
  );
});

test("a session keeps at most 100 variables of 4 kB", () => {
  const flow = buildFlow([question("q", "color"), question("r", "size")], [["q", "r"]]);
  const variables = Object.fromEntries(Array.from({ length: 150 }, (_, n) => [`v${n}`, "x"]));
  const session = { botVersionId: "bot|1", nodeId: "q", waitId: "w", variables };
  const input = { kind: "answer", text: "x".repeat(10_000) } as const;

  const kept = advance({ ...rest, flow, session: { ...session, variables: {} }, input });
  const full = advance({ ...rest, flow, session, input });

  expect(kept?.session.variables["color"]).toHaveLength(4096);
  expect(Object.keys(full?.session.variables ?? {})).toHaveLength(100);
});

test("a text that comes out blank is not sent", () => {
  const send = talk(buildFlow([message("m", "{{nobody}}"), message("n", "hello")], [["m", "n"]]));

  expect(readSent(send("hi"))).toEqual(["hello"]);
});

test("timers alone take 100 turns, then the scenario waits for the customer", () => {
  const again: EdgeDraft = ["q", "q", "timeout"];
  const send = talk(buildFlow([question("q", "color", 1)], [again]));
  let turn = send("hi");
  let taken = 0;

  for (; turn?.timeoutMs !== undefined; taken += 1)
    turn = send({ kind: "timeout", waitId: turn.session.waitId ?? "" });

  expect(taken).toBe(100);
  expect(turn?.session.nodeId).toBe("q");
  expect(send("blue")?.session).toEqual({ botVersionId: "bot|1", variables: { color: "blue" } });
});

test("a delay whose timer was lost goes on with the customer's next word", () => {
  const nodes = [
    { id: "d", type: "delay", data: { seconds: 60 } },
    message("m", "{{user_input}}!"),
  ];
  const send = talk(buildFlow(nodes, [["d", "m"]]));
  const waiting = send("hi");

  const early = send("too early", noon + 59_999);
  const late = send("now", noon + 60_000);

  expect(early).toMatchObject({ effects: [], session: { waitId: waiting?.session.waitId } });
  expect(readSent(late)).toEqual(["now!"]);
});
