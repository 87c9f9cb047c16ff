import { z } from "zod";
import { openSecrets } from "#cli/channels/open-secrets.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { findChannel } from "#cli/find-channel.ts";
import { withDatabase, type Database } from "#cli/with-database.ts";
import { examineChannel } from "#shared/doctor/examine-channel.ts";
import type { Finding } from "#shared/domain/finding.ts";
import type { Channel } from "#shared/models/channels.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import { createHttp } from "#shared/providers/http.ts";

interface Examined {
  readonly channel: string;
  readonly name: string;
  readonly findings: readonly Finding[];
}

/** Changes nothing, here or at a provider. */
export const doctor = defineCommand({
  name: "doctor",
  summary: "Looks at everything that channels need, here and at their providers; changes nothing",
  operands: "[ID]",
  options: {},
  schema: z.object({ operands: z.array(z.string()).max(1, "name one channel, or none for all") }),
  run: ({ json, operands: [id] }) =>
    withDatabase(async (database) => {
      const { channels } = database.models;
      const all = id === undefined ? await channels.list() : [await findChannel(channels, id)];
      const living = all.filter(({ deletedAt }) => deletedAt === undefined);
      const examined = await Promise.all(living.map((channel) => examine(database, channel)));
      return print(json, examined, examined.map(tell).join("\n\n"));
    }),
});

async function examine({ config, models }: Database, channel: Channel): Promise<Examined> {
  const { _id, name } = channel;
  const provider = findProvider(channel.provider);
  if (provider === undefined) return { channel: _id, name, findings: [] };
  const http = createHttp({ timeoutMs: config.SEND_TIMEOUT_MS });
  const open = { ...channel, ...openSecrets(channel, config) };
  const findings = await examineChannel({
    models,
    http,
    channel: open,
    provider,
    config,
    now: new Date(),
  });
  await http.close();
  return { channel: _id, name, findings };
}

const signs = { ok: "ok  ", warn: "warn", fail: "FAIL" };

const tell = ({ channel, name, findings }: Examined): string =>
  [
    `${name} (${channel})`,
    ...findings.flatMap(({ state, says, fix }) => [
      `  ${signs[state]}  ${says}`,
      ...(fix === undefined ? [] : [`        → ${fix}`]),
    ]),
  ].join("\n");
