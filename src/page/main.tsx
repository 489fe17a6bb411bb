import "./theme/tokens.css";
import "./theme/base.css";
import { render } from "preact";
import { onUnauthorised } from "./api/client.ts";
import { address, go } from "./navigation.ts";
import { Shell } from "./shell/shell.tsx";
import { startTheme } from "./theme/theme.ts";

/** Where the reader comes back to after signing in is what was asked for. */
onUnauthorised(() => {
  const { page } = address.value;
  if (page !== "connexion") go("connexion", { retour: location.hash });
});

startTheme();
const root = document.getElementById("root");
if (root) render(<Shell />, root);
