import type { IssueStory, ProjectStory, StatusStory } from '../story.ts'

const steps: readonly StatusStory[] = [
  { name: 'Backlog', category: 'new' },
  { name: 'In Progress', category: 'indeterminate' },
  { name: 'Done', category: 'done' },
]

const websiteIssues: readonly IssueStory[] = [
  {
    type: 'Task',
    summary: 'New photographs for the front page',
    by: 'sam',
    at: '-40 15:00',
    assignee: 'sam',
    text: 'Lakeside in the evening, two boats, no sunset kitsch.',
    moves: [
      { by: 'sam', at: '-39 15:00', to: 'In Progress' },
      { by: 'sam', at: '-30 18:20', to: 'Done' },
    ],
  },
  {
    type: 'Bug',
    summary: 'Contact form forgets the message after an error',
    by: 'priya',
    at: '-35 08:00',
    assignee: 'sam',
    priority: 'High',
    labels: ['form'],
    text: 'A wrong e-mail address empties the whole form.',
    moves: [
      { by: 'sam', at: '-34 16:00', to: 'In Progress' },
      { by: 'sam', at: '-33 19:30', to: 'Done' },
    ],
  },
  {
    type: 'Story',
    summary: 'Page about the pilot',
    by: 'maya',
    at: '-20 10:30',
    assignee: 'sam',
    text: 'What Slipway does for a small marina, told by Elin. Goes online on {date:26}, not before.',
    due: 26,
    moves: [{ by: 'sam', at: '-6 17:00', to: 'In Progress' }],
    comments: [{ by: 'sam', at: '-5 16:10', text: 'Text is in. I still need a portrait of Elin.' }],
  },
  {
    type: 'Bug',
    summary: 'Menu cannot be opened with the keyboard',
    by: 'priya',
    at: '-14 07:20',
    priority: 'Medium',
    labels: ['accessibility'],
    text: 'Tab skips the menu button. It is a `div`.',
  },
  {
    type: 'Bug',
    summary: 'Prices page shows last year’s prices to search engines',
    by: 'grace',
    at: '-9 21:00',
    priority: 'High',
    assignee: 'jonas',
    text: 'The structured data was never changed.',
    moves: [{ by: 'jonas', at: '-8 10:00', to: 'In Progress' }],
  },
  {
    type: 'Task',
    summary: 'Move the newsletter to the new provider',
    by: 'maya',
    at: '-7 11:00',
    priority: 'Low',
    text: '412 readers, all of them have agreed to get it.',
  },
  {
    type: 'Task',
    summary: 'Imprint and privacy page: new address',
    by: 'grace',
    at: '-3 12:00',
    assignee: 'sam',
    due: 3,
    text: 'We move on {date:10}.',
  },
]

/** A project that the whole world may read. */
export const website: ProjectStory = {
  key: 'WEB',
  name: 'Website',
  description: 'The public website of Brightwater. Everybody may read along.',
  style: 'classic',
  lead: 'sam',
  open: 'anyone',
  administrators: ['maya'],
  members: ['sam', 'jonas', 'priya', 'grace'],
  types: ['Story', 'Task', 'Bug'],
  statuses: steps,
  issues: websiteIssues,
}

/** A project that only some may see. */
export const hiring: ProjectStory = {
  key: 'HIRE',
  name: 'Hiring',
  description: 'People we talk to. Only for those who talk to them.',
  style: 'next-gen',
  lead: 'grace',
  open: 'members',
  administrators: ['grace'],
  members: ['jonas', 'maya'],
  types: ['Task', 'Bug'],
  statuses: [
    { name: 'Applied', category: 'new' },
    { name: 'Talking', category: 'indeterminate' },
    { name: 'Decided', category: 'done' },
  ],
  issues: [
    {
      type: 'Task',
      summary: 'Backend engineer: write the advertisement',
      by: 'grace',
      at: '-34 09:00',
      assignee: 'jonas',
      text: 'Two languages, four days a week, no riddles in the interview.',
      moves: [
        { by: 'jonas', at: '-33 10:00', to: 'Talking' },
        { by: 'grace', at: '-29 10:00', to: 'Decided' },
      ],
    },
    {
      type: 'Task',
      summary: 'Candidate 4: second conversation',
      by: 'jonas',
      at: '-12 16:00',
      assignee: 'jonas',
      due: 2,
      text: 'Good answers about migrations. Asks for more than we planned; see the leadership space.',
      moves: [{ by: 'jonas', at: '-10 15:00', to: 'Talking' }],
      comments: [
        {
          by: 'grace',
          at: '-9 18:00',
          text: 'I would like to meet her. Salary is open up to the top of the band.',
        },
      ],
    },
    {
      type: 'Task',
      summary: 'Candidate 5: no',
      by: 'jonas',
      at: '-11 11:00',
      moves: [{ by: 'grace', at: '-8 09:00', to: 'Decided' }],
    },
    {
      type: 'Bug',
      summary: 'Application form lost two alpha testers’ letters',
      by: 'maya',
      at: '-6 14:00',
      priority: 'High',
      text: 'Two people who tested Alpha applied, and their letters never arrived.',
    },
  ],
}

/** The only project of the customer's site. */
export const lakeside: ProjectStory = {
  key: 'LAKE',
  name: 'Slipway at Lakeside',
  description: 'What Lakeside Marina does to begin with Slipway.',
  style: 'next-gen',
  lead: 'elin',
  open: 'licensed',
  administrators: ['elin'],
  members: ['maya', 'jonas'],
  types: ['Task', 'Bug'],
  statuses: [
    { name: 'To Do', category: 'new' },
    { name: 'In Progress', category: 'indeterminate' },
    { name: 'Done', category: 'done' },
  ],
  issues: [
    {
      type: 'Task',
      summary: 'Measure every berth again',
      by: 'elin',
      at: '-38 08:00',
      assignee: 'elin',
      text: 'The plan on the wall is from 1998.',
      moves: [
        { by: 'elin', at: '-36 08:00', to: 'In Progress' },
        { by: 'elin', at: '-31 15:00', to: 'Done' },
      ],
      comments: [{ by: 'elin', at: '-31 14:50', text: '118 berths. Four fewer than on the wall.' }],
    },
    {
      type: 'Task',
      summary: 'Tablet for the quay',
      by: 'elin',
      at: '-24 09:00',
      text: 'Has to survive rain, and gloves.',
      moves: [{ by: 'elin', at: '-10 09:00', to: 'In Progress' }],
    },
    {
      type: 'Bug',
      summary: 'Test guests still in the arrivals list',
      by: 'elin',
      at: '-5 07:30',
      priority: 'High',
      assignee: 'jonas',
      text: 'Donald D. arrives every Saturday. Please remove him before the rehearsal.',
    },
    {
      type: 'Task',
      summary: 'Tell the regulars by letter',
      by: 'elin',
      at: '-3 10:00',
      due: 12,
      text: '63 of them have no e-mail address.',
    },
  ],
}
