import type { BoardStory, ChapterStory, IssueStory, ProjectStory } from '../story.ts'

const epics: readonly IssueStory[] = [
  {
    type: 'Epic',
    summary: 'The box knows which berths are taken',
    by: 'jonas',
    at: '-45 09:00',
    text: 'One sensor a berth, one box a pier. Slipway shows a berth as taken within a minute.',
    moves: [{ by: 'jonas', at: '-30 09:30', to: 'In Progress' }],
  },
  {
    type: 'Epic',
    summary: 'The box survives a winter outside',
    by: 'jonas',
    at: '-45 09:20',
    text: 'Cold, salt, and a power cut of a night.',
  },
]

const firstSprint: readonly IssueStory[] = [
  {
    type: 'Story',
    summary: 'Read a berth sensor over the pier cable',
    by: 'jonas',
    at: '-44 10:00',
    parent: 1,
    points: 5,
    assignee: 'jonas',
    text: 'Forty metres of cable, ten sensors on it. Readings every ten seconds.',
    moves: [
      { by: 'jonas', at: '-29 10:00', to: 'In Progress' },
      { by: 'jonas', at: '-23 16:00', to: 'Testing' },
      { by: 'grace', at: '-21 11:30', to: 'Done' },
    ],
    work: [{ by: 'jonas', at: '-24 17:00', spent: '2d' }],
  },
  {
    type: 'Task',
    summary: 'Order ten sensors that may get wet',
    by: 'grace',
    at: '-44 10:30',
    parent: 1,
    points: 1,
    assignee: 'grace',
    text: 'Rated for salt water. Two weeks of delivery.',
    moves: [
      { by: 'grace', at: '-28 09:00', to: 'In Progress' },
      { by: 'grace', at: '-22 14:00', to: 'Done' },
    ],
  },
  {
    type: 'Story',
    summary: 'Send the state of a berth to Slipway',
    by: 'jonas',
    at: '-43 09:00',
    parent: 1,
    points: 3,
    assignee: 'jonas',
    priority: 'High',
    text: 'Only when it changes, and once an hour so that we know the box is alive.',
    moves: [{ by: 'jonas', at: '-12 09:10', to: 'In Progress' }],
    comments: [
      {
        by: 'grace',
        at: '-20 09:40',
        text: 'Not finished in the first sprint. It comes along into the second.',
      },
    ],
  },
]

const secondSprint: readonly IssueStory[] = [
  {
    type: 'Bug',
    summary: 'Box counts a swan as a boat',
    by: 'maya',
    at: '-18 08:30',
    parent: 1,
    points: 2,
    priority: 'High',
    severity: 'Hinders work',
    assignee: 'jonas',
    text: 'Berth 12 is taken every morning between six and seven. It is a swan.',
    moves: [{ by: 'jonas', at: '-6 10:00', to: 'In Progress' }],
    comments: [{ by: 'jonas', at: '-6 16:20', text: 'A boat stays longer than four minutes. Swans do not.' }],
  },
  {
    type: 'Story',
    summary: 'Keep readings while the line is down',
    by: 'jonas',
    at: '-17 13:00',
    parent: 2,
    points: 5,
    assignee: 'jonas',
    text: 'A night of readings fits on the card. They are sent in order when the line is back.',
  },
  {
    type: 'Task',
    summary: 'Case with a lock that the harbour can open',
    by: 'grace',
    at: '-17 14:30',
    parent: 2,
    points: 2,
    assignee: 'grace',
    moves: [
      { by: 'grace', at: '-11 10:00', to: 'In Progress' },
      { by: 'grace', at: '-4 15:30', to: 'Testing' },
      { by: 'jonas', at: '-2 09:50', to: 'Done' },
    ],
  },
]

const later: readonly IssueStory[] = [
  {
    type: 'Story',
    summary: 'Start again by itself after a power cut',
    by: 'jonas',
    at: '-16 09:00',
    parent: 2,
    points: 3,
    text: 'Without anybody who opens the case.',
  },
  {
    type: 'Task',
    summary: 'A week in the cold store of the fishmonger',
    by: 'grace',
    at: '-15 11:00',
    parent: 2,
    points: 2,
    text: 'He says it smells, and that he does not mind the box.',
  },
  {
    type: 'Story',
    summary: 'Light that shows what the box thinks',
    by: 'maya',
    at: '-13 10:00',
    parent: 1,
    points: 1,
    priority: 'Low',
    text: 'Green: free. Red: taken. Nothing: call us.',
  },
  {
    type: 'Task',
    summary: 'Write down how to replace a sensor',
    by: 'maya',
    at: '-9 15:00',
    priority: 'Low',
    text: 'For Elin, with pictures, to be read in the rain.',
  },
  {
    type: 'Subtask',
    summary: 'Find the time after which a swan has left',
    by: 'jonas',
    at: '-6 10:10',
    parent: 6,
    assignee: 'jonas',
  },
]

/** A box that tells Slipway which berths are taken: work in sprints, with epics. */
const quay: ProjectStory = {
  key: 'QUAY',
  name: 'Quay box',
  description: 'The box on the pier that tells Slipway which berths are taken.',
  style: 'classic',
  lead: 'jonas',
  open: 'members',
  administrators: ['maya'],
  members: ['jonas', 'grace'],
  types: ['Epic', 'Story', 'Task', 'Bug', 'Subtask'],
  statuses: [
    { name: 'To Do', category: 'new' },
    { name: 'In Progress', category: 'indeterminate' },
    { name: 'Testing', category: 'indeterminate' },
    { name: 'Done', category: 'done' },
  ],
  versions: [{ name: 'Box 1', released: false, due: 20 }],
  issues: [...epics, ...firstSprint, ...secondSprint, ...later],
}

const boards: readonly BoardStory[] = [
  {
    name: 'Quay board',
    project: 'QUAY',
    type: 'scrum',
    by: 'maya',
    at: '-45 09:30',
    quickFilters: [
      { name: 'Bugs', jql: 'issuetype = Bug' },
      { name: 'Mine', jql: 'assignee = currentUser()' },
    ],
    sprints: [
      {
        name: 'Quay 1',
        goal: 'A reading from a real berth',
        by: 'maya',
        at: '-31 10:00',
        started: '-30 09:00',
        completed: '-20 09:30',
        days: [-30, -20],
        issues: [3, 4, 5],
      },
      {
        name: 'Quay 2',
        goal: 'No swans',
        by: 'maya',
        at: '-14 10:00',
        started: '-12 09:00',
        days: [-12, 3],
        issues: [5, 6, 7, 8],
      },
      { name: 'Quay 3', by: 'maya', at: '-5 14:00', issues: [9, 10] },
    ],
  },
  {
    name: 'Website board',
    project: 'WEB',
    type: 'kanban',
    by: 'maya',
    at: '-41 09:00',
    backlog: 'Backlog',
    limits: { 'In Progress': 3 },
    quickFilters: [{ name: 'Without an owner', jql: 'assignee is EMPTY' }],
  },
  { name: 'Alpha board', project: 'ALPHA', type: 'simple', by: 'maya', at: '-62 09:00' },
]

/** The box, and the boards of it and of the projects before it. */
export const quayChapter: ChapterStory = { projects: [quay], links: [], boards }
