import type { Afterwards, IncomingProtocol, NewMail } from '../../src-shared/domain/mailbox.ts';
import { hasCalendar, hasContacts, possibleAfterwards, possibleNewMail } from '../../src-shared/domain/mailbox.ts';
import { AppError } from '../../src-shared/errors/errors.ts';

/** Of a file, as far as the protocol has a say in it; left out: not wished for, or as it is. */
export interface ProtocolWishes {
  readonly afterwards?: Afterwards | undefined;
  readonly newMail?: NewMail | undefined;
  readonly folders?: unknown;
  readonly calendar?: boolean | undefined;
  readonly contacts?: boolean | undefined;
}

/** Throws `input.invalid` by the name of what the protocol cannot do; null: nothing is received. */
export function refuseImpossible(protocol: IncomingProtocol | null, wishes: ProtocolWishes): void {
  const { afterwards, newMail, folders, calendar, contacts } = wishes;
  const wrong =
    protocol === null
      ? wishesOfReceiving(wishes)
      : [
          ...(possibleAfterwards[protocol].includes(afterwards?.kind ?? 'leave') ? [] : ['afterwards.kind']),
          ...(possibleNewMail[protocol].includes(newMail ?? 'position') ? [] : ['newMail']),
          ...(calendar === true && !hasCalendar(protocol) ? ['calendar'] : []),
          ...(contacts === true && !hasContacts(protocol) ? ['contacts'] : []),
          ...(protocol === 'pop3' && folders !== undefined ? ['folders'] : []),
        ];
  if (wrong[0] !== undefined) throw new AppError('input.invalid', { at: wrong[0] });
}

function wishesOfReceiving({ afterwards, folders, calendar, contacts }: ProtocolWishes): readonly string[] {
  return [
    ...(folders === undefined ? [] : ['folders']),
    ...((afterwards?.kind ?? 'leave') === 'leave' ? [] : ['afterwards.kind']),
    ...(calendar === true ? ['calendar'] : []),
    ...(contacts === true ? ['contacts'] : []),
  ];
}
