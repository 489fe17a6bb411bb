import { randomUUID } from "node:crypto";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Browser } from "playwright-core";
import { closeSql, openSql } from "../../src/adapters/postgres/connection.ts";
import type { StatisticsWorld } from "../support/statistics-world.ts";
import { startTestCluster, type TestCluster, templateName } from "../support/test-cluster.ts";
import type { TestDatabase } from "../support/test-database.ts";
import { holding } from "./browser/holding.ts";
import * as homes from "./browser/home-states.ts";
import { databases, serveBlank, serveWorld } from "./browser/stored-home.ts";
import { open } from "./browser/visit.ts";

type Test = Pick<TestContext, "after">;

interface State {
  readonly name: string;
  /** Where it is seen best. */
  readonly hash: string;
  readonly home: (t: Test) => Promise<StatisticsWorld>;
  readonly isBlank?: boolean;
  /** A button that shows what it is about, further down. */
  readonly press?: string;
  /** On a desk too, in the dark. */
  readonly isWide?: boolean;
}

/** Every state that a home may be in, each on the page that tells it. */
const homeStates: readonly State[] = [
  { name: "premier-pas", hash: "#/premier-pas", home: homes.openFirstRun, isBlank: true, isWide: true },
  { name: "historique-en-cours", hash: "#/accueil", home: homes.openBackfill, isWide: true },
  { name: "jour-manquant", hash: "#/consommation?vue=mois&date=2026-11", home: homes.openMissingDay },
  { name: "passerelle-muette", hash: "#/accueil", home: homes.openGatewayDown },
  { name: "sans-production", hash: "#/production", home: homes.openFirstAutumn },
  { name: "deux-compteurs", hash: "#/accueil", home: homes.openTwoMeters, isWide: true },
  { name: "tempo-demain-inconnu", hash: "#/tempo", home: homes.openTempoUnknown },
  { name: "prix-manquant", hash: "#/couts", home: homes.openWithoutPrice, isWide: true },
  { name: "sans-an-dernier", hash: "#/consommation?vue=mois&comparer=oui", home: homes.openFirstAutumn },
  {
    name: "petit-et-grand",
    hash: "#/consommation?vue=annee",
    home: homes.openSmallAndLarge,
    press: "Voir les valeurs",
  },
  { name: "dix-ans", hash: "#/consommation?vue=total", home: homes.openTenYears, isWide: true },
];

/** Writes states-<state>-<light-390|dark-1280>.png of homes that are put into a store of their own. */
export async function picturesOfStates(browser: Browser, paper: Paper): Promise<void> {
  const cluster = await startTestCluster();
  try {
    databases.next = (t) => freshDatabase(cluster, t);
    for (const state of homeStates) await picturesOf(state, { browser, ...paper });
  } finally {
    await cluster.stop();
  }
}

export interface Paper {
  readonly directory: string;
  /** In CSS pixels. */
  readonly highest: number;
}

interface Camera extends Paper {
  readonly browser: Browser;
}

async function picturesOf(
  { name, hash, home, isBlank, isWide, press }: State,
  { browser, directory, highest }: Camera,
) {
  const t = holding();
  try {
    const world = await home(t);
    const url = isBlank ? await serveBlank(t, world) : await serveWorld(t, world);
    for (const [theme, width] of isWide ? looks : looks.slice(0, 1)) {
      const visit = await open(browser, { url, hash, theme, width, height: 844, reducedMotion: true });
      if (press !== undefined) await visit.view.getByRole("button", { name: press }).click();
      await visit.screenshot(
        join(directory, `states-${name}-${theme}-${width}.png`),
        press === undefined ? highest : highest + pressedMore,
      );
      await visit.close();
    }
  } finally {
    await t.end();
  }
}

/** Room for what a button shows. */
const pressedMore = 350;

const looks = [
  ["light", 390],
  ["dark", 1280],
] as const;

/** With the store's schema and nothing in it. */
async function freshDatabase({ connection }: TestCluster, t: Test): Promise<TestDatabase> {
  const database = `home_${randomUUID().replaceAll("-", "")}`;
  const admin = openSql({ ...connection, database: "postgres" }, { max: 1 });
  await admin`create database ${admin(database)} template ${admin(templateName)}`.finally(() => closeSql(admin));
  const sql = openSql({ ...connection, database });
  t.after(() => closeSql(sql));
  return { sql, connection: { ...connection, database } };
}
