import { expect, test } from "vitest";
import { buildFlow, message, question } from "#shared/bot/test-flows.ts";
import { loadFlows } from "#workers/conversation/load-flows.ts";
import { noon } from "#workers/conversation/test-turns.ts";
import type { LoadedFlow } from "#workers/conversation/ports.ts";
import type { OpenChannel } from "#shared/models/channel-directory.ts";

const flow = buildFlow(
  [question("q", "name"), question("name", "name"), message("m", "Hi")],
  [
    ["q", "name"],
    ["name", "m"],
  ],
);
const version = (
  botVersionId: string,
  moves: Readonly<Record<string, string>> = {},
): LoadedFlow => ({
  botVersionId,
  flow,
  moves: new Map(Object.entries(moves)),
});

const load = (botIds: readonly string[], versions: readonly LoadedFlow[], at?: string) =>
  loadFlows(
    {
      loadFlow: (ask) =>
        Promise.resolve(
          versions.find(({ botVersionId }) =>
            "botId" in ask
              ? botVersionId.startsWith(`${ask.botId}|`)
              : botVersionId === ask.botVersionId,
          ),
        ),
    },
    {
      channel: { ...channel, botIds },
      conversationId: "conversation",
      session:
        at === undefined
          ? undefined
          : {
              botVersionId: "shop|1",
              nodeId: at,
              waitId: "wait",
              until: new Date(noon).toISOString(),
              variables: { name: "Anna" },
            },
    },
  );

const channel: OpenChannel = {
  _id: "channel",
  schemaVersion: 1,
  tenantId: "tenant",
  provider: "green-api",
  name: "a channel",
  key: "channel",
  externalId: "1",
  active: true,
  allowFrom: [],
  unknownPolicy: "evidence",
  resendFailed: true,
  answerGroups: false,
  updatedAt: new Date(noon),
  token: "",
  secrets: [],
};

test("bots come in the channel's order, without those that have no version", async () => {
  const { flows } = await load(["b", "gone", "a"], [version("a|1"), version("b|4")]);

  expect(flows.starters.map(({ botVersionId }) => botVersionId)).toEqual(["b|4", "a|1"]);
  expect(flows.running).toBe(undefined);
});

test("a session in progress stays with its version", async () => {
  const { flows, session } = await load(["shop"], [version("shop|2"), version("shop|1")], "q");

  expect(flows.running?.botVersionId).toBe("shop|1");
  expect(session).toMatchObject({ botVersionId: "shop|1", nodeId: "q" });
});

test("a session whose node has a new place moves there, with its wait and all it knows", async () => {
  const versions = [version("shop|2", { q: "name" }), version("shop|1")];

  const { flows, session } = await load(["shop"], versions, "q");

  expect(flows.running?.botVersionId).toBe("shop|2");
  expect(session).toEqual({
    botVersionId: "shop|2",
    nodeId: "name",
    waitId: "wait",
    until: new Date(noon).toISOString(),
    variables: { name: "Anna" },
  });
});

test("a session does not move to a node that waits for nothing, nor into another bot", async () => {
  const toMessage = [version("shop|2", { q: "m" }), version("shop|1")];
  const toOther = [version("cafe|2", { q: "name" }), version("shop|1")];

  expect((await load(["shop"], toMessage, "q")).session).toMatchObject({ nodeId: "q" });
  expect((await load(["cafe"], toOther, "q")).session).toMatchObject({ botVersionId: "shop|1" });
});
