import { beforeAll, describe, expect, it } from 'vitest'

import { jiraToolset } from '../src/index.ts'
import { stage } from './stage.ts'
import type { Args, Stage } from './stage.ts'

/** Arguments with which each tool does its work as Maya. */
const happy: Readonly<Record<string, Args>> = {
  getJiraIssue: { issueIdOrKey: 'ALPHA-7' },
  searchJiraIssuesUsingJql: { jql: 'project = ALPHA' },
  createJiraIssue: { projectKey: 'ALPHA', issueType: 'Task', summary: 'Redesign onboarding' },
  editJiraIssue: { issueIdOrKey: 'ALPHA-7', fields: { summary: 'One berth, one guest' } },
  transitionJiraIssue: { issueIdOrKey: 'ALPHA-7', transitionName: 'Done' },
  listJiraIssueTransitions: { issueIdOrKey: 'ALPHA-7' },
  addOrEditJiraIssueComment: { issueIdOrKey: 'ALPHA-7', commentBody: 'Seen.' },
  createJiraIssueRemoteIssueLink: { issueIdOrKey: 'ALPHA-7', url: 'https://a.example/', title: 'A' },
  listJiraProjects: {},
  lookupJiraAccountId: { query: 'Maya' },
  listJiraIssueComments: { issueIdOrKey: 'ALPHA-7' },
  deleteJiraComment: { issueIdOrKey: 'ALPHA-7', commentId: '10011' },
  listJiraIssueWorklogs: { issueIdOrKey: 'ALPHA-7' },
  addOrEditJiraIssueWorklog: { issueIdOrKey: 'ALPHA-7', timeSpent: '3h 20m' },
  deleteJiraWorklog: { issueIdOrKey: 'ALPHA-4', worklogId: '10000' },
  listJiraIssueLinkTypes: {},
  createJiraIssueLink: { linkType: 'Blocks', outwardIssue: 'ALPHA-7', inwardIssue: 'ALPHA-8' },
  deleteJiraIssueLink: { linkId: '10000' },
  listJiraIssueRemoteIssueLinks: { issueIdOrKey: 'ALPHA-7' },
  deleteJiraIssueRemoteIssueLink: { issueIdOrKey: 'ALPHA-7', globalId: 'a' },
  watchJiraIssue: { issueIdOrKey: 'ALPHA-8' },
  listJiraIssueWatchers: { issueIdOrKey: 'ALPHA-7' },
  addJiraIssueWatcher: { issueIdOrKey: 'ALPHA-7', person: 'Sam' },
  removeJiraIssueWatcher: { issueIdOrKey: 'ALPHA-7', person: 'me' },
  listJiraIssueChangelogs: { issueIdOrKey: 'ALPHA-7' },
  deleteJiraIssue: { issueIdOrKey: 'ALPHA-7' },
  listJiraStatuses: { projectKey: 'ALPHA' },
  validateJiraJql: { jql: 'project = ALPHA' },
  autocompleteJiraJql: { query: 'assignee' },
  listJiraProjectIssueTypesMetadata: { projectKey: 'ALPHA' },
  getJiraIssueTypeMetaWithFields: { projectKey: 'ALPHA', issueType: 'Bug' },
  listJiraProjectFields: { projectKey: 'ALPHA' },
  searchJiraFields: { query: 'points' },
  listJiraProjectComponents: { projectKey: 'ALPHA' },
  getJiraProjectVersions: { projectKey: 'ALPHA' },
  listJiraFilters: {},
  listJiraDashboards: {},
  listJiraIssueAssignableUsers: { issueIdOrKey: 'ALPHA-7' },
  getJiraCurrentUser: {},
  getJiraUser: { person: 'me' },
  listJiraIssueAttachments: { issueIdOrKey: 'ALPHA-7' },
  getJiraIssueAttachmentContent: { attachmentId: '10000' },
  downloadJiraIssueAttachment: { attachmentId: '10000' },
  uploadAttachmentToJiraIssue: { issueIdOrKey: 'ALPHA-7', filename: 'notes.txt', text: 'Agreed.' },
  copyJiraIssueAttachment: { attachmentId: '10000', issueIdOrKey: 'ALPHA-8' },
  deleteJiraIssueAttachment: { attachmentId: '10000' },
  bulkTransitionJiraIssues: { issues: ['ALPHA-7'], transition: 'Done' },
  bulkWatchJiraIssues: { issues: ['ALPHA-7', 'ALPHA-8'] },
  bulkDeleteJiraIssues: { issues: ['ALPHA-7'] },
  getJiraBulkOperationProgress: { taskId: '10000' },
}

/** A call that has to come before, for what the demo does not hold. */
const file = [
  'uploadAttachmentToJiraIssue',
  { issueIdOrKey: 'ALPHA-7', filename: 'a.txt', text: 'A' },
] as const
const before: Readonly<Record<string, readonly [string, Args]>> = {
  getJiraIssueAttachmentContent: file,
  getJiraBulkOperationProgress: ['bulkWatchJiraIssues', { issues: ['ALPHA-7'] }],
  downloadJiraIssueAttachment: file,
  copyJiraIssueAttachment: file,
  deleteJiraIssueAttachment: file,
  deleteJiraIssueRemoteIssueLink: [
    'createJiraIssueRemoteIssueLink',
    { issueIdOrKey: 'ALPHA-7', url: 'https://a.example/', title: 'A', globalId: 'a' },
  ],
}

