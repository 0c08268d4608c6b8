import { type FolderTrial, isStrange } from '../../../src-shared/domain/mailbox-switch.ts';
import { useText } from '../../i18n/i18n.tsx';
import { useFormats } from '../../ui/use-formats.ts';
import classes from './switch.module.css';

/** Each folder through both connections. */
export function TrialTable({ folders }: { readonly folders: readonly FolderTrial[] }) {
  const t = useText();
  const format = useFormats();
  if (folders.length === 0) return null;
  const number = (n: number | null) => (n === null ? '—' : format.wholeNumber(n));
  return (
    // Focusable, so that a long list can be scrolled without a mouse.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls.
    <section className={classes.scroll} tabIndex={0} aria-label={t('switch.folders')}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('switch.column.folder')}</th>
            <th scope="col">{t('switch.column.here')}</th>
            <th scope="col">{t('switch.column.loaded')}</th>
            <th scope="col">{t('switch.column.there')}</th>
            <th scope="col">{t('switch.column.known')}</th>
          </tr>
        </thead>
        <tbody>
          {folders.map((folder) => (
            <tr key={folder.folderId}>
              <td>
                {folder.path}
                {folder.pathThere !== null && folder.pathThere !== folder.path && (
                  <p className={classes.sub}>{t('switch.folderAs', { path: folder.pathThere })}</p>
                )}
              </td>
              <td>{number(folder.here)}</td>
              <td>{number(folder.loaded)}</td>
              <td data-tone={isShort(folder) ? 'late' : undefined}>
                {folder.pathThere === null ? t('switch.notThere') : number(folder.there)}
              </td>
              <td data-tone={isStrange(folder) ? 'late' : undefined}>
                <Known folder={folder} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Less is seen through the other connection than is loaded: not a matter of new mail. */
export function isShort({ loaded, there, pathThere }: FolderTrial): boolean {
  return pathThere === null || (there !== null && there < loaded);
}

function Known({ folder: { sampled, same, alike } }: { readonly folder: FolderTrial }) {
  const t = useText();
  if (sampled === 0) return <>{t('switch.nothingCompared')}</>;
  return (
    <>
      {t('switch.known', { known: same + alike, sampled })}
      {alike > 0 && <p className={classes.sub}>{t('switch.knownAlike', { count: alike })}</p>}
    </>
  );
}
