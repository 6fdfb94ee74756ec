import { expect, test } from 'vitest'
import { fit, plain, typedWords, wordFit } from '#src/lib/fuzzy.ts'

test.each([
  ['the begin of the text', 'mari', 'marisol trevino', 100],
  ['the begin of a word', 'trev', 'marisol trevino', 90],
  ['the inside of a word', 'vino', 'marisol trevino', 60],
  ['letters that are not there', 'xyz', 'marisol trevino', 0],
])('%s', (_, word, text, score) => expect(wordFit(word, text)).toBe(score))

test('letters in their order fit, less the more they are scattered, and not over half the text', () => {
  expect(wordFit('mrsl', 'marisol trevino')).toBeGreaterThan(0)
  expect(wordFit('mrsl', 'marisol')).toBeGreaterThan(wordFit('mtv', 'marisol trevino'))
  expect(wordFit('msg', 'many a sentence about something large')).toBe(0)
})

test('every word has to be somewhere', () => {
  expect(fit(['mari', 'roof'], ['marisol trevino', 'summit roofing'])).toBeGreaterThan(0)
  expect(fit(['mari', 'plumb'], ['marisol trevino', 'summit roofing'])).toBe(0)
})

test('case and accents make no difference', () => {
  expect(plain('Zoë Ñandú')).toBe('zoe nandu')
  expect(typedWords('  José  M ')).toEqual(['jose', 'm'])
})
