import { graphHostAt } from '../../src-shared/domain/graph.ts';
import { delegatedPermissions, isGraphUse, type MailUse } from '../../src-shared/domain/mail-uses.ts';
import type { OAuthSettings } from '../../src-shared/domain/oauth.ts';

/** Where a token comes from and what is asked for. */
export interface AuthorityPlan {
  /** Asked by OpenID Connect discovery; null where the endpoints are known. */
  readonly issuer: string | null;
  readonly endpoints: { readonly authorization: string; readonly token: string } | null;
  readonly scopes: readonly string[];
  /** What else a person at the browser is asked to allow. A token for `scopes` is good for all that was allowed; where this was not, letters come all the same. */
  readonly consents: readonly string[];
  /** Added to the address that the browser opens. */
  readonly parameters: Readonly<Record<string, string>>;
}

const outlook = 'https://outlook.office.com';

const besideLetters = /^graph-(calendar|contacts)/;

/** An application has what its administrator gave it, and names the service alone. */
const microsoftApplication = 'https://outlook.office365.com/.default';

/** Pure: what the authority wants for these protocols. */
export function planAuthority(settings: OAuthSettings, uses: readonly MailUse[]): AuthorityPlan {
  const { authority, issuer, endpoints } = settings;
  const usual = (plan: Partial<AuthorityPlan>, scopes: readonly string[]): AuthorityPlan => ({
    issuer: null,
    endpoints: null,
    parameters: {},
    consents: [],
    ...plan,
    scopes: settings.scopes ?? [...new Set(scopes)],
  });
  switch (authority) {
    case 'microsoft':
      return usual(
        {
          parameters: microsoftPrompt(settings),
          consents: settings.scopes || settings.flow === 'application' ? [] : beside(settings, uses),
        },
        microsoftScopesFor(
          settings,
          uses.filter((use) => !besideLetters.test(use)),
        ),
      );
    case 'google':
      // Google gives a refresh token only so, and the second time only when it asks for consent again.
      return usual(
        { issuer: 'https://accounts.google.com', parameters: { access_type: 'offline', prompt: 'consent' } },
        ['openid', 'email', 'https://mail.google.com/'],
      );
    case 'yandex':
      return usual(
        { endpoints: endpoints ?? at('https://oauth.yandex.ru', 'authorize'), parameters: { force_confirm: 'yes' } },
        ['mail:imap_full', 'mail:smtp'],
      );
    case 'mailru':
      return usual({ endpoints: endpoints ?? at('https://oauth.mail.ru', 'login') }, ['userinfo', 'mail.imap']);
    case 'other': {
      const interactive = ['openid', 'email', 'offline_access'];
      return usual(
        endpoints ? { endpoints } : { issuer, parameters: { prompt: 'consent' } },
        settings.flow === 'application' ? [] : interactive,
      );
    }
  }
}

/** Who is named where an authority is in trouble. */
export function authorityHost(settings: OAuthSettings): string {
  if (settings.authority === 'microsoft') return new URL(microsoftPlace(settings).authority).hostname;
  const { endpoints, issuer } = planAuthority(settings, []);
  return new URL(endpoints?.token ?? issuer ?? 'https://localhost').hostname;
}

/**
 * The address may be a shared mailbox's, which nobody signs in as: whoever sits there chooses, unless it is said who. With a choice to make Microsoft takes no suggestion. An authority of
 * one's own may give no grant that lasts without asking for consent (OpenID Connect Core, 11).
 */
function microsoftPrompt(settings: OAuthSettings): AuthorityPlan['parameters'] {
  if (microsoftPlace(settings).ownHost !== null) return { prompt: 'consent' };
  return settings.signInAs === '' ? { prompt: 'select_account' } : {};
}

/** Graph is a service of its own: a token is for it or for the mail servers, never for both. */
function microsoftScopesFor(settings: OAuthSettings, uses: readonly MailUse[]): readonly string[] {
  const { issuer, flow } = settings;
  const graph = `https://${graphHostAt(new URL(issuer ?? 'https://login.microsoftonline.com').host)}`;
  if (flow === 'application') return [uses.some(isGraphUse) ? `${graph}/.default` : microsoftApplication];
  return uses.map((use) => `${isGraphUse(use) ? graph : outlook}/${delegatedPermissions[use]}`);
}

const beside = (settings: OAuthSettings, uses: readonly MailUse[]): readonly string[] =>
  microsoftScopesFor(
    settings,
    uses.filter((use) => besideLetters.test(use)),
  );

function at(origin: string, authorize: string) {
  return { authorization: `${origin}/${authorize}`, token: `${origin}/token` };
}

/** Clouds of Microsoft that its library knows by name, besides the one for all. */
const microsoftClouds: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
]);

export interface MicrosoftPlace {
  readonly authority: string;
  /** Host and port that the library is to trust unasked, and to find by OpenID Connect discovery; null: one of Microsoft's own. */
  readonly ownHost: string | null;
}

export function microsoftPlace({ issuer, directoryId }: OAuthSettings): MicrosoftPlace {
  const { host, href } = new URL(issuer ?? 'https://login.microsoftonline.com');
  if (!microsoftClouds.has(host)) return { authority: href, ownHost: host };
  return { authority: `https://${host}/${encodeURIComponent(directoryId || 'common')}`, ownHost: null };
}
