// What a person says who takes a call over from the AI. `A` is the person here.
import { parseParts } from '#server/feed/simulator/parse-script.ts'
import type { BusinessKind, Step } from '#server/feed/simulator/scenario.ts'

const parts = parseParts(`
## greet
~ .42
A: Hi {first}, this is {agent} at {business}. I'm a real person, and I've got your notes in front of me.
C: {Oh, thank goodness.|Finally, a human voice.|Thank you for picking up.}
A: {I'm sorry it took a while. Tell me in your own words what you need.|Give me the short version, and I'll take it from here.}
## greet
~ .4
A: {Hello|Good afternoon}, {first}? {agent} here, from {business}. The assistant told me what's going on.
C: {Okay, good, so I don't have to start over?|Did it tell you I've been on here forever?}
A: {You don't have to repeat a thing. Let me just check one detail.|I can see it all. I apologize for the runaround.}
## greet
~ .42
A: {first}, hi, my name is {agent}. I'm taking over from the assistant.
C: {Alright. I hope you can actually do something.|Great. Can you help me with this?}
A: I can. {I've read through the call.|I have everything up on my screen.}
## roofing
C: {I just want somebody to come and look at the roof.|I need to know when a crew is coming.}
A: {I know the foreman. I'm texting him right now.|I'm moving you to the front of {day}'s list.}
C: {You can do that?|And he'll really come?}
~ .72
A: {He just answered. {day}, {time}, and he'll ring you from the truck.|Yes. {tech}, {day} at {time}. My name is on the ticket.}
## roofing
C: {I want it fixed right this time.|It's leaking, and I've had it with being put off.}
A: I hear you. {The tarp comes today, the repair on {day}, and there's no charge for the tarp.|I'm sending our senior roofer, {tech}, on {day}.}
~ .7
C: {Okay. That's what I wanted to hear.|Alright, that I can live with.}
## plumbing
C: {There's water everywhere, and I need somebody today.|I need a plumber, not another appointment next week.}
A: {I have {tech} finishing a job on {street}. He's coming to you next.|I'm pulling {tech} off a remodel. {minutes} minutes.}
C: {Really? Today?|Today today?}
~ .74
A: {Today. You'll get a text with his picture.|Yes, today, and I'm waiving the after-hours fee.}
## plumbing
C: {It's about the bill.|I'm not paying for work that didn't work.}
A: {Let me see. You're right, that second visit should be free.|I can take {fee} off, right now.}
~ .7
C: {Thank you. That's all I was asking.|See, that wasn't so hard.}
A: {No, and I'm sorry it took this long.|You shouldn't have had to ask twice.}
## heating
C: {It's cold and I've got family here.|I can't do another night without heat.}
A: {I'm calling {tech} on the other line. One second.|I've got a part in the warehouse. Hold on a second.}
. 9
~ .74
A: {He can be with you by {time}, and he'll bring two heaters along just in case.|He's coming tonight. And the heaters are on us.}
C: {Oh, bless you.|That's wonderful. Thank you.}
## heating
C: {I want to know what I'm paying for.|They keep replacing things and it keeps breaking.}
A: {I'm sending our lead technician, and this one's free of charge.|Then we look at it with fresh eyes, at no charge.}
~ .68
C: {Okay. I appreciate that.|That's fair.}
## auto
C: {I just want my car back.|When will my {car} be done?}
A: {I'm walking out to the shop floor as we speak.|Let me go ask the technician. Don't go away.}
. 12
~ .7
A: {Okay, I looked at it myself. {day} by {time}, and I'll bring it to you.|The part's here. It'll be done {day}, you have my word.}
C: {You'd bring it? Well, okay!|Thank you. That's a straight answer.}
## auto
C: {That estimate can't be right.|I never approved {bill}.}
A: {I see the line you mean. I'm taking it off.|Let's go through it. The first two are safety, the rest is up to you.}
~ .68
C: {Okay, that makes more sense.|Good. Then we understand each other.}
## bye
A: {Here's my direct line, extension {house}. Ask for {agent}.|I'll call you myself to make sure it happened.} Anything else?
C: {No, you've been great.|No. Thank you for listening.|That's it. I feel better now.}
A: {Thank you for your patience, {first}. Bye now.|Take care, {first}.}
## bye
A: {Let me repeat it: {day}, {time}, {house} {street}.|I've put it in writing, it's in your messages now.}
C: {Perfect. Thank you, {agent}.|Got it. Thanks for taking the time.}
A: {Of course. Goodbye.|You bet. Have a better day.}
`)

const named = (name: string): readonly (readonly Step[])[] => parts.get(name) ?? []

export const personScript = {
  greetings: named('greet'),
  goodbyes: named('bye'),
  /** How the matter is settled, by kind of business. */
  solutions: {
    roofing: named('roofing'),
    plumbing: named('plumbing'),
    heating: named('heating'),
    auto: named('auto'),
  } satisfies Record<BusinessKind, readonly (readonly Step[])[]>,
}
