interface ErrorTraits {
  /** What a scheduler may do without asking anyone. */
  readonly retry: 'never' | 'backoff' | 'after-refresh' | 'after-user';
  /** Who can do something about it: the page shows the sentence to users, the details to the others. */
  readonly audience: 'user' | 'support' | 'developer';
}

/**
 * Every failure the program knows by name. The code is also the key of its sentences in the catalogues:
 * `error.<code>` (what happened and why) and `error.<code>.do` (what to do).
 */
export const errorCodes = {
  'auth.rejected': { retry: 'after-user', audience: 'user' },
  'auth.expired': { retry: 'after-user', audience: 'user' },
  'auth.sign-in-missing': { retry: 'after-user', audience: 'user' },
  'auth.consent-required': { retry: 'after-user', audience: 'user' },
  'auth.client-refused': { retry: 'after-user', audience: 'user' },
  'auth.clock-off': { retry: 'after-user', audience: 'user' },
  'auth.denied': { retry: 'after-user', audience: 'user' },
  'auth.nobody-answered': { retry: 'after-user', audience: 'user' },
  'auth.port-taken': { retry: 'after-user', audience: 'user' },
  'auth.not-encrypted': { retry: 'after-user', audience: 'user' },
  'network.unknown-host': { retry: 'backoff', audience: 'user' },
  'network.unreachable': { retry: 'backoff', audience: 'user' },
  'network.timeout': { retry: 'backoff', audience: 'user' },
  'network.dropped': { retry: 'backoff', audience: 'user' },
  'tls.certificate-expired': { retry: 'after-user', audience: 'user' },
  'tls.certificate-other-name': { retry: 'after-user', audience: 'user' },
  'tls.certificate-untrusted': { retry: 'after-user', audience: 'user' },
  'tls.certificate-changed': { retry: 'after-user', audience: 'user' },
  'tls.starttls-missing': { retry: 'after-user', audience: 'user' },
  'tls.failed': { retry: 'after-user', audience: 'user' },
  'server.unavailable': { retry: 'backoff', audience: 'user' },
  'server.throttled': { retry: 'backoff', audience: 'user' },
  'server.refused': { retry: 'never', audience: 'user' },
  'server.unsupported': { retry: 'never', audience: 'user' },
  'server.protocol': { retry: 'backoff', audience: 'support' },
  'permission.denied': { retry: 'never', audience: 'user' },
  'mailbox.changed': { retry: 'backoff', audience: 'support' },
  'mailbox.name-taken': { retry: 'never', audience: 'user' },
  'mailbox.unknown': { retry: 'never', audience: 'user' },
  'mailbox.not-confirmed': { retry: 'after-user', audience: 'user' },
  'mailbox.leased': { retry: 'backoff', audience: 'user' },
  'mailbox.cannot-send': { retry: 'after-user', audience: 'user' },
  'folder.gone': { retry: 'after-user', audience: 'user' },
  'message.gone': { retry: 'never', audience: 'user' },
  'message.too-large': { retry: 'never', audience: 'user' },
  'message.over-limit': { retry: 'never', audience: 'user' },
  'message.unreadable': { retry: 'never', audience: 'user' },
  'message.parse-timeout': { retry: 'never', audience: 'user' },
  'message.parse-memory': { retry: 'never', audience: 'user' },
  'recipient.refused': { retry: 'never', audience: 'user' },
  'delivery.unknown': { retry: 'after-user', audience: 'user' },
  'quota.exceeded': { retry: 'after-user', audience: 'user' },
  'ticket.unknown': { retry: 'never', audience: 'user' },
  'template.unknown': { retry: 'never', audience: 'user' },
  'template.incomplete': { retry: 'never', audience: 'user' },
  'template.in-use': { retry: 'never', audience: 'user' },
  'sender.pattern-invalid': { retry: 'never', audience: 'user' },
  'sender.duplicate': { retry: 'never', audience: 'user' },
  'vault.unavailable': { retry: 'after-user', audience: 'user' },
  'vault.locked': { retry: 'after-user', audience: 'user' },
  'vault.timeout': { retry: 'after-user', audience: 'user' },
  'vault.wrong-passphrase': { retry: 'after-user', audience: 'user' },
  'vault.passphrase-needed': { retry: 'after-user', audience: 'user' },
  'vault.secret-missing': { retry: 'after-user', audience: 'user' },
  'vault.backend-changed': { retry: 'after-user', audience: 'user' },
  'store.unavailable': { retry: 'backoff', audience: 'user' },
  'store.corrupt': { retry: 'after-user', audience: 'user' },
  'store.wrong-key': { retry: 'after-user', audience: 'user' },
  'store.from-future': { retry: 'after-user', audience: 'user' },
  'store.readonly': { retry: 'after-user', audience: 'user' },
  'store.disk-full': { retry: 'backoff', audience: 'user' },
  'profile.in-use': { retry: 'after-user', audience: 'user' },
  'file.unreadable': { retry: 'never', audience: 'user' },
  'file.not-written': { retry: 'after-user', audience: 'user' },
  'link.refused': { retry: 'never', audience: 'user' },
  'demo.not-running': { retry: 'never', audience: 'user' },
  'input.invalid': { retry: 'never', audience: 'developer' },
  'state.conflict': { retry: 'never', audience: 'user' },
  cancelled: { retry: 'never', audience: 'developer' },
  'internal.defect': { retry: 'never', audience: 'support' },
} as const satisfies Record<string, ErrorTraits>;

export type ErrorCode = keyof typeof errorCodes;

/** Codes that any call may end with; the rest a method must declare. */
export const everyCallMayFailWith: readonly ErrorCode[] = [
  'input.invalid',
  'permission.denied',
  'store.unavailable',
  'store.disk-full',
  'store.corrupt',
  'cancelled',
  'internal.defect',
];

/** Shared by every call that signs in to a server. */
export const connectionErrors = [
  'auth.rejected',
  'auth.not-encrypted',
  'auth.expired',
  'auth.sign-in-missing',
  'auth.consent-required',
  'auth.client-refused',
  'auth.clock-off',
  'network.unknown-host',
  'network.unreachable',
  'network.timeout',
  'network.dropped',
  'tls.certificate-expired',
  'tls.certificate-other-name',
  'tls.certificate-untrusted',
  'tls.certificate-changed',
  'tls.starttls-missing',
  'tls.failed',
  'server.unavailable',
  'server.throttled',
  'server.refused',
  'server.unsupported',
  'server.protocol',
  'quota.exceeded',
] as const satisfies readonly ErrorCode[];

/** Shared by every call that needs a secret. */
export const vaultErrors = [
  'vault.unavailable',
  'vault.locked',
  'vault.timeout',
  'vault.wrong-passphrase',
  'vault.passphrase-needed',
  'vault.secret-missing',
  'vault.backend-changed',
] as const satisfies readonly ErrorCode[];
