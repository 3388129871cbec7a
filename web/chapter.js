// What the page of a chapter does beyond the theme.

import { whenNear } from "./near.js";
import "./quiz/block.js";

whenNear(".explore", (element) =>
  import("./explore/explore.js").then(({ start }) => start(element)),
);
