import "./theme/tokens.css";
import "./theme/base.css";
import "./theme/print.css";
import { render } from "preact";
import { parseAddress } from "./address.ts";
import { onUnauthorised } from "./api/client.ts";
import { go } from "./navigation.ts";
import { Shell } from "./shell/shell.tsx";
import { startTypography } from "./shown.ts";
import { startTheme } from "./theme/theme.ts";

/** What says that nobody is known: a wrong password on a page that asks for one says so there. */
const unknownVisitor = ["login_required", "setup_required"];

/** Where the reader comes back to after signing in is what was asked for. */
onUnauthorised(({ code }) => {
  // Several answers may say so at once, and `address` follows the bar a moment later.
  const { page } = parseAddress(location.hash);
  if (page !== "connexion" && unknownVisitor.includes(code)) go("connexion", { retour: location.hash });
});

startTheme();
startTypography();
const root = document.getElementById("root");
if (root) render(<Shell />, root);
