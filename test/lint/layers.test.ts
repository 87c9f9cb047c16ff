import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const oxlint = "node_modules/oxlint/bin/oxlint";

/** Lints one planted file under the project's rules, in a folder of its own. */
async function faultsOf(path: string, line: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "planted-"));
  await cp(".oxlintrc.json", join(folder, ".oxlintrc.json"));
  await mkdir(join(folder, dirname(path)), { recursive: true });
  await writeFile(join(folder, path), `${line}\n`);
  const run = promisify(execFile)(process.execPath, [join(process.cwd(), oxlint), "-f", "unix"], {
    cwd: folder,
  });
  const output = await run.then(
    ({ stdout }) => stdout,
    (failed: { stdout: string }) => failed.stdout,
  );
  await rm(folder, { recursive: true });
  return output;
}

test.each([
  ["src/api/planted.ts", 'export * from "#workers/main.ts";'],
  ["src/api/planted.ts", 'export * from "../workers/main.ts";'],
  ["src/workers/planted.ts", 'export * from "#api/app.ts";'],
  ["src/workers/planted.ts", 'export * from "../api/app.ts";'],
  ["src/cli/planted.ts", 'export * from "#workers/run-worker.ts";'],
  ["src/api/planted.ts", 'export * from "#simulators/ledger.ts";'],
  ["src/workers/planted.ts", 'export * from "#cli/main.ts";'],
  ["src/simulators/planted.ts", 'export * from "#shared/providers/provider.ts";'],
  ["src/shared/domain/planted.ts", 'export * from "zod";'],
  ["src/shared/domain/planted.ts", 'export * from "#shared/queues/queues.ts";'],
  ["src/shared/bot/planted.ts", 'export * from "mongoose";'],
  ["src/shared/bot/planted.ts", 'export * from "#shared/models/conversation.ts";'],
  [
    "src/shared/providers/green-api/planted.ts",
    'export * from "#shared/providers/wazzup24/send.ts";',
  ],
  ["src/shared/providers/green-api/planted.ts", 'export * from "../wazzup24/send.ts";'],
  ["src/shared/providers/green-api/planted.ts", 'export * from "ioredis";'],
])("%s may not say %s", async (path, line) => {
  expect(await faultsOf(path, line)).toContain("no-restricted-imports");
});

test.each([
  ["src/api/fine.ts", 'export * from "#shared/domain/outcome.ts";'],
  ["src/shared/domain/fine.ts", 'export * from "./outcome.ts";'],
  ["src/shared/providers/green-api/fine.ts", 'export * from "#shared/providers/http.ts";'],
  ["src/shared/providers/registered.ts", 'export { default as a } from "./green-api/index.ts";'],
])("%s may say %s", async (path, line) => {
  expect(await faultsOf(path, line)).not.toContain("no-restricted-imports");
});
