import { z } from 'zod';

/** What Microsoft Graph needs besides host and sign-in. */
export const graphSchema = z
  .object({
    /** Address of another person's or a shared mailbox that is opened with this sign-in; empty: the sign-in's own. */
    mailbox: z.union([z.literal(''), z.email()]),
  })
  .readonly();
export type Graph = z.infer<typeof graphSchema>;

export const newGraph: Graph = { mailbox: '' };

export const usualGraphHost = 'graph.microsoft.com';

/** Clouds of their own, by the host that people sign in at. */
const nationalHosts: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'graph.microsoft.us',
  'login.partner.microsoftonline.cn': 'microsoftgraph.chinacloudapi.cn',
};

/** The service that a token of this authority is for. */
export const graphHostAt = (signInHost: string): string =>
  Object.hasOwn(nationalHosts, signInHost) ? (nationalHosts[signInHost] as string) : usualGraphHost;
