import type { TemplateId } from '../../../src-shared/domain/ids.ts';
import type { TicketFields, TicketTemplate, TicketTemplateSettings } from '../../../src-shared/domain/ticket.ts';
import { AppError } from '../../../src-shared/errors/errors.ts';
import type { ReadableDb, WritableDb } from '../process/connection.ts';

/** Ticket fields as columns: in `template` and in `ticket` alike. */
export interface FieldsRow {
  readonly type: string;
  readonly customer: string;
  readonly object: string;
  readonly work_kind: string;
  readonly criticality: string;
}

interface TemplateRow extends FieldsRow {
  readonly id: TemplateId;
  readonly name: string;
  readonly used_by: number;
  readonly demo: number;
}

const select = 'SELECT t.*, (SELECT count(*) FROM sender_entry WHERE template_id = t.id) AS used_by FROM template t';

export function listTemplates(db: ReadableDb): TicketTemplate[] {
  return db.all<TemplateRow>(`${select} ORDER BY t.name, t.id`).map(toTemplate);
}

export function readTemplate(db: ReadableDb, templateId: TemplateId): TicketTemplate {
  const row = db.get<TemplateRow>(`${select} WHERE t.id = ?`, templateId);
  if (!row) throw new AppError('template.unknown');
  return toTemplate(row);
}

export function putTemplate(
  db: WritableDb,
  templateId: TemplateId | null,
  { name, fields }: TicketTemplateSettings,
  demo: boolean,
): TicketTemplate {
  return db.transaction(() => {
    if (templateId === null) {
      const { lastInsertRowid } = db.run(
        `INSERT INTO template (name, type, customer, object, work_kind, criticality, demo)
         VALUES (:name, :type, :customer, :object, :workKind, :criticality, :demo)`,
        { name, ...fields, demo: demo ? 1 : 0 },
      );
      return readTemplate(db, lastInsertRowid as TemplateId);
    }
    db.run(
      `UPDATE template SET name = :name, type = :type, customer = :customer, object = :object, work_kind = :workKind,
         criticality = :criticality WHERE id = :templateId`,
      { name, ...fields, templateId },
    );
    return readTemplate(db, templateId);
  });
}

/** Tickets made by it keep its name. */
export function removeTemplate(db: WritableDb, templateId: TemplateId): void {
  db.transaction(() => {
    const { usedBy, settings } = readTemplate(db, templateId);
    if (usedBy > 0) throw new AppError('template.in-use', { name: settings.name, count: usedBy });
    db.run('UPDATE ticket SET template_name = ? WHERE template_id = ?', settings.name, templateId);
    db.run('DELETE FROM template WHERE id = ?', templateId);
  });
}

export function toFields(row: FieldsRow): TicketFields {
  return {
    type: row.type,
    customer: row.customer,
    object: row.object,
    workKind: row.work_kind,
    criticality: row.criticality,
  };
}

function toTemplate(row: TemplateRow): TicketTemplate {
  return {
    id: row.id,
    settings: { name: row.name, fields: toFields(row) },
    usedBy: row.used_by,
    demo: row.demo === 1,
  };
}
