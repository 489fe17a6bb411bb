import assert from "node:assert/strict";
import { join } from "node:path";
import manifest from "../../config.json" with { type: "json" };
import packageFile from "../../package.json" with { type: "json" };
import { youngFlat } from "../support/process-world.ts";
import { backsUpDuringSync, restores } from "./backups.ts";
import { type Container, createContainer, type Place } from "./container.ts";
import { buildImage, type Image, openBuildah } from "./image.ts";
import { feeds, firstStart, isKilled, isLean, stopsAndStarts } from "./life.ts";
import { recovers } from "./troubles.ts";
import { tell } from "./until.ts";
import { updates } from "./updates.ts";
import { openWorld, type World } from "./world.ts";

/**
 * Builds the image and lives with it as Home Assistant does: first start, backup meanwhile, stop, start, sudden ends,
 * another installation from that backup, data of an earlier version, a Supervisor and a login that come late. Takes three
 * minutes, and needs root, buildah, mmdebstrap, mosquitto, and the packages of Debian and npm.
 */
const buildah = await openBuildah();
const worlds: World[] = [];
const containers: Container[] = [];
try {
  const image = await buildImage(buildah);
  tell(`built: ${image.sizeMb} MB uncompressed, of which ${image.baseSizeMb} MB stand-in of the base image`);
  isLabelled(image);
  await liveWith(async (place) => {
    const container = await createContainer(buildah, image, place);
    containers.push(container);
    return container;
  });
} finally {
  for (const container of containers) await container.kill();
  for (const world of worlds) await world.close();
  await buildah.remove();
}

function isLabelled({ config }: Image): void {
  const { Labels } = config;
  assert.equal(Labels["io.hass.version"], packageFile.version, "BUILD_VERSION's default is the program's version");
  assert.equal(Labels["io.hass.version"], manifest.version);
  assert.equal(Labels["io.hass.type"], "app");
  assert.ok(manifest.arch.includes(Labels["io.hass.arch"] ?? ""));
  assert.equal(config.StopSignal, "SIGTERM");
  // The Supervisor's /data is root's.
  assert.ok(!config.User, "the container starts as root and leaves it by itself");
}

async function anotherWorld(...homes: Parameters<typeof openWorld>): Promise<World> {
  const world = await openWorld(...homes);
  worlds.push(world);
  return world;
}

async function liveWith(make: (place: Place) => Promise<Container>): Promise<void> {
  const [world, elsewhere, late] = [await anotherWorld(), await anotherWorld(), await anotherWorld(youngFlat())];
  const place = await world.install();
  const container = await make(place);
  await isLean(container);
  await firstStart(container, world);
  const saved = await backsUpDuringSync(container, place, world);
  // It mostly waits: for a minute to pass, twice.
  const recovering = recovers(make, late);
  await allOf([
    recovering,
    (async () => {
      await feeds(container, world);
      await stopsAndStarts(container, world);
      await allOf([
        isKilled(container, place.dataDir),
        restores(make, elsewhere, { backupFrom: join(place.dataDir, "backup"), saved }),
        updates(make, late),
      ]);
    })(),
  ]);
}

/** Waits for the end of all of them, and throws what failed: nothing is taken away under one that still runs. */
async function allOf(parts: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(parts)).filter((part) => part.status === "rejected");
  const reasons: readonly unknown[] = failed.map(({ reason }) => reason);
  if (reasons.length > 1) throw new AggregateError(reasons, `${reasons.length} parts of the check failed`);
  if (reasons.length === 1) throw reasons[0];
}
