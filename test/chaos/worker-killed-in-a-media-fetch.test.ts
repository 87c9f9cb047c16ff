import { afterAll, expect, onTestFinished, test } from "vitest";
import { mediaIdOf } from "../../src/shared/models/media.ts";
import type { Blow } from "../support/crashing-blow.ts";
import { startCrashingWorker } from "../support/crashing-processes.ts";
import { eventually } from "../support/eventually.ts";
import { largePicture, sha256 } from "../support/files.ts";
import { startSystem } from "../support/system.ts";

const system = await startSystem({ workers: 0, settings: { MEDIA_TIMEOUT_MS: "5000" } });
afterAll(system.stop);
/** More than one of GridFS's pieces. */
const picture = largePicture(600_000);

interface Row extends Blow {
  readonly place: string;
  /** Which attempt brought the file. */
  readonly attempt: number;
}

const rows: readonly Row[] = [
  { place: "before its claim", at: "media.media.claim", when: "before", attempt: 1 },
  { place: "before the file is asked for", at: "media.media.claim", when: "after", attempt: 2 },
  { place: "after its bytes are here", at: "media.mediaBytes.write", when: "after", attempt: 2 },
  { place: "after they are told of", at: "media.media.settleStored", when: "after", attempt: 1 },
];

test.each(rows.map((row, index) => ({ ...row, from: `44770090060${index}` })))(
  "a worker killed in a fetch $place: one file, whole, and nothing of another attempt",
  async ({ from, attempt, ...row }) => {
    const doomed = await startCrashingWorker(system, row);
    const image = { id: `4${from}`, base64: picture.toString("base64"), mimeType: "image/png" };
    const { messageId } = await system.whatsapp.customerSays({ from, image });
    await doomed.exited;
    const successor = await system.startWorker();
    onTestFinished(successor.kill);

    const id = mediaIdOf(`whatsapp|message|${messageId}`);
    const stored = { _id: id, state: "stored", attempt, sha256: sha256(picture) };
    await eventually(async () => {
      expect(await system.models.media.read(id)).toMatchObject(stored);
    }, 20_000);

    const files = await system.readAll("media");
    expect(files.filter(({ _id }) => String(_id) === id)).toHaveLength(1);
    const { database } = system;
    const kept = (await database.collection("media.chunks").distinct("files_id")).map(String);
    expect(kept.toSorted()).toEqual(files.map(({ fileId }) => String(fileId)).toSorted());
  },
);
