import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";

const portOf = (server: { address(): AddressInfo | string | null }): number => {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("it does not listen");
  return address.port;
};

/** A tunnel's server as the package knows it: it hands out a port, and speaks HTTP to whoever connects there. */
async function startTunnelServer() {
  const far = createServer();
  const connected = once(far, "connection");
  await once(far.listen(0, "127.0.0.1"), "listening");
  const registry = createHttpServer((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(
      JSON.stringify({
        id: "trial",
        ip: "127.0.0.1",
        port: portOf(far),
        url: "https://trial.example",
        max_conn_count: 1,
      }),
    );
  });
  await once(registry.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => {
    registry.close();
    far.close();
  });
  return {
    host: `http://127.0.0.1:${portOf(registry)}`,
    ask: async (request: string): Promise<string> => {
      const [socket]: Socket[] = await connected;
      if (socket === undefined) throw new Error("nobody connected");
      socket.write(request);
      return text(socket);
    },
  };
}

const startTunnel = (...flags: string[]) => {
  const child = spawn(process.execPath, ["scripts/tunnel.mjs", ...flags], { stdio: "pipe" });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
};

test("the tunnel tells each provider's address, and what comes there reaches the API", async () => {
  const api = createHttpServer((request, response) => response.end(`heard ${request.url}`));
  await once(api.listen(0, "127.0.0.1"), "listening");
  onTestFinished(() => void api.close());
  const server = await startTunnelServer();
  const tunnel = startTunnel("--host", server.host, "--port", String(portOf(api)));
  const [said] = await once(tunnel.stdout, "data");

  const answer = await server.ask(
    "GET /health/live HTTP/1.1\r\nhost: trial.example\r\nconnection: close\r\n\r\n",
  );

  expect(String(said)).toContain("https://trial.example/api/v1/webhooks/whatsapp");
  expect(answer).toContain("heard /health/live");
});

test("--help needs no server", async () => {
  const tunnel = startTunnel("--help");

  expect(await text(tunnel.stdout)).toContain("--subdomain NAME");
});
