import { describe, expect, test } from 'vitest';
import { parseMessage } from '../../../../src-main/mime/parse-message.ts';
import { suspicionOf } from '../../../../src-main/mime/suspicion.ts';

const found = (results: string) => suspicionOf(new Map([['authentication-results', results]]));
const foundIn = async (...header: string[]) => {
  const lines = [...header, 'From: Pay Office <pay@bank.example>', 'Subject: Invoice', '', 'Text'];
  return (await parseMessage(Buffer.from(lines.join('\r\n')))).suspicion;
};

const failed = 'mx.company.example; dmarc=fail (p=reject dis=quarantine) header.from=bank.example';
const passed = 'mx.company.example; dmarc=pass (p=reject dis=none) header.from=bank.example';
const shown = 'dmarc=fail (p=reject dis=quarantine) header.from=bank.example';

describe('a sender whom the receiving server does not believe', () => {
  test('is suspected, in the words of the server', () => {
    expect(found(failed)).toBe(shown);
  });

  test('is suspected among the results of other methods, whose words are left out', () => {
    expect(
      found(
        'mx.company.example; spf=pass smtp.mailfrom=evil.example; dkim=none; dmarc=fail action=oreject header.from=bank.example; compauth=fail reason=000',
      ),
    ).toBe('dmarc=fail action=oreject header.from=bank.example');
  });

  test('is suspected however the result is spelled', () => {
    expect(found('mx.company.example; DMARC = Fail (P=REJECT)')).toBe('DMARC = Fail (P=REJECT)');
    expect(found('mx.company.example;dmarc=fail')).toBe('dmarc=fail');
  });

  test('is suspected where a domain asks for something, be it for some letters only', () => {
    expect(found('mx.company.example; dmarc=fail (p=quarantine pct=10)')).toBe('dmarc=fail (p=quarantine pct=10)');
  });
});

describe('a sender is not suspected', () => {
  test.each([
    ['without a result', ''],
    ['where the server did not look', 'mx.company.example; none'],
    ['who passed', passed],
    ['whose domain has no policy', 'mx.company.example; dmarc=none header.from=bank.example'],
    ['whose policy could not be read', 'mx.company.example; dmarc=permerror header.from=bank.example'],
    ['whose policy could not be asked for', 'mx.company.example; dmarc=temperror header.from=bank.example'],
    ['for SPF or DKIM alone, which forwarding breaks', 'mx.company.example; spf=fail; dkim=fail; dmarc=pass'],
    ['for a result that only begins alike', 'mx.company.example; dmarc=failure; xdmarc=fail'],
  ])('%s', (_, results) => {
    expect(found(results)).toBe('');
  });

  test('without the header at all', () => {
    expect(suspicionOf(new Map([['subject', 'dmarc=fail']]))).toBe('');
  });

  test.each(['(p=NONE sp=NONE dis=NONE)', '(p = none)', 'action=none', '(dis=none)'])(
    'whose domain asks for nothing: %s',
    (policy) => {
      expect(found(`mx.company.example; dmarc=fail ${policy} header.from=bank.example`)).toBe('');
    },
  );

  test('for what stands in a header that is called something like it', async () => {
    expect(await foundIn(`X-Authentication-Results: ${failed}`, `ARC-Authentication-Results: i=1; ${failed}`)).toBe('');
  });
});

describe('of several results', () => {
  test('the topmost counts: a pass that came with the letter takes no suspicion away', async () => {
    const forged = [`Authentication-Results: ${passed}`, 'Authentication-Results: other.example; dmarc=pass'];
    expect(await foundIn(`Authentication-Results: ${failed}`, 'Received: from relay.example', ...forged)).toBe(shown);
  });

  test('the topmost counts: a failure at a server further back, which a list or a relay mended, raises none', async () => {
    const earlier = `Authentication-Results: ${failed}`;
    expect(await foundIn(`Authentication-Results: ${passed}`, 'Received: from list.example', earlier)).toBe('');
  });

  test('the topmost counts in whatever case its name is written', async () => {
    expect(await foundIn(`AUTHENTICATION-RESULTS: ${failed}`, `Authentication-Results: ${passed}`)).toBe(shown);
  });

  test('none in the text counts', async () => {
    expect(await foundIn('', `Authentication-Results: ${failed}`)).toBe('');
  });
});

