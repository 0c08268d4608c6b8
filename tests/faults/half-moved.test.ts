import { expect, test } from 'vitest';
import { addMailbox } from '../bad-input/main-process.ts';
import { type ScriptedMailbox, serveMailbox } from '../support/scripted-mailbox.ts';
import { startScriptedServer } from '../support/scripted-server.ts';
import { loadOne, openCollecting } from './collecting-console.ts';
import { numbered } from './scripted-inbox.ts';
import { smallLetters } from './small-letter.ts';

test('a move without MOVE whose copy was made and whose removal was refused is not copied again when a person has it tried again', async () => {
  const capabilities = 'IMAP4rev1 UIDPLUS';
  // The folder that is moved to is served as the same one: the copy is found there.
  const box: ScriptedMailbox = { uidValidity: 7, letters: numbered(smallLetters(['a'])), capabilities };
  let refused = true;
  let copies = 0;
  const server = await startScriptedServer((line) =>
    serveMailbox(line, box, async ({ tag, text }) => {
      if (text.startsWith('UID COPY')) {
        copies += 1;
        await line.send(`${tag} OK [COPYUID 9 1 ${copies}] copied\r\n`);
        return true;
      }
      if (text.includes('HEADER.FIELDS')) {
        const header = `${/^Message-ID: .*$/m.exec(box.letters[0]?.raw ?? '')?.[0].trim()}\r\n\r\n`;
        await line.send(`* 1 FETCH (UID 1 BODY[HEADER.FIELDS (Message-ID)] {${header.length}}\r\n${header})\r\n`);
        await line.send(`${tag} OK done\r\n`);
        return true;
      }
      if (!refused || !text.startsWith('UID STORE')) return false;
      await line.send(`${tag} NO [NOPERM] not yours to delete\r\n`);
      return true;
    }),
  );
  {
    await using main = await openCollecting();
    const afterwards = { kind: 'move', done: 'Done', failed: null, create: false } as const;
    const mailbox = await addMailbox(main, { user: 'mover', port: server.port, afterwards });
    expect(await loadOne(main, mailbox)).toMatchObject({ effectsFailed: 1 });
    refused = false;
    const failed = await main.call('effects.list', { mailboxId: mailbox.id, states: ['failed'], limit: 10 });
    await main.call('effects.retry', { effectIds: failed.flatMap(({ effect }) => effect?.id ?? []) });
    expect(await loadOne(main, mailbox)).toMatchObject({ effectsDone: 1, effectsFailed: 0 });
  }
  await server.stop();
  expect([copies, box.letters]).toEqual([1, []]);
});
