/** The page's own scheme: a real origin with headers, which file: does not give (Electron, security checklist 18). */
export const appScheme = 'app';
export const appHost = 'bundle';
export const appOrigin = `${appScheme}://${appHost}`;
