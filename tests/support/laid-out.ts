const sizes = { clientWidth: 800, clientHeight: 600, offsetWidth: 800, offsetHeight: 600 };

/**
 * Gives every element a size: jsdom lays nothing out, and a list without a height shows no rows.
 * Returns the function that takes it away again.
 */
export function layOut(): () => void {
  const proto = HTMLElement.prototype;
  const own = Object.keys(sizes).map((name) => [name, Object.getOwnPropertyDescriptor(proto, name)] as const);
  for (const [name, value] of Object.entries(sizes)) {
    Object.defineProperty(proto, name, { configurable: true, get: () => value });
  }
  return () => {
    for (const [name, descriptor] of own) {
      if (descriptor) Object.defineProperty(proto, name, descriptor);
      else Reflect.deleteProperty(proto, name);
    }
  };
}
