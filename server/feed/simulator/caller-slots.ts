// Who calls and what about: the names, streets, cars, prices and times that fill a script.
import type { Random } from '#server/feed/simulator/random.ts'
import type { Slots } from '#server/feed/simulator/render-line.ts'
import type { BusinessKind } from '#server/feed/simulator/scenario.ts'

const words = (list: string) => list.split(' ')

const firstNames = words(
  'Maria James Linda Robert Patricia Carlos Jennifer Luis Barbara Daniel Susan Miguel Jessica David Karen Jorge Nancy Kevin Lisa Brian Sandra Omar Ashley Steven Kimberly Anthony Donna Rafael Carol Jason Michelle Ryan Emily Hector Angela Tyler Melissa Victor Rebecca Samuel Laura Dwayne Cynthia Priya Kathleen Andre Amy Ibrahim Shirley Marcus Brenda Wei Pamela Grant Nicole Tomas Samantha Eric Katherine Nadia Christine Leon Debra Travis Rachel Darnell Carolyn Felix Janet Sergio Heather Amir Diane Colton Olivia Ruben Joyce Keith Victoria Jamal Lauren Walter Kelly Pedro Christina Russell Joan Yusuf Evelyn Dustin Judith Oscar Megan Harold Andrea Trevor Cheryl Mateo Hannah Curtis',
)
const lastNames = words(
  'Garcia Smith Nguyen Johnson Martinez Williams Brown Hernandez Jones Lopez Davis Miller Gonzalez Wilson Anderson Perez Thomas Taylor Sanchez Moore Jackson Ramirez Martin Lee Torres Thompson White Flores Harris Clark Rivera Lewis Robinson Gomez Walker Young Diaz Allen King Cruz Wright Scott Reyes Hill Green Morales Adams Baker Ortiz Nelson Carter Gutierrez Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Patel Morris Murphy Cook Rogers Cooper Peterson Bailey Reed Kelly Howard Ward Cox Richardson Watson Brooks Bennett Gray Mendoza Hughes Price Myers Long Foster Ross Sanders Castillo Powell Jenkins Perry Russell Sullivan Vargas Fisher Okafor Kowalski Haddad Lindgren',
)
const streets = [
  'Oak Hollow Drive',
  'Mulberry Avenue',
  'Blanco Road',
  'West Magnolia',
  'Cedar Elm Lane',
  'Vance Jackson Road',
  'Pecan Grove',
  'Hildebrand Avenue',
  'Bandera Pass',
  'Sycamore Street',
  'Lockhill Selma',
  'Huisache Avenue',
  'Stone Oak Parkway',
  'Alamo Heights Boulevard',
  'Ridgeline Court',
  'Nacogdoches Road',
  'Cypress Bend',
  'Broadway',
  'Wurzbach Road',
  'Fredericksburg Road',
  'Live Oak Trail',
  'Quail Creek',
  'Culebra Road',
  'Mission Road',
  'Red Bluff Lane',
  'Thousand Oaks Drive',
  'Babcock Road',
  'Eisenhauer Road',
  'Mesquite Flats',
  'Summit Avenue',
  'Kings Highway',
  'Woodlawn Avenue',
  'Rittiman Road',
  'Perrin Beitel',
  'Starlight Terrace',
  'Old Seguin Road',
] // prettier-ignore
const cities = [
  'San Antonio',
  'New Braunfels',
  'Boerne',
  'Schertz',
  'Seguin',
  'Helotes',
  'Universal City',
  'Converse',
]
const cars = [
  'Honda Civic',
  'Toyota Camry',
  'Ford F-150',
  'Chevy Silverado',
  'Nissan Altima',
  'Honda CR-V',
  'Toyota RAV4',
  'Hyundai Elantra',
  'Jeep Cherokee',
  'Dodge Ram',
  'Subaru Outback',
  'Ford Escape',
  'Kia Sorento',
  'Mazda 3',
  'Chevy Malibu',
  'Volkswagen Jetta',
  'Toyota Tacoma',
  'GMC Sierra',
  'Hyundai Tucson',
  'Nissan Rogue',
  'Buick Enclave',
] // prettier-ignore
const furnaces = ['Carrier', 'Trane', 'Lennox', 'Rheem', 'Goodman', 'American Standard', 'York', 'Bryant']
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const windows = [
  'eight to ten',
  'nine to eleven',
  'ten to noon',
  'noon to two',
  'one to three',
  'two to four',
  'three to five',
] // prettier-ignore
const times = words(
  '8:00 8:15 8:30 9:00 9:30 10:00 10:15 11:00 11:30 1:00 1:30 2:00 2:45 3:00 3:30 4:00 4:15',
)
const rooms = [
  'kitchen',
  'master bedroom',
  'guest room',
  'hallway',
  'garage',
  'upstairs bathroom',
  'laundry room',
  'living room',
  'den',
] // prettier-ignore
const colors = words('gray white black silver blue red green tan')
const insurers = ['State Farm', 'Allstate', 'USAA', 'Farmers', 'Progressive', 'Liberty Mutual']
const areaCodes = words('210 830 512 361 726')

