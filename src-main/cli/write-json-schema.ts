import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { argv } from 'node:process';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { mailboxChangesSchema } from './mailbox-changes.ts';
import { mailboxFileSchema } from './mailbox-file.ts';

const files = {
  'mailbox.schema.json': [mailboxFileSchema, 'A mailbox for mailroom mailbox add'],
  'mailbox-changes.schema.json': [mailboxChangesSchema, 'Changes for mailroom mailbox set'],
} as const;

/** What `mailbox add --from` and `mailbox set --from` read, as JSON Schema: texts of the guide's files, by name. */
export function jsonSchemas(): readonly (readonly [file: string, text: string])[] {
  return Object.entries(files).map(([file, [schema, title]]) => {
    const described = z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
    return [file, `${JSON.stringify({ ...described, title }, null, 2)}\n`];
  });
}

const [, script, folder = 'docs/guide'] = argv;
if (script !== undefined && import.meta.url === pathToFileURL(script).href)
  for (const [file, text] of jsonSchemas()) await writeFile(join(folder, file), text);
