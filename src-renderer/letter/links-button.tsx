import { Button, Popover, UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconExternalLink, IconLink } from '@tabler/icons-react';
import { useText } from '../i18n/i18n.tsx';
import { useAction } from '../ipc/use-action.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import type { LetterLink } from './letter-links.ts';
import classes from './links-button.module.css';

/** The links of a letter, outside of its frame, each with the place that it really leads to. */
export function LinksButton({ links }: { readonly links: readonly LetterLink[] }) {
  const t = useText();
  const open = useAction('links.open');
  if (links.length === 0) return null;
  return (
    <Popover position="bottom-end" width={420} shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="subtle" color="gray" leftSection={<IconLink size={14} aria-hidden />} ml="auto">
          {t('letter.links', { count: links.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel}>
        <p className={classes.lead}>{t('letter.links.text')}</p>
        {open.error && <ErrorNotice error={open.error} />}
        <ul className={classes.list}>
          {links.map((link, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a letter may hold the same link twice, and the list never changes.
            <li key={at}>
              <UnstyledButton
                className={classes.link}
                title={link.url}
                aria-label={t('letter.links.open', { target: link.target })}
                onClick={() => open.run({ url: link.url })}
              >
                <span className={classes.words}>
                  <span className={classes.text}>{link.text || t('letter.links.picture')}</span>
                  <span className={classes.target}>{link.target}</span>
                  {link.misleading && (
                    <span className={classes.warning}>
                      <IconAlertTriangle size={14} aria-hidden /> {t('letter.links.misleading')}
                    </span>
                  )}
                </span>
                <IconExternalLink size={16} aria-hidden className={classes.sign} />
              </UnstyledButton>
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
