import { Skeleton, Stack } from '@mantine/core';
import { useText } from '../i18n/i18n.tsx';

/** Rows of the final height while a list is being read, so that nothing jumps. */
export function RowSkeletons({ rows = 5, height = 36 }: { readonly rows?: number; readonly height?: number }) {
  const t = useText();
  return (
    <Stack gap={0} aria-busy role="status" aria-label={t('reading')}>
      {Array.from({ length: rows }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all the same.
        <div key={at} style={{ height, display: 'flex', alignItems: 'center', padding: '0 12px' }}>
          <Skeleton height={12} width={`${62 - ((at * 13) % 30)}%`} radius="xs" />
        </div>
      ))}
    </Stack>
  );
}
