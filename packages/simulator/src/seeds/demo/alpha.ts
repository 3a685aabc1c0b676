import type { ProjectStory } from '../story.ts'
import { alphaBeginnings } from './alpha-beginnings.ts'
import { alphaBugs } from './alpha-bugs.ts'
import { alphaPlans } from './alpha-plans.ts'

/** The project in the middle of the story: a booking system for small marinas, on the way to its first customer. */
export const alpha: ProjectStory = {
  key: 'ALPHA',
  name: 'Alpha',
  description: 'Slipway, our berth booking for small marinas, up to the pilot at Lakeside.',
  style: 'next-gen',
  lead: 'maya',
  open: 'licensed',
  administrators: ['maya'],
  members: ['jonas', 'priya', 'grace'],
  types: ['Epic', 'Story', 'Task', 'Bug', 'Subtask'],
  statuses: [
    { name: 'To Do', category: 'new' },
    { name: 'In Progress', category: 'indeterminate' },
    { name: 'In Review', category: 'indeterminate' },
    { name: 'Done', category: 'done' },
  ],
  components: ['Booking', 'Payments', 'Harbour office'],
  versions: [
    { name: 'Alpha 0.8', released: true, due: -21 },
    { name: 'Alpha 0.9', released: false, due: 8 },
    { name: 'Alpha 1.0', released: false, due: 25 },
  ],
  issues: [...alphaBeginnings, ...alphaBugs, ...alphaPlans],
}
