// The heating company's calls: no heat at night, tune-ups, carbon monoxide scares, maintenance plans.

export const heatingScript = `
# heat-none | inbound | angry | No heat and it is freezing | no-heat, emergency
~ .3
@open
C: {My furnace quit and it's freezing in here.|We've had no heat since last night.|It's forty-nine degrees in my living room.}
A: {I'm sorry, let's get you warm.|That's miserable, I'm sorry.} Is anyone in the house very young, elderly or ill?
C: {I've got a two-year-old.|My father, he's on oxygen.|Just me and the dog, but still.}
@identify
A: Is the thermostat lit up, and is it set to heat?
C: {Yes, I'm not stupid.|It's blank. Totally blank.|Says heat on, but nothing happens.}
+
T find_emergency_tech: Emergency search: {tech}, on call
== 4 tonight
~ .6
A: {tech} is on call and can be there in about {minutes} minutes.
C: {Oh, thank you. Please send him.|Tonight? Really? Okay!}
@terms
+
A: {Leave the porch light on, please.|Meanwhile, close off the rooms you're not using.}
@close
== 2 tomorrow
~ .18
A: The earliest I have is {day}, {window}.
C: {Tomorrow? I've got a baby in here!|That's not good enough. I pay for the priority plan.}
A: {You're right, priority members go first. Let me ask dispatch.|I understand. Let me check again.}
H 42: On hold: music
C: {Are you there? I've been waiting.|Hello? Still cold here.}
@askhuman
@closecold
== 2 repeat-failure
~ .12
C: {This is the fourth time. Four times you've been here.|Your technician replaced the board last week and it's dead again.}
A: {I'm so sorry. I see the visits.|That's not the service we want to give.}
C: {Stop apologizing and send somebody who knows what they're doing.|How many times do I have to call?}
@repeat
@waitqueue
@closeangry
# heat-tuneup | inbound | easy | Wants the yearly tune-up | maintenance
~ .6
@open
C: {I need my furnace checked before winter.|I'd like to schedule a tune-up.|Time for the yearly service, I think.}
A: {Good idea.|Perfect timing.} Are you on our maintenance plan?
C: {I think so.|No, what's that?|I was, it may have run out.}
@identify
+
T find_plan: Plan found: comfort plan, two visits a year
A: {It's a {brand}, right?|I see a {brand} on file.}
C: {That's the one.|Yes, {age} years old.}
+
== 5 booked
~ .75
@book
@close
== 2 plan-sold
~ .7
A: On the plan the visit is included, and repairs are {percent} percent off. It's {deposit} a year.
C: {That about pays for itself.|Hm. Can I cancel it any time?}
A!: {Yes, any time, in writing or by phone.|Yes. It renews yearly unless you tell us.}
C: {Okay, sign me up.|Alright, let's do that.}
@book
@close
# heat-co-alarm | inbound | angry | The carbon monoxide alarm went off | safety, emergency
~ .25
@open
C: {My carbon monoxide alarm is going off.|The CO detector keeps chirping and we all have headaches.}
A: Please leave the house now, all of you, and call 911 from outside. Can you do that?
C: {We're on the porch already.|Now? Okay. Kids, out, out!|Is it really that bad?}
A: {Good. Leave the door open behind you.|Yes. It's better to be safe. I'm staying on the line.}
. 14
C: {Okay, we're out.|We're all in the car.|Everybody's outside. The fire truck's coming.}
@quickid
T find_emergency_tech: Emergency search: {tech}, {minutes} minutes away
== 4 handled
~ .6
A: {Good work.|Well done.} {tech} will come once the fire department clears the house.
C: {Thank you. My hands are still shaking.|Thank you for staying on.}
+
@close
== 1 argues
~ .25
C: {It's probably the battery. Can't you just tell me how to reset it?|I'm not standing outside in the cold for a chirp.}
A: {I can't advise that. Please stay outside until it's been measured.|Please don't go in. I need you safe.}
C: {Fine. How long?|This is a bit much, but okay.}
@closecold
# heat-noise | inbound | mixed | The furnace makes a noise | repair
~ .45
@open
C: {My furnace sounds like a helicopter.|There's a squeal every time the heat comes on.|It bangs, like somebody's hitting the duct with a hammer.}
A: {That doesn't sound right.|I see.} When did it start?
C: {About a week ago.|Right after your guy was here, funny enough.|Last night, around two. Woke everybody up.}
@identify
+
A: {It may be the blower bearing or the belt.|That can be the igniter being late.} I wouldn't run it all night.
C: {Is it dangerous?|Great, and how do I heat the house then?}
A: {If you smell gas, switch it off and get out. Otherwise {tech} can look soon.|A noise alone isn't dangerous, but it can get expensive.}
@terms
+
== 4 booked
~ .65
@book
@close
== 1 blames
~ .2
C: {I think your technician broke it. It was fine before.|He didn't put the panel back right. I can see it.}
A: {If that's so, the visit is free, and I'm sorry.|Thank you for telling me. I'm noting it exactly so.}
C: {I want that in writing.|I want someone else this time, not him.}
@book
@closecold
# heat-replace | inbound | mixed | Wants to know repair or replace | sales, estimate
~ .5
@open
C: {Your guy says I need a whole new system. {price}! Is that for real?|Someone quoted me {price} for a heat pump. What would you charge?}
A: {That's a big decision.|I understand wanting a second look.} How old is the one you have?
C: {{age} years.|It's a {brand}, {age} years or so.}
@identify
+
A: {Past fifteen years, replacing often pays off.|There are rebates for heat pumps right now.}
C: {What kind of rebates?|Everybody says that. What about just fixing it?}
A: {Up to two thousand dollars, depending on the model.|We can quote you both, side by side.}
+
@terms
== 3 advisor-visit
~ .68
@book
@close
== 2 financing
C: {I don't have {price} lying around.|I can't pay that at once.}
A!: {We offer {months} months at no interest, with approved credit.|There's a {months}-month plan. A credit check applies.}
C: {That might work.|Okay, send me the papers.}
@book
@close
== 1 distrust
~ .2
C: {I think you're all just trying to sell me something.|First guy said a capacitor, forty dollars. Now it's seven thousand?}
A: {That's a fair worry. A senior technician can check it at no charge.|I understand. I've asked for a second opinion.}
@askhuman
@closecold
# heat-thermostat | inbound | easy | The thermostat is blank | thermostat
~ .5
@open
C: {My thermostat's blank.|The smart thermostat lost its mind after the power cut.|I can't get the heat to come on.}
A: {Let's try a couple of things first.|I can walk you through that.} Can you check the breaker marked furnace?
. 15
C: {It's on.|It was tripped! I put it back.|Which one? There are like thirty.}
A: {Good. Now, does it have batteries? They sit behind the cover.|Okay. Give it one minute to start.}
. 12
@quickid
+
== 3 solved
~ .85
C: {It's alive! I hear the fan.|Oh my gosh, it works.|There it goes. It's warm.}
A: {Wonderful.|Great, you did that yourself.} No visit needed.
C: {You're a lifesaver.|And I almost paid for a visit. Thanks!}
@close
== 3 not-solved
~ .4
C: {Nope. Nothing.|Still blank.}
A: {Then it's likely the transformer. Let's send {tech}.|Okay, that needs a look.}
@terms
@book
@close
# heat-plan-cancel | inbound | mixed | Wants to cancel the maintenance plan | cancellation
~ .35
@open
C: {I want to cancel my maintenance plan.|You renewed my plan and I never agreed to that.}
A: {I can help with that.|I'm sorry to hear it.} May I ask why?
C: {I moved.|It's {deposit} a year and nobody has been here in two years.|I just don't need it.}
@identify
T find_plan: Plan {order} found: renewed automatically
+
== 3 cancelled
~ .6
A: It's cancelled. You'll get {deposit} back within seven business days, confirmed by email.
C: {That was easier than I thought.|Good. Thank you.}
@close
== 2 retained
~ .65
A: {Before I do, I could give you this year's visit and {percent} percent off.|You still have a free visit. Want to use it first?}
C: {Hm. Okay, let's do that.|Well, if it's paid for anyway.}
@book
@close
== 2 runaround
~ .12
T! cancel_plan: Plan change failed: not allowed for this account
A: {I can't cancel it from here, I'm afraid.|The system asks me to mail you a form.}
C: {A form? You took my money without a form.|So I can sign up with a robot, but not cancel with one?}
@askhuman
C: {I said cancel it. Just cancel my plan.|Cancel my plan, just cancel it, please.}
@closeangry
# heat-parts | inbound | mixed | The part was ordered weeks ago | parts, waiting
~ .3
@open
C: {I've been waiting {weeks} weeks for a part.|Where's my part? You said five days.}
A: {That's a long time to wait, I'm sorry.|Let me find the order.} What's the order number?
C: {{order}.|It's {order}. I know it by heart by now.}
@identify
T find_order: Order {order} found: supplier back-order
+
== 3 date-given
~ .5
A: {It shipped yesterday. I can book {tech} for {day} already.|The supplier promises {day}.}
C: {I've heard that before. But okay.|Finally.}
@book
@closecold
== 2 no-date
~ .15
A: {The supplier shows no date, I'm afraid.|I'm sorry, it says back-ordered.}
C: {So I'm heating with an oven. Great.|That's not an answer. When?}
@repeat
A: {I can bring you two space heaters today, free.|I've asked for a loaner unit.}
~ .42
C: {That's something, I guess.|Okay. That helps.}
@closecold
== 1 system-down
T! find_order: Order lookup failed: supplier system not reachable
@toolsorry
T! find_order: Order lookup failed: supplier system not reachable
C: {I'm going to scream.|You've had my number for {weeks} weeks and can't find it.}
@waitqueue
@closecold
# heat-recall | outbound | easy | A safety recall on the furnace | recall, safety
~ .5
@openout
A: Your {brand} furnace is part of a safety recall. {It's a valve. The fix is free.|There's nothing to pay.}
C: {Is it dangerous?|How do I know this isn't a scam?|Oh wow, okay.}
A!: {You can check the serial number on the maker's site, and I'll never ask for a card.|It's precautionary. If you smell gas, leave and call 911.}
C: {Alright, that's reassuring.|Okay. What do I need to do?}
+
+
== 4 booked
~ .7
@book
@close
== 1 suspicious
~ .3
C: {I don't give my address on the phone.|I'll call the number on my bill instead.}
A: {That's very sensible. It's on your last invoice.|Please do. Ask for the recall desk.}
C: {Okay, I will.|Alright. Bye.}
# heat-renewal | outbound | mixed | The maintenance plan runs out | renewal, sales
~ .5
@openout
A: Your comfort plan runs out this month. {Would you like to keep it?|I'm calling to see if you want to renew.}
C: {What's it cost now?|Did anybody even come last year?|I was going to ask about that.}
A: {It's {deposit}, with two visits and {percent} percent off repairs.|Two visits a year and no after-hours fees, {deposit}.}
+
== 3 renews
~ .7
C: {Yes, keep it going.|Okay, renew it.}
A!: {Renewed. It renews yearly, and you can cancel any time.|Thank you. You'll get the terms by email.}
+
@close
== 2 declines
C: {We'll pass this time.|I'm going with my cousin, he does heating now.}
A: {I understand. Thanks for the years with us.|No hard feelings. We're here if you need us.}
@close
== 1 voicemail
A: It sounds like I've reached your voicemail. Please call us back about your plan, {order}. Thank you.
# heat-quiet-line | inbound | short | Nobody speaks | silent
@open
. 12
A: {Hello? Is anyone there?|I can't hear anything. Are you there?}
== 2 nobody -> failed: Nobody spoke
. 15
A: {I'm going to end this call. Please call back.|If you can hear me, please try again.}
== 1 pocket
C: {Oh! Sorry, I must have pocket dialed you.|Sorry, the phone was in my bag.}
A: {No harm done. Have a good day.|It happens. Bye now.}
`
