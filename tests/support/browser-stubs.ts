// What jsdom lacks and the screens ask for: media queries and scrolling.

Object.defineProperty(window, 'matchMedia', {
  configurable: true,
  value: (query: string) => ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener() {},
    removeEventListener() {},
    addListener() {},
    removeListener() {},
    dispatchEvent: () => false,
  }),
})
class NoResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
Object.defineProperty(window, 'ResizeObserver', { configurable: true, value: NoResizeObserver })
Object.defineProperty(Element.prototype, 'scrollTo', { configurable: true, value() {} })
Object.defineProperty(Element.prototype, 'scrollIntoView', { configurable: true, value() {} })
if (!('CSS' in globalThis) || !globalThis.CSS.escape)
  Object.defineProperty(globalThis, 'CSS', { configurable: true, value: { escape: (text: string) => text } })
