import type { PageStory } from '../story.ts'

/** Pages about the product and about engineering. */
export const productPages: readonly PageStory[] = [
  {
    title: 'What Slipway is',
    by: 'maya',
    at: '-61 10:00',
    labels: ['product'],
    text: `Slipway is berth booking for marinas with fewer than 200 berths.

| Who | What they get |
| --- | --- |
| Guests | a berth, in three minutes, on a phone |
| Harbour office | one list in the morning, and a month that closes by itself |
| Owners | fewer empty berths |

We do not do large marinas. They have other problems, and other people who solve them.`,
  },
  {
    title: 'Decision: payment provider',
    by: 'grace',
    at: '-44 15:00',
    labels: ['decision', 'payments'],
    text: `**Decided on {day:-44}**: the second offer.

| | First | Second | Third |
| --- | --- | --- | --- |
| Fee | 1.9 % | 1.4 % | 1.2 % |
| Monthly | 0 | 0 | 89 |
| Holds deposits | 7 days | 90 days | 30 days |

Guests book up to 60 days ahead, so 90 days it is.`,
  },
  {
    title: 'Glossary',
    by: 'priya',
    at: '-40 08:00',
    text: `**Berth**: the place for one boat. **Pier**: what berths hang on. **Deposit**: what a guest pays in advance. **Season**: has a price for each berth.`,
  },
]

export const engineeringPages: readonly PageStory[] = [
  {
    title: 'How we release',
    by: 'jonas',
    at: '-50 10:00',
    labels: ['runbook'],
    text: `1. Everything green on the main branch
2. Tag it, wait for the build
3. Test system first, for a day
4. Tell the testers, then the pilot

\`\`\`sh
slipway release --from main --to test
slipway smoke --site test
\`\`\`

:::expand{title="When the smoke test fails"}
Nothing is live yet. Read the first failing step, fix it, and begin again at 1. Do not skip the test system.
:::`,
  },
  {
    title: 'Incident review: double booking on the north pier',
    by: 'priya',
    at: '-30 09:00',
    labels: ['incident'],
    text: `What happened on {day:-32}, without blame.

# What we saw

Two test guests had berth N-14 for the same weekend. Both had a confirmation.

# Why

The search looks, then the booking writes. Between the two there is room for somebody else.

# What we do

- [x] Tell the testers
- [ ] Constraint in the database, {issue:ALPHA-7}
- [ ] A test with 50 browsers that runs every night, {@priya}`,
    comments: [
      {
        by: 'jonas',
        at: '-29 11:00',
        text: 'Good summary. I would add that the logs had it for a week and nobody looked.',
      },
    ],
  },
  {
    title: 'On-call guide',
    by: 'jonas',
    at: '-26 12:00',
    labels: ['runbook'],
    text: `The phone goes round weekly, on Mondays at ten.

1. Is the site up? If not: restart, then think.
2. Are payments going through? If not: call the provider, number on the wall.
3. Write down what you did, in the channel, while you do it.`,
  },
  {
    title: 'Database notes',
    by: 'rolf',
    at: '-57 15:00',
    text: 'PostgreSQL 17, one machine, nightly backup. Bookings have a range of nights, berths have a length in centimetres.',
    edits: [
      {
        by: 'jonas',
        at: '-12 12:00',
        message: 'Constraint',
        text: 'PostgreSQL 17, one machine, nightly backup. Bookings have a range of nights, berths have a length in centimetres.\n\nSoon: `one_boat_a_night`, an exclusion constraint.',
      },
    ],
  },
]

export const teamPages: readonly PageStory[] = [
  {
    title: 'Who we are',
    by: 'grace',
    at: '-61 09:00',
    text: `Five people in four countries. Grace began in a harbour office; the others joined because she would not stop talking about it.

- {@grace}: founder
- {@maya}: product
- {@jonas}: engineering
- {@priya}: tests
- {@sam}: design, two days a week`,
  },
  {
    title: 'Holidays',
    by: 'maya',
    at: '-33 09:00',
    text: '| Who | From | To |\n| --- | --- | --- |\n| {@jonas} | {date:30} | {date:39} |\n| {@priya} | {date:44} | {date:48} |',
  },
  {
    title: 'Alpha 0.8 is with the testers',
    type: 'blogpost',
    by: 'maya',
    at: '-21 17:00',
    labels: ['news'],
    likes: ['grace', 'sam'],
    text: 'Eleven people are trying to break the search. One already has. **Thank you, Priya.**',
  },
  {
    title: 'Lakeside measures its berths',
    type: 'blogpost',
    by: 'grace',
    at: '-30 18:00',
    labels: ['news', 'pilot'],
    text: 'Elin and her people walked the piers with a tape for three days. There are 118 berths, and not 122.',
  },
]

export const leadershipPages: readonly PageStory[] = [
  {
    title: 'Salary bands',
    by: 'grace',
    at: '-35 17:00',
    labels: ['confidential'],
    text: '| Level | From | To |\n| --- | --- | --- |\n| Engineer | 52,000 | 68,000 |\n| Senior | 66,000 | 84,000 |',
  },
  {
    title: 'Talks with Norrvik Marina',
    by: 'grace',
    at: '-8 19:00',
    text: 'They have 84 berths and a contract that ends in {month:5}. They want to see Lakeside in the season first.',
  },
]

export const harbourPages: readonly PageStory[] = [
  {
    title: 'How a day goes',
    by: 'elin',
    at: '-37 08:30',
    text: '1. Six o’clock: print the list\n2. Walk the piers\n3. Ten to noon: boats leave\n4. Two to eight: boats arrive, all at once',
  },
  {
    title: 'What we need before we switch',
    by: 'elin',
    at: '-22 09:00',
    labels: ['slipway'],
    text: '- [x] Berths measured\n- [ ] Tablet that likes rain\n- [ ] Regulars told by letter\n- [ ] A day of practice, {date:20}',
    comments: [{ by: 'maya', at: '-21 10:00', text: 'We bring cake on the day of practice.' }],
  },
]