describe('a hostile result', () => {
  test('that is folded between any two words reads as one line', async () => {
    const folded = failed.replaceAll(' ', '\r\n\t');
    expect(await foundIn(`Authentication-Results: ${folded}`)).toBe(shown);
    expect(found(failed.replaceAll(' ', '\r\n \t '))).toBe(shown);
  });

  test('cannot excuse itself by a policy of another method', () => {
    const others = 'mx.company.example; spf=fail (p=none) smtp.mailfrom=evil.example; arc=none action=none';
    expect(found(`${others}; dmarc=fail (p=reject)`)).toBe('dmarc=fail (p=reject)');
    expect(found(`mx.company.example; dmarc=fail (p=reject); spf=pass (dis=none)`)).toBe('dmarc=fail (p=reject)');
  });

  test('cannot excuse itself by a domain that has the word in its name', () => {
    const names = 'header.from=p-none.example smtp.helo=xp=none.example policy.dmarc=none';
    expect(found(`mx.company.example; dmarc=fail (p=reject) ${names}`)).toBe(`dmarc=fail (p=reject) ${names}`);
  });

  test('of any length is shown in two hundred signs', () => {
    const note = found(`mx.company.example; dmarc=fail (${'long '.repeat(10_000)})`);
    expect(note).toHaveLength(200);
    expect(note.startsWith('dmarc=fail (long long')).toBe(true);
  });

  test('is not cut in the middle of a sign', () => {
    expect(found(`mx.company.example; dmarc=fail ${'\u{1F4E8}'.repeat(200)}`).isWellFormed()).toBe(true);
    expect(found(`mx.company.example; dmarc=fail x${'\u{1F4E8}'.repeat(200)}`).isWellFormed()).toBe(true);
  });

  test.each([
    'spf=pass smtp.mailfrom=dmarc=fail/p=none@evil.example',
    'spf=pass smtp.mailfrom="dmarc=fail p=none"@evil.example',
    'spf=pass smtp.mailfrom="; dmarc=fail (p=none)"@evil.example',
    'spf=pass (domain of dmarc=fail/p=none@evil.example)',
    'spf=pass (domain of "a(b"@evil.example designates 192.0.2.1)',
    'spf=pass smtp.mailfrom=a"b@evil.example',
  ])('cannot hide behind what the sender chose: %s', (earlier) => {
    const dmarc = 'dmarc=fail (p=reject) header.from=bank.example';
    expect(found(`mx.example; ${earlier}; ${dmarc}`)).toBe(dmarc);
  });

  test('cannot excuse itself by a reason, nor by the policy that was not asked', () => {
    for (const words of [
      'dmarc=fail reason="p=none"',
      'dmarc=fail (p=REJECT sp=NONE dis=QUARANTINE) header.from=bank.example',
      'dmarc=fail (p=NONE sp=REJECT dis=REJECT) header.from=a.bank.example',
      'dmarc=fail (p=NONE sp=REJECT)',
    ])
      expect(found(`mx.example; ${words}`)).toBe(words);
  });
});

test('what only mentions a failure is none', () => {
  for (const words of [
    'arc=pass (i=1 spf=fail dmarc=fail); dmarc=pass',
    'spf=pass (dmarc=fail would be bad); dmarc=pass',
    'x-dmarc=fail; dmarc=pass',
    'dmarc=fail (x; p=none)',
  ])
    expect(found(`mx.example; ${words}`)).toBe('');
});

test('a failure is found in every form that the grammar allows', () => {
  for (const words of ['dmarc/1=fail', 'dmarc (v1) = fail', 'dmarc=(c)fail'])
    expect(found(`mx.example; ${words}`)).toBe(words);
});