describe.each(jiraToolset.tools.map((tool) => [tool.name, tool] as const))('%s', (name, { tier, uses }) => {
  const args = happy[name] ?? {}
  let at: Stage
  let prepared = 0

  beforeAll(() => {
    at = stage()
  })

  /** A world as it was, with what the tool needs in it. */
  async function begin(): Promise<void> {
    await at.simulator.reset()
    const [tool, given] = before[name] ?? []
    if (tool !== undefined) await at.as('maya')(tool, given)
    prepared = at.writes().length
  }

  /** Requests of the tool that changed the world. */
  const writes = (): readonly unknown[] => at.writes().slice(prepared)

  /** The tool called in that world. */
  async function called(
    given: Args,
    caller?: Parameters<Stage['as']>[1],
  ): Promise<Awaited<ReturnType<ReturnType<Stage['as']>>>> {
    return at.as('maya', caller)(name, given)
  }

  it('does its work, and writes once or not at all', async () => {
    await begin()
    const { isError, fault, text } = await called(args)
    expect(fault).toBeUndefined()
    expect(isError).toBe(false)
    expect(text).not.toBe('')
    expect(writes()).toHaveLength(tier === 'read' ? 0 : 1)
  })

  it('calls no operation that it does not name', async () => {
    await begin()
    const { calls } = await called(args)
    expect(calls.length).toBeGreaterThan(0)
    const paths = new Set(uses.map(({ path }) => path))
    expect(calls.filter(({ operation }) => !paths.has(operation.path))).toEqual([])
  })

  it('asks for a new sign-in where a scope is missing', async () => {
    await begin()
    const { isError, text } = await called(args, { scopes: ['read:me'] })
    expect(isError).toBe(true)
    expect(text).toContain("The person's sign-in at Atlassian does not cover this.")
    expect(text).toContain('reconnect this server')
    expect(text).toContain(tier === 'read' ? '' : 'Nothing was changed.')
    expect(writes()).toEqual([])
  })

  it('refuses an argument that it does not know', async () => {
    await begin()
    const { isError, text, calls } = await called({ ...args, colour: 'red' })
    expect(isError).toBe(true)
    expect(text).toContain('colour is not an argument of this tool. It takes cloudId')
    expect(calls).toEqual([])
  })

  it('names the nearest argument', async () => {
    await begin()
    const { text } = await called({ ...args, cloudID_: 'x' })
    expect(text).toContain('Did you mean cloudId?')
  })

  it('says how long to wait when Atlassian takes no more calls', async () => {
    await begin()
    at.simulator.faults.add({ times: 100, fault: { kind: 'rate-limited', retryAfter: 20 } })
    const { isError, text } = await called(args)
    expect(isError).toBe(true)
    expect(text).toContain('Atlassian takes no more calls')
    expect(text).toMatch(/Repeat the same call in \d+ seconds/)
    expect(text).toContain(tier === 'read' ? '' : 'Nothing was changed.')
    expect(writes()).toEqual([])
  })

  it('does not write twice when the answer to a write is lost', async () => {
    await begin()
    at.simulator.faults.add({ match: { method: 'POST' }, fault: { kind: 'lose-answer' }, times: 1 })
    at.simulator.faults.add({ match: { method: 'PUT' }, fault: { kind: 'error', status: 500 }, times: 1 })
    at.simulator.faults.add({ match: { method: 'DELETE' }, fault: { kind: 'error', status: 500 }, times: 1 })
    const { isError, text } = await called(args)
    expect(writes().length).toBeLessThanOrEqual(1)
    expect(isError).toBe(tier !== 'read')
    expect(text).toContain(tier === 'read' ? '' : 'It is not known whether the change was made')
  })

  it('says so when Atlassian fails', async () => {
    await begin()
    at.simulator.faults.add({ times: 100, fault: { kind: 'error', status: 500 } })
    const { isError, text } = await called(args)
    expect(isError).toBe(true)
    expect(text).not.toContain('fault in this server')
    expect(writes()).toEqual([])
  })

  it('says so when a page stands in place of an answer', async () => {
    await begin()
    at.simulator.faults.add({ times: 100, fault: { kind: 'html' } })
    const { isError, text } = await called(args)
    expect(isError).toBe(true)
    expect(text).toMatch(/Atlassian's answer could not be understood\.|Jira did not confirm/)
  })

  it('stops when the caller hangs up', async () => {
    await begin()
    const gone = AbortSignal.abort()
    const { callTool } = await import('@telamon/tool-registry/testing')
    const tool = jiraToolset.tools.find((one) => one.name === name)
    const answer = tool && (await callTool(tool, args, { services: at.services('maya'), signal: gone }))
    expect(answer?.isError).toBe(true)
    expect(writes()).toEqual([])
  })
})