/** What a job and a visit cost, in whole dollars. */
const prices: Record<BusinessKind, { job: [number, number]; fee: [number, number] }> = {
  roofing: { job: [480, 14800], fee: [0, 150] },
  plumbing: { job: [180, 2900], fee: [59, 119] },
  heating: { job: [160, 7200], fee: [69, 129] },
  auto: { job: [120, 2400], fee: [89, 149] },
}

const dollars = (amount: number) => `$${amount.toLocaleString('en-US')}`

/** A fictional number of the region, in E.164. */
export function drawPhone(random: Random): string {
  return `+1${random.pick(areaCodes)}555${String(random.whole(0, 9999)).padStart(4, '0')}`
}

// Prices lean to the low end and are round, as a person would quote them.
function drawPrice(random: Random, [low, high]: [number, number]): number {
  const amount = low + (high - low) * random.next() ** 2.2
  const step = amount > 1000 ? 50 : amount > 200 ? 10 : 5
  return Math.max(step, Math.round(amount / step) * step - (amount > 200 ? 1 : 0))
}

interface SlotParts {
  kind: BusinessKind
  businessName: string
  aiName: string
  callerPhone: string
}

/** Fills every slot a script may name, for one call. */
export function drawSlots(random: Random, { kind, businessName, aiName, callerPhone }: SlotParts): Slots {
  const first = random.pick(firstNames)
  const last = random.pick(lastNames)
  const day = random.pick(days)
  const price = drawPrice(random, prices[kind].job)
  const bill = drawPrice(random, prices[kind].job)
  return {
    first,
    last,
    name: `${first} ${last}`,
    house: String(random.whole(101, 19899)),
    street: random.pick(streets),
    city: random.pick(cities),
    zip: `78${random.whole(201, 299)}`,
    phone: `${callerPhone.slice(2, 5)}-555-${callerPhone.slice(-4)}`,
    last4: callerPhone.slice(-4).split('').join(' '),
    car: random.pick(cars),
    year: String(random.whole(2006, 2024)),
    color: random.pick(colors),
    miles: `${random.whole(22, 168)},000`,
    brand: random.pick(furnaces),
    age: String(random.whole(4, 22)),
    insurer: random.pick(insurers),
    price: dollars(price),
    bill: dollars(bill === price ? bill + 40 : bill),
    fee: dollars(drawPrice(random, prices[kind].fee)),
    deposit: dollars(Math.max(50, Math.round(price / 200) * 50)),
    day,
    otherday: random.pick(days.filter((other) => other !== day)),
    window: random.pick(windows),
    time: random.pick(times),
    hours: random.pick(['two', 'three', 'four', 'five', 'six']),
    minutes: String(random.pick([10, 15, 20, 25, 30, 40, 45])),
    room: random.pick(rooms),
    tech: random.pick(firstNames.filter((other) => other !== first)),
    order: String(random.whole(10240, 98760)),
    months: random.pick(['six', 'twelve', 'eighteen', 'twenty-four']),
    percent: String(random.pick([5, 10, 15])),
    weeks: random.pick(['two', 'three', 'four', 'five']),
    business: businessName,
    ai: aiName,
    agent: 'a colleague',
  }
}
