// What service callers say that a general word list misreads: their trade's words, and the ways they complain or praise.

/**
 * Words of the trade that name the job and not the mood: a caller who reports a leak is not angry about the call. Points
 * of the general word list are taken away from them.
 */
export const tradeWords: ReadonlySet<string> = new Set(
  (
    'accident alarm big block blocked brake break broke broken burst cancel clear collapsed cool crack ' +
    'cracked crash cut damage damaged damages dead died drop dropped emergency fail failed falling fire ' +
    'free hail hard hello help hi infested interested join leak leaked leave like loose lost matter ' +
    'missing no noisy ok pay please pressure problem problems reach repair rotten safe share shock solid ' +
    'sorry stop stopped stuck top trouble unavailable urgent want wants weird work worked working works ' +
    'yeah yes'
  ).split(' '),
)

export interface Phrase {
  pattern: RegExp
  /** Added to the line's points; the word list's scale, -5 to 5. */
  points: number
  /** Without one of these words the pattern cannot be found; a line that holds none of them is not searched for it. */
  cues: string
}

const complaints: readonly Phrase[] = [
  {
    pattern: /\b(?:second|third|fourth|fifth|2nd|3rd|4th|nth|umpteenth|hundredth) time\b/,
    points: -3,
    cues: 'time',
  },
  {
    pattern:
      /\b(?:twice|(?:two|three|four|five|several|many|so many|a hundred) times) (?:already|now|today)\b|\bover and over\b/,
    points: -3,
    cues: 'times twice over',
  },
  {
    pattern: /\bhow many times\b|\bhow (?:much )?longer\b|\bwhat(?:'s| is) taking\b/,
    points: -4,
    cues: 'times longer taking',
  },
  {
    pattern:
      /\b(?:already|just) (?:told|said|gave|explained|answered|asked)\b|\bkeep (?:asking|saying|telling|repeating|calling|getting|having to)\b/,
    points: -3,
    cues: 'told said gave explained answered asked keep',
  },
  {
    pattern:
      /\b(?:nobody|no one|no-one) (?:ever |even |has |had )?(?:show|showed|shows|shown|call|called|calls|came|come|answer|answers|answered|helps|told|cares|listens|turned|turns|picks|picked)\b|\bnever (?:show|showed|called|came|call|told|arrived|got a call)\b|\bno[- ]show\b/,
    points: -4,
    cues: 'nobody one never show',
  },
  {
    pattern:
      /\b(?:been|was|am|i'm) (?:waiting|on hold|sitting here)\b|\bwaited (?:all|for|over|two|three|an?)\b|\bon hold (?:for|forever)\b/,
    points: -3,
    cues: 'waiting hold sitting waited',
  },
  {
    pattern:
      /\bstill (?:not|no|isn't|doesn't|don't|hasn't|haven't|won't|leaking|leaks|broken|waiting|dripping)\b/,
    points: -2,
    cues: 'still',
  },
  {
    pattern: /\b(?:not|isn't|wasn't|is not|was not) (?:what i|the one i|why i)\b/,
    points: -3,
    cues: 'what one why',
  },
  {
    pattern:
      /\bthat(?:'s| is| was)(?: not|n't)(?: at all| quite)? (?:right|correct|it|true|good|okay|ok|acceptable|going to)\b|\b(?:not|isn't) (?:right|correct|good enough|acceptable)\b/,
    points: -3,
    cues: 'that right correct enough acceptable',
  },
  {
    pattern: /\b(?:that's|that is|you're|you are|you have it|it's|all) wrong\b|\bincorrect\b/,
    points: -1,
    cues: 'wrong incorrect',
  },
  { pattern: /^\W*(?:no|nope|nah|not)\b/, points: -0.9, cues: 'no nope nah not' },
  {
    pattern:
      /^\W*(?:no|nope|nah)\b[\s,.!]+(?:i (?:said|meant|asked|want|need|wanted|needed)|it'?s|that'?s|not|make it|the|actually|wait)\b/,
    points: -1,
    cues: 'no nope nah',
  },
  {
    pattern: /^\W*(?:no|not|nope|nothing)\b[\s\w,.']{0,12}\bthank(?:s| you)\b/,
    points: 1.2,
    cues: 'thank thanks',
  },
  {
    pattern:
      /\bare you (?:even |actually |really )?(?:listening|kidding|serious|deaf|stupid)\b|\bdo you (?:even )?(?:understand|listen|hear me)\b|\byou(?:'re| are) not (?:listening|hearing|understanding|helping)\b/,
    points: -4,
    cues: 'listening kidding serious deaf stupid understand listen hear hearing understanding helping',
  },
  {
    pattern: /\bforget (?:it|about it|the whole thing)\b|\bnever ?mind\b/,
    points: -2,
    cues: 'forget mind nevermind',
  },
  {
    pattern:
      /\b(?:call|find|hire|use|try|go (?:to|with)) (?:someone|somebody|somewhere|anyone) else\b|\btak(?:e|ing) my business\b/,
    points: -2,
    cues: 'else business',
  },
  {
    pattern:
      /\b(?:money back|refund|over ?charged|charged me (?:twice|double|for)|rip[- ]?off|ripped off|scam\w*|bbb|small claims|my lawyer|my attorney|sue you)\b/,
    points: -3,
    cues: 'money refund charged overcharged rip ripped ripoff scam bbb claims lawyer attorney sue',
  },
  { pattern: /\bbad review\b|\b(?:one|1)[- ]star\b/, points: -2, cues: 'review star' },
  {
    pattern: /\bi (?:do not|don't) have (?:the )?time\b|\b(?:wast(?:e|ing) (?:of )?(?:my )?time)\b/,
    points: -3,
    cues: 'time',
  },
  { pattern: /\b(?:a|complete|total|absolute|some kind of) joke\b/, points: -5, cues: 'joke' },
  {
    pattern:
      /\bfed up\b|\bsick (?:of|and tired)\b|\btired of\b|\bhad enough\b|\blast straw\b|\benough (?:is enough|already)\b|\bcan'?t (?:believe|stand)\b/,
    points: -4,
    cues: 'fed sick tired enough straw believe stand',
  },
  {
    pattern:
      /\bunacceptable\b|\bridiculous\b|\boutrageous\b|\bunbelievable\b|\bincompetent\b|\bunprofessional\b|\bnonsense\b/,
    points: -2,
    cues: 'unacceptable ridiculous outrageous unbelievable incompetent unprofessional nonsense',
  },
  {
    pattern:
      /\b(?:speak|talk) (?:to|with) (?:a |your |the )?(?:manager|supervisor)\b|\bget me (?:a|your|the) (?:manager|supervisor|human|person)\b/,
    points: -2,
    cues: 'manager supervisor human person',
  },
  {
    pattern: /\bnot (?:paying|going to pay)\b|\b(?:too|so|way too) (?:expensive|long|much|slow)\b/,
    points: -2,
    cues: 'paying pay expensive long much slow',
  },
  {
    pattern:
      /\bleft a mess\b|\bmade (?:it|things) worse\b|\b(?:doesn't|does not|didn't|did not) (?:work|help|fix|listen|show)\b/,
    points: -2,
    cues: 'mess worse work help fix listen show',
  },
  {
    pattern:
      /\b(?:try again|something else|anything else|any others?|other options?|different one|another one)\b/,
    points: -0.6,
    cues: 'again else other others different another',
  },
]

const praise: readonly Phrase[] = [
  {
    pattern: /\b(?:sounds|works|looks) (?:good|great|perfect|fine|for me)\b|\bthat works\b/,
    points: 2,
    cues: 'sounds works looks',
  },
  { pattern: /\bso much\b|\ba lot\b.*\bthank|\bthank\w*\b.*\ba lot\b/, points: 0.5, cues: 'much lot' },
  {
    pattern: /\blife ?saver\b|\bmade my day\b|\byou(?:'re| are) the best\b|\bthat was (?:easy|quick|fast)\b/,
    points: 3,
    cues: 'saver lifesaver day best easy quick fast',
  },
  { pattern: /\bno (?:problem|worries|trouble)\b/, points: 2, cues: 'problem worries trouble' },
  {
    pattern: /\b(?:that's|that is|you're|all) (?:right|correct|it)\b|\bexactly\b|\bcorrect\b/,
    points: 0.8,
    cues: 'right correct it exactly',
  },
  { pattern: /\bnot bad\b/, points: 1, cues: 'bad' },
  { pattern: /\bgot my business\b|\bcall you (?:guys )?again\b/, points: 2, cues: 'business again' },
  { pattern: /^\W*(?:yes|yeah|yep|sure|okay|ok)\b/, points: 0.4, cues: 'yes yeah yep sure okay ok' },
]

export const servicePhrases: readonly Phrase[] = [...complaints, ...praise]

const isWordCode = (code: number) => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95

/** Words are told apart by numbers made of their letters, for a line is looked through without a copy of each word. */
const slots = 4096
const mixed = (number: number, code: number) => (Math.imul(number, 31) + code) & 0xffffff

function numberOf(word: string): number {
  let number = 0
  for (let at = 0; at < word.length; at++) number = mixed(number, word.charCodeAt(at))
  return number
}

/** Places in `servicePhrases` by the slots of their cues. Words that share a slot are searched for too often, never too rarely. */
const bySlot: (number[] | undefined)[] = Array.from({ length: slots }, () => undefined)
for (const [index, { cues }] of servicePhrases.entries())
  for (const cue of cues.split(' ')) {
    const slot = numberOf(cue) % slots
    bySlot[slot] = [...(bySlot[slot] ?? []), index]
  }

/** The one cue that may go on with any letters. */
const openCue = 'scam'
const openSlot = numberOf(openCue)

/** Of each phrase whether the line is searched for it; used for one line after the other. */
const wanted = new Uint8Array(servicePhrases.length)

/** Marks phrases of which a cue may stand in the folded line; false when there is none. */
function markWanted(folded: string): boolean {
  let isAny = false
  for (let at = 0; at < folded.length; at++) {
    let number = 0
    let isOpen = false
    let length = 0
    for (; at < folded.length; at++) {
      const code = folded.charCodeAt(at)
      if (!isWordCode(code)) break
      number = mixed(number, code)
      if (++length === openCue.length && number === openSlot) isOpen = true
    }
    if (length === 0) continue
    const found = bySlot[(isOpen ? openSlot : number) % slots]
    if (!found) continue
    if (!isAny) wanted.fill(0)
    isAny = true
    for (const index of found) wanted[index] = 1
  }
  return isAny
}

/** The sum of the points of the phrases that are in the line. Pure. */
export function phrasePoints(text: string): number {
  const folded = text.toLowerCase().replaceAll('’', "'")
  if (!markWanted(folded)) return 0
  let points = 0
  for (const [index, phrase] of servicePhrases.entries())
    if (wanted[index] === 1 && phrase.pattern.test(folded)) points += phrase.points
  return points
}
