/** What a letter may be made of. A list of what is allowed: whatever is not named here goes. */
export const letterTags = [
  ...['a', 'abbr', 'acronym', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption'],
  ...['center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'details', 'dfn', 'dir', 'div', 'dl', 'dt', 'em'],
  ...['figcaption', 'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins'],
  ...['kbd', 'li', 'main', 'mark', 'nav', 'ol', 'p', 'pre', 'q', 'rp', 'rt', 'ruby', 's', 'samp', 'section', 'small'],
  ...['span', 'strike', 'strong', 'style', 'sub', 'summary', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead'],
  ...['time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr', '#text'],
];

/** `src` is for pictures only and `href` never reaches the frame: both are decided in sanitize-letter.ts. */
export const letterAttributes = [
  ...['abbr', 'align', 'alt', 'bgcolor', 'border', 'bordercolor', 'cellpadding', 'cellspacing', 'class', 'clear'],
  ...['color', 'colspan', 'datetime', 'dir', 'face', 'headers', 'height', 'href', 'hspace', 'id', 'lang', 'noshade'],
  ...['nowrap', 'open', 'reversed', 'rowspan', 'rules', 'scope', 'size', 'span', 'src', 'start', 'style', 'summary'],
  ...['title', 'type', 'valign', 'value', 'vspace', 'width'],
];
