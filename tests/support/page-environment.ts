import '@testing-library/jest-dom/vitest';
import { notifications } from '@mantine/notifications';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

// Screens are loaded when they are first opened; on a busy machine that takes longer than the library's second.
configure({ asyncUtilTimeout: 10_000 });
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  cleanup();
  // Notices live outside of the page's tree.
  notifications.clean();
  window.localStorage.clear();
});

// Mantine and the virtual lists ask for these; jsdom lays nothing out and has none of them.
Object.defineProperty(window, 'matchMedia', {
  value: (media: string) => ({
    matches: false,
    media,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }),
});
class NoResize implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
window.ResizeObserver = NoResize;
window.scrollTo = () => undefined;
window.HTMLElement.prototype.scrollIntoView = () => undefined;
Object.defineProperty(document, 'fonts', { value: { addEventListener() {}, removeEventListener() {} } });
// What comes over a pipe is copied by Node, whose arrays are others than jsdom's of the same name.
window.Uint8Array = structuredClone(new Uint8Array()).constructor as Uint8ArrayConstructor;
