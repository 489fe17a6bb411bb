import "../../../src/page/theme/tokens.css";
import "../../../src/page/theme/base.css";
import { render } from "preact";
import { startTheme } from "../../../src/page/theme/theme.ts";
import { Gallery } from "./gallery.tsx";

startTheme();
const root = document.getElementById("root");
if (root) render(<Gallery />, root);
