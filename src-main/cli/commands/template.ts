import type { Command } from 'commander';
import { z } from 'zod';
import { ticketFieldsSchema } from '../../../src-shared/domain/ticket.ts';
import type { CommandParts } from '../command-parts.ts';
import { readJson } from '../read-input.ts';
import { table } from '../table.ts';
import { visibleLine } from '../visible-text.ts';

const field = z.string().trim().max(200).default('');
/** A template as `template add` reads it: its name beside its fields. */
const templateFileSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  type: field,
  customer: field,
  object: field,
  workKind: field,
  criticality: field,
});

export function addTemplateCommands(_root: Command, { group, leaf, run, translate }: CommandParts): void {
  const template = group('template', translate('terminal.template'));
  leaf(template, 'add', translate('terminal.template.add'))
    .requiredOption('--from <file>', translate('terminal.option.from-template'))
    .action(({ from }: { from: string }, command: Command) =>
      run(command, async (session) => {
        const { name, ...fields } = await readJson(from, session.terminal.stdin, templateFileSchema);
        const settings = { name, fields: ticketFieldsSchema.parse(fields) };
        const saved = await session.call('templates.save', { templateId: null, settings });
        session.print(saved, [session.translate('terminal.template.added', { name: visibleLine(name) })]);
      }),
    );
  leaf(template, 'list', translate('terminal.template.list')).action((_options, command: Command) =>
    run(command, async (session) => {
      const templates = await session.call('templates.list', undefined);
      const head = [
        session.translate('terminal.head.name'),
        session.translate('terminal.head.type'),
        session.translate('terminal.head.object'),
        session.translate('terminal.head.work-kind'),
        session.translate('terminal.head.used-by'),
      ];
      const rows = templates.map(({ settings: { name, fields }, usedBy }) => [
        name,
        fields.type,
        fields.object,
        fields.workKind,
        usedBy,
      ]);
      session.print(templates, rows.length > 0 ? table(head, rows) : [session.translate('terminal.template.none')]);
    }),
  );
}
