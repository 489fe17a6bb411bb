import assert from "node:assert/strict";
import type { Container, Place } from "./container.ts";
import { isVerified, isWell, tell, until } from "./until.ts";
import type { World } from "./world.ts";

/** The Supervisor is asked again every minute, and so is a broker at the latest. */
const noticedWithinMs = 75_000;
const unreachable = /Le superviseur ne répond pas : le serveur MQTT n'est pas connu pour l'instant\./;
const refused = /Le serveur MQTT \S+ (n'autorise pas cette connexion|refuse l'identifiant ou le mot de passe)/;

/**
 * No Supervisor at the start, then one that tells a wrong password, then the right one; the time zone is not set. Each
 * trouble is told once, in the user's language, and nobody starts anything again.
 */
export async function recovers(make: (place: Place) => Promise<Container>, world: World): Promise<void> {
  await world.supervisor.leave();
  const container = await make(await world.install({ env: { TZ: undefined } }));
  container.start();
  await until(() => unreachable.test(container.log), { withinMs: 60_000, what: "it is told", container });
  await isWell(container);
  tellsParisTime(container);
  await world.supervisor.comeBack({ hasRightPassword: false });
  await until(() => refused.test(container.log), {
    withinMs: noticedWithinMs,
    what: "the login is refused",
    container,
  });
  await world.supervisor.comeBack();
  const isOnline = (): boolean => world.heard.get("myelectricaldata/status") === "online";
  await until(isOnline, { withinMs: noticedWithinMs, what: "entities are there", container });
  assert.deepEqual(
    warningsOf(container).map((line) => [unreachable, refused].findIndex((words) => words.test(line))),
    [0, 1],
    container.log,
  );
  const verified = await isVerified(container);
  assert.equal((await container.stop()).code, 0, container.log);
  tell(`without Supervisor, login and time zone at first: told once each, recovered, verified: ${verified}`);
}

/** Lines that ask for someone's attention. */
const warningsOf = ({ log }: Container): string[] =>
  log.split("\n").filter((line) => / (WARN|ERROR|FATAL) /.test(line));

/** The first line's time, in a container that has no time zone. */
function tellsParisTime({ log }: Container): void {
  const told = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}):\d{2} /.exec(log)?.[1];
  const paris = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Paris", dateStyle: "short", timeStyle: "short" });
  const lately = [0, 1].map((minutes) => paris.format(Date.now() - minutes * 60_000));
  assert.ok(lately.includes(told ?? ""), `${told} is none of ${lately.join(", ")}`);
}
