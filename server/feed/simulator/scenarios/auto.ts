// The garage's calls: noises, estimates, cars that are not ready, tows, reviews.

export const autoScript = `
# auto-brakes | inbound | easy | The brakes squeal | brakes
~ .52
@open
C: {My brakes are squealing.|There's a grinding when I stop.|The brake light came on in my {car}.}
A: {Let's get that looked at.|Good that you called.} Is it squealing or grinding, metal on metal?
C: {Squealing, mostly in the morning.|Grinding. It's gotten worse.|My wife says grinding, I say squealing.}
@identify
A: And it's a {year} {car}, {color}?
C: {That's it.|Close, it's a {year}, yes.|Yes, with {miles} miles on it.}
+
@terms
+
== 5 booked
~ .7
@book
@close
== 2 drive-or-not
~ .45
C: {Can I still drive it?|I have to drive to {city} tonight. Is that okay?}
A!: {If it's grinding, please don't. We can tow it for {fee}.|I can't call it safe without an inspection.}
C: {Ugh. Okay, send the tow truck.|I figured you'd say that.}
T request_tow: Tow requested: {minutes} minutes
@close
# auto-not-ready | inbound | angry | The car was promised for today | delay, complaint
~ .25
@open
C: {My car was supposed to be ready {day}.|You've had my {car} for {weeks} weeks.|I'm calling about my car. Again.}
A: {I'm sorry for the wait.|Let me check on it.} What name is it under?
C: {{name}. It's the {color} {car}.|{last}. You should know it by now.}
@repeat
T find_repair_order: Repair order {order}: waiting for parts
A: It shows we're waiting on a part.
C: {That's what you said last week.|What part? Nobody told me about a part.}
+
== 3 loaner
~ .55
A: {I can put you in a loaner today, at no cost.|Let me get you a rental until it's done.}
C: {Well. Why didn't you say that two weeks ago?|That would help a lot, actually.}
H 26: On hold: music
A: {There's a {car} ready for you at {time}.|The keys are at the desk.}
@closecold
== 3 manager
~ .1
C: {I need to talk to the manager.|Let me speak to a manager. I'm serious.}
A: {He's with a customer right now. I've told him.|I've sent for the service manager.}
C: {I've been told that three times already.|Every time I call, he's with a customer.}
@waitqueue
@closeangry
== 2 date
~ .35
A: {The part is on the truck. {day} by {time}, I'd say.|The technician wrote {day}. I'm putting my name on it.}
C: {If it's not ready {day}, I'm sending a tow truck.|Okay. {day}. Write that down.}
+
@closecold
# auto-estimate | inbound | mixed | Thinks the estimate is too high | estimate
~ .38
@open
C: {You just texted me an estimate for {bill}. I brought it in for an oil change!|{bill} for a {car}? That's half what it's worth.}
A: {I understand the surprise.|Let me go through it with you.} You can approve each line by itself.
C: {So what do I actually need?|What's urgent and what's just upselling?}
@quickid
T find_estimate: Estimate {order} found: 4 lines
A: {The front brakes and the tire are safety items. The rest can wait.|The water pump is leaking. The filters are optional.}
+
== 4 partial
~ .62
C: {Okay, do the safety stuff only.|Fine, the first two. Not the rest.}
A!: You approve {price} for those two lines, is that correct?
C: {Yes, {price}.|Correct. Nothing else.}
T approve_estimate: Two lines approved
+
@close
== 2 second-opinion
~ .25
C: {I want to see the old parts.|I'm getting a second opinion.}
A: {You're welcome to. We'll show you on the lift.|Of course, we'll send photos as well.}
C: {Please send the photos.|Good. Then we'll talk.}
@closecold
== 1 shouting
~ .08
C: {It's a scam. You people saw a woman alone and added a zero.|That's a rip-off and you know it.}
A: {I'm sorry it feels that way.|I understand you're upset.}
@askhuman
@closeangry
# auto-tow | inbound | angry | Stranded on the highway | tow, emergency
~ .3
@open
C: {I'm stuck on the side of 410, the car just died.|My {car} won't start and I'm in a parking lot with two kids.}
A: {Are you in a safe spot?|First, are you safe where you are?} Hazard lights on, please.
C: {Kind of. Trucks are flying by.|Yes, we're off the road.|It's dark and I don't like it here.}
A!: If you're in the lane or feel unsafe, hang up and call 911. Otherwise I'll get you a truck.
@quickid
T request_tow: Tow requested: driver {minutes} minutes away
+
== 3 coming
~ .6
A: The driver is {tech}, in a white flatbed, {minutes} minutes out.
C: {Okay. Thank you.|That's quicker than I feared.}
+
A: {Where should we bring it, to our shop?|To our shop on {street}, I assume?}
C: {Yeah, you've worked on it before.|Yes please.}
@close
== 3 driver-late
~ .16
. 20
C: {Hello? Where's the truck?|It's been half an hour. Nobody's here.}
A: {Let me call the driver.|I'm checking his location.}
H 40: On hold: music
T! locate_driver: Driver location failed: no signal
C: {I'm sitting here in the dark, you know.|You keep telling me you're checking.}
@askhuman
@closecold
== 1 battery-died -> failed: The caller's phone went dead
C: {My phone's at two percent, just hurry.|I'm about to lose you, my battery's...}
A: {Stay by the car. The driver has your number.|The truck is on its way.}
. 12
# auto-oil | inbound | easy | Oil change and rotation | maintenance
~ .62
@open
C: {I need an oil change.|Can I bring my {car} in for oil and a tire rotation?|My sticker says I'm due.}
A: {Sure thing.|Absolutely.} Conventional or synthetic?
C: {Synthetic.|Whatever the book says.|The cheap one.}
@quickid
A: {Is that the {year} {car}?|For the {color} {car}?}
C: {Yep.|That's the one.|No, my wife's. Same shop, different car.}
+
== 5 booked
~ .75
@book
@close
== 2 waits
~ .65
C: {Can I wait there while you do it?|How long does it take?}
A: {About {minutes} minutes. There's coffee and decent Wi-Fi.|Under an hour, and the waiting room has a TV.}
C: {Perfect.|Sold.}
+
@book
@close
# auto-check-engine | inbound | mixed | The check engine light is on | diagnosis
~ .45
@open
C: {My check engine light came on.|It's blinking, the engine light, and it shakes.|Same light again. You fixed it last month.}
A: Is it steady, or is it blinking?
C: {Steady.|Blinking when I go uphill.|It blinks when it feels like it.}
A: {If it's blinking, please keep it under forty and come soon.|Steady is less urgent, but let's read the code.}
@identify
+
@terms
== 4 booked
~ .68
+
@book
@close
== 2 came-back
~ .18
C: {I paid {bill} for this. It came back after a week.|I'm not paying {fee} for you to read the same code.}
A: {You won't. The recheck is under warranty.|You're right, there's no charge for that.}
~ .45
C: {Okay. As long as that's clear.|Put that in writing, please.}
@book
@closecold
== 1 reader-down
T! read_history: Vehicle history failed: service unavailable
@toolsorry
T read_history: Vehicle history found: 3 visits
@reroute
@book
@close
# auto-warranty | inbound | angry | The extended warranty does not pay | warranty, billing
~ .28
@open
C: {My extended warranty says you never sent the paperwork.|You told me it was covered and now I owe {bill}?}
A: {I'm sorry, that's frustrating.|Let's sort that out.} Which company is the warranty with?
C: {Some outfit in Missouri. Claim {order}.|The one you sold me.}
@identify
T find_claim: Claim {order} found: documents missing
+
== 3 sent
~ .55
A: {I see it. I'm sending the documents now, with you on the line.|The form was never signed. I've sent it just now.}
C: {And what do I owe in the meantime?|How long till they answer?}
A: {Nothing until they decide.|Two business days, and I'll call you.}
C: {Okay. Good.|Alright. I'd appreciate a call.}
@close
== 3 bounced
~ .14
A: {They say the part is excluded, I'm afraid.|It looks like they denied it already.}
C: {You said it was covered. Those were your words.|Then why did I pay for a warranty?}
@repeat
C: {I want to speak to a supervisor.|Connect me with somebody human, please.}
@waitqueue
@closecold
# auto-damage | inbound | angry | The car came back with a scratch | complaint, damage
~ .2
@open
C: {I picked up my car and there's a scratch on the door.|My {car} has grease all over the seat and a new dent.}
A: {I'm very sorry.|That's not how it should come back.} When did you notice it?
C: {In your parking lot!|When I got home. It wasn't there before.}
@identify
A: Do you have a photo you could text us?
C: {I have ten photos.|I'll send it, but I want someone to look at it.}
+
T find_checkin_photos: Check-in photos found: 6
== 3 accepted
~ .55
A: {The check-in photos show a clean door. We'll fix that.|You're right, that happened here. I'm sorry.}
C: {Thank you for not arguing.|Good. I was ready for a fight.}
@book
@close
== 2 disputed
~ .1
A: {The check-in photo does seem to show a mark there.|I'm not certain it happened here.}
C: {So now it's my fault? Get me your manager.|Unbelievable. I want a manager on the phone.}
@waitqueue
@closeangry
== 1 photos-missing
T! find_checkin_photos: Photo archive failed: not reachable
@toolsorry
@askhuman
@closecold
# auto-ready | outbound | easy | The car is ready | pickup
~ .6
@openout
A: Your {color} {car} is ready. {The total is {price}.|It comes to {price}, as approved.}
C: {Oh great, that was quick.|Finally!|{price}? Okay, that's what you said.}
A: {We're open until six.|You can pick it up until six, or use the key box.}
C: {I'll be there around {time}.|Can my husband get it?|Can I pay by phone?}
+
== 4 picks-up
~ .75
A!: {Of course. For payment we only take cards at the desk or over the secure link.|Yes. We'll need a photo ID at pickup.}
C: {That's fine.|Okay, see you later.}
+
@close
== 1 surprised
~ .22
C: {Wait. I approved less than that.|Nobody called me about the extra work.}
A: {Let me check the approval. I'm sorry about the confusion.|I see the difference. Let me look.}
T find_estimate: Estimate {order} found: one line not approved
A: {You're right, I'm taking that line off.|That shouldn't be there. It's {bill} less... corrected now.}
~ .5
C: {Thank you. That scared me.|Alright, then we're good.}
@closecold
# auto-more-work | outbound | mixed | Found more while working on the car | approval, upsell
~ .48
@openout
A: While {tech} had your {car} on the lift, we found {a torn axle boot|a leaking strut|worn tie rods}.
C: {Of course you did.|How bad is it?|And what's that going to cost?}
A!: {It would add {price}. Nothing happens without your approval.|It's {price}, and it's your decision.}
C: {Is it safe to leave it?|Can it wait till next month?}
A: {For a few weeks, yes. Not through the winter.|I wouldn't take it on the highway.}
+
== 3 approves
~ .6
C: {Okay, do it while it's up there.|Alright, go ahead.}
T approve_estimate: Additional work approved
A: {Thank you. It'll be ready {day} at {time}.|Good. We'll text you when it's done.}
+
@close
== 2 declines
~ .38
C: {No, just do what I asked for.|Not now.}
A: {Understood. I've noted it on your record.|No problem. We'll check again next time.}
@closecold
== 1 furious
~ .1
C: {Every time I bring it in, you find something.|I'm tired of this. Put it back together.}
A: {I hear you, and I'm sorry. We'll button it up.|We'll stop right there.}
@closeangry
# auto-robocall | inbound | short | A sales robot calls | spam
@open
C: {We've been trying to reach you about your business listing.|Congratulations, your business has been selected for a loan.}
A: {Thank you, we're not interested.|Please take us off your list.}
== 3 ends
C: {This is a limited offer, sir.|Press one to speak with an advisor.}
A: Goodbye.
== 1 again
C: {We've been trying to reach you about your business listing.|This offer ends today.}
. 8
A: I'm ending the call now. Goodbye.
`
