import { createConnection } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Resolves once a TCP connection to the port on loopback is taken; rejects when the signal aborts first. */
export async function waitForPort(port: number, signal: AbortSignal): Promise<void> {
  while (!(await accepts(port))) {
    signal.throwIfAborted();
    await pause(20, undefined, { signal });
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Resolves once a server speaks first: it serves. A port that takes connections may still belong to a process that is about to give up. */
export async function waitForGreeting(port: number, signal: AbortSignal): Promise<void> {
  while (!(await greets(port))) {
    signal.throwIfAborted();
    await pause(20, undefined, { signal });
  }
}

function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('data', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
