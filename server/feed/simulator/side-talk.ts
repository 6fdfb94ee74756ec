// Small detours that give a call its length: questions beside the point, small talk, a wait with music.
import { parseParts } from '#server/feed/simulator/parse-script.ts'
import type { BusinessKind, Step } from '#server/feed/simulator/scenario.ts'

const parts = parseParts(`
## any
C: {Oh, and do|By the way, do} you take credit cards?
A: We take all major cards, checks, and {bank transfer|Zelle}.
C: {Good to know.|Okay, great.}
## any
A: {While that loads|While I have you}, how did you hear about us?
C: {My neighbor recommended you.|I saw one of your trucks.|Found you online.|We used you years ago.|My sister-in-law swears by you.}
A: {That's great to hear.|Always nice to know.}
## any
C: {Sorry, hold on, my kid is yelling.|One second, somebody's at the door.|Hang on, let me turn off the TV.}
. 9
C: {Okay, I'm back.|Sorry about that. Where were we?}
A: {No problem at all.|No rush.}
## any
C: Do you guys offer {a senior|a military|a first responder} discount?
A: Yes, {percent} percent off labor. {I'll add a note so it's applied.|Just mention it to {tech}.}
C: {Oh nice, thank you.|That helps.}
## any
C: {How long have you been in business?|Are you a local company?}
A: We've been {in {city}|around San Antonio} for over {twenty|twenty-five|thirty} years, {family owned|same owners the whole time}.
C: {I like that.|Okay, good.}
## any
A: Do you have any pets {we should know about|at home}?
C: {Two dogs, I'll put them in the back.|Just a cat, she hides.|No pets.|A very loud parrot, otherwise no.}
A: {Noted.|Thanks, I'll tell {tech}.}
## any
C: {You sound almost like a real lady.|So you're a computer, huh? Wild.}
A: {I'm an AI assistant, yes. I hope that's all right.|Guilty as charged. I do my best.}
C: {Ha, you're doing fine.|Doesn't bother me.|Well, better than pressing one for English.}
## any
A: Could you spell your last name for me, so the file is right?
C: {Sure, it's {last}, the usual way.|{last}. Just like it sounds.}
A: Got it, thank you.
## any
C: {What happens if it rains that day?|And if I have to reschedule?}
A: {You can call or text us up to two hours before, no charge.|Then we move it to the next open slot, no fee.}
C: {Fair enough.|Okay.}
## any
A: {Is there an email I should use for the paperwork?|What email should the invoice go to?}
C: {Just mail it, I don't do email.|{first} dot {last} at gmail.|Same one as last time.}
A: {All right, noted.|Perfect, I have it.}
## any
C: {Are your guys licensed and insured?|Do you do background checks on your people?}
A: {Yes, every technician is licensed, insured and background checked.|Yes, and each of them carries a photo ID.}
C: {Good. You never know these days.|Good.}
## any
C: It's been {one of those weeks|such a long day}, let me tell you.
A: {I'm sorry to hear that. Let's take one thing off your list.|I can imagine. We'll make this part easy.}
C: {I'd appreciate that.|Ha, please.}
## any
A: {Let me make sure I heard you right.|I want to be sure I have this right.} You're at {house} {street}?
C: {Yes, {house}.|That's right.|Yes ma'am.}
## any
C: {Can you send somebody who's been here before?|Could it be the same guy as last time?}
A: {I'll add a request for that. I can't promise it, but they do read those notes.|Let me note that preference for dispatch.}
C: {Thanks, he knew what he was doing.|I'd like that.}
## any
C: {Sorry, you cut out for a second.|Say that again? You broke up.}
A: {Of course. I said I'm adding this to your file.|Sorry about that. Can you hear me now?}
C: {Yeah, now I can.|Okay, got it.}
## hold
A: {Let me check with dispatch. Can I put you on a brief hold?|I'd like to check one thing, may I place you on hold?}
C: {Sure.|Okay.|If it's quick.|Go ahead.}
H 32: On hold: music
A: {Thank you for holding, {first}.|Thanks for your patience.} {Dispatch confirmed we can do that.|I have the answer I needed.}
## hold
A: {Bear with me, I need to look up your history.|This record is a long one, please hold a moment.}
H 45: On hold: music
C: {Are you still there?|Hello?}
A: {Yes, I'm here. Thanks for waiting.|Still here, sorry that took a moment.}
## hold
A: I'm going to ask the {shop|office} about that. {One moment, please.|Please stay on the line.}
H 24: On hold: music
A: {I'm back.|Thanks for holding.} {They said it's no problem.|They'll make it work.}
C: {Good.|Okay, great.}
## hold
A: {Give me a minute to write this up.|I'm entering all of this now.}
. 16
A: {Okay, that's saved.|There, all in your file.}
C: {Thanks.|Alright.}
## tense
C: {How long is this going to take?|Can we speed this up?}
A: {Just a couple more details and I'll have it.|Nearly there, I promise.}
C: {Fine.|I hope so.}
## tense
A: {I want to get this right for you, {first}.|I hear how stressful this is.} {Bear with me.|Stay with me a moment.}
C: {I'm trying.|Okay. Okay.|It's been a long day.}
## tense
C: {Sorry, hold on, I've got somebody yelling in the background.|Hang on, my other phone is ringing.}
. 8
C: {Okay, go on.|I'm back. Where were we?}
A: {No problem. I'm writing this down.|I'm still with you.}
## tense
A: {Let me read back what I have: {name}, {house} {street}. Is that right?|I have {phone} for you. Is that still the best number?}
C: {Yes. Yes.|That's right.|Yes, same as always.}
## tense
C: {And is this going to cost me extra?|I hope I'm not paying for this call.}
A: {The call is free, and you'd hear every price before any work.|No, not for calling us.}
C: {Good.|We'll see.}
## tense
A: {When did it start, exactly?|Who did you speak with before, do you remember?}
C: {I didn't write it down.|Some time last night, I guess.|Tina? Gina? Something like that.}
A: {Okay, I've noted that.|Thank you, that helps.}
## tense
C: {Are you writing this down?|Is anybody actually going to read this?}
A: {Every word. Dispatch sees it right away.|Yes, it's in your file with today's date.}
C: {Alright.|It'd better be.}
## roofing
C: {How long does a new roof last anyway?|What's the lifespan on these shingles?}
A: {Architectural shingles usually go twenty-five to thirty years here.|With our sun, plan on twenty-five years.}
C: {Okay. Ours lasted about that.|Hm, good to know.}
## roofing
A: Is your home one story or two?
C: {Two stories, and it's steep in the back.|Single story.|One and a half, kind of.}
A: {Good, I'll tell the crew what ladders to bring.|Thanks, that helps with equipment.}
## roofing
C: Will your people clean up the nails? {My tires remember the last roofers.|We've got little kids.}
A: Yes, they run a magnet over the yard and the driveway {twice|before they leave}.
C: {Good.|That's a relief.}
## roofing
A: Do you know if you have asphalt shingles, tile or metal?
C: {Asphalt, I think.|Shingles. Brown ones.|Standing seam metal.|It's that clay tile.}
A: Thank you, I've noted that.
## plumbing
A: Do you know where your main shutoff valve is?
C: {By the meter, out front.|In the garage, I think.|No idea, honestly.}
A: {Good to know, just in case.|If it gets worse, turning that off buys us time.}
## plumbing
C: {Is it okay to use the other bathroom in the meantime?|Can we still run the dishwasher?}
A: {Yes, but go easy until {tech} has had a look.|I'd hold off until we've checked the line.}
C: {Okay.|Alright, we'll manage.}
## plumbing
A: Is the house on a slab or pier and beam?
C: {Slab.|Pier and beam, it's from the fifties.|I'd have to ask my husband.}
A: {Thank you.|Okay, that tells us how to get to the pipes.}
## heating
A: About how old is the system?
C: {Maybe {age} years.|It came with the house, so {age} years at least.|It's a {brand}, I'd say {age} years.}
A: {Thanks. That helps {tech} bring the right parts.|Okay, noted.}
## heating
C: What temperature should I {keep it at|set it to} anyway?
A: {Most people are comfortable at sixty-eight in winter.|Sixty-eight saves a good bit on the bill.}
C: {My wife would disagree.|Huh, okay.}
## heating
A: When was the filter last changed?
C: {Uh, there's a filter?|Last month.|Spring, maybe.}
A: {We can bring one along.|Good, then it's likely something else.}
## auto
A: What's the mileage on the {car}, roughly?
C: {About {miles}.|Just turned {miles}.|{miles} and change.}
A: {Thanks.|Okay, I've put that on the ticket.}
## auto
C: Do you have a {loaner|shuttle}? {I need to get to work.|I live a ways out.}
A: {We have a shuttle within ten miles, every hour.|There's a free shuttle, I'll reserve a seat.}
C: {That'd be great.|Oh, perfect.}
## auto
A: Has any other shop looked at it?
C: {My cousin did, does that count?|No, you're the first.|Yeah, and they couldn't find anything.}
A: {That's helpful, thank you.|Good to know.}
## auto
C: {Is your work warrantied?|What kind of warranty do you give?}
A: Parts and labor, {months} months or {twelve|twenty-four} thousand miles.
C: {That's decent.|Better than the dealer.}
`)

const named = (name: string): readonly (readonly Step[])[] => parts.get(name) ?? []

/** Detours that fit every call of this kind of business. */
export const sideTalk: Record<BusinessKind, readonly (readonly Step[])[]> = {
  roofing: [...named('any'), ...named('roofing')],
  plumbing: [...named('any'), ...named('plumbing')],
  heating: [...named('any'), ...named('heating')],
  auto: [...named('any'), ...named('auto')],
}

/** Detours of people who are not in the mood for small talk. */
export const tenseTalk: readonly (readonly Step[])[] = named('tense')

/** Waits, for calls that last longer than their talk. */
export const waits: readonly (readonly Step[])[] = named('hold')
