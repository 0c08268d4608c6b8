import {
  type IncomingConnector,
  type LetterToSubmit,
  protocolOf,
  type SignIn,
  type SubmissionReceipt,
  sendingProtocolOf,
} from './connectors.ts';
import type { SessionOptions } from './ews/session.ts';
import type { NameMemory } from './name-memory.ts';
import type { ReachOptions } from './reach.ts';

export interface ProtocolOptions extends ReachOptions {
  /** Which version an Exchange server was found to know, mailbox by mailbox. */
  readonly knownVersions: SessionOptions['knownVersions'];
}

/** IMAP, POP3, Exchange or Graph, as the endpoint says. Megabytes of protocol libraries, read at the first connection: the window does not wait for them. */
export async function openOver(
  ready: SignIn,
  { options, memory }: { readonly options: ProtocolOptions; readonly memory: NameMemory },
  signal: AbortSignal,
): Promise<IncomingConnector> {
  const { numberUidls, items, hierarchy } = memory;
  switch (protocolOf(ready)) {
    case 'pop3': {
      const { openPop3 } = await import('./pop3/pop3-connector.ts');
      return openPop3(ready, { ...options, numberUidls }, signal);
    }
    case 'ews': {
      const { openEws } = await import('./ews/ews-connector.ts');
      return openEws(ready, { ...options, items, hierarchy }, signal);
    }
    case 'graph': {
      const { openGraph } = await import('./graph/graph-connector.ts');
      return openGraph(ready, { ...options, items }, signal);
    }
    case 'imap': {
      const { openImap } = await import('./imap/imap-connector.ts');
      return openImap(ready, options, signal);
    }
  }
}

/** SMTP, Exchange or Graph. */
export async function submitOver(
  ready: SignIn,
  letter: LetterToSubmit,
  options: ProtocolOptions,
  signal: AbortSignal,
): Promise<SubmissionReceipt> {
  switch (sendingProtocolOf(ready)) {
    case 'ews': {
      const { submitByExchange } = await import('./ews/submit-letter.ts');
      return submitByExchange(ready, letter, options, signal);
    }
    case 'graph': {
      const { submitByGraph } = await import('./graph/submit-letter.ts');
      return submitByGraph(ready, letter, options, signal);
    }
    case 'smtp': {
      const { submitLetter } = await import('./smtp/submit-letter.ts');
      return submitLetter(ready, letter, options, signal);
    }
  }
}
