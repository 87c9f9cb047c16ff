import { z } from "zod";
import { createGreenApiSimulator } from "../../../src/simulators/green-api/create-simulator.ts";
import { createWhatsappSimulator } from "../../../src/simulators/whatsapp/create-simulator.ts";
import { answerAsks } from "../../bench/answer-asks.ts";

/** Both providers, whose ledgers are the oracle: a process of their own that no fault strikes. */
const starting = z.object({
  appSecret: z.string(),
  webhookToken: z.string(),
  receiptsTo: z.string(),
  ledgers: z.object({ whatsapp: z.string(), green: z.string() }),
});

const patches = z.object({ whatsapp: z.unknown().optional(), green: z.unknown().optional() });

/** A frozen process of ours answers in the end; what was refused comes again within seconds. */
const webhookTimeoutMs = 30_000;
const retryGapsMs = [50, 200, 500, ...Array.from({ length: 300 }, () => 1000)];

/** Told at run time, once both run. */
let setSwitches = (_patches: z.infer<typeof patches>): void => {
  throw new Error("the simulators have not started");
};

async function start(asked: z.infer<typeof starting>) {
  const whatsapp = await createWhatsappSimulator({
    appSecret: asked.appSecret,
    webhookUrl: `${asked.receiptsTo}/api/v1/webhooks/whatsapp`,
    webhookTimeoutMs,
    retryGapsMs,
    statusBatchMs: 100,
    ledgerFile: asked.ledgers.whatsapp,
  });
  // The generator posts the customers' messages itself: here nobody has written yet.
  whatsapp.switches.set({ openWindow: true });
  const green = await createGreenApiSimulator({
    webhookToken: asked.webhookToken,
    delaySendMessagesMilliseconds: 0,
    ledgerFile: asked.ledgers.green,
  });
  // It can be asked, and is: its receipts, one after another, would be slower than the replies.
  green.switches.set({ statusesOff: true });
  setSwitches = (given) => {
    if (given.whatsapp !== undefined) whatsapp.switches.setUnknown(given.whatsapp);
    if (given.green !== undefined) green.switches.setUnknown(given.green);
  };
  return { whatsapp: whatsapp.url, green: green.url };
}

answerAsks({
  start: (input) => start(starting.parse(input)),
  switch: (input) => setSwitches(patches.parse(input)),
});
