import type { AdfDocument } from '@telamon/adf'
import type { ItemOf } from '@telamon/rest'
import { expectTypeOf, test } from 'vitest'

import { field } from '../src/index.ts'
import type { Jira, List } from '../src/index.ts'
import * as platform from '../src/operations.ts'
import * as serviceManagement from '../src/service-management.ts'
import * as software from '../src/software.ts'

const fields = {
  storyPoints: field.number('customfield_10016'),
  team: field.option('customfield_10050'),
} as const

declare const jira: Jira<typeof fields>
declare const plain: Jira

// Functions that are checked by the compiler and never run.

test('an issue has the fields that were asked for, with their types, and no others', () => {
  expectTypeOf(async () => {
    const issue = await jira.issues.get('DEMO-1', {
      fields: ['summary', 'storyPoints', 'assignee'],
      expand: ['changelog'],
    })
    expectTypeOf(issue.fields.summary).toEqualTypeOf<string>()
    expectTypeOf(issue.fields.storyPoints).toEqualTypeOf<number | null>()
    expectTypeOf(issue.fields.assignee).toEqualTypeOf<platform.UserDetails | null>()
    expectTypeOf(issue.changelog).toEqualTypeOf<platform.PageOfChangelogs>()
    // @ts-expect-error -- this field was not asked for
    void issue.fields.description
    // @ts-expect-error -- this expansion was not asked for
    void issue.names
  }).toBeFunction()
})

test('a name that is none does not compile', () => {
  // @ts-expect-error -- there is no such field
  expectTypeOf(() => jira.issues.get('DEMO-1', { fields: ['sumary'] })).toBeFunction()
  // @ts-expect-error -- this client has no such name
  expectTypeOf(() => plain.issues.get('DEMO-1', { fields: ['storyPoints'] })).toBeFunction()
  // @ts-expect-error -- there is no such expansion
  expectTypeOf(() => jira.issues.get('DEMO-1', { expand: ['change'] })).toBeFunction()
  // @ts-expect-error -- story points are a number
  expectTypeOf(() => jira.issues.edit('DEMO-1', { storyPoints: 'five' })).toBeFunction()
  // @ts-expect-error -- there is no such field to be written
  expectTypeOf(() => plain.issues.create({ sumary: 'x' })).toBeFunction()
})

test('without names every field may be missing, and any may be looked at', () => {
  expectTypeOf(async () => {
    const { fields: all } = await jira.issues.get('DEMO-1')
    expectTypeOf(all.summary).toEqualTypeOf<string | undefined>()
    expectTypeOf(all.storyPoints).toEqualTypeOf<number | null | undefined>()
    expectTypeOf(all['anything']).toEqualTypeOf<unknown>()
    const names: ('summary' | 'storyPoints')[] = ['summary']
    const some = await jira.issues.get('DEMO-1', { fields: names })
    expectTypeOf(some.fields.summary).toEqualTypeOf<string | undefined>()
    const raw = await jira.issues.get('DEMO-1', { fields: ['customfield_10099', 'description'] })
    expectTypeOf(raw.fields.customfield_10099).toEqualTypeOf<unknown>()
    expectTypeOf(raw.fields.description).toEqualTypeOf<AdfDocument | null>()
  }).toBeFunction()
})

test('a search gives issues as they were asked for', () => {
  expectTypeOf(async () => {
    for await (const { fields: found } of jira.search('project = DEMO', { fields: ['team'] })) {
      expectTypeOf(found.team).toEqualTypeOf<{ readonly id: string; readonly value: string } | null>()
    }
    const { items } = await jira.boards.issues(1, { fields: ['storyPoints'] }).page()
    expectTypeOf(items.map((item) => item.fields.storyPoints)).toEqualTypeOf<(number | null)[]>()
  }).toBeFunction()
})

test('an operation wants its path, and knows its query and body', () => {
  const path = { issueIdOrKey: 'DEMO-1' }
  // @ts-expect-error -- the path parameter is missing
  expectTypeOf(() => plain.call(platform.getIssue)).toBeFunction()
  // @ts-expect-error -- the path parameter is missing
  expectTypeOf(() => plain.call(platform.getIssue, { query: { fields: ['summary'] } })).toBeFunction()
  // @ts-expect-error -- the query has no such member
  expectTypeOf(() => plain.call(platform.getIssue, { path, query: { field: ['summary'] } })).toBeFunction()
  // @ts-expect-error -- the operation takes no body
  expectTypeOf(() => plain.call(platform.getIssue, { path, body: {} })).toBeFunction()
  // @ts-expect-error -- this operation has no pages
  expectTypeOf(() => plain.items(platform.getIssue, { path: { issueIdOrKey: 'DEMO-1' } })).toBeFunction()
  expectTypeOf(() =>
    expectTypeOf(plain.call(platform.getServerInfo)).resolves.toEqualTypeOf<platform.ServerInformation>(),
  ).toBeFunction()
})

test('each way of paging gives the type of its items', () => {
  expectTypeOf(() => {
    expectTypeOf(plain.items(platform.searchProjects)).toExtend<AsyncIterable<platform.Project>>()
    expectTypeOf(plain.items(platform.searchAndReconsileIssuesUsingJql)).toExtend<
      AsyncIterable<platform.Issue>
    >()
    expectTypeOf(plain.items(platform.getIdsOfWorklogsModifiedSince)).toExtend<
      AsyncIterable<platform.ChangedWorklog>
    >()
    expectTypeOf(plain.items(platform.getPlans)).toExtend<
      AsyncIterable<ItemOf<platform.GetPlansResponse, 'values'>>
    >()
    expectTypeOf(plain.items(platform.findUsers)).toExtend<AsyncIterable<platform.User>>()
    expectTypeOf(plain.items(platform.getProjectUsagesForStatus, { path: { statusId: '1' } })).toExtend<
      AsyncIterable<{ readonly id?: string }>
    >()
    expectTypeOf(plain.items(serviceManagement.getServiceDesks)).toExtend<
      AsyncIterable<serviceManagement.ServiceDeskDto>
    >()
    expectTypeOf(plain.items(software.getAllSprints, { path: { boardId: 1 } })).toExtend<
      AsyncIterable<software.Sprint>
    >()
  }).toBeFunction()
})

test('known values of an answer are named, and others are possible', () => {
  expectTypeOf<'closed'>().toExtend<software.Sprint['state']>()
  expectTypeOf<software.Sprint['state']>().toExtend<string>()
  expectTypeOf<string & {}>().toExtend<software.Sprint['state']>()
  expectTypeOf<Jira['comments']['list']>().returns.toExtend<List<platform.Comment>>()
})
