import { join } from "node:path";
import { createChatraceSimulator } from "./chatrace/create-simulator.ts";
import { createGreenApiSimulator } from "./green-api/create-simulator.ts";
import { createPhone } from "./phone/create-phone.ts";
import { readSettings, type SimulatorSettings } from "./settings.ts";
import { createWazzupSimulator } from "./wazzup24/create-simulator.ts";
import { createWhatsappSimulator } from "./whatsapp/create-simulator.ts";

const settings = readSettings(process.env);
const whatsapp = await startWhatsapp(settings);
const greenApi = await startGreenApi(settings);
const wazzup24 = await startWazzup24(settings);
const chatrace = await startChatrace(settings);
const phone = await createPhone({ host: settings.SIM_HOST, port: settings.SIM_PHONE_PORT }, [
  { title: "WhatsApp", ...whatsapp },
  { title: "Green API", ...greenApi },
  { title: "Wazzup24", ...wazzup24 },
  { title: "Chatrace", ...chatrace },
]);
process.once("SIGTERM", stop).once("SIGINT", stop);
const places = {
  WhatsApp: whatsapp,
  "Green API": greenApi,
  Wazzup24: wazzup24,
  Chatrace: chatrace,
  phone,
};
const told = Object.entries(places).map(([name, { url }]) => `${name} ${url}`);
process.stdout.write(`simulators: ${told.join(", ")}\n`);

function stop(): void {
  Promise.all(Object.values(places).map((each) => each.close())).then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`simulators: could not stop cleanly: ${String(error)}\n`);
      process.exit(1);
    },
  );
}

function startWhatsapp(from: SimulatorSettings) {
  const real = { ratePerSecond: 80, pairRate: { burst: 45, everyMs: 6000 } };
  return createWhatsappSimulator({
    host: from.SIM_HOST,
    port: from.SIM_WHATSAPP_PORT,
    appSecret: from.WHATSAPP_APP_SECRET,
    token: from.SIM_WHATSAPP_TOKEN,
    phoneNumbers: [{ id: from.SIM_PHONE_NUMBER_ID, displayPhone: from.SIM_DISPLAY_PHONE }],
    wabaId: from.SIM_WABA_ID,
    webhookUrl: webhookUrl("/api/v1/webhooks/whatsapp", from),
    ...(from.SIM_LIMITS === "real" ? real : {}),
    ...ledgerFile(from, "whatsapp.jsonl"),
  });
}

function startGreenApi(from: SimulatorSettings) {
  return createGreenApiSimulator({
    host: from.SIM_HOST,
    port: from.SIM_GREEN_API_PORT,
    idInstance: from.SIM_GREEN_ID,
    token: from.SIM_GREEN_TOKEN,
    webhookToken: from.SIM_GREEN_WEBHOOK_TOKEN ?? from.WEBHOOK_SECRET,
    webhookUrl: webhookUrl("/webhook", from),
    methodLimits: from.SIM_LIMITS === "real",
    webhookRetryMs: 2000,
    ...ledgerFile(from, "green-api.jsonl"),
  });
}

function startWazzup24(from: SimulatorSettings) {
  return createWazzupSimulator({
    host: from.SIM_HOST,
    port: from.SIM_WAZZUP24_PORT,
    apiKey: from.SIM_WAZZUP24_KEY,
    webhookUrl: webhookUrl("/api/webhooks/wazzup24", from),
    isLimited: from.SIM_LIMITS === "real",
    ...ledgerFile(from, "wazzup24.jsonl"),
  });
}

function startChatrace(from: SimulatorSettings) {
  return createChatraceSimulator({
    host: from.SIM_HOST,
    port: from.SIM_CHATRACE_PORT,
    accountId: from.SIM_CHATRACE_ACCOUNT,
    token: from.SIM_CHATRACE_TOKEN,
    webhookSecret: from.SIM_CHATRACE_SECRET ?? from.WEBHOOK_SECRET,
    webhookUrl: webhookUrl("/instagram/webhook", from),
    ...ledgerFile(from, "chatrace.jsonl"),
  });
}

function webhookUrl(path: string, { SIM_WEBHOOK_BASE, PORT }: SimulatorSettings): string {
  return new URL(path, SIM_WEBHOOK_BASE ?? `http://127.0.0.1:${PORT}`).href;
}

function ledgerFile({ SIM_LEDGER_DIR }: SimulatorSettings, name: string) {
  return SIM_LEDGER_DIR === undefined ? {} : { ledgerFile: join(SIM_LEDGER_DIR, name) };
}
