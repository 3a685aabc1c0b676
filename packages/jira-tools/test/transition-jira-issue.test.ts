import { expect, it } from 'vitest'

import { changing, stage } from './stage.ts'

const transition = 'transitionJiraIssue'
const list = 'listJiraIssueTransitions'

/** Two ways into a status, neither of them called like it. */
const twoWays = changing(/\/transitions$/, (answer) => {
  const [first] = answer.transitions
  first.name = 'Stop'
  answer.transitions.push({ ...first, id: '99', name: 'Reopen' })
})

it('lists what can be done now, with what it asks for', async () => {
  const { text } = await stage().as('sam')(list, { issueIdOrKey: 'web-3' })
  expect(text).toMatchInlineSnapshot(`
    "<untrusted source="transitions of WEB-3">
    11 Move to Backlog → Backlog
    31 Move to Done → Done (asks for Resolution: Done, Won't Do, Duplicate, Cannot Reproduce)
    </untrusted>"
  `)
})

it('says when nothing can be done', async () => {
  const { text, isError } = await stage().as('sam')(list, { issueIdOrKey: 'ALPHA-3' })
  expect(isError).toBe(false)
  expect(text).toBe('This person can do no transition with ALPHA-3 now.')
})

it.each([
  { transitionName: 'done' },
  { transitionName: ' Done ' },
  { transitionId: '41' },
  { transitionId: 41 },
  { transitionId: 'Done' },
  { transitionName: '41' },
  { transition: { id: '41' } },
  { transition: { name: 'Done' } },
  { transitionId: '41', transitionName: 'Done' },
  { status: 'Done' },
])('moves an issue to Done by %j', async (args) => {
  const at = stage()
  const { text, data } = await at.as('maya')(transition, { issueIdOrKey: 'ALPHA-3', ...args })
  expect(text).toContain('ALPHA-3 is now Done')
  expect(data).toMatchObject({ key: 'ALPHA-3', transition: 'Done', status: 'Done' })
  expect(at.issue('ALPHA-3').resolutionId).not.toBe(null)
  expect(at.writes().map(({ operation }) => operation)).toEqual(['doTransition'])
})

it('takes the name of a status where transitions have others', async () => {
  const at = stage()
  const { text } = await at.as('sam')(transition, {
    issueIdOrKey: 'WEB-3',
    transitionName: 'Done',
    fields: { resolution: "won't do" },
    comment: 'Elin does **not** want it.',
  })
  expect(text).toMatchInlineSnapshot(
    `"WEB-3 is now Done (by Move to Done): https://brightwater-demo.atlassian.net/browse/WEB-3"`,
  )
  expect(at.issue('WEB-3').resolutionId).toBe('10001')
})

it('names the fields that the screen requires before anything is sent', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(transition, { issueIdOrKey: 'WEB-3', transitionName: 'Done' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"WEB-3 was not moved: Move to Done asks for Resolution: Done, Won't Do, Duplicate, Cannot Reproduce. Nothing was changed. Call again with fields such as {"Resolution":"Done"}."`,
  )
  expect(at.simulator.log.entries().map(({ operation }) => operation)).toEqual(['getTransitions'])
})

it('says what can be done, and where the issue stands', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(transition, { issueIdOrKey: 'WEB-4', transitionName: 'Done' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "WEB-4 was not moved: it is Backlog, and "Done" cannot be done now. There are:
    <untrusted source="transitions of WEB-4">
    21 Move to In Progress → In Progress
    </untrusted>
    Nothing was changed.
    Call again with one of these numbers as transitionId, unless the status is right already."
  `)
  expect(at.writes()).toEqual([])
})

it('lets a caller see that the issue is there already', async () => {
  const { text } = await stage().as('sam')(transition, { issueIdOrKey: 'WEB-1', transitionName: 'Done' })
  expect(text).toContain('it is Done, and "Done" cannot be done now')
})

it('says what is missing when nothing was named', async () => {
  const { text } = await stage().as('maya')(transition, { issueIdOrKey: 'ALPHA-3' })
  expect(text).toContain('transitionId or transitionName is missing')
})

it('does not choose between two transitions to one status', async () => {
  const at = stage()
  const { text, isError } = await at.as('maya', { change: twoWays })(transition, {
    issueIdOrKey: 'ALPHA-9',
    transitionName: 'to do',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "ALPHA-9 was not moved: it is Done, and several transitions are meant by "to do". There are:
    <untrusted source="transitions of ALPHA-9">
    11 Stop → To Do
    99 Reopen → To Do
    </untrusted>
    Nothing was changed.
    Call again with one of these numbers as transitionId, unless the status is right already."
  `)
  expect(at.writes()).toEqual([])
})

it('takes the name of a transition before that of a status', async () => {
  const at = stage()
  const { text } = await at.as('maya', { change: twoWays })(transition, {
    issueIdOrKey: 'ALPHA-9',
    transitionName: 'stop',
  })
  expect(text).toContain('ALPHA-9 is now To Do (by Stop)')
})

it('does not follow two words that mean different transitions', async () => {
  const at = stage()
  const { isError } = await at.as('maya')(transition, {
    issueIdOrKey: 'ALPHA-3',
    transitionId: '11',
    transitionName: 'Done',
  })
  expect(isError).toBe(true)
  expect(at.writes()).toEqual([])
})

it('says so to who may read and not move', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(transition, {
    issueIdOrKey: 'ALPHA-3',
    transitionName: 'Done',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"ALPHA-3 was not moved: it is To Do, and this person can do no transition with it. Nothing was changed. Do not repeat it. Tell the person, who can ask an administrator of the project."`,
  )
  expect(at.writes()).toEqual([])
})

it('looks the same to who may not see an issue as when there is none', async () => {
  const at = stage()
  for (const tool of [transition, list]) {
    const args = tool === list ? {} : { transitionName: 'Decided' }
    const hidden = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-2', ...args })
    const missing = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-999', ...args })
    expect(hidden.isError).toBe(true)
    expect(hidden.text).toBe(missing.text)
  }
  expect(at.writes()).toEqual([])
})

it('refuses a field that the screen does not have', async () => {
  const at = stage()
  const { text } = await at.as('sam')(transition, {
    issueIdOrKey: 'WEB-3',
    transitionName: 'Done',
    fields: { resolution: 'Done', priority: 'High' },
  })
  expect(text).toContain('No field "priority" can be set here. Nothing was changed. These can: Resolution.')
  expect(at.writes()).toEqual([])
})

it('says that it is not known whether an issue was moved when the answer was lost', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'doTransition' }, fault: { kind: 'lose-answer' } })
  const { text } = await at.as('maya')(transition, { issueIdOrKey: 'ALPHA-3', transitionName: 'Done' })
  expect(text).toContain('It is not known whether the change was made')
  expect(at.writes()).toHaveLength(1)
})
