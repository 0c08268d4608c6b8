import type { datesContract } from '../../../src-shared/contract/dates.ts';
import type { Handlers } from '../../../src-shared/contract/define-contract.ts';
import type { DateRadar } from '../../accounts/date-radar.ts';

export const dateHandlers = (radar: DateRadar): Handlers<typeof datesContract> => ({
  'dates.list': async () => [...(await radar.list())],
  'dates.takeNotices': async () => [...(await radar.takeNotices())],
});
