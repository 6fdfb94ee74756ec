// The roofing company's calls: hail, leaks, crews that did not come, quotes that need a nudge.

export const roofingScript = `
# roof-hail | inbound | mixed | Wants an inspection after hail | hail, inspection
~ .45
@open
C: {Hi, yeah, so we had hail last night|We got hit by that hailstorm} {and I think my roof took a beating|and there are shingles all over the yard}.
A: {I'm sorry to hear that.|That storm was a rough one.} Is any water coming inside?
C: {No water yet, but the gutters are full of those little granules.|Not that I can see. The car is dented, so I figure the roof is too.}
+
@identify
A: How old is the roof, {do you know|roughly}?
C: {About {age} years.|We bought in 2014 and it was already there.|{age} years, give or take.}
+
A: {We do free hail inspections.|The inspection itself costs nothing.} {tech} goes up with a camera and you get the photos.
C: {So what's the catch?|And if there's nothing wrong?|Do I need to call {insurer} first?}
A: {No catch. If it's fine, we tell you it's fine.|Let us look first, then you decide about a claim.}
+
== 5 booked
~ .7
@book
@close
== 2 thinks-it-over
~ .5
C: {Let me talk to my husband first.|I want to get a couple of other bids.}
A: {Of course.|Take your time.} Just know that most policies want the claim within a year.
@close
== 1 pushed-too-hard
~ .25
A: I can lock in {day}, {window}, if you decide right now.
C: {I don't like being rushed. The last storm chaser did that.|You people all say the same thing after every storm.}
A: {You're right, there's no rush.|I'm sorry, I didn't mean to push.}
@closecold
# roof-leak | inbound | angry | Water is coming through the ceiling | leak, emergency
~ .3
@open
C: {I've got water coming through the ceiling in the {room}!|My {room} ceiling is dripping, right now, on the floor.}
A: {I'm so sorry, let's move fast.|Okay, I'm here to help.} Is the water near any lights or outlets?
C: {It's running down the light fixture!|Not yet, but it's spreading.|I don't know, I've got buckets everywhere.}
A: Please switch off the breaker for that room if you can do it safely.
C: {Okay. Hang on. Done.|I'm doing it now.|My wife's getting it.}
@identify
T find_emergency_crew: Emergency crew search: nearest crew {minutes} minutes away
A: I have a tarp crew {minutes} minutes out. {May I send them?|Shall I send them to {street}?}
+
== 4 crew-sent
~ .6
C: {Yes! Please, send them.|God, yes.}
@terms
+
A: They're on the way. {Put a bucket under it and poke a small hole so the ceiling doesn't bulge.|Move what you can out from under it.}
C: {Oh, that's smart. Okay.|Alright, I'm doing that.}
@close
== 3 third-time
~ .15
C: {This is the third time I've called about this same leak.|You fixed this in the spring. You fixed it, and it's leaking again.}
A: {I see the earlier visits, and I'm sorry.|That's not acceptable, and I apologize.}
C: {Sorry doesn't keep my floor dry.|Everybody's sorry. Nobody fixes it.}
@askhuman
+
@repeat
@closecold
== 2 lookup-fails
~ .2
T! dispatch_crew: Dispatch request failed: no answer from the crew system
@toolsorry
T! dispatch_crew: Dispatch request failed: no answer from the crew system
A: {It failed again. I'm going to get this to a person.|I still can't reach dispatch from here, I apologize.}
C: {Are you kidding me? The ceiling is coming down!|I've got water pouring in and your computer is down?}
@waitqueue
@closeangry
# roof-estimate | inbound | easy | Wants a price for a new roof | estimate, sales
~ .6
@open
C: {I'd like to get an estimate for a new roof.|What do you charge for a full replacement?|We're thinking about redoing the roof.}
A: {Happy to help with that.|Great.} Is there a problem with it, or is it just time?
C: {It's just old. {age} years.|We're selling the house and the buyer's inspector flagged it.|I want to go to metal this time.}
@identify
+
A: Do you know about how many square feet the house is?
C: {Around eighteen hundred.|Twenty-four hundred, two floors.|Maybe three thousand? It's a big roof.}
@terms
+
== 5 booked
~ .75
@book
@close
== 2 financing
~ .6
C: {Do you do financing?|Can I pay that off over time?}
A: {We do, {months} months with no interest on approved credit.|Yes, there's a {months}-month plan, {deposit} down.}
C: {Oh, that makes a difference.|Alright, then let's look at it.}
@book
@close
== 1 sticker-shock
~ .35
C: {{price}? My neighbor paid half that.|That's way more than I expected.}
A: {It depends on pitch and material. The written quote shows every line.|I understand. There's also an option with a lighter shingle.}
C: {I'll call around.|Let me think about it.}
@closecold
# roof-adjuster | inbound | mixed | The insurance adjuster comes and someone should be there | insurance
~ .5
@open
C: {My adjuster from {insurer} is coming {day} and I want one of your guys there.|{insurer} is sending somebody out. Can you meet them?}
A: Yes, {we do that all the time|we can}. Do you have the claim number?
C: {It's {order}.|Hold on. {order}.|I have it here somewhere. {order}, dash two.}
@identify
+
A: What time is the adjuster coming?
C: {{time}, supposedly.|They said from {window}.|They won't tell me. Some time {day}.}
T check_availability: Availability checked: {tech} is free {day}
+
== 4 arranged
~ .7
A: {tech} can be there {day} at {time}, {a bit before them|with our own photos}.
C: {Perfect, that's a load off.|Great, because I don't know what to say to them.}
@close
== 2 denied-before
~ .25
C: {They already denied me once. They said it was wear and tear.|Last adjuster was here five minutes and said no.}
A: {That happens. We'll document every slope.|I'm sorry. A second look with photos often changes that.}
C: {It had better. I've paid them for {age} years.|I'm tired of fighting these people.}
+
@book
@closecold
== 1 wants-agent
@askhuman
H 28: On hold: music
A: {Thank you for holding. They'll call you back within {hours} hours.|Our claims person will ring you today.}
@closecold
# roof-no-show | inbound | angry | The crew did not come | complaint, no-show
~ .2
@open
C: {Your crew was supposed to be here at {time} and nobody showed up.|I took the day off work and nobody came.}
A: {I'm very sorry.|That shouldn't happen, I apologize.} Let me find your job.
C: {Nobody called either. Not one call.|This is the second time, by the way.}
@identify
@repeat
T find_job: Job {order} found: crew 4, status unknown
A: I see job {order}. {The crew hasn't checked in today.|It looks like they were moved to another site.}
+
== 3 rebooked
~ .45
C: {So when are they coming?|And what are you going to do about it?}
A: {I can put you first on {day}, and I'm taking {percent} percent off.|You'll be the first stop {day}, with {deposit} off the bill.}
C: {Okay. First stop. I'm holding you to that.|Alright, that's decent of you.}
@book
@closecold
== 3 wants-manager
~ .12
C: {I want to talk to a manager.|Get me a manager, now.}
A: {I understand. May I tell them what happened first?|Let me see who is in.}
C: {I already told you what happened! Nobody showed up!|You just listened to the whole story. Get me a human!}
@waitqueue
@closecold
== 1 cancels
~ .08
C: Cancel it. Cancel the whole job and send my deposit back.
A: {I'm sorry to lose you. I'm sending the refund request for {deposit} now.|I'll cancel it. The deposit goes back within five days.}
T cancel_job: Job {order} cancelled, refund requested
@closeangry
# roof-gutters | inbound | easy | Gutters need cleaning and a new downspout | gutters
~ .6
@open
C: {Do you guys do gutters?|My gutters are overflowing every time it rains.|A downspout came off in the wind.}
A: We do. Cleaning, repair, or new ones?
C: {Cleaning, and one downspout.|I think the back one needs replacing.|Whatever it takes so the flowerbed stops flooding.}
@identify
+
@terms
+
== 4 booked
~ .75
@book
@close
== 1 diy
C: {Honestly my son could do that.|I might just get a ladder.}
A: {If you do, have someone hold it. And call us if you change your mind.|Fair enough. We're here if the ladder wins.}
C: {Ha. Okay.|Ha, will do. Thanks for being straight with me.}
@close
# roof-warranty | inbound | mixed | A repair under warranty | warranty
~ .4
@open
C: {You put this roof on {age} years ago and there's a soft spot already.|I have a workmanship warranty with you and shingles are lifting.}
A: {I'll look that up.|Let's see what's covered.} Do you have your contract number?
C: {{order}.|Not in front of me.|It's in a drawer somewhere, I'd have to look.}
. 17
C?: {Found it. {order}.|Okay, {order} it says.}
@identify
T find_contract: Contract {order} found: workmanship warranty, ten years
+
== 3 covered
~ .7
A: Good news, you're covered. {tech} will come look at no charge.
C: {Oh thank goodness.|Great, I was ready for a fight.}
@book
@close
== 2 expired
~ .22
A: I'm sorry, it shows the warranty ran out {weeks} weeks ago.
C: {Weeks? You're telling me I missed it by weeks?|Come on. That's a joke.}
A: {I know that's frustrating. I can ask for an exception.|I'm going to send this to the owner with your photos.}
C: {Do that. And I want a call back, not an email.|Please. That's not how you treat people.}
+
@closecold
== 1 contract-missing
~ .3
T! find_contract: Contract search failed: archive not reachable
@toolsorry
C: {I've got the paper in my hand. What more do you need?|So you lost it.}
@askhuman
@closecold
# roof-billing | inbound | angry | Charged twice for the deposit | billing
~ .25
@open
C: {You charged my card twice. {deposit} and then {deposit} again.|I'm looking at my statement and you took {bill} out twice.}
A: {I'm sorry about that.|Let's get that fixed.} When did the charges post?
C: {Same day. Last {day}.|One on Monday, one on Tuesday.}
@identify
T find_payment: Payments found: two charges of {deposit}
A: I do see both charges.
C: {So I'm not crazy.|Yes. That's what I said.}
+
== 4 refunded
~ .6
A: {The second one was our mistake. I've sent the refund, three to five business days.|I'm reversing one right now.}
T refund_payment: Refund of {deposit} sent
C: {Can you send me something in writing?|I want an email that says that.}
A: {It's on its way to the address on file.|Yes, you'll have it in a minute.}
@close
== 2 refused
~ .12
T! refund_payment: Refund failed: needs a manager's approval
A: {I'm not able to release it myself. It needs a manager.|The system wants a manager to approve this.}
C: {You took it without a manager.|Then get me a manager. I'll wait.}
@waitqueue
@closeangry
# roof-follow-up | outbound | mixed | Asks about a quote sent last week | quote, follow-up
~ .5
@openout
A: We sent you a quote for the roof, {price}. {Did it reach you?|Have you had a chance to look?}
C: {I saw it. It's a lot of money.|Yeah, it's on the kitchen table.|I haven't opened it.}
A: {That's understandable.|No problem.} What questions can I answer?
C: {Why's the underlayment so expensive?|What happens if you find rotten wood?|How long would it take?}
A: {Good question. It's listed as its own line so you can see it: nothing is added without your signature.|Usually two days, weather allowing.}
+
+
== 3 signs
~ .75
C: {Alright, let's do it.|Okay. If you can start {day}, I'm in.}
A!: Wonderful. The contract comes by email, and you have three business days to cancel.
@book
@close
== 3 later
C: {Call me after the holidays.|Not this month. Maybe in spring.}
A: {I'll make a note and call you in {weeks} weeks, if that's okay.|Of course.}
C: {Yeah, that's fine.|Okay.}
@close
== 1 do-not-call
~ .2
C: {Stop calling me. I told the last one no.|Take me off your list, please.}
A!: {I'm sorry. I'm taking you off our list now.|Done, you won't get another call.}
C: {Thank you.|Good.}
# roof-confirm | outbound | easy | Confirms tomorrow's crew | confirmation
~ .6
@openout
A: I'm calling to confirm the crew for {day} at {time}, at {house} {street}.
C: {Yes, we're ready.|Is that still on? They said rain.|Oh, that's this week?}
A: {The forecast looks dry.|Yes, everything's on schedule.} Could you move the cars out of the driveway the night before?
C: {Sure.|I'll try. One of them doesn't run.}
+
== 4 confirmed
~ .7
A!: And do we have your permission to place the dumpster in the driveway?
C: {Yes, that's okay.|As long as it doesn't crack the concrete.}
+
@close
== 2 moves-it
~ .45
C: {Actually, {day} doesn't work anymore.|Can we push it to {otherday}?}
T reschedule_job: Job {order} moved to {otherday}
A: {No problem, you're on {otherday} at {time}.|Done, {otherday} it is.}
@close
# roof-wrong-number | inbound | short | Wrong number | wrong-number
@open
C: {Hi, is this the pharmacy?|Yeah, I'd like two large pepperoni.|Is Denise there?}
A: {I think you have the wrong number. This is {business}, we do roofs.|This is a roofing company. Did you mean to dial us?}
== 3 sorry
C: {Oh! Sorry about that.|Oops. Wrong number, sorry.}
A: No problem at all. {Bye now.|Have a good day.}
== 1 hangs-up
C: {Huh.|What?}
== 1 silent-line -> failed: The line went dead
. 14
A: {Hello? Are you there?|I can't hear you. Are you still on the line?}
. 12
`
