import { hourMs, type Instant, instant } from "../../domain/units.ts";
import type { World } from "./world.ts";

/** The core's defaults: the daily job, and the age from which points are archived. */
const archivingHour = 5;
const archivedAfterMs = 2 * hourMs;

/** Archives as of `at`. The history of a command that is not historised any more is deleted. */
export function archive(world: World, at: Instant): void {
  const through = world.time.textAt(instant(at - archivedAfterMs));
  for (const id of world.history.commandIds) {
    const command = world.tables.command(id);
    if (command?.isHistorized && command.type === "info") world.history.archive(command, through);
    else world.history.forget(id);
  }
}

/** Does what the daily job did since the box was last looked at. */
export function catchUp(world: World): void {
  const now = world.clock.now();
  for (const at of world.time.hoursBetween({ after: world.lookedAt, upTo: now }, archivingHour)) archive(world, at);
  world.lookedAt = now;
}
