import type { Page } from '@playwright/test';
import type { AppContract } from '../../src-shared/contract/contract.ts';
import type { Input, MethodName, Output } from '../../src-shared/contract/define-contract.ts';
import type { Answer, Question } from '../../src-shared/contract/envelope.ts';

interface Bridge {
  send(question: Question): void;
  onAnswer(listener: (answer: Answer) => void): () => void;
}

/** One call of the page's own contract, out of a test: to set things up and to read back what the window shows. */
export function callConsole<N extends MethodName<AppContract>>(
  page: Page,
  name: N,
  input: Input<AppContract, N>,
): Promise<Output<AppContract, N>> {
  const asked = page.evaluate(
    ([method, argument]) =>
      new Promise((resolve, reject) => {
        const { mailroom } = globalThis as unknown as { readonly mailroom: Bridge };
        // Far from the ids that the page itself counts up.
        const id = 1_000_000_000 + Math.floor(Math.random() * 1_000_000_000);
        const stop = mailroom.onAnswer((answer) => {
          if (answer.kind === 'event' || answer.id !== id) return;
          stop();
          if (answer.kind === 'value') resolve(answer.value);
          else reject(new Error(answer.error.code));
        });
        mailroom.send({ kind: 'call', id, name: method as string, input: argument });
      }),
    [name, input] as const,
  );
  return asked as Promise<Output<AppContract, N>>;
}
