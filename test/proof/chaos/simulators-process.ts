import { z } from "zod";
import { createChatraceSimulator } from "../../../src/simulators/chatrace/create-simulator.ts";
import { createGreenApiSimulator } from "../../../src/simulators/green-api/create-simulator.ts";
import { createWazzupSimulator } from "../../../src/simulators/wazzup24/create-simulator.ts";
import { createWhatsappSimulator } from "../../../src/simulators/whatsapp/create-simulator.ts";
import { answerAsks } from "../../bench/answer-asks.ts";
import { channelNames } from "./messages.ts";

/** All providers, whose ledgers are the oracle: a process of their own that no fault strikes. */
const starting = z.object({
  appSecret: z.string(),
  webhookToken: z.string(),
  crmKey: z.string(),
  receiptsTo: z.string(),
  ledgers: z.record(z.enum(channelNames), z.string()),
});

const patches = z.partialRecord(z.enum(channelNames), z.unknown());

/** A frozen process of ours answers in the end; what was refused comes again within seconds. */
const calm = {
  statusBatchMs: 100,
  webhookTimeoutMs: 30_000,
  retryGapsMs: [50, 200, 500, ...Array.from({ length: 300 }, () => 1000)],
};

async function start({ receiptsTo, ledgers, ...asked }: z.infer<typeof starting>) {
  const whatsapp = await createWhatsappSimulator({
    ...calm,
    appSecret: asked.appSecret,
    webhookUrl: `${receiptsTo}/api/v1/webhooks/whatsapp`,
    ledgerFile: ledgers.whatsapp,
  });
  // The generator posts the customers' messages itself: here nobody has written yet.
  whatsapp.switches.set({ openWindow: true });
  const green = await createGreenApiSimulator({
    webhookToken: asked.webhookToken,
    delaySendMessagesMilliseconds: 0,
    ledgerFile: ledgers.green,
  });
  // It can be asked, and is: its receipts, one after another, would be slower than the replies.
  green.switches.set({ statusesOff: true });
  const wazzup24 = await createWazzupSimulator({
    ...calm,
    crmKey: asked.crmKey,
    webhookUrl: `${receiptsTo}/api/webhooks/wazzup24`,
    ledgerFile: ledgers.wazzup24,
  });
  const chatrace = await createChatraceSimulator({ ledgerFile: ledgers.chatrace });
  // Its list of the last hundred would be too short for what comes between two looks.
  chatrace.switches.set({ openContacts: true, listing: "cursor" });
  return { whatsapp, green, wazzup24, chatrace };
}

let started: Awaited<ReturnType<typeof start>> | undefined;

function simulators() {
  if (started === undefined) throw new Error("the simulators have not started");
  return started;
}

answerAsks({
  start: async (input) => {
    started = await start(starting.parse(input));
    const { whatsapp, green, wazzup24, chatrace } = started;
    return {
      whatsapp: whatsapp.url,
      green: green.url,
      wazzup24: wazzup24.url,
      chatrace: chatrace.url,
    };
  },
  switch: (input) => {
    const given = patches.parse(input);
    for (const name of channelNames)
      if (given[name] !== undefined) simulators()[name].switches.setUnknown(given[name]);
  },
  /** How many messages of the list nobody has fetched for good. */
  unread: () => simulators().chatrace.inbox.unread,
});
