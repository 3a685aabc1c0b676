/** Types of Jira Software answers for which the document has an example or nothing at all. */

import { type Correction, all } from './corrections.ts'
import { answers } from './kinds/operations.ts'
import { addSchema } from './kinds/schemas.ts'
import type { Schema } from './openapi.ts'
import { refTo } from './placeholders.ts'

const text: Schema = { type: 'string' }
const whole: Schema = { type: 'integer' }
const flag: Schema = { type: 'boolean' }

const object = (properties: Record<string, Schema>, required: string[]): Schema => ({
  type: 'object',
  properties,
  required,
})

const page = (member: string, items: Schema): Schema =>
  object(
    { startAt: whole, maxResults: whole, total: whole, isLast: flag, [member]: { type: 'array', items } },
    ['startAt', 'maxResults', member],
  )

const sprint = object(
  {
    id: whole,
    self: text,
    state: { type: 'string', enum: ['future', 'active', 'closed'] },
    name: text,
    startDate: text,
    endDate: text,
    completeDate: text,
    createdDate: text,
    originBoardId: whole,
    goal: text,
  },
  ['id', 'self', 'state', 'name'],
)

const epic = object(
  {
    id: whole,
    key: text,
    self: text,
    name: text,
    summary: text,
    color: object({ key: text }, []),
    done: flag,
  },
  ['id', 'self'],
)

const boardProject = object(
  {
    id: text,
    key: text,
    name: text,
    self: text,
    projectTypeKey: text,
    simplified: flag,
    avatarUrls: { type: 'object', additionalProperties: text },
    projectCategory: object({ id: text, name: text, description: text, self: text }, []),
  },
  ['id', 'key', 'name'],
)

const boardVersion = object(
  {
    id: whole,
    projectId: whole,
    name: text,
    description: text,
    self: text,
    archived: flag,
    released: flag,
    startDate: text,
    releaseDate: text,
  },
  ['id', 'name'],
)

const boardIssue = object(
  {
    id: text,
    key: text,
    self: text,
    expand: text,
    fields: { type: 'object', additionalProperties: {} },
    changelog: {},
  },
  ['id', 'key', 'self'],
)

const rankResult = object(
  {
    entries: {
      type: 'array',
      items: object(
        { issueId: whole, issueKey: text, status: whole, errors: { type: 'array', items: text } },
        ['status'],
      ),
    },
  },
  ['entries'],
)

const propertyKeys = object({ keys: { type: 'array', items: object({ key: text, self: text }, ['key']) } }, [
  'keys',
])

export const agile: readonly Correction[] = [
  {
    id: 'agile-types',
    document: 'jira-software',
    reason: 'Twenty-eight answers have an example and no schema, or neither.',
    source: 'documented: the examples; recorded: issues of an epic',
    apply: all(
      addSchema('Sprint', sprint),
      addSchema('Epic', epic),
      addSchema('BoardProject', boardProject),
      addSchema('BoardVersion', boardVersion),
      addSchema('BoardIssue', boardIssue),
      addSchema('Estimation', object({ fieldId: text, value: {} }, ['fieldId'])),
      addSchema('RankResult', rankResult),
      addSchema('EntityPropertyKeys', propertyKeys),
      addSchema('EntityProperty', object({ key: text, value: {} }, ['key'])),
      answers(['getAllSprints'], page('values', refTo('Sprint'))),
      answers(['getSprint', 'updateSprint', 'partiallyUpdateSprint'], refTo('Sprint')),
      answers(['createSprint'], refTo('Sprint'), '201'),
      answers(['getEpics'], page('values', refTo('Epic'))),
      answers(['getEpic', 'partiallyUpdateEpic'], refTo('Epic')),
      answers(['getProjects'], page('values', refTo('BoardProject'))),
      // No example either: inferred from the operation beside it.
      answers(['getProjectsFull'], object({ values: { type: 'array', items: refTo('BoardProject') } }, [])),
      answers(['getAllVersions'], page('values', refTo('BoardVersion'))),
      answers(['getIssue'], refTo('BoardIssue')),
      answers(
        [
          'getIssuesForEpic',
          'getIssuesWithoutEpic',
          'getIssuesWithoutEpicForBoard',
          'getBoardIssuesForEpic',
          'getBoardIssuesForSprint',
          'getIssuesForSprint',
        ],
        page('issues', refTo('BoardIssue')),
      ),
      answers(['getIssueEstimationForBoard', 'estimateIssueForBoard'], refTo('Estimation')),
      answers(['rankIssues', 'moveIssuesToBacklogForBoard'], refTo('RankResult'), '207'),
      answers(['getBoardPropertyKeys', 'getPropertiesKeys'], refTo('EntityPropertyKeys')),
      answers(['getBoardProperty', 'getProperty'], refTo('EntityProperty')),
    ),
  },
]
