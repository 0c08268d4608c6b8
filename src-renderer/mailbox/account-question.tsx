import { Button, Stack, Text } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useText } from '../i18n/i18n.tsx';
import classes from './account-question.module.css';

export interface AccountQuestionProps {
  readonly account: string;
  readonly address: string;
  /** Who was to sign in for the mailbox; empty: the mailbox itself. */
  readonly expected: string;
  /** Null: no sign-in of this provider opens another's mailbox. */
  readonly onShared: (() => void) | null;
  /** The provider has to allow shared mailboxes first. */
  readonly asksAgain: boolean;
  readonly onSame: () => void;
  readonly onAnew: () => void;
}

/** Another account came back from the browser than was expected: before anything is kept, a person says what that means. */
export function AccountQuestion(props: AccountQuestionProps) {
  const { account, address, expected, onShared, asksAgain, onSame, onAnew } = props;
  const t = useText();
  const [title, text] = [useId(), useId()];
  const box = useRef<HTMLDivElement>(null);
  // The button that was waited at is gone; whoever comes back from the browser hears the question, and its answers are next.
  useEffect(() => box.current?.focus(), []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields.
    <div
      ref={box}
      role="group"
      tabIndex={-1}
      data-autofocus
      aria-labelledby={title}
      aria-describedby={text}
      className={classes.question}
    >
      <Text id={title} fz={13} fw={500}>
        {expected === ''
          ? t('providerSignIn.another', { account, address })
          : t('providerSignIn.anotherFor', { account, address, expected })}
      </Text>
      <Text id={text} fz={13} c="dimmed">
        {t('providerSignIn.anotherHint')} {onShared && asksAgain && t('providerSignIn.anotherAsks')}
      </Text>
      <Stack gap="xs" align="flex-start">
        {onShared && (
          <Button size="xs" variant="light" onClick={onShared}>
            {t('providerSignIn.anotherShared', { account, address })}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={onSame}>
          {t('providerSignIn.anotherSame')}
        </Button>
        <Button size="xs" variant="default" onClick={onAnew}>
          {t('providerSignIn.anotherAnew')}
        </Button>
      </Stack>
    </div>
  );
}
