import { writeFile } from 'node:fs/promises';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { mailboxFileSchema } from './mailbox-file.ts';

/** The JSON Schema of what `mailroom mailbox add --from` reads, as text of docs/guide/mailbox.schema.json. */
export function mailboxJsonSchema(): string {
  const schema = z.toJSONSchema(mailboxFileSchema, { io: 'input', target: 'draft-2020-12' });
  return `${JSON.stringify({ ...schema, title: 'A mailbox for mailroom mailbox add' }, null, 2)}\n`;
}

const [, script, target] = argv;
if (script !== undefined && import.meta.url === pathToFileURL(script).href)
  await writeFile(target ?? 'docs/guide/mailbox.schema.json', mailboxJsonSchema());
