// biome-ignore-all lint/style/noDefaultExport: it describes what the library exports.
/** What we use of hoodiecrow-imap 2.1.0, which carries no types. Text of letters is "binary": one character for each byte. */
declare module 'hoodiecrow-imap' {
  import type { Server, Socket } from 'node:net';

  export interface StoredLetter {
    readonly raw: string;
    readonly uid?: number;
    readonly internaldate: string;
    readonly flags: string[];
  }

  export interface StoredFolder {
    readonly messages: StoredLetter[];
    readonly uidvalidity: number;
    readonly uidnext: number;
    readonly 'special-use'?: string;
  }

  export interface ImapConnection {
    readonly socket: Socket | null;
    readonly state: 'Not Authenticated' | 'Authenticated' | 'Selected' | 'Logout';
    directNotifications: boolean;
    inputHandler: false | ((line: string) => void);
    send(response: object, description: string, parsed: object, data: string): void;
    processNotifications(): void;
  }

  export type CommandHandler = (
    connection: ImapConnection,
    parsed: { readonly tag: string; readonly attributes?: readonly unknown[] },
    data: string,
    done: () => void,
  ) => void;

  export interface ImapServer {
    readonly server: Server;
    readonly connectionHandlers: ((connection: ImapConnection) => void)[];
    listen(port: number, host: string): void;
    registerCapability(name: string): void;
    setCommandHandler(name: string, handler: CommandHandler): void;
    appendMessage(folder: string, flags: string[], internaldate: string, raw: string): void;
  }

  export type Plugin = (server: ImapServer) => void;

  export default function createServer(options: {
    readonly plugins: readonly Plugin[];
    readonly users: Readonly<Record<string, { readonly password: string }>>;
    readonly storage: object;
    readonly credentials: object;
  }): ImapServer;
}

declare module 'hoodiecrow-imap/lib/commands/*.js' {
  import type { CommandHandler } from 'hoodiecrow-imap';

  const handle: CommandHandler;
  export default handle;
}

declare module 'hoodiecrow-imap/lib/plugins/*.js' {
  import type { Plugin } from 'hoodiecrow-imap';

  const plugin: Plugin;
  export default plugin;
}
