import { invalid } from "#api/rest/problem.ts";
import type { Call } from "#api/rest/route.ts";
import type { Command } from "#shared/domain/command.ts";

/** A file that is not here, or not whole yet, is said at once and not only in the chat. */
export async function checkFile(
  { api, identity }: Call<unknown>,
  command: Command,
): Promise<Command> {
  if (!("mediaId" in command) || command.mediaId === undefined) return command;
  const file = await api.models.media.find(identity.tenantId, command.mediaId);
  if (file?.state === "stored") return command;
  const message =
    file?.state === "waiting" ? "is still being fetched" : "is no file that is kept here";
  throw invalid([{ field: "media_id", message }]);
}
