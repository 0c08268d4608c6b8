import type { TicketTemplate } from '../../src-shared/domain/ticket.ts';
import { AppError } from '../../src-shared/errors/errors.ts';
import type { Session } from './session.ts';

/** By name, without case. Throws `template.unknown`. */
export async function findTemplate(session: Pick<Session, 'call'>, name: string): Promise<TicketTemplate> {
  const templates = await session.call('templates.list', undefined);
  const found = templates.find(({ settings }) => settings.name.toLowerCase() === name.toLowerCase());
  if (!found) throw new AppError('template.unknown', { name });
  return found;
}
