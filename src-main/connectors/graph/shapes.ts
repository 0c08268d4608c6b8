import { z } from 'zod';

/** PidTagMessageSize: Graph has no property of its own for it. */
const sizeTag = 'Integer 0xe08';

/** What is asked of each letter. Sizes come as an extended property. */
export const letterFields = {
  $select: 'receivedDateTime,isRead,parentFolderId',
  $expand: `singleValueExtendedProperties($filter=id eq '${sizeTag}')`,
};

export const queryOf = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

export const idShape = z.object({ id: z.string().min(1) });

/** A letter as listings tell it; of one that only changed perhaps only what changed. */
export const letterShape = z.object({
  id: z.string().min(1),
  '@removed': z.looseObject({}).optional(),
  isRead: z.boolean().nullish(),
  receivedDateTime: z.string().nullish(),
  parentFolderId: z.string().nullish(),
  singleValueExtendedProperties: z.array(z.object({ id: z.string(), value: z.string() })).nullish(),
});
export type ToldLetter = z.output<typeof letterShape>;

export const lettersPage = z.object({
  value: z.array(letterShape),
  '@odata.nextLink': z.string().optional(),
  '@odata.deltaLink': z.string().optional(),
});

export const foldersPage = z.object({
  value: z.array(
    z.object({
      '@odata.type': z.string().optional(),
      id: z.string().min(1),
      displayName: z.string().nullish(),
      parentFolderId: z.string().nullish(),
      childFolderCount: z.number().nullish(),
      isHidden: z.boolean().nullish(),
    }),
  ),
  '@odata.nextLink': z.string().optional(),
});

export const headerShape = z.object({
  isRead: z.boolean().nullish(),
  internetMessageHeaders: z.array(z.object({ name: z.string(), value: z.string().nullish() })).nullish(),
});

export function sizeOf({ singleValueExtendedProperties: told }: ToldLetter): number {
  const [size] = (told ?? []).filter(({ id }) => id.toLowerCase().endsWith('0xe08'));
  const count = Number(size?.value);
  return Number.isSafeInteger(count) && count > 0 ? count : 0;
}
