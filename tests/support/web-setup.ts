// jsdom has no layout: give every element a size, so that virtual lists render rows.
import '@testing-library/jest-dom/vitest'

for (const [property, value] of [
  ['clientHeight', 480],
  ['clientWidth', 1280],
] as const)
  Object.defineProperty(Element.prototype, property, { configurable: true, get: () => value })
