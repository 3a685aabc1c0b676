import { validateAdf } from '@telamon/adf'
import { expect, it } from 'vitest'

import { everyBlock, sentence, wholeDocument } from './documents.ts'
import { stage } from './stage.ts'
import type { Stage } from './stage.ts'

const changed = 'The pier is closed on Tuesday.'

/** What stands between the marks around text that people wrote. */
const fenced = (text: string): string => /<untrusted [^>]*>\n([\s\S]*)\n<\/untrusted>/.exec(text)?.[1] ?? ''

/** The text of a description as `getJiraIssue` shows it. */
async function described(at: Stage, issueIdOrKey: string, responseContentFormat: string): Promise<string> {
  const { text } = await at.as('maya')('getJiraIssue', {
    issueIdOrKey,
    fields: ['description'],
    responseContentFormat,
  })
  return fenced(text).split('## Description\n\n')[1] ?? ''
}

/** The text of a comment. */
async function commented(at: Stage, issueIdOrKey: string): Promise<string> {
  const { text } = await at.as('maya')('getJiraIssue', {
    issueIdOrKey,
    fields: ['comment'],
    comments: 1,
    responseContentFormat: 'editable',
  })
  return fenced(text).replace(/^[\s\S]*?\(comment \d+[^)]*\)\n\n/, '')
}

it('is tried on a document that Jira takes', () => {
  expect(validateAdf(wholeDocument, { target: 'jira' }).errors).toEqual([])
})

it.each(['editable', 'markdown'])(
  'keeps every other block of a description that was read as %s',
  async (format) => {
    const at = stage()
    at.issue('ALPHA-9').description = structuredClone(wholeDocument)
    const text = await described(at, 'ALPHA-9', format)
    expect(text).toContain(sentence)
    const { text: answer } = await at.as('maya')('editJiraIssue', {
      issueIdOrKey: 'ALPHA-9',
      fields: { description: text.replace(sentence, changed) },
    })
    expect(answer).toContain('Changed Description of ALPHA-9')
    const after: readonly unknown[] = at.issue('ALPHA-9').description?.content ?? []
    expect(after).toHaveLength(wholeDocument.content.length)
    expect(JSON.stringify(after.toSpliced(9, 1))).toBe(JSON.stringify(everyBlock))
    expect(JSON.stringify(after[9])).toContain(changed)
  },
)

it('keeps every other block of a comment', async () => {
  const at = stage()
  const [comment] = at.issue('ALPHA-20').comments
  if (comment) comment.body = structuredClone(wholeDocument)
  const text = await commented(at, 'ALPHA-20')
  const { isError } = await at.as('maya')('addOrEditJiraIssueComment', {
    issueIdOrKey: 'ALPHA-20',
    commentId: comment?.id,
    commentBody: text.replace(sentence, changed),
  })
  expect(isError).toBe(false)
  const after: readonly unknown[] = comment?.body.content ?? []
  expect(JSON.stringify(after.toSpliced(9, 1))).toBe(JSON.stringify(everyBlock))
  expect(JSON.stringify(after[9])).toContain(changed)
})

it('keeps every block of every description of the demo when a sentence is added', async () => {
  const at = stage()
  const { jira } = [...at.simulator.world.sites.values()][0] ?? {}
  const issues = [...(jira?.issues.values() ?? [])].filter(({ description }) => description)
  const kept: string[] = []
  for (const issue of issues) {
    const before: readonly unknown[] = issue.description?.content ?? []
    const text = await described(at, issue.key, 'editable')
    await at.as('grace')('editJiraIssue', {
      issueIdOrKey: issue.key,
      fields: { description: `${text}\n\n${changed}` },
    })
    const after: readonly unknown[] = issue.description?.content ?? []
    if (after.length === before.length + 1 && JSON.stringify(after.slice(0, -1)) === JSON.stringify(before))
      kept.push(issue.key)
  }
  expect(kept).toEqual(issues.map(({ key }) => key))
  expect(kept.length).toBeGreaterThan(30)
})

it('refuses an edit that would lose a macro, and says how to make it', async () => {
  const at = stage()
  at.issue('ALPHA-9').description = structuredClone(wholeDocument)
  const text = await described(at, 'ALPHA-9', 'markdown')
  const { isError, text: answer } = await at.as('maya')('editJiraIssue', {
    issueIdOrKey: 'ALPHA-9',
    fields: { description: text.replace(' deep', ' shallow') },
  })
  expect(isError).toBe(true)
  expect(answer).toMatchInlineSnapshot(
    `"The change is in a block of which the text for reading leaves a macro or a file out, so that it would be lost. Nothing was changed. Read the issue again with responseContentFormat editable, change that text, and send it whole."`,
  )
  expect(at.writes()).toEqual([])
})

it('replaces a text by a new one without reading the old one into it', async () => {
  const at = stage()
  at.issue('ALPHA-9').description = structuredClone(wholeDocument)
  await at.as('maya')('editJiraIssue', { issueIdOrKey: 'ALPHA-9', fields: { description: 'All new.' } })
  expect(at.issue('ALPHA-9').description?.content).toHaveLength(1)
})

it('takes a document as it is when one is given', async () => {
  const at = stage()
  await at.as('maya')('editJiraIssue', {
    issueIdOrKey: 'ALPHA-9',
    contentFormat: 'adf',
    fields: { description: JSON.stringify(wholeDocument) },
  })
  expect(JSON.stringify(at.issue('ALPHA-9').description)).toBe(JSON.stringify(wholeDocument))
})
