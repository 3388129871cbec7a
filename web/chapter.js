// What the page of a chapter does beyond the theme.

import "./quiz/block.js";
