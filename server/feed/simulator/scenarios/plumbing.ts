// The plumbing company's calls: burst pipes, drains, water heaters, bills that grew.

export const plumbingScript = `
# plumb-burst | inbound | angry | A pipe burst and the house is flooding | emergency, burst-pipe
~ .25
@open
C: {A pipe just burst, there's water all over the {room}!|Help, I've got water shooting out of the wall!}
A: {Okay, first thing, shut off the main valve.|Let's stop the water first.} It's usually by the meter or in the garage.
C: {Where? I don't know where that is!|I'm looking. I see two handles.|It won't turn!}
A: {It's a round or a lever handle near the street side. Turn it clockwise.|Try with a towel for grip, clockwise, slowly.}
. 11
C: {Okay, okay. It's slowing down.|Got it. It stopped.|It's off. My hands are shaking.}
@identify
T find_emergency_plumber: Emergency search: {tech}, {minutes} minutes away
+
== 4 dispatched
~ .62
A: {tech} is {minutes} minutes away. {I'm sending them now.|They're turning around for you.}
@terms
C: {Just get here, please.|Fine, whatever it costs.}
A: {Lift what you can off the floor, and stay away from outlets.|They'll call you from the truck.}
+
@close
== 2 nobody-free
~ .15
A: I'm sorry, the next crew is {hours} hours out.
C: {Hours? The floor is under water!|That's not an emergency service!}
A: {I know. I'm calling the second crew now.|I'm asking dispatch to move somebody.}
H 38: On hold: music
C: {Are you still there? I'm standing in water here.|Hello? Hello?}
@askhuman
@closecold
== 1 dropped -> failed: The connection was lost
C: {Hold on, it's starting again, the ceiling!|Wait, something just fell.}
. 13
A: {Hello? Are you there, {first}?|{first}? Can you hear me?}
# plumb-drain | inbound | easy | A slow or blocked drain | drain
~ .5
@open
C: {My {kitchen|shower|bathtub} drain is backed up.|The sink won't drain, I've tried everything.}
A: {I can help with that.|Okay.} Is it just the one drain, or are others slow too?
C: {Just the one.|Now that you say it, the toilet gurgles.|All of them on that side of the house.}
@identify
A: Have you put any chemicals down there?
C: {Two bottles, didn't do a thing.|No, I know better.|My brother-in-law did, before I could stop him.}
+
@terms
+
== 5 booked
~ .7
@book
@close
== 2 price-check
~ .5
C: {The other guys advertise ninety-three dollars.|I've got a coupon for {percent} percent off.}
A: {We'll take {percent} percent off if you book today.|I can match a written offer from a licensed plumber.}
C: {Really? Alright then.|Okay, deal.}
@book
@close
== 1 not-worth-it
~ .35
C: {For {fee} just to show up? No.|That's too much for a clogged sink.}
A: {I understand. It would go toward the repair.|It includes the first half hour of work.}
C: {I'll try the snake again.|I'll think about it.}
@closecold
# plumb-water-heater | inbound | mixed | No hot water | water-heater
~ .4
@open
C: {We've got no hot water. Since yesterday.|The water heater's making a popping sound and the water's lukewarm.}
A: {That's no fun.|I'm sorry, cold showers are the worst.} Gas or electric?
C: {Gas. The pilot's out and won't stay lit.|Electric, in the garage.|Whatever the house came with.}
A!: Do you smell gas at all right now?
C: {No, nothing.|No. I checked.|Maybe a little? No, it's fine.}
@identify
+
A: How old is the tank?
C: {{age} years, says the sticker.|It's original, so {age} years.}
A: {At that age we look at both options, repair and replace.|Okay. {tech} will check the element and the tank.}
@terms
+
== 4 booked
~ .65
@book
@close
== 2 newborn
~ .25
C: {I've got a newborn here. I can't wait till {day}.|My mother's eighty-six and lives with us. It can't wait.}
A: {I understand. Let me see if someone can come today.|Let me ask for an emergency slot.}
H 26: On hold: music
A: {Okay, {tech} can stop by from {window}, today.|I got you the last slot today.}
C: {Thank you. Really, thank you.|Oh thank God.}
@close
== 1 second-failure
~ .14
C: {You installed this tank {weeks} weeks ago.|Your guy was here last week for the same thing, and charged me {bill}.}
A: {I'm sorry. A repeat visit is free of charge.|Let me look at that ticket.}
T! find_ticket: Ticket lookup failed: timed out
@toolsorry
C: {I don't want another lookup. I want hot water.|You people keep asking me the same things.}
@askhuman
@closecold
# plumb-toilet | inbound | easy | A running toilet | repair
~ .55
@open
C: {My toilet runs all night.|The toilet keeps filling by itself, like a ghost.|I need a toilet swapped out.}
A: {Ghosts are extra, but we can help.|That's an easy one, usually.} Which bathroom?
C: {The {upstairs|hall} one.|Guest bath.|The only one we've got.}
@quickid
+
A: Have you looked at the flapper in the tank?
C: {The what?|I replaced it, same thing.|It looks kind of slimy.}
+
@terms
== 4 booked
~ .72
@book
@close
== 2 fixes-it
~ .8
A: If you like, push it down with a finger. Does the noise stop?
. 10
C: {Huh! It stopped.|Yes! Is that all it was?}
A: {Then a ten dollar flapper will do it. Any hardware store.|You can save the visit. It's a ten dollar part.}
C: {You just saved me a bill. Thank you!|I'll remember that. You've got my business next time.}
@close
# plumb-sewer | inbound | angry | Sewage in the bathtub | sewer, emergency
~ .22
@open
C: {There's sewage coming up in my bathtub. It's disgusting.|Every drain in the house is backing up and it stinks.}
A: {I'm sorry, that's awful.|Okay, please don't run any more water.} Do you have a cleanout outside?
C: {A what? I don't know.|A white cap in the flowerbed?|Your guy snaked it {weeks} weeks ago!}
@identify
@repeat
+
== 3 camera
~ .5
A: {That calls for a camera in the line. I can send {tech} {day}.|We should look with a camera, so we don't guess twice.}
C: {As long as somebody finally finds it.|Finally, somebody who says that.}
@terms
@book
@closecold
== 3 paid-already
~ .1
C: {I'm not paying again. I paid {bill} for nothing.|I want my money back for the last visit.}
A: {I hear you. I've noted the dispute.|I can ask for that, but I can't decide it.}
C: {Then who can? I want to speak with a supervisor.|Put me through to a real person, please.}
@waitqueue
@closeangry
== 1 tool-down
T! check_availability: Availability check failed: calendar offline
@toolsorry
T check_availability: Availability checked: 1 opening
@reroute
A: {I have one opening, {day}, {window}.|There's one slot left, {day} at {time}.}
~ .5
C: {Take it.|Yes. Book it before it's gone.}
@close
# plumb-bill | inbound | angry | The bill is higher than the quote | billing
~ .28
@open
C: {I was quoted {price} and the bill says {bill}.|Why is my bill {bill}? He was here twenty minutes!}
A: {I understand why you're asking.|Let me look at the invoice with you.} Do you have the number?
C: {{order}.|Invoice {order}.}
@identify
T find_invoice: Invoice {order} found: labor, parts, after-hours fee
A: I see an after-hours fee of {fee}.
C: {Nobody told me about an after-hours fee.|It was four in the afternoon! That's not after hours.}
+
== 3 adjusted
~ .6
A: {You're right, he arrived before five. I've taken it off.|I'm removing that fee.}
T adjust_invoice: Invoice {order} adjusted
C: {Okay. Thank you. That's all I wanted.|Well, I appreciate that.}
@close
== 3 stands
~ .15
A: {I'm not able to change it myself.|It looks like the fee is correct according to the time sheet.}
C: {The time sheet is wrong.|So you're calling me a liar.}
A: {No, not at all. I can ask for a review.|I'm sorry, I didn't mean that.}
@askhuman
+
@closecold
== 1 lawyer
~ .08
C: {Then you'll hear from my lawyer.|I'm calling the BBB and my attorney.}
A: {I'm sorry to hear that. I'll have a manager call you today.|I've marked this for a manager.}
@closeangry
# plumb-remodel | inbound | easy | A bathroom remodel | remodel, sales
~ .62
@open
C: {We're redoing the bathroom and need a plumber.|I want to move the shower to the other wall. Is that a big deal?}
A: {Sounds like a nice project.|It depends on the drain.} Do you have a contractor, or would we be it?
C: {We have one, he just doesn't do plumbing.|You'd be it.|My husband is the contractor, God help us.}
@identify
+
A: {When would you like to start?|Is there a date you're aiming for?}
C: {In {weeks} weeks or so.|Before Thanksgiving.|Yesterday.}
+
@terms
== 4 site-visit
~ .75
@book
@close
== 1 too-early
C: {We're just collecting numbers now.|I wanted a ballpark, that's all.}
A: {Then {price} is a fair ballpark.|Happy to. Call us when the drawings are done.}
@close
# plumb-tenant | inbound | mixed | A tenant calls about the landlord's plumbing | tenant
~ .4
@open
C: {I rent here, and the landlord said to call you.|I'm a tenant. The water pressure is basically nothing.}
A: Thank you. {I need the owner's approval before we do work.|Do you know the owner's name on the account?}
C: {It's {last} Properties, I think.|I've told you guys this before. He approved it.|He's impossible to reach.}
@identify
@repeat
T find_account: Account found: owner approval on file: no
+
== 3 approved
~ .6
H 30: On hold: music
A: {Good news, I reached the owner and it's approved.|Thanks for waiting. Approval just came in.}
C: {Finally. When can you come?|Oh, wow. Okay!}
@book
@close
== 2 stuck
~ .2
A: I'm sorry, without approval I can't send anyone.
C: {So I just live without water?|I have no water pressure, and it's nobody's problem.}
A: {I'll send the owner a message marked urgent.|I know. I've left them an urgent voicemail.}
@closecold
# plumb-reminder | outbound | easy | Yearly water heater flush is due | maintenance
~ .55
@openout
A: Your water heater is due for its yearly flush. {It keeps the warranty valid.|It takes about forty minutes.}
C: {Has it been a year already?|What does that cost?|Do I really need that?}
A: {It's {fee}, same as last year.|With our hard water, it adds years to the tank. It's {fee}.}
+
== 3 booked
~ .7
C: {Alright, put me down.|Okay, let's do it.}
@book
@close
== 2 declines
C: {We just sold the house.|Not this year.}
A: {Thanks for letting me know. I'll update the record.|No problem, I'll close the reminder.}
@close
== 1 annoyed
~ .25
C: {Didn't you call about this last week?|You people call every month. Stop.}
A!: {I'm sorry. I've set your number to no reminders.|I apologize, you're off the reminder list.}
C: {Thank you.|Good. Bye.}
# plumb-survey | outbound | mixed | Asks how yesterday's repair went | survey
~ .55
@openout
A: {tech} was out yesterday for the {leak|water heater|drain}. How is everything working?
C: {It's fine, he was great.|Good, I think. It's quiet.|Well, since you ask...}
+
== 4 happy
~ .85
C: {He even wiped the floor. Five stars.|Very polite young man. Give him a raise.}
A: {I'll make sure {tech} hears that.|That'll make {tech}'s day.} {Could I text you a link for a review?|}
C: {Sure.|Sure, send it.}
@close
== 2 dripping-again
~ .22
C: {It's dripping again this morning.|He left a mess and it still leaks.}
A: {I'm sorry. That visit is on us.|Thank you for telling me, we'll make it right.}
C: {When? I work.|I'm not taking another day off.}
@book
@closecold
# plumb-hangup | inbound | short | Hangs up on the AI | hang-up
@open
C: {Oh. It's a machine.|Is this a recording?|Ugh, a robot.}
A: {I'm an AI assistant, and I can book a plumber for you right away.|I am, but I can help. What's going on?}
== 2 gone
~ .3
C: {No thanks.|I'll call later.|I'll try someone else.}
== 1 stays
~ .5
C: {Okay, well. What are your hours?|Fine. Do you come out to {city}?}
A: {Seven to seven, and emergencies any time.|We do, every day of the week.}
C: {That's all I needed.|Great, thanks.}
A: {You're welcome.|Any time.}
`
