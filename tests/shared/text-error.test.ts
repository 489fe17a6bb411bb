import assert from "node:assert/strict";
import { test } from "node:test";
import { TextError } from "../../src/shared/text-error.ts";

class Late extends TextError<"late" | "never"> {
  override readonly name = "Late";
}
class Early extends TextError<"early"> {
  override readonly name = "Early";
}

test("an error for users has a code, both languages, its cause, and a class and name of its own", () => {
  const cause = new Error("a clock");
  const text = { fr: "Trop tard : réessayez demain.", en: "Too late: try again tomorrow." };
  const late = new Late("late", text, { cause });
  assert.deepEqual([late.code, late.text, late.cause], ["late", text, cause]);
  assert.equal(String(late), "Late: Too late: try again tomorrow.");
  assert.ok(late instanceof Late && !(late instanceof Early));
});
