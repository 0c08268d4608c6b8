import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { AppError } from '../../src-shared/errors/errors.ts';

export interface ProfileLock {
  /** Another console was started on this profile and left again: time to show the window. */
  onKnock(listener: () => void): void;
  release(): Promise<void>;
}

/**
 * One console for one profile: whoever listens on the profile's socket has it. The system ends the listening with the process, so a crash leaves
 * nothing to clean up. Throws `profile.in-use` and lets the other console know.
 */
export async function lockProfile(socketPath: string, profile: string): Promise<ProfileLock> {
  const knocks: (() => void)[] = [];
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.end();
    for (const listener of knocks) listener();
  });
  if (!(await tryListen(server, socketPath))) {
    if (await answers(socketPath)) throw new AppError('profile.in-use', { profile });
    // A socket file without a listener (macOS keeps it after a crash).
    await unlink(socketPath).catch(() => undefined);
    if (!(await tryListen(server, socketPath))) throw new AppError('profile.in-use', { profile });
  }
  // The lock alone must not keep a process alive.
  server.unref();
  return {
    onKnock: (listener) => void knocks.push(listener),
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function tryListen(server: Server, socketPath: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    };
    server.once('error', failed);
    server.listen(socketPath, () => {
      server.off('error', failed);
      resolve(true);
    });
  });
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
