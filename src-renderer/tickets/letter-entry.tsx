import { Button, Modal, Tooltip } from '@mantine/core';
import { IconInfoCircle, IconMailOpened } from '@tabler/icons-react';
import { useState } from 'react';
import type { TicketEntry } from '../../src-shared/domain/ticket.ts';
import { useText } from '../i18n/i18n.tsx';
import { AttachmentList } from '../letter/attachment-list.tsx';
import { InitialsDisc } from '../letter/initials-disc.tsx';
import { LetterView } from '../letter/letter-view.tsx';
import { PlainText } from '../letter/plain-text.tsx';
import { useFormats } from '../ui/use-formats.ts';
import classes from './conversation.module.css';

type Entry = Extract<TicketEntry, { kind: 'letter' }>;

/** A letter as a part of the conversation: its text with quotes folded, its files, and why it is here. */
export function LetterEntry({ entry }: { readonly entry: Entry }) {
  const t = useText();
  const format = useFormats();
  const [open, setOpen] = useState(false);
  const { from, at, text, attachments, messageId, reason } = entry;
  const who = from.name || from.address;
  return (
    <div className={classes.entry}>
      <InitialsDisc name={who} />
      <div className={classes.bubble}>
        <div className={classes.head}>
          <span className={classes.who} data-selectable>
            {who}
          </span>
          {from.name !== '' && (
            <span className={classes.dim} data-selectable>
              {from.address}
            </span>
          )}
          <time className={classes.date} dateTime={new Date(at).toISOString()}>
            {format.longDate(at)}
          </time>
        </div>
        {text.trim() === '' ? <p className={classes.dim}>{t('letter.no-text')}</p> : <PlainText text={text} folded />}
        <AttachmentList messageId={messageId} attachments={attachments} bare />
        <div className={classes.foot}>
          <Button
            size="xs"
            variant="subtle"
            ml={-10}
            leftSection={<IconMailOpened size={14} aria-hidden />}
            onClick={() => setOpen(true)}
          >
            {t('ticket.letter.show')}
          </Button>
          <Tooltip label={t('ticket.letter.why')}>
            <span className={classes.why}>
              <IconInfoCircle size={14} aria-hidden /> {t(`ticket.reason.${reason}`)}
            </span>
          </Tooltip>
        </div>
      </div>
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        size={960}
        padding={0}
        title={t('ticket.letter.title', { date: format.longDate(at) })}
        styles={{ header: { padding: '12px 20px' } }}
        closeButtonProps={{ 'aria-label': t('action.close') }}
      >
        <div className={classes.letterBox}>{open && <LetterView messageId={messageId} />}</div>
      </Modal>
    </div>
  );
}
