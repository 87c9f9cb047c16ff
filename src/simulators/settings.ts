import { z } from "zod";

const port = z.coerce.number().int().min(0).max(65_535);

const schema = z.object({
  SIM_WHATSAPP_PORT: port.default(4010),
  SIM_GREEN_API_PORT: port.default(4020),
  SIM_WAZZUP24_PORT: port.default(4030),
  SIM_CHATRACE_PORT: port.default(4040),
  /** The page that plays the customer's phone. */
  SIM_PHONE_PORT: port.default(4000),
  SIM_HOST: z.string().default("127.0.0.1"),
  /** The first of two while they rotate. */
  WHATSAPP_APP_SECRET: z
    .string()
    .min(1)
    .transform((secrets) => secrets.replace(/,.*$/s, "").trim()),
  SIM_WHATSAPP_TOKEN: z.string().default("demo-whatsapp-token"),
  SIM_PHONE_NUMBER_ID: z.string().default("100000000000001"),
  SIM_WABA_ID: z.string().default("200000000000002"),
  SIM_DISPLAY_PHONE: z.string().default("12025550101"),
  SIM_GREEN_ID: z.string().regex(/^\d+$/).default("1101999001"),
  SIM_GREEN_TOKEN: z.string().default("demo-green-token"),
  SIM_GREEN_WEBHOOK_TOKEN: z.string().optional(),
  SIM_WAZZUP24_KEY: z.string().default("demo-wazzup24-key"),
  SIM_CHATRACE_ACCOUNT: z.string().regex(/^\d+$/).default("1543000"),
  SIM_CHATRACE_TOKEN: z.string().default("demo-chatrace-token"),
  SIM_CHATRACE_SECRET: z.string().optional(),
  WEBHOOK_SECRET: z.string().default(""),
  SIM_WEBHOOK_BASE: z.url({ protocol: /^https?$/ }).optional(),
  PORT: port.default(3000),
  SIM_LEDGER_DIR: z.string().optional(),
  /** `real`: the providers' own rates; off by default, so that a load run is not refused. */
  SIM_LIMITS: z.enum(["off", "real"]).default("off"),
});

export type SimulatorSettings = z.output<typeof schema>;

/** Throws one error with every fault in it. */
export function readSettings(environment: NodeJS.ProcessEnv): SimulatorSettings {
  const set = Object.entries(environment).filter(([, value]) => value !== "");
  const read = schema.safeParse(Object.fromEntries(set));
  if (read.success) return read.data;
  const faults = read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`the simulators' environment is not usable:\n${faults.join("\n")}`);
}
