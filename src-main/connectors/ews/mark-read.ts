import { AppError } from '../../../src-shared/errors/errors.ts';
import { placeOf } from '../../net/tls.ts';
import { responseCodeOf, unintelligible } from './errors.ts';
import { refusalOf } from './judge-responses.ts';
import { ews } from './library.ts';
import type { Session } from './session.ts';

/** The items are asked for first: an update names their ChangeKey and their kind. From Exchange 2013 on nobody is told that the letter was read. */
export async function markRead(session: Session, ids: readonly string[], signal: AbortSignal): Promise<void> {
  const shape = new ews.PropertySet(ews.BasePropertySet.IdOnly, [ews.EmailMessageSchema.IsRead]);
  const asked = ids.map((id) => new ews.ItemId(id));
  await session.ask(
    async (service) => {
      const { Responses: found } = await service.BindToItems(asked, shape);
      const items = found.flatMap(({ Item: item }) => item ?? []);
      const unread = items.filter(isMarkable).filter(({ IsRead }) => !IsRead);
      if (unread.length > 0) await update(session, service, unread);
      const answered = found.filter((response) => !hasNoMark(session, response));
      throwRefusals(session, answered, ids.length - (found.length - answered.length));
      if (answered.length < found.length || !items.every(isMarkable)) throw unmarkable(session);
    },
    { changes: true },
    signal,
  );
}

type Markable = ews.EmailMessage | ews.PostItem;

/** Invitations and their answers are messages too. */
function isMarkable(item: ews.Item): item is Markable {
  return item instanceof ews.EmailMessage || item instanceof ews.PostItem;
}

/** As servers before 2010 SP1 say it of what is no message. */
function hasNoMark({ endpoint }: Session, response: Parameters<typeof refusalOf>[0]): boolean {
  return responseCodeOf(refusalOf(response, endpoint)) === 'ErrorInvalidPropertyRequest';
}

async function update(session: Session, service: ews.ExchangeService, unread: Markable[]): Promise<void> {
  for (const item of unread) item.IsRead = true;
  const quietly = session.version() >= ews.ExchangeVersion.Exchange2013;
  const { Responses: updated } = await service.UpdateItems(
    unread,
    null as unknown as ews.FolderId,
    ews.ConflictResolutionMode.AlwaysOverwrite,
    ews.MessageDisposition.SaveOnly,
    null as unknown as ews.SendInvitationsOrCancellationsMode,
    quietly,
  );
  throwRefusals(session, updated, unread.length);
}

/** The schema has IsRead for messages and posts alone. */
function unmarkable({ endpoint }: Session): AppError {
  return new AppError('server.unsupported', { ...placeOf(endpoint), serverWords: 'message:IsRead' });
}

/** A letter that is gone meanwhile needs no change. What was refused is thrown when the others are done. */
export function throwRefusals(
  { endpoint }: Session,
  responses: readonly Parameters<typeof refusalOf>[0][],
  expected: number,
): void {
  if (responses.length < expected) throw unintelligible(endpoint, `${responses.length} < ${expected}`);
  const refusals = responses.flatMap((response) => refusalOf(response, endpoint) ?? []);
  const other = refusals.find((refusal: AppError) => responseCodeOf(refusal) !== 'ErrorItemNotFound');
  if (other !== undefined) throw other;
}
