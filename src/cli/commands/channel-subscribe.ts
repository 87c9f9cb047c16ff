import { z } from "zod";
import { openSecrets } from "#cli/channels/open-secrets.ts";
import { defineCommand, print } from "#cli/define-command.ts";
import { CommandError } from "#cli/failures.ts";
import { findChannel } from "#cli/find-channel.ts";
import { withDatabase } from "#cli/with-database.ts";
import { accountOf } from "#shared/config/api-url.ts";
import { webhookPathsOf } from "#shared/models/webhook-paths.ts";
import { findProvider } from "#shared/providers/find-provider.ts";
import { createHttp } from "#shared/providers/http.ts";

const patienceMs = 60_000;

/** The provider asks that address at once: the API must run and be reached from outside. */
export const channelSubscribe = defineCommand({
  name: "channel subscribe",
  summary: "Sets the provider's webhook address to the channel's own, in the place of any other",
  operands: "ID",
  options: { "base-url": { value: "URL", help: "where the API is reached from outside" } },
  schema: z.object({
    baseUrl: z.url({ protocol: /^https?$/, error: "must be a URL like https://bot.example" }),
    operands: z.tuple([z.string()], { error: "name one channel by its id" }),
  }),
  run: ({ json, baseUrl, operands: [id] }) =>
    withDatabase(async ({ config, models }) => {
      const channel = await findChannel(models.channels, id);
      const { token, secrets } = openSecrets(channel, config);
      const provider = findProvider(channel.provider);
      if (provider?.subscribe === undefined)
        throw new CommandError(`${channel.provider}: set the webhook address in its own console`);
      const [path = ""] = webhookPathsOf(channel);
      const http = createHttp({ timeoutMs: patienceMs });
      const checked = await provider.subscribe({
        http,
        account: accountOf({ ...channel, token }, config),
        url: addressOf(baseUrl, path, secrets[0]),
        answersCrm: channel.answersCrm === true,
        signal: AbortSignal.timeout(patienceMs),
      });
      await http.close();
      if (checked.state !== "ok")
        throw new CommandError(
          [checked.reason, "advice" in checked ? checked.advice : ""].join("\n"),
        );
      // Without the query: it holds the secret.
      const address = addressOf(baseUrl, path, undefined);
      return print(json, { id, address }, `${channel.provider} posts to ${address} from now on`);
    }),
});

/** A provider that signs nothing proves itself by the address that it was given. */
function addressOf(baseUrl: string, path: string, secret: string | undefined): string {
  const url = new URL(`${baseUrl.replace(/\/+$/, "")}${path}`);
  if (secret !== undefined) url.searchParams.set("secret", secret);
  return url.toString();
}
