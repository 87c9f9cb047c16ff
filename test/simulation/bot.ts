import { parseFlow } from "../../src/shared/bot/flow.ts";
import type { LoadedFlow } from "../../src/workers/conversation/ports.ts";
import type { Shape } from "./shape.ts";

const message = (id: string, text: string) => ({ id, type: "message", data: { message: text } });

const documents: Readonly<Record<Shape["bot"], unknown>> = {
  "one reply": { nodes: [message("a", "re {{user_input}}")] },
  "two replies": {
    nodes: [message("a", "re {{user_input}}"), message("b", "more {{user_input}}")],
    edges: [{ source: "a", target: "b" }],
    start: "a",
  },
  deal: {
    nodes: [
      { id: "tag", type: "action", data: { actionType: "assign_tag", value: "{{user_input}}" } },
      { id: "deal", type: "action", data: { actionType: "create_deal", value: "{{user_input}}" } },
      message("booked", "booked {{user_input}}"),
    ],
    edges: [
      { source: "tag", target: "deal" },
      { source: "deal", target: "booked" },
    ],
    start: "tag",
  },
  burst: { nodes: [message("a", "re {{user_input}}")], burstSeconds: 2 },
  question: {
    nodes: [
      {
        id: "q",
        type: "question",
        data: { question: "ask {{user_input}}", saveAs: "answer", timeoutSeconds: 20 },
      },
      message("thanks", "thanks {{user_input}}"),
      message("late", "still there, {{user_input}}"),
    ],
    edges: [
      { source: "q", target: "thanks" },
      { source: "q", target: "late", label: "timeout" },
    ],
    start: "q",
  },
};

const loaded = new Map(
  Object.entries(documents).map(([name, document]): [string, LoadedFlow] => {
    const parsed = parseFlow(document);
    if ("errors" in parsed) throw new Error(JSON.stringify(parsed.errors));
    return [name, { botVersionId: name, flow: parsed.flow }];
  }),
);

export const loadBot = (name: Shape["bot"]): LoadedFlow | undefined => loaded.get(name);
