import type { Claim } from './claim.ts'

export const taskClaims: readonly Claim[] = [
  {
    id: 'tasks.list',
    operations: ['confluence-v2/getTasks'],
    says: 'Checkboxes of pages are tasks, with whom they are for and until when.',
    label: 'documented',
    source: 'getTasks',
    test: 'checkboxes of pages are tasks, with whom they are for and until when',
  },
  {
    id: 'tasks.narrow',
    operations: ['confluence-v2/getTasks'],
    says: 'Tasks are narrowed by what they are and by when.',
    label: 'documented',
    source: 'getTasks',
    test: 'tasks are narrowed by what they are and by when',
  },
  {
    id: 'tasks.complete',
    operations: ['updateTask', 'getTaskById'],
    says: 'Completing a task ticks its checkbox in the body.',
    label: 'documented',
    source: 'updateTask',
    test: 'completing a task ticks its checkbox in the body, and back',
  },
  {
    id: 'tasks.version',
    operations: ['updateTask'],
    says: 'Ticking a checkbox makes no version of the page.',
    label: 'inferred',
    source: 'updateTask',
    test: 'completing a task ticks its checkbox in the body, and back',
  },
  {
    id: 'tasks.follow',
    operations: ['updatePage', 'getTaskById'],
    says: 'An edit of the page moves its tasks along.',
    label: 'inferred',
    source: 'updateTask',
    test: 'a task in ADF is ticked too, and an edit of the page moves the tasks along',
  },
  {
    id: 'tasks.hidden',
    operations: ['confluence-v2/getTasks', 'getTaskById', 'updateTask'],
    says: 'Tasks on hidden pages are hidden; who may not edit the page gets 404.',
    label: 'documented',
    source: 'updateTask',
    test: 'tasks on hidden pages are hidden, and who may only read cannot complete one',
  },
]
