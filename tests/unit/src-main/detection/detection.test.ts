import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectSettings } from '../../../../src-main/detection/detect-settings.ts';
import { knownProviders } from '../../../../src-main/detection/known-providers.ts';
import { isTextKey } from '../../../../src-shared/i18n/i18n.ts';

const facts = { providers: knownProviders, learned: new Map<string, string>() };

describe('detection of a mailbox by its address', () => {
  test('a listed domain gives its provider, whatever the case of its letters', () => {
    expect(detectSettings('Ivan@Yandex.RU', facts)).toMatchObject({
      source: 'directory',
      domain: 'yandex.ru',
      provider: { id: 'yandex' },
      incoming: { host: 'imap.yandex.ru', port: 993, encryption: 'tls' },
      outgoing: { host: 'smtp.yandex.ru', port: 465, encryption: 'tls' },
      login: 'Ivan@Yandex.RU',
    });
  });

  test('a provider that wants the local part gets it as login', () => {
    expect(detectSettings('anna@web.de', facts).login).toBe('anna');
  });

  test('a listed family of domains covers every level below it, not its own name', () => {
    expect(detectSettings('a@contoso.onmicrosoft.com', facts).provider?.id).toBe('microsoft365');
    expect(detectSettings('a@onmicrosoft.com', facts).source).toBe('guess');
    expect(detectSettings('a@notonmicrosoft.com', facts).source).toBe('guess');
  });

  test('what a person chose for a domain comes before the directory', () => {
    const learned = new Map([
      ['company.example', 'yandex360'],
      ['gmail.com', 'fastmail'],
    ]);
    expect(detectSettings('a@company.example', { ...facts, learned })).toMatchObject({
      source: 'learned',
      provider: { id: 'yandex360' },
      incoming: { host: 'imap.yandex.ru' },
    });
    expect(detectSettings('a@gmail.com', { ...facts, learned }).provider?.id).toBe('fastmail');
  });

  test('a remembered provider that is no longer known is passed over', () => {
    const learned = new Map([['gmail.com', 'gone']]);
    expect(detectSettings('a@gmail.com', { ...facts, learned })).toMatchObject({ source: 'directory' });
  });

  test('hosts of a provider may be built of the domain', () => {
    const learned = new Map([['company.example', 'sprinthost']]);
    expect(detectSettings('a@company.example', { ...facts, learned }).incoming?.host).toBe('imap.company.example');
  });

  test('an unknown domain gets the usual names, encrypted, and is called a guess', () => {
    expect(detectSettings('a@company.example', facts)).toMatchObject({
      source: 'guess',
      provider: null,
      incoming: { host: 'imap.company.example', port: 993, encryption: 'tls' },
      outgoing: { host: 'smtp.company.example', port: 465, encryption: 'tls' },
      login: 'a@company.example',
    });
  });

  test('a provider without access for programs is named, without servers', () => {
    expect(detectSettings('a@tuta.com', facts)).toMatchObject({
      provider: { id: 'tuta' },
      incoming: null,
      outgoing: null,
    });
  });
});

describe('the directory of providers', () => {
  test('has each id and each domain once', () => {
    const ids = knownProviders.map(({ id }) => id);
    const domains = knownProviders.flatMap(({ domains }) => domains);
    expect(ids).toHaveLength(55);
    expect(new Set(ids).size).toBe(ids.length);
    expect(new Set(domains).size).toBe(domains.length);
  });

  test('speaks only of texts that exist', () => {
    const keys = knownProviders.flatMap(({ appPasswordSteps, traps }) => [
      ...traps,
      appPasswordSteps ?? 'provider.steps.general',
    ]);
    expect(keys.filter((key) => !isTextKey(key))).toEqual([]);
  });

  test('shows the page of app passwords by https alone', () => {
    const urls = knownProviders.flatMap(({ appPasswordUrl }) => appPasswordUrl ?? []);
    expect(urls.filter((url) => !url.startsWith('https://'))).toEqual([]);
  });

  // The collected facts lie beside the repository where the product is made, not in every checkout.
  const collected = join(import.meta.dirname, '../../../../../shared/providers.json');
  const present = existsSync(collected);
  test(`agrees with the collected facts (${present ? 'compared' : 'not at hand here: nothing to compare with'})`, () => {
    if (!present) return;
    type Facts = { id: string; imap: { host?: string }; smtp: { host?: string }; domains: string[] };
    const facts = JSON.parse(readFileSync(collected, 'utf8')) as Facts[];
    const ours = knownProviders.map(({ id, imap, smtp, domains }) => ({ id, imap, smtp, domains }));
    const orNull = (server: { host?: string }) => (server.host ? server : null);
    expect(ours).toEqual(
      facts.map(({ id, imap, smtp, domains }) => ({ id, imap: orNull(imap), smtp: orNull(smtp), domains })),
    );
  });
});
