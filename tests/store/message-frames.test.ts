import { describe, expect, test } from 'vitest';
import { createFrameReader, toFrame } from '../../src-main/store/message-frames.ts';

const shared = Uint8Array.from({ length: 300 }, (_none, at) => at);
const messages = [
  {
    kind: 'call',
    id: 1,
    name: 'letters.store',
    input: { letters: [{ raw: shared.subarray(10, 250) }, { raw: shared }] },
  },
  { kind: 'cancel', id: 1 },
  {
    kind: 'call',
    id: 2,
    name: 'letters.setUnread',
    input: { unread: Uint32Array.of(1, 4_294_967_295), none: new Uint8Array() },
  },
  { kind: 'call', id: 3, name: 'settings.get', input: undefined },
];
const stream = Buffer.concat(messages.flatMap((message) => toFrame(message)));

function read(chunks: readonly Uint8Array[]): unknown[] {
  const read: unknown[] = [];
  const take = createFrameReader((message) => read.push(message));
  for (const chunk of chunks) take(chunk);
  return read;
}

describe('messages on a stream of bytes', () => {
  test('come as they were sent, in their order', () => {
    expect(read([stream])).toEqual(messages);
  });

  test.each([1, 2, 3, 7, 64, 255])('come the same when the stream is cut every %i bytes', (size) => {
    const chunks = Array.from({ length: Math.ceil(stream.byteLength / size) }, (_none, at) =>
      stream.subarray(at * size, (at + 1) * size),
    );
    expect(read(chunks)).toEqual(messages);
  });

  test('are not told before their last byte is there', () => {
    const whole = Buffer.concat(toFrame(messages[0]));
    expect(read([whole.subarray(0, -1)])).toEqual([]);
    expect(read([whole])).toEqual([messages[0]]);
  });

  test('give each array a buffer of its own, which can be given away', () => {
    const [message] = read([stream]) as [{ input: { letters: { raw: Uint8Array }[] } }];
    for (const { raw } of message.input.letters) expect(raw.buffer.byteLength).toBe(raw.byteLength);
  });

  test('are sent without copies of their arrays', () => {
    expect(toFrame(messages[0]).at(-1)?.buffer).toBe(shared.buffer);
  });

  test('of which an array is neither of bytes nor of words are refused', () => {
    expect(() => toFrame({ sizes: Float64Array.of(1) })).toThrow(TypeError);
  });
});
