import type { IssueStory } from '../story.ts'

/** ALPHA-1 to ALPHA-11: what the project began with. */
export const alphaBeginnings: readonly IssueStory[] = [
  {
    type: 'Epic',
    summary: 'Guests can book a berth online',
    by: 'maya',
    at: '-62 09:10',
    text: `A guest finds a free berth, reserves it and pays the deposit, without calling the harbour.

**Done when** a guest at Lakeside can do all of it on a phone in under three minutes.`,
    moves: [{ by: 'maya', at: '-58 10:00', to: 'In Progress' }],
  },
  {
    type: 'Epic',
    summary: 'Harbour office runs its day in Slipway',
    by: 'maya',
    at: '-62 09:25',
    text: `The office sees who arrives, moves bookings when boats are longer than promised, and closes the month.

Out of scope for Alpha: winter storage, electricity meters, the fuel dock.`,
    moves: [{ by: 'maya', at: '-50 09:00', to: 'In Progress' }],
  },
  {
    type: 'Epic',
    summary: 'Ready for the pilot at Lakeside',
    by: 'maya',
    at: '-60 13:00',
    text: 'Everything that has to be true before {@elin} can let go of the paper calendar. Dates are on {page:Release Plan}.',
    due: 25,
  },
  {
    type: 'Story',
    summary: 'Search free berths by length and date',
    by: 'maya',
    at: '-59 09:30',
    parent: 1,
    points: 5,
    assignee: 'jonas',
    component: 'Booking',
    version: 'Alpha 0.8',
    text: `As a guest I say how long my boat is and when I come, and see the berths that are free.

- Length in metres, half metres allowed
- At most 14 nights
- Berths that are too short are not shown at all`,
    moves: [
      { by: 'jonas', at: '-57 10:15', to: 'In Progress' },
      { by: 'jonas', at: '-49 16:40', to: 'In Review' },
      { by: 'priya', at: '-47 12:20', to: 'Done' },
    ],
    work: [
      { by: 'jonas', at: '-56 17:00', spent: '6h', text: 'Query and index' },
      { by: 'jonas', at: '-50 17:30', spent: '1d 2h' },
    ],
    comments: [
      {
        by: 'priya',
        at: '-47 12:15',
        text: 'Tested with 5.5 m, 6 m and 12 m boats on all three piers. Works, apart from {issue:ALPHA-13}.',
      },
    ],
  },
  {
    type: 'Story',
    summary: 'Reserve a berth and pay a deposit',
    by: 'maya',
    at: '-55 11:00',
    parent: 1,
    points: 8,
    priority: 'High',
    assignee: 'jonas',
    component: 'Payments',
    version: 'Alpha 0.9',
    estimate: '5d',
    due: 6,
    text: `As a guest I reserve the berth I chose and pay the deposit, so that it is mine when I arrive.

| Case | What happens |
| --- | --- |
| Deposit paid | Booking is confirmed, e-mail goes out |
| Card refused | Berth stays reserved for 15 minutes |
| Page closed | Berth is free again after 15 minutes |

:::panel{type=note}
The deposit is set by each marina. Lakeside takes 30 %.
:::`,
    moves: [{ by: 'jonas', at: '-18 09:40', to: 'In Progress' }],
    work: [
      { by: 'jonas', at: '-16 17:10', spent: '7h', text: 'Reservation with a time limit' },
      { by: 'jonas', at: '-9 16:00', spent: '1d' },
    ],
    comments: [
      {
        by: 'maya',
        at: '-17 09:05',
        text: '{@jonas} Lakeside confirmed the 30 %. Please make it a setting all the same.',
      },
      { by: 'jonas', at: '-17 09:50', text: 'It is one: `deposit.percent`, with 30 as the default.' },
    ],
  },
  {
    type: 'Story',
    summary: 'Confirmation e-mail with a berth map',
    by: 'maya',
    at: '-54 15:20',
    parent: 1,
    points: 3,
    assignee: 'priya',
    component: 'Booking',
    version: 'Alpha 0.9',
    text: 'As a guest I get an e-mail that says where my berth is, with a map I can open at the helm.',
    moves: [
      { by: 'priya', at: '-20 06:30', to: 'In Progress' },
      { by: 'priya', at: '-4 11:10', to: 'In Review' },
    ],
  },
  {
    type: 'Bug',
    summary: 'Two guests can book the same berth at the same moment',
    by: 'priya',
    at: '-33 07:45',
    parent: 1,
    priority: 'Highest',
    severity: 'Blocks work',
    assignee: 'jonas',
    component: 'Booking',
    version: 'Alpha 0.9',
    labels: ['data-loss', 'pilot-blocker'],
    watchers: ['maya', 'grace'],
    text: `Two browsers, same berth, same night. Both press **Reserve** within a second: both get a confirmation.

1. Open berth N-14 in two browsers
2. Press *Reserve* in both
3. Look at the arrivals list: two boats, one berth

Happens in 7 of 20 tries. See {page:Incident review: double booking on the north pier}.`,
    moves: [{ by: 'jonas', at: '-12 10:30', to: 'In Progress' }],
    comments: [
      {
        by: 'jonas',
        at: '-12 11:20',
        text: `The check and the insert are two statements. The fix is a constraint, not a lock:

\`\`\`sql
ALTER TABLE booking
  ADD CONSTRAINT one_boat_a_night EXCLUDE USING gist (berth WITH =, nights WITH &&);
\`\`\`

The second guest then gets an error that we can show as "just taken".`,
      },
      {
        by: 'priya',
        at: '-11 07:05',
        text: 'Can you give me a build to hammer? I have a script with 50 browsers.',
      },
      {
        by: 'maya',
        at: '-10 14:00',
        onlyFor: 'Administrators',
        text: 'For us only: Lakeside heard about this from a guest. I told {@elin} it is fixed before the rehearsal.',
      },
    ],
  },
  {
    type: 'Bug',
    summary: 'Deposit is charged twice when the card page is reloaded',
    by: 'priya',
    at: '-15 08:20',
    parent: 1,
    priority: 'High',
    severity: 'Blocks work',
    assignee: 'jonas',
    component: 'Payments',
    version: 'Alpha 0.9',
    labels: ['pilot-blocker'],
    text: `Reloading the page of the payment provider sends the form again, and the provider takes the money again.

:::panel{type=warning}
Found with the test cards only. No real card was charged twice.
:::`,
    comments: [
      { by: 'jonas', at: '-14 09:30', text: 'They take an idempotency key. We send none. Should be small.' },
      {
        by: 'grace',
        at: '-13 18:10',
        text: 'This one must not reach a guest. Please put it before everything but the double booking.',
      },
    ],
  },
  {
    type: 'Task',
    summary: 'Choose a payment provider',
    by: 'grace',
    at: '-53 10:00',
    assignee: 'grace',
    component: 'Payments',
    version: 'Alpha 0.8',
    text: 'Three offers are in. Compare fees for amounts around 40 euros, and how long they hold deposits.',
    moves: [
      { by: 'grace', at: '-52 10:00', to: 'In Progress' },
      { by: 'grace', at: '-44 15:30', to: 'Done' },
    ],
    comments: [
      {
        by: 'grace',
        at: '-44 15:25',
        text: 'Decided: the second offer. 1.4 % and no monthly fee. Decision is on {page:Decision: payment provider}.',
      },
    ],
  },
  {
    type: 'Story',
    summary: 'Harbour office sees who arrives today',
    by: 'maya',
    at: '-51 09:00',
    parent: 2,
    points: 5,
    assignee: 'jonas',
    component: 'Harbour office',
    version: 'Alpha 0.8',
    text: 'As the office I open one page in the morning and see every boat that arrives, with length, berth and balance.',
    moves: [
      { by: 'jonas', at: '-46 09:00', to: 'In Progress' },
      { by: 'jonas', at: '-38 17:20', to: 'In Review' },
      { by: 'maya', at: '-36 10:45', to: 'Done' },
    ],
  },
  {
    type: 'Story',
    summary: 'Move a booking to another berth',
    by: 'maya',
    at: '-48 14:10',
    parent: 2,
    points: 5,
    component: 'Harbour office',
    version: 'Alpha 1.0',
    text: 'As the office I move a boat that turns out longer than its owner said, and the guest gets a new map.',
  },
]
