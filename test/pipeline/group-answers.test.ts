import { expect, onTestFinished, test } from "vitest";
import { postGreen, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const group = "120363000000000001@g.us";

const sayInGroup = (system: TestSystem, text: string) =>
  postGreen(
    system,
    writeGreen(
      system,
      { text },
      {
        senderData: {
          chatId: group,
          chatName: "A group",
          sender: "447700900123@c.us",
          senderName: "A member",
        },
      },
    ),
  );

test("a group's messages are kept and not answered", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);

  await sayInGroup(system, "to all");
  await eventually(async () => {
    const [message] = await system.readAll("messages");
    expect(message).toMatchObject({ text: "to all", senderId: "447700900123@c.us" });
  }, 15_000);
  await system.greenApi.customerSays({ from: "447700900123", text: "to you" });

  const [reply] = await system.greenApi.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: "447700900123@c.us", text: "Вы написали: to you" });
  expect(system.greenApi.ledger.entries({ to: group })).toEqual([]);
});

test("a channel that answers groups answers into the group", async () => {
  const system = await startSystem({ greenApi: { answerGroups: true } });
  onTestFinished(system.stop);

  await sayInGroup(system, "to all");

  const [reply] = await system.greenApi.ledger.waitFor(1, 15_000);
  expect(reply).toMatchObject({ to: group, text: "Вы написали: to all" });
});
