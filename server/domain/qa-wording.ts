// The wordings QA listens for in what the AI, or the person who took over, says. Lines are folded (`foldLine`).

export const greeting =
  /\b(?:thank you for calling|thanks for calling|good (?:morning|afternoon|evening)|hello|hi\b|welcome to|this is \w+(?:[,.]| with| from| at| calling| and)|you've reached|you have reached|my name is|how can i help|how may i help)/
export const confirmsDetails =
  /\b(?:to confirm|let me confirm|just confirming|confirm (?:that|your|the)|please confirm|i have (?:you|your)|is that (?:correct|right|accurate)|did i get that right|that's (?:\d+|[\w ]+ (?:street|st|avenue|ave|road|rd|drive|lane|way|court)\b)|let me read (?:that|it) back|so that's|correct\?|right\?$)/
export const nextStep =
  /\b(?:next step|i(?:'ll| will| can|'ve| have)(?: \w+)? (?:book|schedule|send|text|email|transfer|connect|call|arrange|set up|put|get|have|check|note|reserve|forward|booked|scheduled|sent|reserved)|we(?:'ll| will| can)(?: \w+)? (?:send|come|be there|call|have|text|arrange|schedule|get)|(?:would|does) (?:you like (?:me|us) to|that work|tomorrow|thursday|\d)|(?:technician|crew|estimator|plumber|team) (?:will|can) (?:be|come|call|arrive)|you(?:'re| are) (?:booked|all set|scheduled|on the schedule)|is (?:booked|scheduled|confirmed))\b/
export const apology =
  /\b(?:sorry|apologi[sz]e|apologies|my apologies|i understand (?:how|why|your|that)|that must be|regret)\b/
export const closing =
  /\b(?:anything else|have a (?:great|good|nice|wonderful|lovely)|thank you for (?:calling|your)|thanks for (?:calling|your)|good ?bye|bye|take care|talk to you soon|see you)\b/
/** The customer says that what the AI understood is wrong. */
export const correction =
  /^\W*(?:no|nope|nah)\b[\s,.!]+(?:i (?:said|meant|asked|told)|that'?s not|it'?s not|not)|\bthat(?:'s| is)(?: not|n't) (?:right|correct|what i)|\bnot what i (?:said|asked|meant|want)/

/** Promises that bind the company: a compliance matter. */
export const forbidden: readonly { pattern: RegExp; issue: string }[] = [
  {
    pattern:
      /\b(?:guarantee(?:d)?|promise)\b[^.?!]{0,30}\b(?:price|cost|quote|rate|lowest|cheapest|amount)\b|\b(?:lowest|price|cheapest|best price)\b[^.?!]{0,20}\bguarantee(?:d)?\b/,
    issue: 'Promised a price',
  },
  {
    pattern:
      /\b(?:guarantee|promise)\b[^.?!]{0,30}\b(?:insurance|claim|covered|approve)|\binsurance will (?:definitely |certainly )?(?:cover|pay)\b/,
    issue: 'Promised what insurance decides',
  },
  {
    pattern: /\b(?:social security number|card number|cvv|security code|full card|bank account number)\b/,
    issue: 'Asked for payment or identity numbers',
  },
  { pattern: /\b(?:legal advice|you should sue|you could sue)\b/, issue: 'Gave legal advice' },
]
/** Phrases that make a customer angrier: a matter of manners. */
export const unwelcome: readonly { pattern: RegExp; issue: string }[] = [
  { pattern: /\bcalm down\b|\brelax\b(?=[,.!]|$)/, issue: 'Told the customer to calm down' },
  {
    pattern: /\b(?:not my (?:problem|job|fault|department)|that's your (?:problem|fault)|you should have)\b/,
    issue: 'Pushed the blame away',
  },
  {
    pattern: /\b(?:as i (?:already )?(?:said|told you)|like i said|i already told you)\b/,
    issue: 'Lectured the customer',
  },
  {
    pattern:
      /\b(?:stupid|idiot|idiotic|dumb|shut up|moron|damn|hell no|crap|bullshit|shit|fuck\w*|bitch|asshole)\b/,
    issue: 'Used rude words',
  },
]
