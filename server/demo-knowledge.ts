// The demo's knowledge: what a person at the desk of these trades looks up during a call. An article is a title and a few lines.
import type { KnowledgeCreateBody } from '#contract/knowledge.ts'

const roofing = `
Water is coming through the ceiling
Switch off the breaker for the room if water is near a light or outlet. Put a bucket under the drip and poke a small hole
at the lowest point of a bulge so that the ceiling does not come down. Move furniture, lay towels. A tarp stops the leak for
about 30 days; the repair is scheduled once the deck is dry. Never send the caller onto the roof.

After hail: inspection and photos
Dents in gutters, downspouts and cars, and dark granules below the downspouts, mean the shingles were hit too. The inspection
is free and takes 45 minutes; the owner gets dated photos of every slope. Hail damage is not always a leak today, but a
bruised shingle loses years. Ask for the date of the storm: the insurer will.

Insurance claim for a roof
The owner files the claim, not the roofer; we may not negotiate it for them. They need the date of loss, photos and the policy
number. Most policies in Texas want the claim within a year of the storm. We can meet the adjuster on the roof. The deductible
must be paid: waiving or absorbing it is against the law in Texas.

The adjuster denied the claim
Wear and tear, or damage below the deductible, are the usual reasons. The owner may ask for the report and for a
reinspection, and we can be there with our photos. A public adjuster or an appraisal clause in the policy are further ways.
Promise no outcome.

What a new roof costs and what the estimate holds
Price follows area, pitch, layers to tear off and material. An architectural shingle roof on a 2,000 sq ft house usually lies
between 9,000 and 16,000 dollars; standing seam metal two to three times that. The written estimate lists tear-off, deck
repair per sheet, underlayment, flashing, vents, haul-away and permit. It holds for 30 days.

Shingle or metal roof
Architectural shingles last 20 to 30 years, metal 40 to 70. Metal reflects heat and sheds hail better, but dents can stay
visible and some policies exclude cosmetic damage. Class 4 impact-rated shingles often lower the premium: the owner should
ask their insurer before choosing.

The crew is late or did not come
Rain and wet decks move every job behind them. Check the schedule for a weather note first. Apologize once, give the new
window and the name of the crew lead, and offer a call when they leave the yard. Materials on the driveway are covered by us
until installed.

Leak again after a repair
Our repairs are guaranteed for two years against the same leak. A second visit is free and goes ahead of new work, with a
lead roofer and a water test. Look up the earlier visits and photos before promising what was wrong.
`

const plumbing = `
Burst pipe: shut off the water
The main shut-off is at the meter box near the street, or where the line enters the house; turn a lever a quarter turn or a
wheel clockwise. Then open the lowest faucet to drain the line. If water is near outlets, switch off the breaker first and
stay out of standing water. A crew can usually be there within 90 minutes.

Water heater leaks or gives no hot water
Gas: set the control to pilot and close the valve on the gas line. Electric: switch off its breaker. Then close the cold inlet
on top. Water around the relief valve means pressure; water under the tank means the tank is done and is replaced, not
repaired. Tanks last 8 to 12 years. The pilot is relit by the owner only if there is no smell of gas.

Gas smell in the house
Everybody leaves at once, doors open, and nobody touches a switch, phone or flame inside. From outside call 911 and the gas
company's emergency line. We repair gas lines only after the company has shut the gas off. Do not keep the caller on the line
inside the house.

Clogged drain or toilet
One slow drain is a local clog: a plunger first, no chemical cleaner before a plumber comes, because it burns whoever opens
the trap. Several drains at once, or gurgling in the tub when the toilet is flushed, point to the main line. Then stop using
water until it is cleared.

Sewage backs up into the tub or floor drain
Stop all water in the house, washing machine included. Keep children and pets away; wear gloves. The outside cleanout, if
it can be opened, lets it run out in the yard instead of the house. This is an emergency visit. Roots are the usual cause in
older clay pipe; a camera run shows them.

What a visit costs and how it is billed
The trip fee is 89 dollars and is taken off the repair. The plumber gives a fixed price before starting; nothing is done
without a yes. After 6 p.m. and on weekends the fee is 149. Cards, checks and financing from 500 dollars are accepted. An
invoice can be explained line by line; disputed charges go to the office manager the same day.

High water bill or a running toilet
Read the meter, use no water for an hour, read again: if it moved, something leaks. Food color in the toilet tank that
shows in the bowl within 15 minutes means the flapper. A running toilet wastes 200 gallons a day. A slab leak shows as a warm
spot on the floor or the sound of water when all is off.

Low water pressure
At one faucet it is the aerator: unscrew and rinse it. In the whole house ask the neighbors first, then look at the pressure
regulator, which lasts about ten years. Hot water only: the heater's inlet valve or scale.
`

