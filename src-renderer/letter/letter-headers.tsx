import { Skeleton, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { MessageId } from '../../src-shared/domain/ids.ts';
import { useText } from '../i18n/i18n.tsx';
import { useQuery } from '../ipc/use-query.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import classes from './letter-raw.module.css';

/** Every header of the letter, in its order, as text. */
export function LetterHeaders({ messageId }: { readonly messageId: MessageId }) {
  const t = useText();
  const headers = useQuery('mail.headers', { messageId });
  const [filter, setFilter] = useState('');
  const wanted = filter.trim().toLowerCase();
  const shown = headers.data?.filter(({ name, value }) => `${name}: ${value}`.toLowerCase().includes(wanted));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
    <section className={classes.scroll} tabIndex={0} aria-label={t('letter.view.headers')}>
      {headers.error && <ErrorNotice error={headers.error} />}
      {!headers.data && !headers.error && <Skeleton height={200} />}
      {shown && (
        <>
          <TextInput
            size="xs"
            w={240}
            mb="sm"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            placeholder={t('letter.headers.filter')}
            aria-label={t('letter.headers.filter')}
          />
          <table className={classes.table} data-selectable>
            <thead className={classes.hiddenHead}>
              <tr>
                <th>{t('letter.headers.name')}</th>
                <th>{t('letter.headers.value')}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ name, value }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the same header may come twice with the same value.
                <tr key={at}>
                  <th scope="row">{name}</th>
                  <td>{value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}
