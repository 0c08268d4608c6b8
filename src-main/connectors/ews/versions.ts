import type { ExchangeVersion } from '../../../src-shared/domain/exchange.ts';
import { ews } from './library.ts';

type Asked = ews.ExchangeVersion;

const named: Readonly<Record<Exclude<ExchangeVersion, 'automatic'>, Asked>> = {
  '2007-sp1': ews.ExchangeVersion.Exchange2007_SP1,
  '2010': ews.ExchangeVersion.Exchange2010,
  '2010-sp1': ews.ExchangeVersion.Exchange2010_SP1,
  '2010-sp2': ews.ExchangeVersion.Exchange2010_SP2,
  '2013': ews.ExchangeVersion.Exchange2013,
  '2013-sp1': ews.ExchangeVersion.Exchange2013_SP1,
  '2016': ews.ExchangeVersion.Exchange2016,
};

/** Which schema is asked for, in this order: the newest, and the last ones of the two generations before. */
export function versionsToAsk(version: ExchangeVersion): readonly Asked[] {
  return version === 'automatic' ? [named['2016'], named['2010-sp2'], named['2007-sp1']] : [named[version]];
}
