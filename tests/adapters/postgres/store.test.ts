import { createStore } from "../../../src/adapters/postgres/store.ts";
import { storeContract } from "../../contracts/store.ts";
import { testDatabase } from "../../support/test-database.ts";

storeContract(async (t) => createStore((await testDatabase(t)).sql));
