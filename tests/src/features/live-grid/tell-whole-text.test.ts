// The tip of what is cut is on what the pointer is on, and says what stands there now.
import { beforeEach, expect, test } from 'vitest'
import { tellWholeText } from '#src/features/live-grid/tell-whole-text.ts'

let canvas: HTMLElement
let stop: () => void
beforeEach(() => {
  document.body.innerHTML = `<div id="canvas">
    <b class="clip" id="name">A name</b>
    <i class="clip" id="said"><em>Caller</em><bdi>It leaks in the kitchen!</bdi></i>
    <span role="img" aria-label="Mood −0.4, negative" id="mood"><span id="glyph">▼</span></span>
    <u id="plain">plain</u>
  </div>`
  canvas = at('canvas')
  stop = tellWholeText(canvas)
})

const at = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
const point = (target: Element, type = 'pointerover') =>
  target.dispatchEvent(new Event(type, { bubbles: true }))
/** This environment lays nothing out: what is cut is said here. */
const cut = (element: Element) => Object.defineProperty(element, 'scrollWidth', { value: 90_000 })
const tips = () => [...document.querySelectorAll('[title]')].map((element) => (element as HTMLElement).title)

test('a text that is cut tells the whole of it, without who said it', () => {
  cut(at('said').querySelector('bdi') as Element)
  point(at('said').querySelector('bdi') as Element)
  expect(at('said').title).toBe('It leaks in the kitchen!')
})

test('a text that is all there needs no tip', () => {
  point(at('name'))
  expect(tips()).toEqual([])
})

test('a mood is told in words', () => {
  point(at('glyph'))
  expect(at('mood').title).toBe('Mood −0.4, negative')
})

test('what changes under the pointer is told as it is now', () => {
  const said = at('said').querySelector('bdi') as HTMLElement
  cut(said)
  point(said)
  said.textContent = 'Never mind.'
  point(said, 'pointermove')
  expect(tips()).toEqual(['Never mind.'])
})

test('only what the pointer is on has a tip, and nothing once it has left or the board is gone', () => {
  cut(at('name'))
  point(at('name'))
  point(at('mood'))
  expect(tips()).toEqual(['Mood −0.4, negative'])
  point(at('plain'))
  expect(tips()).toEqual([])
  point(at('mood'))
  canvas.dispatchEvent(new Event('pointerleave'))
  expect(tips()).toEqual([])
  point(at('mood'))
  stop()
  expect(tips()).toEqual([])
})
