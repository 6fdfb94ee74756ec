// Which articles fit what a caller just said: rare words count more than common ones, and new lines more than old ones. Pure.

/** A line of the caller as the words' stems that the database makes of it. */
export interface SpokenLine {
  id: number
  lexemes: readonly string[]
}

export interface CandidateArticle {
  id: number
  lexemes: readonly string[]
  titleLexemes: readonly string[]
}

export interface RankedArticle {
  id: number
  score: number
  /** The stems it was found by, heaviest first. */
  lexemes: string[]
  /** The newest line that holds one of them. */
  lineId: number
}

/** Stems that people say on every call, whatever it is about. */
const noise = new Set(
  (
    'abl actual address ahead afternoon ago ah also alright alreadi alway anoth answer anybodi anyon anyth appreci ask away back bad ' +
    'bit bye call caller came check come could day done either els even ever everi exact fine first friday full gave get ' +
    'give go goe god good got great guess guy happen hello help hey hi hold honest hope hour idea just keep kind know last later ' +
    'let like littl look lot make mani mayb mean mine minut monday month morn much name need never new next nice no noth ' +
    'number ok okay old one over peopl person phone place pleas pretti probabl put question quick realli right said saturday say ' +
    'see seem send shall sir someon someth soon sorri sound speak still stop sunday sure take talk tell thank that thing think ' +
    'thought thursday time today told tomorrow tonight tri tuesday two three four five use us wait want way wednesday week well ' +
    'went will wonder word work would wow wrong yeah year yep yes yesterday ' +
    'company hous home'
  ).split(' '),
)

/** Stems worth looking for: plain words and numbers of two digits and more that are not said on every call. */
export function tellingLexemes(line: readonly string[]): string[] {
  return [...new Set(line)].filter((lexeme) => /^[a-z][a-z0-9]+$/.test(lexeme) && !noise.has(lexeme))
}

/** What an article found by title weighs more than one found in its text. */
const titleFactor = 2
/** A line weighs this much of the next one that any article speaks of: small talk between them counts for nothing. */
const lineDecay = 0.7
/** Below this an article is a guess. */
const leastScore = 2.4

/**
 * Ranks articles against lines (oldest first). `total` is the number of articles that were looked through: a word that few of
 * them hold says more. Articles that fit by one word of their text alone, or hardly, are left out.
 */
export function rankArticles(
  lines: readonly SpokenLine[],
  candidates: readonly CandidateArticle[],
  total: number,
): RankedArticle[] {
  const heard = new Map<string, { weight: number; lineId: number }>()
  const written = new Set(candidates.flatMap(({ lexemes }) => lexemes))
  const useful = lines.filter(({ lexemes }) => tellingLexemes(lexemes).some((one) => written.has(one)))
  useful.forEach(({ id, lexemes }, index) => {
    const weight = lineDecay ** (useful.length - 1 - index)
    for (const lexeme of tellingLexemes(lexemes)) heard.set(lexeme, { weight, lineId: id })
  })
  const holders = new Map<string, number>()
  for (const { lexemes } of candidates)
    for (const lexeme of new Set(lexemes))
      if (heard.has(lexeme)) holders.set(lexeme, (holders.get(lexeme) ?? 0) + 1)
  return candidates
    .flatMap(({ id, lexemes, titleLexemes }): RankedArticle[] => {
      const inTitle = new Set(titleLexemes)
      const found = [...new Set(lexemes)]
        .flatMap((lexeme) => {
          const said = heard.get(lexeme)
          if (!said) return []
          const rarity = Math.log(1 + total / (holders.get(lexeme) ?? 1))
          const score = rarity * said.weight * (inTitle.has(lexeme) ? titleFactor : 1)
          return [{ lexeme, score, lineId: said.lineId }]
        })
        .sort((a, b) => b.score - a.score || a.lexeme.localeCompare(b.lexeme))
      const score = found.reduce((sum, word) => sum + word.score, 0)
      const isByChance = found.length < 2 && !found.some(({ lexeme }) => inTitle.has(lexeme))
      if (isByChance || score < leastScore) return []
      return [
        {
          id,
          score: Math.round(score * 100) / 100,
          lexemes: found.map(({ lexeme }) => lexeme),
          lineId: Math.max(...found.map(({ lineId }) => lineId)),
        },
      ]
    })
    .sort((a, b) => b.score - a.score || a.id - b.id)
}
