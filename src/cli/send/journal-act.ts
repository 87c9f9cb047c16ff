import { CommandError } from "#cli/failures.ts";
import { journalAct as journal, type Journaled } from "#shared/models/journal-act.ts";

/** Journals an act, or throws where its key stands for another one. */
export async function journalAct(...given: Parameters<typeof journal>): Promise<Journaled> {
  const journaled = await journal(...given);
  if (journaled !== undefined) return journaled;
  const [, , { actId }] = given;
  throw new CommandError(
    `--key: "${actId}" already stands for another message, use a new key for this one`,
  );
}
