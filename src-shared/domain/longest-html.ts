/** Characters of HTML above which a browser needs seconds to lay a text out, and the window stands still meanwhile. Longer ones are shown as plain text. */
export const longestHtml = 4_000_000;
