import type { World } from './model.ts'

/** What is counted, with the first number and the step. Ids are strings of digits, as the service's are (recorded). */
const counters = {
  approval: { first: 1, step: 1 },
  board: { first: 1, step: 1 },
  boardFilter: { first: 10_000, step: 1 },
  change: { first: 10_000, step: 1 },
  comment: { first: 10_000, step: 1 },
  content: { first: 98_400, step: 96 },
  contentAttachment: { first: 295_042, step: 11 },
  contentState: { first: 10, step: 1 },
  contentTask: { first: 1, step: 1 },
  contentView: { first: 1, step: 1 },
  context: { first: 10_400, step: 1 },
  customField: { first: 10_100, step: 1 },
  dashboard: { first: 10_000, step: 1 },
  entityProperty: { first: 13_893_654, step: 5 },
  fieldOption: { first: 10_200, step: 1 },
  filter: { first: 10_200, step: 1 },
  gadget: { first: 10_000, step: 1 },
  grant: { first: 10_000, step: 1 },
  inlineComment: { first: 1_879_048_193, step: 64 },
  issue: { first: 10_000, step: 1 },
  issueAttachment: { first: 10_000, step: 1 },
  issueLink: { first: 10_000, step: 1 },
  label: { first: 327_694, step: 3 },
  longTask: { first: 1_180_606, step: 3 },
  organization: { first: 1, step: 1 },
  part: { first: 20_000, step: 1 },
  permission: { first: 294_900, step: 1 },
  project: { first: 10_100, step: 1 },
  queue: { first: 1, step: 1 },
  quickFilter: { first: 1, step: 1 },
  rank: { first: 0, step: 1 },
  remoteLink: { first: 10_000, step: 1 },
  requestType: { first: 10, step: 1 },
  requestTypeGroup: { first: 1, step: 1 },
  serviceDesk: { first: 1, step: 1 },
  share: { first: 10_000, step: 1 },
  sla: { first: 1, step: 1 },
  space: { first: 65_538, step: 98_310 },
  sprint: { first: 1, step: 1 },
  task: { first: 10_000, step: 1 },
  temporaryFile: { first: 10_000, step: 1 },
  template: { first: 557_057, step: 2 },
  treeItem: { first: 1_610_612_737, step: 64 },
  webhook: { first: 10_000, step: 1 },
  worklog: { first: 10_000, step: 1 },
} as const

export type Counted = keyof typeof counters

/** The next number of a kind. Each site counts for itself; '' counts for the whole world. */
export function nextId(world: World, kind: Counted, cloudId = ''): string {
  const name = `${kind}@${cloudId}`
  const { first, step } = counters[kind]
  const next = (world.sequences.get(name) ?? first - step) + step
  world.sequences.set(name, next)
  return String(next)
}
