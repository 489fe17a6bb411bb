import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Mosquitto, skipWithoutMosquitto, startMosquitto } from "../../support/broker.ts";
import { knownSnapshot } from "../../support/snapshots.ts";
import { anonymous, listener, pause, retainedOn, sinkOn, until } from "./world.ts";

const closers: (() => Promise<unknown>)[] = [];
after(async () => {
  for (const close of closers.reverse()) await close();
});
async function mosquitto(lines?: readonly string[]): Promise<Mosquitto> {
  const broker = await startMosquitto(lines);
  closers.push(broker.stop);
  return broker;
}
function sinkAt(url: string, changes?: Parameters<typeof sinkOn>[1]) {
  const made = sinkOn(url, changes);
  closers.push(() => made.sink.close());
  made.sink.start();
  return made;
}

describe("on mosquitto", { skip: skipWithoutMosquitto() }, () => {
  it("a second run publishes nothing, in the service and in a one-shot process", async () => {
    const { url } = await mosquitto();
    const first = sinkAt(url, { announceOnly: true });
    await first.sink.publish(knownSnapshot());
    await first.sink.close();
    const { heard, client } = await listener(url);
    closers.push(() => client.endAsync());
    const second = sinkAt(url, { announceOnly: true, inventory: first.inventory });
    await second.sink.publish(knownSnapshot());
    await second.sink.close();
    const service = sinkAt(url, { inventory: first.inventory });
    await service.sink.firstAttempt();
    await service.sink.publish(knownSnapshot());
    await service.sink.publish(knownSnapshot());
    await pause(100);
    assert.deepEqual(heard, []);
  });

  it("killed and started again with nothing retained, gets everything again, each topic once", async () => {
    const broker = await mosquitto();
    const { sink } = sinkAt(broker.url);
    await sink.firstAttempt();
    await sink.publish(knownSnapshot());
    const all = [...(await retainedOn(broker.url))];
    await broker.kill();
    await until(() => !sink.status().connected, "the loss noticed");
    await sink.publish(knownSnapshot());
    await broker.restart();
    await until(() => sink.status().connected, "connected again");
    await sink.publish(knownSnapshot());
    assert.deepEqual([...(await retainedOn(broker.url))].sort(), all.sort());
  });

  it("a service that dies is offline by its last will", async () => {
    const { url } = await mosquitto();
    const { heard, client } = await listener(url);
    closers.push(() => client.endAsync());
    const code = `
      import { sinkOn } from ${JSON.stringify(join(import.meta.dirname, "world.ts"))};
      import { knownSnapshot } from ${JSON.stringify(join(import.meta.dirname, "../../support/snapshots.ts"))};
      const { sink } = sinkOn(${JSON.stringify(url)});
      sink.start();
      await sink.firstAttempt();
      await sink.publish(knownSnapshot());
      process.kill(process.pid, "SIGKILL");`;
    assert.throws(() => execFileSync(process.execPath, ["--input-type=module-typescript", "-e", code]), {
      signal: "SIGKILL",
    });
    await until(() => heard.includes("myelectricaldata/status offline"), "the last will");
    assert.equal((await retainedOn(url)).get("myelectricaldata/status"), "offline");
  });
});

describe("over TLS with an authority of its own", { skip: skipWithoutMosquitto() }, () => {
  let directory = "";
  const file = (name: string): string => join(directory, name);
  const openssl = (...words: string[]): void => {
    execFileSync("openssl", words, { stdio: "ignore", cwd: directory });
  };
  const sign = (name: string, extension: string): void => {
    writeFileSync(file(`${name}.ext`), extension);
    openssl(
      "req",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      "ca.pem",
      "-CAkey",
      "ca.key",
      "-CAcreateserial",
      "-days",
      "2",
      "-out",
      `${name}.pem`,
      "-extfile",
      `${name}.ext`,
    );
  };
  before(() => {
    directory = mkdtempSync(join(tmpdir(), "mqtt-tls-"));
    closers.push(async () => rmSync(directory, { recursive: true, force: true }));
    openssl(
      "req",
      "-x509",
      "-newkey",
      "rsa:2048",
      "-nodes",
      "-keyout",
      "ca.key",
      "-out",
      "ca.pem",
      "-days",
      "2",
      "-subj",
      "/CN=home authority",
    );
    sign("broker", "subjectAltName=IP:127.0.0.1");
    sign("bridge", "extendedKeyUsage=clientAuth");
    // mosquitto gives up root's rights before it reads its files.
    execFileSync("chmod", ["-R", "a+rX", directory]);
  });
  const secured = async (): Promise<string> => {
    const lines = [
      `cafile ${file("ca.pem")}`,
      `certfile ${file("broker.pem")}`,
      `keyfile ${file("broker.key")}`,
      "require_certificate true",
    ];
    return (await mosquitto(lines)).url.replace("mqtt:", "mqtts:");
  };
  const statusWith = async (url: string, tls: Partial<ReturnType<typeof anonymous>["tls"]>) => {
    const { sink } = sinkAt(url, {
      broker: { ...anonymous(url), tls: { caCert: null, clientCert: null, clientKey: null, ...tls } },
    });
    return { sink, status: await sink.firstAttempt() };
  };

  it("publishes with the authority's certificate and a client's own", async () => {
    const url = await secured();
    const { sink, status } = await statusWith(url, {
      caCert: file("ca.pem"),
      clientCert: file("bridge.pem"),
      clientKey: file("bridge.key"),
    });
    assert.deepEqual(status.problem, null);
    await sink.publish(knownSnapshot());
    assert.equal(sink.status().connected, true);
  });

  it("says that the broker's certificate is not trusted, that ours is missing, or that a file cannot be read", async () => {
    const url = await secured();
    assert.equal((await statusWith(url, {})).status.code, "broker_not_trusted");
    assert.equal((await statusWith(url, { caCert: file("ca.pem") })).status.code, "tls");
    const unreadable = (await statusWith(url, { caCert: file("absent.pem") })).status;
    assert.equal(unreadable.code, "file_unreadable");
    assert.match(unreadable.problem?.fr ?? "", /absent\.pem, ENOENT/);
  });
});
