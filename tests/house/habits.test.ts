// Proves that the habits of the house are held: promises, hooks, words to the console, names, lengths.
import { type Snippet, testSnippets } from './snippets.ts'

const snippets: Snippet[] = [
  {
    name: 'a promise nobody waits for',
    file: 'server/http/za.ts',
    text: 'const save = () => Promise.resolve(1)\nexport function act() {\n  save()\n}\n',
    bites: 'typescript(no-floating-promises)',
  },
  {
    name: 'a switch that forgets a case',
    file: 'src/lib/zb.ts',
    text: "export function word(kind: 'a' | 'b') {\n  switch (kind) {\n    case 'a':\n      return 1\n  }\n  return 2\n}\n",
    bites: 'typescript(switch-exhaustiveness-check)',
  },
  {
    name: 'any',
    file: 'src/lib/zc.ts',
    text: 'export const loose = (value: any): unknown => value\n',
    bites: 'typescript(no-explicit-any)',
  },
  {
    name: 'a hook under a condition',
    file: 'src/ui/zd.ts',
    text: "import { useState } from 'react'\nexport function useMaybe(on: boolean) {\n  if (on) return useState(0)\n  return null\n}\n",
    bites: 'react-hooks(rules-of-hooks)',
  },
  {
    name: 'an effect that forgets what it reads',
    file: 'src/ui/ze.ts',
    text: "import { useEffect } from 'react'\nexport function useTitle(title: string) {\n  useEffect(() => {\n    document.title = title\n  }, [])\n}\n",
    bites: 'react-hooks(exhaustive-deps)',
  },
  {
    name: 'a picture without words',
    file: 'src/ui/zf.tsx',
    text: 'export const Picture = () => <img src="a.png" />\n',
    bites: 'jsx-a11y(alt-text)',
  },
  {
    name: 'a word to the console',
    file: 'server/http/zg.ts',
    text: "console.log('hello')\n",
    bites: 'eslint(no-console)',
  },
  {
    name: 'a default export',
    file: 'src/lib/zh.ts',
    text: 'export default 1\n',
    bites: 'import(no-default-export)',
  },
  {
    name: 'a file name in another case',
    file: 'src/lib/BadName.ts',
    text: 'export const named = 1\n',
    bites: 'unicorn(filename-case)',
  },
  {
    name: 'a file of 301 lines',
    file: 'src/lib/zi.ts',
    text: `export const long = [\n${'  1,\n'.repeat(299)}]\n`,
    bites: 'eslint(max-lines)',
  },
]

testSnippets(snippets)
