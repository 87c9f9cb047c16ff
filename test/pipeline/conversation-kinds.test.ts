import { expect, onTestFinished, test } from "vitest";
import { postGreen, postWhatsapp, readFixture, writeGreen } from "../support/customers.ts";
import { eventually } from "../support/eventually.ts";
import { startSystem, type TestSystem } from "../support/system.ts";

const from = "447700900123";

const readTypes = async (system: TestSystem) =>
  (await system.readAll("messages")).map((message) => String(message["type"])).toSorted();

test("a reaction, an edit and a deletion are kept and not answered (Green API)", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const change = (typeMessage: string, data: object) =>
    postGreen(system, writeGreen(system, { from }, { messageData: { typeMessage, ...data } }));

  await change("reactionMessage", { extendedTextMessageData: { text: "👍" } });
  await change("editedMessage", { editedMessageData: { textMessage: "new", stanzaId: "A" } });
  await change("deletedMessage", { deletedMessageData: { stanzaId: "A" } });
  await system.greenApi.customerSays({ from, text: "answer me" });

  await system.greenApi.ledger.waitFor(({ text }) => text.endsWith("answer me"), 15_000);
  expect(system.greenApi.ledger.size).toBe(1);
  await eventually(async () =>
    expect(await readTypes(system)).toEqual(["delete", "edit", "reaction", "text"]),
  );
});

test("a reaction that is taken back is kept and not answered (WhatsApp)", async () => {
  const system = await startSystem();
  onTestFinished(system.stop);
  const reaction = await readFixture("whatsapp-cloud/reaction_removed", {});

  await postWhatsapp(system, JSON.stringify(reaction));
  await system.whatsapp.customerSays({ from, text: "answer me" });

  await system.whatsapp.ledger.waitFor(({ text }) => text.endsWith("answer me"), 15_000);
  expect(system.whatsapp.ledger.size).toBe(1);
  await eventually(async () => expect(await readTypes(system)).toEqual(["reaction", "text"]));
});
