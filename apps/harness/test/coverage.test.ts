import { expect, test } from 'vitest'

import { documents } from '../src/report/documents.ts'
import { findings, operationRows } from '../src/report/operation-rows.ts'

const rows = await operationRows()

test('every operation of the five documents is in the tables, once, and with types', () => {
  expect(findings(rows, documents)).toEqual([])
  expect(rows).toHaveLength(1_139)
})

test('only bytes and empty answers are without a type', () => {
  expect(rows.filter(({ output }) => output === 'unknown')).toEqual([])
  const binary = rows
    .filter(({ output }) => output === 'bytes')
    .map(({ document, id }) => `${document} ${id}`)
  expect(binary).toMatchInlineSnapshot(`
    [
      "jira-platform-v3 getAttachmentContent",
      "jira-platform-v3 getAttachmentThumbnail",
      "jira-platform-v3 getAvatarImageByType",
      "jira-platform-v3 getAvatarImageById",
      "jira-platform-v3 getAvatarImageByOwner",
      "jira-service-management getAttachmentContent",
      "jira-service-management getAttachmentThumbnail",
      "confluence-v2 getAttachmentThumbnailById",
      "confluence-v1 exportAuditRecords",
      "confluence-v1 downloadAttatchment",
    ]
  `)
})

test('no tool calls what only apps can call', () => {
  expect(rows.filter(({ app, executed, tools }) => app && (executed || tools.length > 0))).toEqual([])
})

test('a tool reaches every operation but downloads, and those that take files or plain text', () => {
  const left = rows.filter(({ app, executed, tools }) => !app && !executed && tools.length === 0)
  const exchanged = left.filter(({ output }) => output !== 'bytes')
  expect(exchanged.map(({ document, id }) => `${document} ${id}`)).toMatchInlineSnapshot(`
    [
      "jira-platform-v3 setColumns",
      "jira-platform-v3 createIssueTypeAvatar",
      "jira-platform-v3 setPreference",
      "jira-platform-v3 createProjectAvatar",
      "jira-platform-v3 setIssueNavigatorDefaultColumns",
      "jira-platform-v3 storeAvatar",
      "jira-platform-v3 setUserColumns",
      "jira-service-management attachTemporaryFile",
      "confluence-v1 createOrUpdateAttachments",
      "confluence-v1 createAttachment",
      "confluence-v1 updateAttachmentData",
    ]
  `)
})

test('what is missing, is there twice, or lacks types is found', () => {
  const [first] = rows
  if (first === undefined) throw new Error('There are no rows.')
  const few = [{ name: first.document, operations: 2 }]
  expect(findings([first], few)).toEqual([`${first.document} has 2 operations, its tables have 1.`])
  expect(findings([first, { ...first, input: false }], few)).toEqual([
    `${first.document}: the id ${first.id} is there twice.`,
    `${first.document}: ${first.method} ${first.path} is there twice.`,
    `${first.document}: ${first.id} has no type for its input.`,
  ])
})
