// What every call centre says: openings, addresses, bookings, goodbyes. Each part has variants; a script names it with @.
import { parseParts } from '#server/feed/simulator/parse-script.ts'

/** Parts by name, each with its variants. */
export const sharedParts = parseParts(`
## open
A: Thank you for calling {business}, this is {ai}, {the virtual assistant|your AI assistant|an automated assistant}.
A!: {This call may be recorded for quality|Just so you know, this call is recorded for quality and training}. How can I help {you|} today?
## open
A: {Good morning|Hello|Hi there}, {business}. You are speaking with {ai}, an AI assistant.
A!: {We're on a recorded line.|This call is recorded.} What can I do for you?
## open
A: {business}, {ai} speaking, I'm the automated assistant here.
A!: Before we start, calls are recorded so we can do better. What's going on?
## open
A: Hi, you've reached {business}. I'm {ai}, the AI that answers the phone.
A!: Our calls are monitored and recorded. {Tell me what you need.|What brings you in?|How can I help?}

## openout
A: {Hi|Hello|Good afternoon}, is this {first}?
C: {Yes, this is {first}.|Speaking.|Yeah, who's calling?|This is {name}, yes.}
A: This is {ai}, the AI assistant at {business}.
A!: {This call is recorded for quality.|I should mention this call may be recorded.} {Do you have a minute?|Is now a good time?}
C: {Sure, go ahead.|I've got a couple of minutes.|Okay, what's this about?|Make it quick, please.}
## openout
A: {Hello|Hi}, I'm calling for {name}. My name is {ai}, an AI assistant with {business}.
C: {That's me.|You've got the right one. What's up?|Yes, hello.}
A!: {We're on a recorded line, just so you know.|This call is recorded, by the way.}
A: Thanks for picking up. I'll keep this short.
C?: {Alright.|Okay.|Mm-hm.}

## identify
A: {Can I get|May I have} your {full name|first and last name}, please?
C: {{name}.|It's {name}.|{first}, {last}.|Sure, {name}.}
A: Thank you, {first}. And the address {of the property|for the service}?
C: {house} {street}, {city}.
A?: {Is that|That's} zip code {zip}, {right|correct}?
C?: {Yes, that's right.|Correct.|Yep, {zip}.}
A!: {To verify your account, what are|For verification, can you give me} the last four digits of your phone number?
C: {last4}.
A: {Perfect, I have you here.|Great, found you.|Thank you, that matches.}
## identify
A: I'd like to pull up your record. What's the best phone number for you?
C: {It's |}{phone}.
A: {phone}, {got it|thank you}. And who am I speaking with?
C: {This is {first}, {first} {last}.|{name}.}
A!: Thanks, {first}. To confirm it's you, what's the street address we have on file?
C: {That'd be |}{house} {street}.
A: {Thank you, that's a match.|Perfect, verified.}
## identify
A: {Let me get a few details first.|I'll need a few details.} Your name?
C: {first} {last}, {that's {last} like it sounds|{last}}.
A: And {what street are you on|where are you}, {first}?
C: {We're at |}{house} {street}{, in {city}|}.
A: Nearest cross street or gate code {our crew|the technician} should know about?
C: {No gate, just park in the driveway.|No code. There's a dog, but she's friendly.|Gate code is star four two one.|Nope, it's easy to find.}
A!: And may I verify this number, {phone}, for callbacks?
C: {Yes.|That's the one.|Yep, that's my cell.}

## quickid
A: {Who am I speaking with?|Can I have your name, please?}
C: {name}.
A: {Thanks, {first}.|Good to meet you, {first}.} And the {best number|number} to reach you?
C: {phone}.

## book
A: {Let me look at the schedule.|One second while I check the calendar.|Let me see what we have open.}
T check_availability: Availability checked: 3 openings this week
A: I have {day} from {window}, or {otherday} at {time}. {Which works better?|What do you prefer?}
C: {{day} works.|{day}, I guess.|The {day} one is better for me.|Let's do {day}.}
A: {Done|Okay}, {day}, {window}. {tech} will {come out|be the one coming}, and {he'll|they'll} call thirty minutes ahead.
T book_appointment: Appointment booked for {day}, {window}
A!: {Is it okay if we text you a confirmation at this number?|Do I have your permission to send a text confirmation?}
C: {Yes, text is fine.|Sure.|Please do.|Yeah, go ahead.}
## book
A: Let me find you a time. {Mornings or afternoons?|Is someone home during the day?}
C: {Mornings are best.|Afternoon, after work.|Anytime, I work from home.|Either one.}
T check_availability: Availability checked: 2 openings
A: {The soonest|The first opening} I see is {day}, {window}. {Would that work?|Can I put you down for that?}
C: {Anything sooner?|Is that the earliest you have?|Hmm, can it be {otherday}?}
A: {otherday} at {time} just opened up. {Should I take it?|Want it?}
C: {Yes, take it.|Perfect, book that.|Yeah, I'll take that one.}
T book_appointment: Appointment booked for {otherday}, {time}
A!: You're set for {otherday} at {time}. May I text the details to {phone}?
C: {Yes please.|Sure.|That's fine.}
## book
A: I can get someone out {day}, arriving from {window}.
C: {What if I'm not home right at the start?|Do I need to be there the whole time?}
A: {An adult just needs to be there to let {tech} in.|If nobody's outside, {tech} will ring the bell and call you.}
C: {Okay, that works.|Alright, put me down.|Fine, book it.}
T book_appointment: Appointment booked for {day}, {window}
A!: Booked. Your confirmation number is {order}. Is a text reminder okay with you?
C: {Yeah.|Text is good.|Sure, thanks.}

## terms
A!: {Please note|I want to be clear}, that's an estimate. The final price is confirmed in writing before any work starts.
C: {Understood.|Okay, fair enough.|Good, I don't like surprises.}
## terms
A!: The visit is {fee}, and it's credited toward the repair. Nothing gets done without your approval of the price.
C: {That's fair.|Okay.|Alright, that's reasonable.}
## terms
C?: And what does that run, roughly?
A: Jobs like this usually land around {price}.
A!: That's only an estimate, you'll get the exact quote in writing before we begin.
C: {Okay, that's about what I figured.|More than I hoped, but okay.|Alright.}

## close
A: {Is there anything else I can help with?|Anything else today, {first}?}
C: {No, that's everything.|No, that's it. Thank you.|That's all, thanks for your help.|Nope, you've been great.}
A: {Thank you for calling {business}.|You're welcome, {first}.} {Have a great day!|Take care!|We'll see you soon.}
C?: {Bye.|You too, bye.|Thanks, bye-bye.}
## close
C: {Great, thank you so much.|Perfect, I appreciate it.|Okay, that was easy. Thank you.}
A: {My pleasure.|Happy to help.|Glad we could sort it out.} {You'll hear from us soon.|Have a good one, {first}.}
C: {Bye now.|Alright, bye.|You too.}
## close
A: Let me read that back so we both have the same thing. {name}, {house} {street}, number {phone}.
C: {That's right.|Yes, all correct.|Correct.}
A: {Wonderful.|Good.} {Thanks for choosing {business}.|Thanks for your patience today.} Goodbye.
C: {Thanks. Goodbye.|Bye.|Take care.}

## closecold
A: {I've noted all of that on your account.|Everything we discussed is in your file.} Is there anything else?
C: {No.|No, just make sure it happens.|That's it.}
A: {I understand. Thank you for your patience, {first}.|Thank you for telling us. Goodbye.}
C?: {Yeah, bye.|Mm-hm.|Bye.}
## closecold
C: {Fine. We'll see.|Okay. I'll believe it when I see it.|Whatever, just call me back.}
A: {I hear you. I've put a note on this so it isn't lost.|That's fair, {first}. You have my note on file.} Goodbye.

## closeangry
~ .12
C: {This is ridiculous. I'm done.|Unbelievable. I'm calling someone else.|You know what, forget it. Terrible service.}
A: {I'm sorry we couldn't fix this today, {first}.|I apologize, I know this isn't what you wanted.}
C: {Yeah, so am I.|You'll be reading my review.|Goodbye.}

## askhuman
~ .3
C: {Can I talk to a real person?|I'd like to speak to a person, please.|Is there a real person I can talk to?|Can you get me a representative?}
A: {I understand. I can take care of a lot of this myself, but tell me what matters most.|Of course. Before I do, may I try to solve it right here?}
C: {No offense, I just don't want to talk to a machine.|I'd rather talk to a human, please.|Fine, but if this doesn't work I want a human.}
A: {That's fair. Let me see who is free while we keep going.|Understood, I've flagged your call for a colleague.}
## askhuman
~ .25
C: {I can tell this is a robot. Get me a manager.|No, I need to speak with a manager.|Transfer me to a supervisor, please.}
A: I'm an AI assistant, {first}. {I'm sorry this has been frustrating.|I want to make this right.} I've asked for someone to join us.
C: {How long will that take?|Well, where are they?}
A: {They're on other calls right now. I'll stay with you.|It may be a few minutes. Let me use the time.}

## repeat
~ .35
C: {I already told you that.|I just said that a minute ago.|You asked me that already.}
A: {You're right, I'm sorry.|My apologies, I have it now.} {Let me move on.|I won't ask again.}
## repeat
~ .33
C: {So when is this actually going to get fixed?|When is this thing actually going to be fixed?}
A: {Let me confirm a few details first.|I'm still working on that part.}
C: {Again, when is this actually going to get fixed?|I asked, when is this actually going to be fixed?}
A: {You did, and I'm sorry. I'm checking that now.|Sorry, {first}. I'll answer that right away.}

## toolsorry
A: {I'm sorry, the system isn't answering.|Hm, that didn't go through.|I'm getting an error on my side.} {Let me try once more.|Bear with me while I try again.|One more try.}
C?: {Okay.|Seriously?|Take your time.|Your computers are always down.}
## toolsorry
A: {That lookup failed.|Our system timed out.} {I apologize, trying again now.|Give me just a second.}

## reroute
A: {Thanks for waiting.|Okay, I'm back.} {It went through this time.|I have what I need now.}
## waitqueue
~ .28
A: {I've put you in line for a person.|You're in the queue for a team member.} {Thank you for holding.|It shouldn't be much longer.}
H 35: On hold: music
C: {Hello? Am I still in line?|Is anybody there?|How much longer is this?}
A: {You are, and I'm sorry. Every one of our people is on a call.|Yes, you're still next. I apologize for the wait.}
H 40: On hold: music
~ .2
C: {I've been on hold forever.|I've been waiting this whole time.|This is not okay, I've been waiting and waiting.}
A: {I know, {first}. I'm still trying to get someone for you.|I apologize. I've flagged this as urgent.}
`)
