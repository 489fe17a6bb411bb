import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationReference } from "../../src/config/reference.ts";
import { entitiesDocument } from "./entities-document.ts";
import { exportNamesDocument } from "./export-names-document.ts";
import { metricsDocument } from "./metrics-document.ts";
import { mqttTopicsDocument } from "./mqtt-topics-document.ts";
import { regulatedDocument } from "./regulated-document.ts";
import { statisticsDocument } from "./statistics-document.ts";
import { writeManifest } from "./write-manifest.ts";

/** Writes `docs/` and the app's manifest anew from the code; tests hold each file equal to what is written here. */
const directory = join(import.meta.dirname, "..", "..", "docs");
mkdirSync(directory, { recursive: true });
writeFileSync(join(directory, "configuration.md"), configurationReference());
writeFileSync(join(directory, "entities.md"), entitiesDocument());
writeFileSync(join(directory, "statistics.md"), statisticsDocument());
writeFileSync(join(directory, "regulated-prices.md"), regulatedDocument());
writeFileSync(join(directory, "metrics.md"), metricsDocument());
writeFileSync(join(directory, "mqtt-topics.md"), mqttTopicsDocument());
writeFileSync(join(directory, "export-names.md"), exportNamesDocument());
writeManifest(join(directory, ".."));
