import { expect, test } from 'vitest'
import { type CandidateArticle, rankArticles, tellingLexemes } from '#server/domain/rank-articles.ts'

const article = (id: number, title: string, text: string): CandidateArticle => ({
  id,
  titleLexemes: title.split(' '),
  lexemes: [...title.split(' '), ...text.split(' ')],
})
const burst = article(1, 'burst pipe water', 'valv meter street outlet')
const heater = article(2, 'water heater leak', 'pilot valv tank')
const bill = article(3, 'water bill toilet', 'meter flapper leak')
const brake = article(4, 'brake grind squeal', 'rotor pad pedal')
const all = [burst, heater, bill, brake]
const line = (id: number, text: string) => ({ id, lexemes: text.split(' ') })
const ranked = (...lines: ReturnType<typeof line>[]) => rankArticles(lines, all, 30)

test.each([
  ['a title that was said', [line(1, 'pipe burst basement')], [1]],
  ['two rare words of a text', [line(1, 'rotor pedal')], [4]],
  ['what people say on every call', [line(1, 'want know name number today pleas')], []],
  ['one word of a text alone', [line(1, 'outlet')], []],
  ['nothing', [], []],
])('articles for %s', (_, lines, ids) => {
  expect(ranked(...lines).map(({ id }) => id)).toEqual(ids)
})

test('what was said last outweighs what was said before', () => {
  const before = line(1, 'pipe burst')
  const after = line(9, 'heater tank')
  expect(ranked(before, line(3, 'x'), line(5, 'y'), after)[0]?.id).toBe(2)
  expect(ranked(after, line(13, 'x'), line(15, 'y'), { ...before, id: 19 })[0]?.id).toBe(1)
})

test('a word that few articles hold outweighs one that many hold', () => {
  const [first, ...others] = ranked(line(1, 'water heater'))
  expect([first?.id, first?.lexemes]).toEqual([2, ['heater', 'water']])
  expect(others.every(({ score }) => score < (first?.score ?? 0))).toBe(true)
})

test('an article names the newest line it fits', () => {
  expect(ranked(line(4, 'heater'), line(7, 'tank'), line(8, 'nothing els'))[0]?.lineId).toBe(7)
})

test('equal articles keep an order that does not change', () => {
  const twins = [article(8, 'gutter guard', 'leaf'), article(5, 'gutter guard', 'leaf')]
  expect(rankArticles([line(1, 'gutter guard')], twins, 30).map(({ id }) => id)).toEqual([5, 8])
})

test('only plain words are looked for, each once', () => {
  expect(tellingLexemes(['leak', 'leak', "o'brien", 'x.com', '7', '42', 'yes', 'roof'])).toEqual([
    'leak',
    'roof',
  ])
})
