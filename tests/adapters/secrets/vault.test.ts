import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { fileKeyring, givenKeyring } from "../../../src/adapters/secrets/keyring.ts";
import { createVault } from "../../../src/adapters/secrets/vault.ts";
import { KeyFailure } from "../../../src/sync/settings/store.ts";

async function keyFile(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "linky-secrets-"));
  t.after(() => rm(directory, { recursive: true, force: true }));
  return join(directory, "data", "secret.key");
}

const secret = "s3cret-of-the-gateway é";

test("what is sealed opens again, is never twice the same, and shows nothing of its text", async (t) => {
  const vault = createVault(fileKeyring(await keyFile(t)));
  const [one, two] = [await vault.seal("client_secret", secret), await vault.seal("client_secret", secret)];
  assert.notDeepEqual(one, two);
  assert.ok(!Buffer.from(one).includes("s3cret"));
  assert.equal(await vault.open("client_secret", one), secret);
  // 1 version + 8 key id + 12 nonce + 16 tag + 24 bytes of text (é is two)
  assert.equal(one.length, 61);
});

test("sealed as one setting, it opens as no other; nor with a byte changed or cut off", async (t) => {
  const vault = createVault(fileKeyring(await keyFile(t)));
  const sealed = await vault.seal("client_secret", secret);
  assert.equal(await vault.open("mqtt_password", sealed), null);
  for (let position = 0; position < sealed.length; position++) {
    const changed = Uint8Array.from(sealed);
    changed[position] = (changed[position] ?? 0) ^ 1;
    assert.equal(await vault.open("client_secret", changed), null, `byte ${position}`);
    assert.equal(await vault.open("client_secret", sealed.subarray(0, position)), null, `${position} bytes`);
  }
});

test("the key is made when it is first needed, for its owner alone, once for all who make it at once", async (t) => {
  const path = await keyFile(t);
  await assert.rejects(stat(path));
  const sealed = await Promise.all(["a", "b", "c"].map((name) => createVault(fileKeyring(path)).seal(name, secret)));
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  assert.match(await readFile(path, "utf8"), /^[\w-]{43}\n$/);
  const later = createVault(fileKeyring(path));
  for (const [position, name] of ["a", "b", "c"].entries())
    assert.equal(await later.open(name, sealed[position] ?? new Uint8Array()), secret);
});

test("after a rotation old and new open; once the former keys are forgotten, the new alone", async (t) => {
  const keyring = fileKeyring(await keyFile(t));
  const vault = createVault(keyring);
  const old = await vault.seal("x", secret);
  await keyring.rotate();
  const renewed = await vault.seal("x", secret);
  assert.deepEqual([await vault.open("x", old), await vault.open("x", renewed)], [secret, secret]);
  await keyring.forgetFormer();
  assert.deepEqual([await vault.open("x", old), await vault.open("x", renewed)], [null, secret]);
});

test("a lost key opens nothing, a damaged file is told, and neither is written over", async (t) => {
  const path = await keyFile(t);
  const sealed = await createVault(fileKeyring(path)).seal("x", secret);
  await rm(path);
  assert.equal(await createVault(fileKeyring(path)).open("x", sealed), null);
  await assert.rejects(stat(path), "looking makes no key");
  await writeFile(path, "not a key\n");
  await assert.rejects(createVault(fileKeyring(path)).seal("x", secret), (error) => {
    assert.ok(error instanceof KeyFailure);
    assert.match(error.text.fr, /est abîmé/);
    return true;
  });
  assert.equal(await readFile(path, "utf8"), "not a key\n");
});

test("keys of the environment: the first seals, all open", async () => {
  const [former, next] = ["f".repeat(32), "n".repeat(32)];
  const sealed = await createVault(givenKeyring([former])).seal("x", secret);
  const both = createVault(givenKeyring([next, former]));
  assert.equal(await both.open("x", sealed), secret);
  const renewed = await both.seal("x", secret);
  assert.equal(await createVault(givenKeyring([next])).open("x", renewed), secret);
  assert.equal(await createVault(givenKeyring([former])).open("x", renewed), null);
});
