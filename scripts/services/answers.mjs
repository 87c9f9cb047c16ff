// Asks a server over the wire whether it can work now; every question has an end.
import { connect } from "node:net";
import mongoose from "mongoose";

const patienceMs = 1_000;

/** Whether a Redis of ours answers PING; while it loads its data it does not. */
export async function redisAnswers(url) {
  return (await talk(url, "PING\r\n")).startsWith("+PONG");
}

/** Whether MongoDB, or what stands in for it, answers a read (FerretDB answers a ping without its PostgreSQL). */
export async function mongoAnswers(url) {
  if ((await talk(url)) === "refused") return false;
  const client = new mongoose.mongo.MongoClient(url, {
    serverSelectionTimeoutMS: patienceMs,
    connectTimeoutMS: patienceMs,
    socketTimeoutMS: patienceMs * 3,
  });
  try {
    await client.db("switchboard_ready").collection("nothing").findOne();
    return true;
  } catch {
    return false;
  } finally {
    await client.close(true);
  }
}

/** Sends one line and gives the first answer; without a line it only knocks. */
function talk(url, line) {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port) });
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(patienceMs, () => end("silent"));
    socket.once("connect", () => (line ? socket.write(line) : end("open")));
    socket.once("data", (chunk) => end(chunk.toString()));
    socket.once("end", () => end("closed"));
    socket.once("error", () => end("refused"));
  });
}
