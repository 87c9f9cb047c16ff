import { isFree } from "../services/free-port.mjs";

const names = [
  "PORT",
  "SIM_PHONE_PORT",
  "SIM_WHATSAPP_PORT",
  "SIM_GREEN_API_PORT",
  "SIM_WAZZUP24_PORT",
  "SIM_CHATRACE_PORT",
];

/** Before anything is started: every port that is taken, and what to do. */
export async function refuseTakenPorts(settings) {
  const answers = await Promise.all(names.map((name) => isFree(Number(settings[name]))));
  const taken = names.filter((_, index) => !answers[index]);
  if (taken.length === 0) return;
  const lines = taken.map((name) => `  port ${settings[name]} (set another with ${name}=…)`);
  throw new Error(
    [
      "Another program already listens on this machine; stop it or choose another port:",
      ...lines,
    ].join("\n"),
  );
}
