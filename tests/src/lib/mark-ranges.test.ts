import { expect, test } from 'vitest'
import { markRanges } from '#src/lib/mark-ranges.ts'

const marked = (text: string, search: string, keywords: string[] = []) =>
  markRanges(text, search, keywords).map(({ from, to, kind }) => `${kind}:${text.slice(from, to)}`)

test.each<[string, string, string, string[], string[]]>([
  ['nothing is looked for', 'Call my lawyer', '', [], []],
  [
    'the search, whatever its case and wherever it stands',
    'Roof, ROOFER, proof',
    ' roof ',
    [],
    ['search:Roof', 'search:ROOF', 'search:roof'],
  ],
  [
    'a keyword only as a whole word',
    'A gas smell, a gas smelly thing',
    '',
    ['gas smell'],
    ['keyword:gas smell'],
  ],
  [
    'a keyword beside punctuation and at the ends',
    'Lawyer? My lawyer',
    '',
    ['lawyer'],
    ['keyword:Lawyer', 'keyword:lawyer'],
  ],
  ['the search where a keyword stands too', 'my lawyer said', 'law', ['lawyer'], ['search:law']],
  [
    'the longer of two keywords',
    'insurance fraud',
    '',
    ['insurance', 'insurance fraud'],
    ['keyword:insurance fraud'],
  ],
  ['keywords of nothing', 'a b', '', ['', '  '], []],
  ['nothing in a text whose letters change their length', 'İ lawyer', 'lawyer', ['lawyer'], []],
])('%s', (_, text, search, keywords, expected) => {
  expect(marked(text, search, keywords)).toEqual(expected)
})
