import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { Aedes } from "aedes";

/** A broker in this process, MQTT 3.1.1, for a demonstration: nothing is kept beyond its end. */
export interface DemoBroker {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on loopback; on any free port when `port` is taken. */
export async function startDemoBroker(port: number): Promise<DemoBroker> {
  const broker = await Aedes.createBroker();
  const server = createServer(broker.handle);
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  const bound = await listenOn(server, port).catch(() => listenOn(server, 0));
  return {
    url: `mqtt://127.0.0.1:${bound}`,
    port: bound,
    async close() {
      await new Promise<void>((resolve) => broker.close(resolve));
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

async function listenOn(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The broker has no port");
  return address.port;
}
