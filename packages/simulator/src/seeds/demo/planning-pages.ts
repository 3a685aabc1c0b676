import type { PageStory } from '../story.ts'

const q2 = `:::panel{type=info}
Status: **agreed on {day:-6}**. Owner: {@maya}. Next look: {date:9}.
:::

Our second quarter runs from {month:1} to the end of {month:3}. Everything in it serves one aim: Lakeside runs on Slipway from the first day of the season, and a second marina has signed.

# Goals

1. **Pilot live.** Lakeside takes its bookings in Slipway from {date:25}.
2. **No lost money.** No deposit is charged twice, no berth is given away twice.
3. **A second customer.** One more marina signs before the quarter ends.

# What we do

| Work | Owner | Until | State |
| --- | --- | --- | --- |
| Payments with deposit | {@jonas} | {date:8} | :status[ON TRACK]{color=green} |
| Double booking fixed and proven | {@jonas} | {date:6} | :status[AT RISK]{color=yellow} |
| Harbour staff guide | {@maya} | {date:15} | :status[NOT STARTED]{color=neutral} |
| Load test for the opening day | {@priya} | {date:18} | :status[NOT STARTED]{color=neutral} |
| Talks with two more marinas | {@grace} | {date:40} | :status[ON TRACK]{color=green} |

# What we do not do

- Prices in other currencies
- Winter storage and electricity meters
- An app for phones: the website has to do

# Next steps

- [x] Agree on the goals with everybody {date:-6}
- [x] Ask Lakeside for the berth plan
- [ ] {@priya} writes down what "proven" means for the double booking until {date:3}
- [ ] {@grace} sends the offer to Norrvik Marina until {date:5}
- [ ] {@maya} books the rehearsal day, {date:20}

# Risks

:::panel{type=warning}
If {issue:ALPHA-7} is not fixed by {date:6}, the rehearsal moves, and the opening of the season does not.
:::

- **One person knows the payments code.** Jonas writes the notes for {page:How we release} before his holiday.
- **The season opens on a fixed day.** There is no second date.

# Numbers we watch

| Number | Now | End of Q2 |
| --- | --- | --- |
| Bookings a week at Lakeside | 0 | 60 |
| Guests who finish a booking they began | 71 % | 85 % |
| Open bugs with the label *pilot-blocker* | 3 | 0 |
`

const firstQ2 = q2
  .replace('Status: **agreed on {day:-6}**.', 'Status: **draft**.')
  .replace(':status[AT RISK]{color=yellow}', ':status[ON TRACK]{color=green}')

/** The pages around the plan. */
export const planningPages: readonly PageStory[] = [
  {
    title: 'Q2 Planning',
    by: 'maya',
    at: '-10 10:00',
    text: firstQ2,
    labels: ['planning', 'q2'],
    likes: ['grace', 'jonas'],
    edits: [{ by: 'maya', at: '-6 15:30', text: q2, message: 'Agreed in the meeting' }],
    comments: [
      {
        by: 'priya',
        at: '-9 07:40',
        text: 'What counts as *proven*? I would say: 10,000 tries with 50 browsers, and not one double booking.',
      },
      { by: 'jonas', at: '-9 09:15', text: 'Agreed. I can have the constraint ready by {date:4}.' },
    ],
  },
  {
    title: 'Q2 Planning: budget and headcount',
    by: 'grace',
    at: '-9 17:00',
    below: 'Q2 Planning',
    onlyFor: ['grace', 'maya'],
    labels: ['planning', 'q2', 'confidential'],
    text: `Only for Grace and Maya until the contracts are signed.

| Item | Planned |
| --- | --- |
| Backend engineer, from {month:2} | 68,000 a year |
| Payment fees for the pilot | 2,400 |
| Freelance design | 9,000 |

If Norrvik signs, we hire a second engineer in {month:4}.`,
  },
  {
    title: 'Release Plan',
    by: 'maya',
    at: '-20 11:00',
    labels: ['release', 'alpha'],
    text: `How Alpha reaches Lakeside. Issues are in the project Alpha; this page has the dates.

# Dates

| Step | Day | Who |
| --- | --- | --- |
| Alpha 0.9 on the test system | {date:8} | {@jonas} |
| Berth plan complete | {date:10} | {@maya} |
| Rehearsal at Lakeside | {date:20} | {@maya} |
| Alpha 1.0, go-live | {date:25} | everybody |

# Before we say yes

- [ ] No open bug with the label *pilot-blocker*
- [ ] Backup restored once, on another machine
- [ ] Support hours agreed
- [x] Payment contract signed

# If it goes wrong

Lakeside goes back to the paper calendar. The bookings of the day are printed at six every morning, so nothing is lost but the morning.

# Linked work

Nothing is linked yet.`,
    comments: [
      {
        by: 'grace',
        at: '-15 18:30',
        text: 'Please name one person for the phone on the go-live weekend. I can take Saturday.',
      },
    ],
  },
  {
    title: 'Release Plan: how we told the testers about 0.8',
    by: 'maya',
    at: '-21 16:00',
    below: 'Release Plan',
    text: `Sent to eleven testers on {day:-21}.

> Search, arrivals and the berth map work. Payments come next. Please try to break the search.`,
  },
  {
    title: 'Meeting notes',
    by: 'maya',
    at: '-45 09:00',
    type: 'folder',
    text: '',
  },
  {
    title: 'Meeting notes: onboarding workshop',
    by: 'maya',
    at: '-2 14:30',
    below: 'Meeting notes',
    labels: ['meeting', 'onboarding'],
    text: `{date:-2}, with {@maya}, {@priya}, {@sam} and two people from Lakeside's quay.

# What we saw

New harbour staff need 40 minutes until their first booking. Half of that is looking for things. Nobody read the welcome text.

# What should become work

1. **Shorten the first screen.** Three choices in place of eleven; the others behind "More". Story for Maya's team.
2. **Example harbour.** A made-up harbour with ten berths to play with, which can be reset. Story.
3. **Explain the colours of the berth map.** There is no legend; two people thought red meant "reserved". Bug.
4. **Print the cheat sheet.** One page, both sides, to hang up in the office. Task for Sam.
5. **Measure it.** Count how long the first booking takes, for each new person. Task for Priya.

# Not now

- Videos
- A chat window

# Next time

{date:8}, at the harbour.`,
  },
  {
    title: 'Meeting notes: weekly',
    by: 'jonas',
    at: '-5 10:00',
    below: 'Meeting notes',
    labels: ['meeting'],
    text: `- Payments: reservation works, refunds do not yet
- {@priya} found {issue:ALPHA-26}; waits for {issue:ALPHA-7}
- Sam has the pictures

Decided:

- <!> We fix the double booking with a constraint and not with a lock.`,
  },
]
