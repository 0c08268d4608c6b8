import { ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { Answer, Question, ServerPipe } from '../../src-shared/contract/envelope.ts';
import type { Logger } from '../logs/logs.ts';
import { answerChannel, questionChannel } from './channels.ts';
import { maySpeak, trustWindow } from './trusted-windows.electron.ts';

const questionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('call'), id: z.number().int(), name: z.string().max(100), input: z.unknown() }),
  z.object({ kind: z.literal('cancel'), id: z.number().int() }),
]);

/** The only file of the main process that touches raw IPC: a window as a pipe, with its sender checked at every message. */
export function windowPipe(contents: WebContents, log: Logger): ServerPipe {
  trustWindow(contents);
  return {
    send(answer: Answer) {
      if (!contents.isDestroyed()) contents.send(answerChannel, answer);
    },
    onMessage(listener) {
      const receive = (event: Electron.IpcMainEvent, question: unknown) => {
        if (event.sender !== contents) return;
        const parsed = questionSchema.safeParse(question);
        if (!maySpeak(event.sender, event.senderFrame) || !parsed.success) {
          log.warn('message of a stranger refused');
          return;
        }
        listener(parsed.data as Question);
      };
      ipcMain.on(questionChannel, receive);
      contents.once('destroyed', () => ipcMain.off(questionChannel, receive));
    },
    onClose(listener) {
      contents.once('destroyed', listener);
    },
  };
}
