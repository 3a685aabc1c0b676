import type { ChapterStory, DeskStory, IssueStory, ProjectStory } from '../story.ts'

const requests: readonly IssueStory[] = [
  {
    type: 'Incident',
    summary: 'Arrivals list is empty on the tablet',
    by: 'mats',
    at: '-16 07:40',
    priority: 'High',
    assignee: 'maya',
    text: 'Everything is fine on the computer in the office. On the tablet there is nobody, all morning.',
    request: { type: 'Something does not work', rating: 5, words: 'Quick, and friendly.' },
    comments: [
      {
        by: 'maya',
        at: '-16 09:20',
        text: 'Thank you, Mats. Can you tell me what stands at the top left of the screen?',
      },
      { by: 'mats', at: '-16 10:05', text: 'It says "Offline since 04:12".' },
      { by: 'maya', at: '-16 10:10', text: 'The router again, third time this month.', internal: true },
    ],
    moves: [
      { by: 'maya', at: '-16 09:25', to: 'Waiting for customer' },
      { by: 'mats', at: '-16 10:06', to: 'Waiting for support' },
      { by: 'maya', at: '-16 11:30', to: 'Resolved' },
    ],
  },
  {
    type: 'Service request',
    summary: 'How do I change the price of one berth?',
    by: 'ines',
    at: '-7 15:10',
    assignee: 'grace',
    text: 'Berth 4 is next to the noisy bar. I want to sell it for less, and only that one.',
    request: { type: 'Ask a question' },
    comments: [
      { by: 'grace', at: '-6 13:30', text: 'Under *Berths*, open berth 4, then *Price*. Did you find it?' },
    ],
    moves: [{ by: 'grace', at: '-6 13:31', to: 'Waiting for customer' }],
  },
  {
    type: 'Incident',
    summary: 'Guests get the map of another harbour',
    by: 'ines',
    at: '-1 16:20',
    priority: 'Highest',
    text: 'Two guests came with a map of Lakeside in their hands. We are in Portugal.',
    request: { type: 'Something does not work', participants: ['sam'] },
  },
  {
    type: 'Service request with approvals',
    summary: 'Access to the price list for Jonas',
    by: 'jonas',
    at: '-9 10:00',
    assignee: 'maya',
    text: 'I need to see what we charge while I rebuild the payment page.',
    request: { type: 'Get access' },
    answers: [{ by: 'grace', at: '-8 18:00', decision: 'approved' }],
    moves: [{ by: 'maya', at: '-7 09:15', to: 'Resolved' }],
  },
  {
    type: 'Service request with approvals',
    summary: 'Access to the booking data of Lakeside',
    by: 'sam',
    at: '-2 17:45',
    text: 'For the page about the pilot: how many boats, how many nights.',
    request: { type: 'Get access', participants: ['priya'] },
  },
  {
    type: 'Service request',
    summary: 'Invoice with our new address',
    by: 'mats',
    at: '-4 13:00',
    text: 'Elin says the harbour moved to number 3. The invoice still says 1.',
    request: { type: 'Ask a question' },
    moves: [{ by: 'grace', at: '-3 10:00', to: 'In progress' }],
  },
]

