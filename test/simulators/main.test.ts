import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";

const start = (environment: Record<string, string>) => {
  const child = spawn(process.execPath, ["src/simulators/main.ts"], {
    env: {
      SIM_PHONE_PORT: "0",
      SIM_WHATSAPP_PORT: "0",
      SIM_GREEN_API_PORT: "0",
      SIM_WAZZUP24_PORT: "0",
      SIM_CHATRACE_PORT: "0",
      ...environment,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
};

test("the process prints its addresses and stops cleanly on SIGTERM", async () => {
  const child = start({ WHATSAPP_APP_SECRET: "shh" });

  const [line]: unknown[] = await once(child.stdout, "data");
  const names = ["WhatsApp", "Green API", "Wazzup24", "Chatrace", "phone"];
  const places = names.map((name) => `${name} http://127\\.0\\.0\\.1:\\d+`);
  expect(String(line)).toMatch(new RegExp(`^simulators: ${places.join(", ")}\n$`));
  child.kill("SIGTERM");
  const [code, signal]: unknown[] = await once(child, "exit");

  expect([code, signal]).toEqual([0, null]);
});

test("all faults of the environment are in one message", async () => {
  const child = start({ SIM_WHATSAPP_PORT: "many" });

  const [text]: unknown[] = await once(child.stderr, "data");

  expect(String(text)).toContain("SIM_WHATSAPP_PORT");
  expect(String(text)).toContain("WHATSAPP_APP_SECRET");
});
