import assert from 'node:assert/strict'

import { nodesOf, plainText } from '../world/document-texts.ts'
import { entriesIn, fenced, pagesIn, sitesOf } from './reading.ts'
import type { Workflow } from './workflow.ts'

const TITLE = 'Team Goals Q3'
/** Where it goes: the first of these that the person sees. */
const spaces = ['LEAD', 'ENG'] as const

/** Grace writes in the leadership space. Jonas does not see it, writes in his own, and must not meet Grace's page. */
export const createPage: Workflow = {
  task: `Create a page titled '${TITLE}'`,
  cast: ['grace', 'jonas'],
  async run({ agent, person, seen, whole, keepBack }) {
    const [site] = await sitesOf(agent)
    assert.ok(site, 'a site')
    const cloudId = site.id
    const { text: list } = await agent.call('listConfluenceSpaces', { cloudId })
    const key = spaces.find((wanted) => entriesIn(list).some((space) => space.key === wanted))
    const { text: hits } = await agent.call('searchConfluence', { cloudId, cql: `title = "${TITLE}"` })
    assert.deepEqual(pagesIn(hits), [], 'no page of this name can be seen before')

    const promise = `Three promises of ${person.name} for the quarter`
    const { data } = await agent.call('createConfluenceContent', {
      cloudId,
      title: TITLE,
      parent: { spaceId: key },
      body: {
        value: `${promise}.\n\n## Goals\n\n| Goal | Who |\n| --- | --- |\n| Season without a lost booking | ${person.name} |\n\n- [ ] Agree on them\n- [x] Write them down`,
      },
    })
    const id = String(data['id'])
    if (key === 'LEAD') [promise, id].forEach(keepBack)

    const page = await whole(site.name).page(id)
    const space = (await whole(site.name).spaces()).find((one) => one.id === page.spaceId)
    assert.deepEqual(
      [page.title, page.authorId, space?.key],
      [TITLE, person.accountId, key],
      'title, author, space',
    )
    assert.ok(plainText(page.document).includes(promise), 'its text')
    const kinds = new Set(nodesOf(page.document).map(({ type }) => type))
    for (const kind of ['heading', 'table', 'taskList'])
      assert.ok(kinds.has(kind), `Markdown became a ${kind}`)
    const mine = (await seen(site.name).pages()).filter(({ title }) => title === TITLE)
    assert.deepEqual(
      mine.map((one) => one.id),
      [id],
      'one page of this name that this person sees',
    )
    const read = await agent.call('getConfluenceContent', { cloudId, contentId: id })
    assert.ok(fenced(read.text).includes(promise), 'read back')
  },
}
