import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import type { CheckStep, ConnectionCheck } from '../../../src-shared/domain/connection-check.ts';
import { goodCheck, supportId } from '../../support/canned-mailboxes.ts';
import { cannedAuthority } from '../../support/canned-trust.ts';
import { openPage } from '../../support/fake-main.tsx';

const command = "Set-CASMailbox -Identity 'support@northwind.example' -ImapEnabled $true";
const refused: CheckStep = {
  name: 'sign-in',
  milliseconds: 80,
  seen: '',
  problem: { code: 'auth.rejected', params: { host: 'imap.northwind.example', serverWords: 'BAD' } },
  finding: {
    code: 'microsoft-not-connected',
    params: { host: 'imap.northwind.example', mailbox: 'support@northwind.example' },
    commands: [command],
  },
};

/** A check that ends when the test says so. */
async function openCheck() {
  const { promise, resolve } = Promise.withResolvers<ConnectionCheck>();
  const user = userEvent.setup();
  const { main } = openPage(`/mailboxes/${supportId}`, { handlers: { 'mailboxes.check': () => promise } });
  await user.click(await screen.findByRole('button', { name: 'Actions for support@northwind.example' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Check the connection' }));
  const dialog = await screen.findByRole('dialog');
  const asked = () =>
    main.calls.findLast(({ name }) => name === 'mailboxes.check')?.input as { readonly checkId: string };
  await waitFor(() => expect(asked()).toBeDefined());
  const tell = (step: CheckStep) => main.emit('mailboxes.checkStep', { checkId: asked().checkId, step });
  const row = (name: string) => within(dialog).getByText(name).closest('li') as HTMLElement;
  return { user, main, dialog, row, tell, end: resolve };
}

test('each step appears as it ends, and what another check tells does not', async () => {
  const { main, dialog, row, tell } = await openCheck();
  const [resolved, connected] = goodCheck.steps;
  if (resolved === undefined || connected === undefined) throw new Error('no steps');
  main.emit('mailboxes.checkStep', { checkId: 'of another window', step: connected });
  tell(resolved);
  expect(await within(row('Find the server')).findByLabelText('done')).toBeInTheDocument();
  expect(within(row('Find the server')).getByText('203.0.113.7')).toBeInTheDocument();
  expect(within(row('Connect')).queryByLabelText('done')).not.toBeInTheDocument();
  expect(within(dialog).getByRole('list', { name: 'Steps of the check' })).toHaveAttribute('aria-busy', 'true');
});

test('the failed step is open with its cause, its mend and a command to copy; the report can be copied', async () => {
  const { user, main, dialog, row, tell, end } = await openCheck();
  tell(refused);
  const notice = await within(row('Sign in')).findByRole('alert');
  expect(notice).toHaveTextContent(/^Exchange let the sign-in pass/);
  expect(within(notice).getByText(command)).toBeInTheDocument();
  await user.click(within(notice).getByRole('button', { name: 'Copy' }));
  expect(await navigator.clipboard.readText()).toBe(command);

  end({ ok: false, certificate: null, steps: [...goodCheck.steps.slice(0, 4), refused] });
  await user.click(await within(dialog).findByRole('button', { name: 'Copy the report' }));
  const report = await navigator.clipboard.readText();
  expect(report).toContain('su…@northwind.example');
  expect(report).not.toContain('support@');
  await user.click(within(dialog).getByRole('button', { name: 'Save the report…' }));
  expect(await within(dialog).findByText('Saved: /home/someone/connection-report.txt')).toBeInTheDocument();
  expect(main.calls.find(({ name }) => name === 'mailboxes.saveReport')?.input).toEqual({
    text: expect.stringContaining('[microsoft-not-connected]'),
  });
});

test.each([
  ['a mark', 'Check with a mark', { writeFlag: true }],
  ['a letter to oneself', 'Send a test letter', { sendLetter: true }],
])('%s is tried only when asked for', async (_what, button, wish) => {
  const { user, main, dialog, end } = await openCheck();
  const inputs = () => main.calls.filter(({ name }) => name === 'mailboxes.check').map(({ input }) => input);
  expect(inputs()).toEqual([{ draft: expect.anything(), checkId: expect.any(String) }]);
  end(goodCheck);
  await user.click(await within(dialog).findByRole('button', { name: button }));
  await waitFor(() => expect(inputs()).toMatchObject([{}, wish]));
});

test('where an unknown authority has signed, it can be trusted for that host, and the check runs again', async () => {
  const { user, main, dialog, end } = await openCheck();
  const certificate = { ...cannedAuthority, endpoint: 'incoming' as const, subject: 'CN=mail' };
  const problem = { code: 'tls.certificate-untrusted' as const, params: { host: 'imap.northwind.example', port: 993 } };
  const untrusted: CheckStep = { name: 'encrypt', milliseconds: 9, seen: '', problem, finding: null };
  end({ ok: false, certificate, steps: [untrusted] });
  const offer = /^Trust your company’s certificate authority for imap\.northwind\.example/;
  await user.click(await within(dialog).findByRole('button', { name: offer }));
  const second = await screen.findByRole('dialog', { name: 'Trust a certificate authority' });
  await user.upload(document.querySelector('input[type="file"]') as HTMLInputElement, new File(['x'], 'root.cer'));
  await user.click(await within(second).findByRole('button', { name: 'Trust for this host' }));
  const inputs = (name: string) => main.calls.filter((call) => call.name === name).map(({ input }) => input);
  await waitFor(() => expect(inputs('mailboxes.check')).toHaveLength(2));
  expect(inputs('authorities.add')).toMatchObject([{ host: 'imap.northwind.example' }]);
});

test('a server that knows only withdrawn encryption is allowed it with the warning in view, and the check runs again', async () => {
  const { user, main, dialog, end } = await openCheck();
  const problem = { code: 'tls.too-old' as const, params: { host: 'imap.northwind.example', port: 993 } };
  const finding = { code: 'tls-too-old' as const, params: problem.params, commands: [] };
  end({ ok: false, certificate: null, steps: [{ name: 'encrypt', milliseconds: 9, seen: '', problem, finding }] });
  await user.click(
    await within(dialog).findByRole('button', { name: 'Allow old encryption for imap.northwind.example…' }),
  );
  const asked = await screen.findByRole('dialog', { name: 'Allow withdrawn versions of encryption?' });
  expect(asked).toHaveTextContent('passwords and letters could be read or changed');
  await user.click(within(asked).getByRole('button', { name: 'Allow for this server' }));
  const inputs = (name: string) => main.calls.filter((call) => call.name === name).map(({ input }) => input);
  await waitFor(() => expect(inputs('mailboxes.check')).toHaveLength(2));
  expect(inputs('oldEncryption.allow')).toEqual([{ host: 'imap.northwind.example' }]);
});

test.each([
  ['has ended', 'tls.certificate-expired', 'CN=mail'],
  ['is signed by the server itself', 'tls.certificate-untrusted', cannedAuthority.issuer],
] as const)(
  'for a certificate that %s no authority is offered, since none would mend it',
  async (_what, code, subject) => {
    const { dialog, end } = await openCheck();
    const certificate = { ...cannedAuthority, endpoint: 'incoming' as const, subject };
    const problem = { code, params: { host: 'imap.northwind.example', port: 993 } };
    end({ ok: false, certificate, steps: [{ name: 'encrypt', milliseconds: 9, seen: '', problem, finding: null }] });
    expect(await within(dialog).findByRole('button', { name: 'Accept exactly this certificate' })).toBeInTheDocument();
    expect(within(dialog).queryByRole('button', { name: /^Trust your company/ })).not.toBeInTheDocument();
  },
);