/** Where marinas, and people of the company, ask for help. */
const help: ProjectStory = {
  key: 'HELP',
  name: 'Help desk',
  description: 'Questions and troubles of marinas, and what people here need.',
  style: 'classic',
  kind: 'service_desk',
  lead: 'maya',
  open: 'members',
  administrators: ['maya'],
  members: ['grace'],
  types: ['Service request', 'Service request with approvals', 'Incident', 'Task'],
  statuses: [
    { name: 'Waiting for support', category: 'new' },
    { name: 'Waiting for approval', category: 'indeterminate' },
    { name: 'In progress', category: 'indeterminate' },
    { name: 'Waiting for customer', category: 'indeterminate' },
    { name: 'Resolved', category: 'done' },
    { name: 'Declined', category: 'done' },
  ],
  steps: [
    { name: 'Start work', from: ['Waiting for support'], to: 'In progress' },
    { name: 'Respond to customer', from: ['Waiting for support', 'In progress'], to: 'Waiting for customer' },
    { name: 'Respond to support', from: ['Waiting for customer'], to: 'Waiting for support', portal: true },
    {
      name: 'Resolve this issue',
      from: ['Waiting for support', 'In progress', 'Waiting for customer'],
      to: 'Resolved',
    },
    {
      name: 'Mark as done',
      from: ['Waiting for support', 'In progress', 'Waiting for customer'],
      to: 'Resolved',
      portal: true,
    },
    { name: 'Open again', from: ['Resolved'], to: 'Waiting for support', portal: true },
    { name: 'Approve', from: ['Waiting for approval'], to: 'Waiting for support', approval: true },
    { name: 'Decline', from: ['Waiting for approval'], to: 'Declined', approval: true },
  ],
  issues: requests,
}

const columns = ['issuetype', 'summary', 'reporter', 'assignee', 'status', 'created', 'customfield_10030']
const texts = [
  { id: 'summary', label: 'What is it about?', required: true },
  { id: 'description', label: 'What do we have to know?' },
]

const desk: DeskStory = {
  project: 'HELP',
  open: true,
  customers: ['mats', 'ines'],
  organizations: [
    { name: 'Lakeside Marina', at: '-40 10:00', members: ['mats'] },
    { name: 'Porto de Barcos', at: '-12 10:00', members: ['ines'] },
  ],
  groups: ['Marinas', 'For us'],
  requestTypes: [
    {
      name: 'Ask a question',
      description: 'How something is done in Slipway, or what it costs.',
      issueType: 'Service request',
      groups: ['Marinas'],
      fields: texts,
      statusNames: { 'Waiting for support': 'We have it', 'Waiting for customer': 'Waiting for you' },
    },
    {
      name: 'Something does not work',
      description: 'Slipway is in your way.',
      help: 'Tell us what you did, and what happened then. A picture helps.',
      issueType: 'Incident',
      groups: ['Marinas'],
      fields: [...texts, { id: 'priority', label: 'How much does it hurt?' }],
      statusNames: { 'Waiting for customer': 'Waiting for you' },
    },
    {
      name: 'Get access',
      description: 'To what you do not see and need to. Grace has to agree.',
      issueType: 'Service request with approvals',
      groups: ['For us'],
      fields: [...texts, { id: 'labels', label: 'Labels', hidden: true }],
      first: 'Waiting for approval',
      approval: {
        name: 'Waiting for approval',
        status: 'Waiting for approval',
        approvers: ['grace'],
        approved: 'Approve',
        declined: 'Decline',
      },
    },
  ],
  queues: [
    {
      name: 'All open',
      jql: 'project = HELP AND resolution = Unresolved ORDER BY "Time to resolution" ASC',
      fields: columns,
    },
    {
      name: 'Unassigned',
      jql: 'project = HELP AND assignee is EMPTY AND resolution = Unresolved ORDER BY created ASC',
      fields: columns,
    },
    {
      name: 'Breached',
      jql: 'project = HELP AND "Time to resolution" = breached()',
      fields: ['summary', 'status'],
    },
  ],
  slas: [
    {
      name: 'Time to resolution',
      fieldId: 'customfield_10030',
      stops: 'resolution',
      hours: { Highest: 4, High: 8, others: 24 },
      pausedIn: ['Waiting for customer', 'Waiting for approval'],
      officeHours: true,
    },
    {
      name: 'Time to first response',
      fieldId: 'customfield_10031',
      stops: 'first-response',
      hours: { Highest: 1, others: 8 },
      pausedIn: ['Waiting for approval'],
      officeHours: true,
    },
  ],
  knowledge: 'PROD',
}

/** The help desk and what was asked there. */
export const helpChapter: ChapterStory = { projects: [help], links: [], desks: [desk] }
