import { contextBridge, ipcRenderer } from 'electron';
import type { Answer, Question } from '../../src-shared/contract/envelope.ts';
import { answerChannel, questionChannel } from '../ipc/channels.ts';

// Exactly two functions, and no event object passes through: the page gets data, never a part of Electron.
contextBridge.exposeInMainWorld('mailroom', {
  send(question: Question): void {
    ipcRenderer.send(questionChannel, question);
  },
  onAnswer(listener: (answer: Answer) => void): () => void {
    const pass = (_event: unknown, answer: Answer) => listener(answer);
    ipcRenderer.on(answerChannel, pass);
    return () => {
      ipcRenderer.off(answerChannel, pass);
    };
  },
});
