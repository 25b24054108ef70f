// The scripts of every page. Each adds comfort to a page that works without it.
// The content security policy forbids eval and inline styles, so htmx is told
// not to use either. Next: the modules below, one comfort each.

import htmx from "htmx.org/dist/htmx.esm.js";
import { copyOnClick } from "./copy.js";
import { guardAgainstDoubleClicks } from "./double-click.js";
import { openDrawers } from "./drawer.js";
import { submitFiltersOnChange } from "./filters.js";
import { followCounts } from "./live.js";
import { closeMenusOnEscape } from "./menus.js";
import { enablePasskeys } from "./passkey.js";
import { enableUploads } from "./upload.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;

document.documentElement.classList.add("js");
guardAgainstDoubleClicks(document);
openDrawers(document);
submitFiltersOnChange(document);
closeMenusOnEscape(document);
followCounts(document);
enablePasskeys(document);
enableUploads(document);
copyOnClick(document);