const heating = `
No cooling: what the owner can check
Thermostat on cool and five degrees below the room; filter not grey; outdoor unit running and free of grass; breaker on. Ice on
the pipes: switch to fan only for two hours and do not run it cold. A full drain pan trips the float switch. Someone over 65, a
baby or a sick person in the house makes it a same-day visit.

No heat: what the owner can check
Thermostat on heat, batteries fresh, filter clean, furnace switch and breaker on, gas valve open. Modern furnaces lock out after
three failed starts: one reset by switching off for 30 seconds is fine, a second is not. If it smells of gas, leave and call
the gas company. Space heaters need a meter of free room and no extension cord.

Carbon monoxide alarm
Everybody out into fresh air at once, then 911 from outside. Headache, dizziness or nausea means an ambulance. The furnace stays
off until it has been tested for a cracked heat exchanger. Four chirps and a pause is the alarm; one chirp a minute is only
the battery.

Repair or replace the unit
Over 12 years old, or a repair above a third of a new system, usually speaks for replacement. R-22 units can no longer be
refilled at a sane price. A new system of 3 tons is 7,500 to 13,000 dollars installed; there is financing over 12 to 60 months.
The estimate is free and includes a load calculation.

Maintenance plan
Two visits a year, spring and fall: coils and drain cleaned, charge and electrics tested, filter changed. 18 dollars a month,
15 percent off repairs, and members go first on hot days. Makers ask for yearly maintenance to keep the warranty.

Warranty on parts and labor
Makers give ten years on parts when the unit was registered within 60 days, else five. Labor is ours for two years. Have the
model and serial number from the plate on the outdoor unit ready. Refrigerant is not covered by most warranties.

Filter: which size and how often
The size is printed on the frame, for example 16x25x1. One inch filters every 30 to 90 days, four inch every 6 to 12 months;
sooner with pets. Too dense a filter (above MERV 13) starves an older blower and can freeze the coil.

The technician is late
Summer days run over: tell the caller who is before them and the new window. Offer to move them to the first visit of the next
day at no trip fee, or a call 30 minutes before arrival. A household with a medical need moves up: say so in a note.
`

const auto = `
Check engine light: steady or flashing
Steady: drive gently and have it read within days; a loose fuel cap is the mildest cause. Flashing: the engine misfires and ruins
the catalytic converter, so pull over and have it towed. Reading the codes is free; finding the cause is 120 dollars and is
taken off the repair.

Brakes grind, squeal or feel soft
Squealing is the wear indicator: a few weeks. Grinding is metal on the rotor: do not drive it. A soft pedal or one that sinks means
fluid or air: tow it. Pads and rotors for one axle are 280 to 450 dollars, about two hours. Stopping distance is no place to save.

The car does not start
Clicking is the battery or its clamps; cranking without starting is fuel or spark; silence with lights on is the starter. Jump
it once, then drive 30 minutes. Batteries live 3 to 5 years, less in our heat. A tow within 15 miles is free with a repair here.

Engine overheats
Stop, engine off, hood closed until it is cool: the cap must not be opened hot. Heater on full helps for the last yards only.
Driving on can warp the head, from a 40 dollar hose to a 2,000 dollar repair. Tow it.

The repair costs more than the estimate
Nothing beyond the written estimate is done without the customer's yes. If it happened all the same, find the
authorization in the order: who said yes, when, to what. If there is none, do not defend it: the service manager calls back the
same day.

Same problem again after a repair
Repairs carry 24 months or 24,000 miles on parts and labor. A comeback is looked at first thing, by another technician, free of
charge, with a loaner if it stays overnight. Ask when it happens: cold, hot, turning, braking.

When will my car be ready
Look up the order's stage: diagnosed, waiting for approval, waiting for parts, in the bay, test drive. Give the stage and the
time the shop promised, not a guess. Parts on back order: offer a used or aftermarket part with its price, or to put the car
together again.

Oil change and state inspection
Full synthetic every 7,500 miles or a year: 79 dollars, 40 minutes, no appointment before 10 a.m. Texas ended the yearly safety
inspection for most cars in 2025; an emissions test is still needed in some counties. Registration now asks for a replacement fee instead.
`

const everybody = `
The caller asks for a person
Say yes at once, once. Name the person and the wait, and ask for a number in case the line drops. If nobody is free, offer a
callback with a time window and keep it. Never argue that the assistant can do it too.

The caller threatens with a lawyer or a review
Stay calm, admit nothing and deny nothing. Say that you want to put it right and that the owner calls back today. Write down what
they want in their own words. Do not discuss fault, money or insurance further on this call.

Is this call recorded, am I talking to a robot
Yes to both, at once and without jokes: the call is recorded, and an AI assistant answers for the company. Offer a person. Who
does not want to be recorded is called back by a person on an unrecorded line.
`

function parseArticles(text: string, businessId?: string): KnowledgeCreateBody[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => {
      const [title = '', ...lines] = block.split('\n')
      return {
        title,
        content: lines.join(' '),
        source: 'Desk handbook',
        source_type: 'manual',
        ...(businessId ? { business_id: businessId } : {}),
      }
    })
}

/** The articles of the demo company: by business, and for all. */
export const demoKnowledge: readonly KnowledgeCreateBody[] = [
  ...parseArticles(roofing, 'roofing'),
  ...parseArticles(plumbing, 'plumbing'),
  ...parseArticles(heating, 'heating'),
  ...parseArticles(auto, 'auto'),
  ...parseArticles(everybody),
]
