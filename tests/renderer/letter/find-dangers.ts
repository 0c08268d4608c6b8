const forbiddenElements =
  'script,form,iframe,frame,object,embed,applet,meta,base,link,svg,math,input,button,textarea,select,video,audio,source,picture,template,noscript,title,xmp,plaintext';
const forbiddenCss =
  /url\s*\(|image-set|@import|@\\|@font-face|expression\s*\(|position\s*:\s*(?:\/\*.*\*\/)?\s*(?:fixed|sticky)|\\/i;
const addressAttributes = [
  'src',
  'srcset',
  'href',
  'xlink:href',
  'data',
  'action',
  'formaction',
  'background',
  'poster',
  'ping',
  'target',
];

/** What a document made of this markup could do that a letter must not; read twice, as a mutation would. */
export function findDangers(html: string): readonly string[] {
  const once = new DOMParser().parseFromString(html, 'text/html');
  const twice = new DOMParser().parseFromString(once.documentElement.outerHTML, 'text/html');
  return [...dangersIn(once), ...dangersIn(twice)];
}

function dangersIn(document: Document): string[] {
  const found: string[] = [];
  for (const element of document.querySelectorAll('*')) {
    if (element.matches(forbiddenElements)) found.push(`<${element.localName}>`);
    if (element.localName.includes('-')) found.push(`<${element.localName}>`);
    if (element.localName === 'style' && forbiddenCss.test(element.textContent ?? '')) found.push('style sheet');
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(name);
      if (name === 'style' && forbiddenCss.test(value)) found.push('style attribute');
      if (addressAttributes.includes(name) && !/^data:image\/(?:png|jpeg|gif);base64,/.test(value))
        found.push(`${name}=${value}`);
    }
  }
  if (/<!--/.test(document.body.innerHTML)) found.push('comment');
  return found;
}
