import { expect, it } from 'vitest'

import { changing, stage } from './stage.ts'

const edit = 'editJiraIssue'

it('changes fields by name, and says which', async () => {
  const at = stage()
  const { text, data } = await at.as('maya')(edit, {
    issueIdOrKey: 'alpha-8',
    fields: { priority: 'lowest', Assignee: 'priya', labels: ['a', 'b'], severity: null, Parent: 'alpha-2' },
  })
  expect(text).toMatchInlineSnapshot(`
    "Changed Priority, Assignee, Labels, Severity, Parent of ALPHA-8: https://brightwater-demo.atlassian.net/browse/ALPHA-8

    [Assignee: Priya Raman]"
  `)
  expect(data).toMatchObject({
    key: 'ALPHA-8',
    changed: ['Priority', 'Assignee', 'Labels', 'Severity', 'Parent'],
  })
  const issue = at.issue('ALPHA-8')
  expect(issue.priorityId).toBe('5')
  expect(issue.labels).toEqual(['a', 'b'])
  expect(issue.custom.has('customfield_10040')).toBe(false)
  expect(issue.parentId).toBe(at.issue('ALPHA-2').id)
  expect(at.writes().map(({ operation }) => operation)).toEqual(['editIssue'])
})

it('adds to a list and takes from it without replacing it', async () => {
  const at = stage()
  const { isError } = await at.as('maya')(edit, {
    issueIdOrKey: 'ALPHA-7',
    fields: {
      labels: { add: ['urgent'], remove: ['data-loss'] },
      components: { add: 'Payments' },
      summary: 'Two guests, one berth',
    },
  })
  expect(isError).toBe(false)
  const issue = at.issue('ALPHA-7')
  expect(issue.labels.toSorted()).toEqual(['pilot-blocker', 'urgent'])
  expect(issue.componentIds).toHaveLength(2)
  expect(issue.summary).toBe('Two guests, one berth')
})

it('empties a field', async () => {
  const at = stage()
  await at.as('maya')(edit, { issueIdOrKey: 'ALPHA-8', fields: { assignee: null, description: null } })
  expect(at.issue('ALPHA-8').assigneeId).toBe(null)
  expect(at.issue('ALPHA-8').description).toBe(null)
})

it('reads the text that is there only when it is to be changed', async () => {
  const call = stage().as('maya')
  const plain = await call(edit, { issueIdOrKey: 'ALPHA-8', fields: { summary: 'x' } })
  const rich = await call(edit, { issueIdOrKey: 'ALPHA-8', fields: { description: 'x' } })
  expect(plain.calls.map(({ operation }) => operation.id)).toEqual(['getEditIssueMeta', 'editIssue'])
  expect(rich.calls.map(({ operation }) => operation.id)).toEqual([
    'getEditIssueMeta',
    'getIssue',
    'editIssue',
  ])
})

it.each([
  ['the status', { status: 'Done' }, 'Use transitionJiraIssue to change the status.'],
  ['a comment', { comment: 'x' }, 'Use addOrEditJiraIssueComment for comments.'],
  ['a field that is not there', { 'Story points': 3 }, 'Near names: Story point estimate.'],
  [
    'a value that is not there',
    { Severity: 'bad' },
    'Use one of these: Blocks work, Hinders work, Looks wrong.',
  ],
])('says what to do instead of setting %s', async (_, fields, hint) => {
  const at = stage()
  const { text, isError } = await at.as('maya')(edit, { issueIdOrKey: 'ALPHA-9', fields })
  expect(isError).toBe(true)
  expect(text).toContain(hint)
  expect(text).toContain('Nothing was changed.')
  expect(at.writes()).toEqual([])
})

it('names the fields there are when none is near', async () => {
  const { text } = await stage().as('maya')(edit, { issueIdOrKey: 'ALPHA-9', fields: { zzz: 1 } })
  expect(text).toMatchInlineSnapshot(
    `"No field "zzz" can be set here. Nothing was changed. These can: Issue Type, Priority, Components, Fix versions, Affects versions, Summary, Description, Environment, Labels, Assignee, Reporter, Due date, Time tracking, Parent, Start date, Story point estimate, Flagged, Severity, Customer, Sprint."`,
  )
})

it('tells fields of the same name apart by id', async () => {
  const twice = changing(/\/editmeta$/, ({ fields }) => {
    fields.customfield_10099 = { ...fields.customfield_10041, key: 'customfield_10099' }
  })
  const at = stage()
  const { text, isError } = await at.as('maya', { change: twice })(edit, {
    issueIdOrKey: 'ALPHA-9',
    fields: { customer: 'x' },
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"More than one field is called "customer". Nothing was changed. Use one of these ids: customfield_10041, customfield_10099."`,
  )
  expect(at.writes()).toEqual([])
})

it('says who may not edit that they may not', async () => {
  const at = stage()
  const { text, isError } = await at.as('sam')(edit, { issueIdOrKey: 'ALPHA-8', fields: { summary: 'x' } })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"This person may not edit ALPHA-8. Nothing was changed. Do not repeat it. Tell the person, who can ask an administrator of the project."`,
  )
  expect(at.writes()).toEqual([])
})

it('looks the same to who may not see an issue as when there is none', async () => {
  const at = stage()
  const fields = { summary: 'x' }
  const hidden = await at.as('priya')(edit, { issueIdOrKey: 'HIRE-2', fields })
  const missing = await at.as('priya')(edit, { issueIdOrKey: 'HIRE-999', fields })
  expect(hidden.isError).toBe(true)
  expect(hidden.text).toBe(missing.text)
  expect(at.writes()).toEqual([])
})

it('wants at least one field', async () => {
  const { text, calls } = await stage().as('maya')(edit, { issueIdOrKey: 'ALPHA-8', fields: {} })
  expect(text).toContain('fields is empty: name at least one field')
  expect(calls).toEqual([])
})

it('does not take part of an edit when another part is wrong', async () => {
  const at = stage()
  await at.as('maya')(edit, { issueIdOrKey: 'ALPHA-8', fields: { summary: 'x', duedate: 'soon' } })
  expect(at.writes()).toEqual([])
  expect(at.issue('ALPHA-8').summary).toContain('Deposit')
})

it('says that it is not known whether a change was made when the answer was lost', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'editIssue' }, fault: { kind: 'error', status: 500 } })
  const { text, isError } = await at.as('maya')(edit, { issueIdOrKey: 'ALPHA-8', fields: { summary: 'x' } })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "Atlassian failed on its side (status 500). Atlassian said:
    <untrusted source="error message of Atlassian">
    Internal server error
    </untrusted>
    It is not known whether the change was made: read the current state before you call again.
    Repeat the call only if the change is not there."
  `)
})

it('repeats an edit whose answer was lost, since that does no harm', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'editIssue' }, fault: { kind: 'lose-answer' } })
  const { isError } = await at.as('maya')(edit, { issueIdOrKey: 'ALPHA-8', fields: { summary: 'x' } })
  expect(isError).toBe(false)
  expect(at.issue('ALPHA-8').summary).toBe('x')
})
