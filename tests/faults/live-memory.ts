import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The most that buffers of this process have held, of what is still in use, at the moments when it was looked at. */
export interface LiveMemory {
  look(): void;
  readonly growthMb: number;
}

export function watchLiveMemory(): LiveMemory {
  const held = (): number => {
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const before = held();
  let most = before;
  return {
    look() {
      most = Math.max(most, held());
    },
    get growthMb() {
      return (most - before) / 1024 / 1024;
    },
  };
}
