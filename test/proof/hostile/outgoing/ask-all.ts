// A process of its own with the client under test: asks what its standard input names, tells what came of it.
import { text } from "node:stream/consumers";
import { z } from "zod";
import { createHttp } from "../../../../src/shared/providers/http.ts";
import { HttpFailure } from "../../../../src/shared/providers/http-failure.ts";

const asked = z.array(
  z.object({ url: z.string(), guarded: z.boolean(), ports: z.array(z.number()) }),
);

const outcomes = await Promise.all(
  asked.parse(JSON.parse(await text(process.stdin))).map(async ({ url, guarded, ports }) => {
    const http = createHttp({ timeoutMs: 1000, guardedPorts: ports });
    try {
      const signal = new AbortController().signal;
      const { status } = await http.ask({ method: "POST", url, json: {}, guarded, signal });
      return `answered ${status}`;
    } catch (error) {
      return error instanceof HttpFailure ? error.phase : String(error);
    } finally {
      await http.close();
    }
  }),
);
process.stdout.write(JSON.stringify(outcomes));
