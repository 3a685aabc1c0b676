import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { type Json, type Stage, stage, words } from './support.ts'

const seed = { issues: 150, pages: 20, chance: 7 }

/** Two simulators of the same world: one goes by its indexes, the other has to search from end to end. */
function twins(): { readonly indexed: Stage; readonly searched: Stage } {
  const [indexed, searched] = [stage({ seed }), stage({ seed })]
  // Whoever has the world in hand may change it unseen, so that no index is trusted from then on.
  expect(searched.simulator.world.sites.size).toBe(2)
  return { indexed, searched }
}

const key = fc.integer({ min: 1, max: 150 }).map((number) => `CRAA-${number}`)
const person = fc.constantFrom('maya', 'jonas', 'priya')
const word = fc.constantFrom('webhook', 'gateway', 'invoice', 'needs', 'onboarding', 'zzz')

const clause = fc.oneof(
  fc.constantFrom(
    'project = CRAA',
    'project in (CRAA, ALPHA)',
    'assignee = currentUser()',
    'assignee in (currentUser(), "Priya Raman")',
    'assignee is EMPTY',
    'assignee != currentUser()',
    'reporter = currentUser()',
    'status = "In Progress"',
    'status in (Done, Backlog)',
    'statusCategory = Done',
    'issuetype = Bug',
    'parent is not EMPTY',
    'created >= -200d',
    'colour = red',
  ),
  key.map((name) => `parent = ${name}`),
  fc.array(key, { minLength: 1, maxLength: 4 }).map((names) => `key in (${names.join(', ')})`),
  fc
    .tuple(fc.constantFrom('text', 'summary', 'description', 'comment'), word, word)
    .chain(([field, one, other]) =>
      fc.constantFrom(
        `${field} ~ "${one}"`,
        `${field} ~ "${one} ${other}"`,
        `${field} ~ "${one} OR ${other}"`,
        `${field} ~ "${one} -${other}"`,
        `${field} ~ "\\"${one} ${other}\\""`,
        `${field} ~ "${one.slice(0, 3)}* ${other}"`,
        `${field} !~ "${one}"`,
      ),
    ),
)

const { asked } = fc.letrec<{ asked: string }>((tie) => ({
  asked: fc.oneof(
    { depthSize: 'small' },
    clause,
    fc.tuple(tie('asked'), tie('asked')).map(([one, other]) => `(${one}) AND (${other})`),
    fc.tuple(tie('asked'), tie('asked')).map(([one, other]) => `(${one}) OR (${other})`),
    tie('asked').map((inner) => `NOT (${inner})`),
  ),
}))

/** What is done to both, as a request. */
const write = fc.oneof(
  fc.tuple(key, word).map(([name, text]) => ({
    method: 'PUT',
    path: `/rest/api/3/issue/${name}`,
    body: { fields: { summary: `About the ${text}`, description: words(`It is the ${text}.`) } },
  })),
  fc.tuple(key, fc.constantFrom('maya', 'priya', null)).map(([name, to]) => ({
    method: 'PUT',
    path: `/rest/api/3/issue/${name}/assignee`,
    assignee: to,
  })),
  fc.tuple(key, key).map(([name, parent]) => ({
    method: 'PUT',
    path: `/rest/api/3/issue/${name}`,
    body: { fields: { parent: { key: parent } } },
  })),
  fc.tuple(key, word).map(([name, text]) => ({
    method: 'POST',
    path: `/rest/api/3/issue/${name}/comment`,
    body: { body: words(`A word on the ${text}.`) },
  })),
  fc.tuple(key, key).map(([one, other]) => ({
    method: 'POST',
    path: '/rest/api/3/issueLink',
    body: { type: { name: 'Blocks' }, inwardIssue: { key: one }, outwardIssue: { key: other } },
  })),
  key.map((name) => ({ method: 'DELETE', path: `/rest/api/3/issue/${name}?deleteSubtasks=true` })),
  word.map((text) => ({
    method: 'POST',
    path: '/rest/api/3/issue',
    body: { fields: { project: { key: 'CRAA' }, issuetype: { name: 'Task' }, summary: `New ${text}` } },
  })),
)

type Write = {
  readonly method: string
  readonly path: string
  readonly body?: unknown
  readonly assignee?: string | null
}

async function doTo({ simulator, jira }: Stage, { method, path, body, assignee }: Write): Promise<Json> {
  const { accountId = null } = simulator.people.find(({ id }) => id === assignee) ?? {}
  const { status, text } = await jira('maya')(path, {
    method,
    ...(assignee === undefined ? body !== undefined && { body } : { body: { accountId } }),
  })
  return [status, text]
}

const find = async ({ jira }: Stage, who: string, jql: string): Promise<Json> =>
  (
    await jira(who)('/rest/api/3/search/jql', {
      query: { jql, fields: 'key,parent,subtasks,issuelinks', maxResults: 100 },
    })
  ).body

test('an index finds what a search from end to end finds, whatever is asked and written in between', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          write.map((done) => ({ done })),
          fc.tuple(person, asked).map(([who, jql]) => ({ who, asked: jql })),
        ),
        {
          minLength: 10,
          maxLength: 40,
        },
      ),
      async (steps) => {
        const { indexed, searched } = twins()
        for (const step of steps) {
          const does = (at: Stage): Promise<Json> =>
            'done' in step ? doTo(at, step.done) : find(at, step.who, step.asked)
          expect({ step, answer: await does(indexed) }).toEqual({ step, answer: await does(searched) })
        }
      },
    ),
    { numRuns: 25 },
  )
})

async function summaries(chance: number): Promise<string> {
  const { jira } = stage({ seed: { issues: 30, pages: 30, chance } })
  const query = { jql: 'project = CRAA', fields: '*all' }
  return (await jira('maya')('/rest/api/3/search/jql', { query })).text
}

test('a crowd is the same for the same number, and another for another', async () => {
  const first = await summaries(1)
  expect(await summaries(1)).toBe(first)
  expect(await summaries(2)).not.toBe(first)
})
