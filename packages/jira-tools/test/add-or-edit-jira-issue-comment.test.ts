import { expect, it } from 'vitest'

import { stage } from './stage.ts'

const tool = 'addOrEditJiraIssueComment'

it('adds a comment from Markdown', async () => {
  const at = stage()
  const jonas = at.simulator.people.find(({ id }) => id === 'jonas')?.accountId
  const { text, data } = await at.as('sam')(tool, {
    issueIdOrKey: 'ALPHA-19',
    commentBody: `[@Jonas Weber](accountid:${jonas}) please look:\n\n- [x] sketch\n- [ ] review`,
  })
  expect(text).toMatchInlineSnapshot(
    `"Added comment 10026 on ALPHA-19: https://brightwater-demo.atlassian.net/browse/ALPHA-19?focusedCommentId=10026"`,
  )
  expect(data).toMatchObject({ key: 'ALPHA-19', commentId: '10026' })
  const comment = at.issue('ALPHA-19').comments.at(-1)
  expect(JSON.stringify(comment?.body)).toContain('"type":"mention"')
  expect(comment?.body.content.map(({ type }) => type)).toEqual(['paragraph', 'taskList'])
  expect(at.writes().map(({ operation }) => operation)).toEqual(['addComment'])
})

it('adds a comment for some only', async () => {
  const at = stage()
  await at.as('maya')(tool, {
    issueIdOrKey: 'ALPHA-19',
    body: 'For us',
    visibility: '{"type": "role", "value": "Administrators"}',
  })
  expect(at.issue('ALPHA-19').comments.at(-1)?.visibility).toEqual({
    type: 'role',
    identifier: 'Administrators',
  })
})

it('changes a comment and keeps who may see it', async () => {
  const at = stage()
  const secret = at.issue('ALPHA-7').comments.find(({ visibility }) => visibility)
  const { text } = await at.as('maya')(tool, {
    issueIdOrKey: 'ALPHA-7',
    commentId: Number(secret?.id),
    commentBody: 'Settled.',
  })
  expect(text).toContain(`Changed comment ${secret?.id} on ALPHA-7`)
  expect(secret?.visibility).toEqual({ type: 'role', identifier: 'Administrators' })
  expect(at.writes().map(({ operation }) => operation)).toEqual(['updateComment'])
})

it('does not tell of a comment that this person may not see', async () => {
  const at = stage()
  const secret = at.issue('ALPHA-7').comments.find(({ visibility }) => visibility)?.id
  const hidden = await at.as('sam')(tool, { issueIdOrKey: 'ALPHA-7', commentId: secret, commentBody: 'x' })
  const missing = await at.as('sam')(tool, { issueIdOrKey: 'ALPHA-7', commentId: '99999', commentBody: 'x' })
  expect(hidden.isError).toBe(true)
  expect(hidden.text.replace(String(secret), '99999')).toBe(missing.text)
  expect(at.writes()).toEqual([])
})

it("refuses to change somebody else's comment", async () => {
  const at = stage()
  const [first] = at.issue('ALPHA-7').comments
  const { text, isError } = await at.as('priya')(tool, {
    issueIdOrKey: 'ALPHA-7',
    commentId: first?.id,
    commentBody: 'x',
  })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(`
    "Atlassian refused the values of this call. Atlassian said:
    <untrusted source="error message of Atlassian">
    You do not have the permission to edit this comment.
    </untrusted>
    Nothing was changed.
    Correct what is named and call again."
  `)
  expect(at.writes()).toEqual([])
})

it('looks the same to who may not see an issue as when there is none', async () => {
  const at = stage()
  const hidden = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-2', commentBody: 'x' })
  const missing = await at.as('priya')(tool, { issueIdOrKey: 'HIRE-999', commentBody: 'x' })
  expect(hidden.isError).toBe(true)
  expect(hidden.text).toBe(missing.text)
})

it.each([
  [{ commentBody: '  ' }, 'commentBody is empty'],
  [{}, 'commentBody is missing; give a string'],
  [{ commentBody: 'x', commentId: 'the last' }, 'commentId has to be an id in digits'],
  [{ commentBody: 'x', public: true }, 'public is not an argument of this tool'],
  [{ commentBody: 'x', commentVisibility: { type: 'team', value: 'x' } }, 'commentVisibility.type'],
])('says what is wrong with %j', async (args, hint) => {
  const { text, calls } = await stage().as('maya')(tool, { issueIdOrKey: 'ALPHA-7', ...args })
  expect(text).toContain(hint)
  expect(calls).toEqual([])
})

it('names the call that shows whether a comment was added when the answer was lost', async () => {
  const at = stage()
  at.simulator.faults.add({ match: { operation: 'addComment' }, fault: { kind: 'error', status: 500 } })
  const { text, isError } = await at.as('maya')(tool, { issueIdOrKey: 'ALPHA-7', commentBody: 'x' })
  expect(isError).toBe(true)
  expect(text).toMatchInlineSnapshot(
    `"Jira did not confirm that the comment was added. It is not known whether the change was made: read the current state before you call again. Call getJiraIssue with {"issueIdOrKey":"ALPHA-7","fields":["comment"],"comments":3}. Repeat the call only when it is not there."`,
  )
})
