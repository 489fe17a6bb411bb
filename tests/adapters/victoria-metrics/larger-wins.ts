import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { RawSeries } from "../../support/victoria-metrics.ts";

/**
 * A server as current versions are where 1.79.5 differs: of samples of one instant the largest stays
 * (lib/storage/dedup.go since v1.85), a deletion must be a POST, and its key takes the place of the login (401).
 * A selector matches by equal labels; what it asks to be absent is not looked at.
 */
export async function startLargerWins({ deleteAuthKey }: { readonly deleteAuthKey: string }) {
  const series = new Map<string, Map<number, number>>();

  const matched = (selector: string): string[] => {
    const wanted = [...selector.matchAll(/(\w+)="([^"]*)"/g)].map(([, name = "", text = ""]) => [name, text] as const);
    return [...series.keys()].filter((key) => {
      const metric: Record<string, string> = JSON.parse(key);
      return wanted.every(([name, text]) => (metric[name] ?? "") === text);
    });
  };
  const write = (lines: string): void => {
    for (const line of lines.split("\n").filter((text) => text !== "")) {
      const { metric, values, timestamps }: RawSeries = JSON.parse(line);
      const key = JSON.stringify(metric);
      const samples = series.get(key) ?? new Map<number, number>();
      series.set(key, samples);
      for (const [position, at] of timestamps.entries())
        samples.set(at, Math.max(values[position] ?? 0, samples.get(at) ?? Number.NEGATIVE_INFINITY));
    }
  };
  const read = (form: URLSearchParams): string =>
    matched(form.get("match[]") ?? "")
      .map((key) => {
        const [from, to] = [Number(form.get("start")) * 1000, Number(form.get("end")) * 1000];
        const kept = [...(series.get(key) ?? [])].filter(([at]) => at >= from && at <= to).sort(([a], [b]) => a - b);
        if (kept.length === 0) return "";
        const [timestamps, values] = [kept.map(([at]) => at), kept.map(([, value]) => value)];
        return `${JSON.stringify({ metric: JSON.parse(key), values, timestamps })}\n`;
      })
      .join("");

  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const form = new URLSearchParams(body.toString());
    const answer = (status: number, text = ""): void => void outgoing.writeHead(status).end(text);
    switch (incoming.url) {
      case "/metrics":
        return answer(200, 'flag{name="dedup.minScrapeInterval", value="1ms", is_set="true"} 1\n');
      case "/api/v1/import":
        write(gunzipSync(body).toString());
        return answer(204);
      case "/api/v1/export":
        return answer(200, read(form));
      case "/api/v1/series": {
        const data = matched(form.get("match[]") ?? "").map((key) => JSON.parse(key));
        return answer(200, JSON.stringify({ status: "success", data }));
      }
      case "/api/v1/admin/tsdb/delete_series":
        if (form.get("authKey") !== deleteAuthKey) return answer(401, "Unauthorized");
        for (const key of matched(form.get("match[]") ?? "")) series.delete(key);
        return answer(204);
      default:
        return answer(400, "unsupported path requested");
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    values: (): number[] => [...series.values()].flatMap((samples) => [...samples.values()]),
    write,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
