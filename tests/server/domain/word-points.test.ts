import winkSentiment from 'wink-sentiment'
import pairList from 'wink-sentiment/src/afinn-en-165-2grams.js'
import wordList from 'wink-sentiment/src/afinn-en-165.js'
import { expect, test } from 'vitest'
import { tradeWords } from '#server/domain/service-phrases.ts'
import { wordPoints } from '#server/domain/word-points.ts'

/** Numbers 0–1 that are the same in every run. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

const byLibrary = (text: string) => {
  let points = 0
  for (const { value, score } of winkSentiment(text.replace(/(\S{50})\S+/g, '$1 ')).tokenizedPhrase ?? [])
    if (score !== undefined && !tradeWords.has(value.toLowerCase())) points += score
  return points
}

const words = [
  ...Object.keys(wordList),
  ...Object.entries(pairList).flatMap(([first, next]) =>
    Object.keys(next).map((second) => `${first} ${second}`),
  ),
  ...'the a my customers house it is was not never no none very so I you'.split(' '),
  ...`can't Can't CAN'T don't isn't won't I'm we'll they've it's John's customers' o'clock rock'n'roll 'tis d'`.split(
    ' ',
  ),
  ...`dont cant arent $5 8:30 3 pm 9 a.m. 1st 50% :) :-( ;) <3 #fail @me a@b.com http://x.io/good 😀 résumé don’t`.split(
    ' ',
  ),
]
const marks = [
  ' ',
  ' ',
  ' ',
  ' ',
  ' ',
  '  ',
  ', ',
  '. ',
  '! ',
  '? ',
  ' - ',
  '-',
  '--',
  '/',
  ' & ',
  '…',
  '" ',
  " '",
  '(',
  ') ',
  '\n',
  ';',
  ': ',
]

test('a line’s words have the points that the library gives them, whatever stands between them', () => {
  const draw = draws(7)
  const pick = (list: readonly string[]) => list[Math.floor(draw() * list.length)] ?? ''
  const odd: string[] = []
  for (let round = 0; round < 6000; round++) {
    let text = ''
    for (let count = 1 + Math.floor(draw() * 14); count > 0; count--) {
      const word = pick(words)
      text += (draw() < 0.15 ? word.toUpperCase() : word) + pick(marks)
    }
    if (wordPoints(text) !== byLibrary(text)) odd.push(text)
  }
  expect(odd).toEqual([])
})

test('a run without spaces counts as far as a word can be long', () => {
  for (const text of ['good,'.repeat(30), `${'x'.repeat(49)}bad news`, `${'a'.repeat(60)} terrible`])
    expect(wordPoints(text)).toBe(byLibrary(text))
})

test('names that every object of the language has are words like others', () => {
  expect(wordPoints('The constructor came, and the constructor was great')).toBe(3)
  expect(wordPoints('1 constructor came: great')).toBe(3)
})
