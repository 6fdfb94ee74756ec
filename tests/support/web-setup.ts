// jsdom has no layout: give every element a size, so that virtual lists render rows.
import '@testing-library/jest-dom/vitest'
import { afterEach } from 'vitest'

for (const [property, value] of [
  ['clientHeight', 480],
  ['clientWidth', 1280],
] as const)
  Object.defineProperty(Element.prototype, property, { configurable: true, get: () => value })

// What one test's person wrote and did not send is not found by the next.
afterEach(() => sessionStorage.clear())
