import { exportMemoryContract } from "../contracts/export-memory.ts";
import { MemoryOfExports } from "./export-memory.ts";

exportMemoryContract(async () => new MemoryOfExports());
