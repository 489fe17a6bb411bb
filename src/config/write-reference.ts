import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configurationReference } from "./reference.ts";

/** Writes docs/configuration.md anew. */
const path = join(import.meta.dirname, "..", "..", "docs", "configuration.md");
mkdirSync(dirname(path), { recursive: true });
writeFileSync(path, configurationReference());
