import { Button, FileButton, Select, Textarea } from '@mantine/core';
import { IconPaperclip, IconSend } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, type Ref, useState } from 'react';
import type { Reply } from '../../src-shared/contract/tickets.ts';
import type { TicketId } from '../../src-shared/domain/ids.ts';
import { asAttachments, inMegabytes } from '../../src-shared/domain/largest-letter.ts';
import { type TicketState, ticketStateSchema } from '../../src-shared/domain/ticket.ts';
import { emptyDraft } from '../../src-shared/domain/ticket-draft.ts';
import { useText } from '../i18n/i18n.tsx';
import { KeyHint } from '../ui/key-hint.tsx';
import { useFormats } from '../ui/use-formats.ts';
import {
  addFiles,
  type ChosenFile,
  comfortableBytes,
  mostFiles,
  readFiles,
  totalBytes,
  UnreadableFile,
} from './chosen-files.ts';
import classes from './compose.module.css';
import { FileChips } from './file-chips.tsx';
import { useDraft } from './use-draft.ts';

export type Composed = Pick<Reply, 'text' | 'attachments' | 'nextState'>;

export interface ComposeProps {
  /** Whose draft it is. Another ticket is another editor: give it as `key`, too. */
  readonly ticketId: TicketId;
  /** To whom and from which address, above the text. */
  readonly lead: ReactNode;
  readonly textRef?: Ref<HTMLTextAreaElement>;
  /** Resolves when the answer is queued; the draft is then forgotten. Rejects, and everything stays. */
  readonly onSend: (composed: Composed) => Promise<unknown>;
  /** Bytes of the largest letter that the mailbox may send, where it is known. */
  readonly largest?: number | undefined;
  /** What is said below: an error, offline. */
  readonly notice?: ReactNode;
}

/** The one editor: text, files, what becomes of the ticket. Ctrl or ⌘ with Enter sends. */
export function Compose({ ticketId, lead, textRef, onSend, largest, notice }: ComposeProps) {
  const t = useText();
  const format = useFormats();
  const { draft: known, change: setDraft } = useDraft(ticketId);
  const draft = known ?? emptyDraft;
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState(false);
  const [unreadable, setUnreadable] = useState<string | null>(null);

  const ready = draft.text.trim() !== '' && !sending && files.length <= mostFiles;
  const add = (added: readonly File[]) => setFiles((known) => addFiles(known, added));
  const send = async () => {
    if (!ready) return;
    setSending(true);
    setUnreadable(null);
    try {
      const attachments = await readFiles(files);
      await onSend({ text: draft.text, attachments, nextState: draft.nextState });
      setDraft(emptyDraft);
      setFiles([]);
    } catch (error) {
      // Whoever sends shows its own errors.
      if (error instanceof UnreadableFile) setUnreadable(error.message);
    } finally {
      setSending(false);
    }
  };
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void send();
  };
  const size = totalBytes(files);
  const problem =
    unreadable !== null
      ? t('compose.file-unreadable', { name: unreadable })
      : files.length > mostFiles
        ? t('compose.too-many', { limit: mostFiles })
        : largest !== undefined && asAttachments(size) > largest
          ? t('compose.over-limit', { size: format.byteSize(size), limit: inMegabytes(largest) })
          : size > comfortableBytes
            ? t('compose.too-large', { size: format.byteSize(size), limit: format.byteSize(comfortableBytes) })
            : null;
  return (
    <section
      className={classes.editor}
      aria-label={t('compose.title')}
      data-over={over || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        add([...event.dataTransfer.files]);
      }}
    >
      <div className={classes.lead}>
        {lead}
        {draft.text !== '' && (
          <span className={classes.kept}>
            {t('compose.draft.kept')} ·{' '}
            <button type="button" className={classes.discard} onClick={() => setDraft(emptyDraft)}>
              {t('compose.draft.discard')}
            </button>
          </span>
        )}
      </div>
      <Textarea
        {...(textRef ? { ref: textRef } : {})}
        variant="unstyled"
        autosize
        minRows={3}
        maxRows={14}
        value={draft.text}
        readOnly={known === null}
        onChange={(event) => setDraft({ ...draft, text: event.currentTarget.value })}
        onKeyDown={press}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) add([...event.clipboardData.files]);
        }}
        placeholder={over ? t('compose.drop') : t('compose.placeholder')}
        aria-label={t('compose.text')}
        classNames={{ input: classes.text ?? '' }}
      />
      <FileChips files={files} onRemove={(id) => setFiles(files.filter((one) => one.id !== id))} />
      {problem && (
        <p className={classes.problem} role="alert">
          {problem}
        </p>
      )}
      {notice}
      <div className={classes.foot}>
        <FileButton multiple onChange={add}>
          {(button) => (
            <Button {...button} variant="subtle" color="gray" leftSection={<IconPaperclip size={16} aria-hidden />}>
              {t('compose.attach')}
            </Button>
          )}
        </FileButton>
        <div className={classes.sending}>
          <NextState value={draft.nextState} onChange={(nextState) => setDraft({ ...draft, nextState })} />
          <Button
            disabled={!ready}
            loading={sending}
            leftSection={<IconSend size={16} aria-hidden />}
            rightSection={
              <span className={classes.wide}>
                <KeyHint keys={['mod', '↵']} />
              </span>
            }
            onClick={() => void send()}
          >
            {t('compose.send')}
          </Button>
        </div>
      </div>
    </section>
  );
}

interface NextStateProps {
  readonly value: TicketState | null;
  readonly onChange: (state: TicketState | null) => void;
}

const offered = ['open', 'waiting', 'solved', 'closed'] as const;

function NextState({ value, onChange }: NextStateProps) {
  const t = useText();
  return (
    <div className={classes.next}>
      <span className={classes.wide} aria-hidden>
        {t('compose.next-state')}
      </span>
      <Select
        w={150}
        value={value ?? ''}
        onChange={(chosen) => {
          const state = ticketStateSchema.safeParse(chosen);
          onChange(state.success ? state.data : null);
        }}
        allowDeselect={false}
        aria-label={t('compose.next-state')}
        data={[
          ...offered.map((state) => ({ value: state, label: t(`tickets.state.${state}`) })),
          { value: '', label: t('compose.next-state.keep') },
        ]}
      />
    </div>
  );
}
