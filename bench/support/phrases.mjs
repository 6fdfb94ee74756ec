// What is said on the phones of the measured floor: service calls in plain words, some short, some long.

export const names = [
  'Ana Ortiz',
  'Ben Whitfield',
  'Carla Mendez',
  'Dmitri Volkov',
  'Eva Lindholm',
  'Farid Haddad',
  'Grace Okafor',
  'Hiro Tanaka',
  'Ines Duarte',
  'Jack Moreno',
  'Kavya Nair',
  'Liam Byrne',
]

export const lines = {
  ai: [
    'Thank you for calling, this call is recorded. How can I help you today?',
    'I can get somebody out to you tomorrow morning between eight and ten. Would that work for you?',
    'Let me read that back: four one seven Cedar Street, and the best number is the one you are calling from.',
    'One moment, please, while I look at the calendar.',
    'I am sorry about that. Let me see what we can do today.',
    'The visit itself is eighty-nine dollars, and it is taken off the repair if you go ahead.',
    'You are booked. You will get a text when the technician is on the way.',
    'Is there anything else I can help you with?',
    'Just so I have it right, is the water still running or were you able to close the valve?',
    'Could you tell me how old the unit is, and whether the breaker has been reset since it stopped?',
  ],
  customer: [
    'Hi, yes, my water heater has been making a knocking sound since yesterday evening.',
    'Tomorrow works, but not before nine, I have to take the kids to school first.',
    'Yes, that is right.',
    'I already told the other person all of this an hour ago.',
    'There is water coming through the ceiling in the kitchen and I do not know where to turn it off.',
    'How much would that be, roughly? I do not want to be surprised again like last time.',
    'Great, thank you so much, that was easy.',
    'No, nobody showed up, and I have been waiting since eight this morning.',
    'It is the two-story house with the green door, you can park on the street.',
    'Okay, and could you have them call me twenty minutes before they get here, please?',
    'The air conditioning runs but it only blows warm air, and the filter is new.',
    'Hm, let me check with my husband, hold on.',
  ],
}
