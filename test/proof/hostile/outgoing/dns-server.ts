import { createSocket } from "node:dgram";
import { once } from "node:events";
import ipaddr from "ipaddr.js";

/** The addresses of a name at its n-th question. */
type Answers = (asked: number) => readonly string[];

export interface DnsServer {
  readonly address: string;
  readonly asked: (name: string) => number;
  readonly close: () => void;
}

const typeA = 1;
const typeAaaa = 28;

/** A name server of its own: what a name means may change with every question. */
export async function startDnsServer(names: Readonly<Record<string, Answers>>): Promise<DnsServer> {
  const counts = new Map<string, number>();
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    const { name, type, end } = readQuestion(query);
    const key = `${name}|${type}`;
    const asked = counts.get(key) ?? 0;
    counts.set(key, asked + 1);
    const found = (names[name]?.(asked) ?? []).map((each) => ipaddr.parse(each).toByteArray());
    const fitting = found.filter((bytes) => bytes.length === (type === typeA ? 4 : 16));
    const wanted = type === typeA || type === typeAaaa ? fitting : [];
    socket.send(writeAnswer(query.subarray(0, end), type, wanted), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return {
    address: `127.0.0.1:${socket.address().port}`,
    asked: (name) =>
      (counts.get(`${name}|${typeA}`) ?? 0) + (counts.get(`${name}|${typeAaaa}`) ?? 0),
    close: () => void socket.close(),
  };
}

function readQuestion(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query.readUInt8(at); length > 0; length = query.readUInt8(at)) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join(".").toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-4.1 */
function writeAnswer(question: Buffer, type: number, addresses: readonly number[][]): Buffer {
  const head = Buffer.from(question);
  head.writeUInt16BE(0x8180, 2);
  head.writeUInt16BE(addresses.length, 6);
  head.writeUInt32BE(0, 8);
  const records = addresses.map((bytes) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, Buffer.from(bytes)]);
  });
  return Buffer.concat([head, ...records]);
}
