import { after, before } from "node:test";
import { exporterContract } from "../../contracts/exporter.ts";
import {
  goodFlags,
  skipWithoutVictoriaMetrics,
  startVictoriaMetrics,
  type VictoriaMetricsServer,
} from "../../support/victoria-metrics.ts";
import { openWorld } from "./world.ts";

const skip = skipWithoutVictoriaMetrics();
const login = { username: "linky", password: "pass-word-of-the-house" };
const deleteAuthKey = "key-to-delete-with";

for (const [name, flags] of [
  ["with dedup", goodFlags],
  ["that keeps duplicates", ["-retentionPeriod=100y"]],
] as const) {
  let server: VictoriaMetricsServer | undefined;
  before(async () => {
    if (!skip) server = await startVictoriaMetrics([...flags, `-deleteAuthKey=${deleteAuthKey}`], { login });
  });
  after(() => server?.stop());
  exporterContract(
    `VictoriaMetrics ${name}`,
    async (t) => {
      if (!server) throw new Error("not started");
      const { exporter, proxy, read } = await openWorld(t, server);
      const make = () => exporter({ ...login, deleteAuthKey, headers: { "x-house": "header-of-the-house" } });
      return {
        exporter: make(),
        restart: make,
        read,
        onRequest(listener) {
          proxy.onRequest = () => {
            listener();
            return undefined;
          };
        },
        vanish: () => proxy.stop(),
        secrets: [
          login.password,
          deleteAuthKey,
          "header-of-the-house",
          Buffer.from("linky:pass-word-of-the-house").toString("base64"),
        ],
      };
    },
    { skip },
  );
}
