import { beforeAll, describe, expect, it } from 'vitest'

import { confluenceToolset } from '../src/index.ts'
import { stage } from './stage.ts'
import type { Args, Stage } from './stage.ts'

/** Arguments with which each tool does its work as Maya. */
const happy: Readonly<Record<string, Args>> = {
  getConfluenceContent: { contentId: 'Release Plan' },
  searchConfluence: { cql: 'type = page' },
  createConfluenceContent: { title: 'Team Goals', parent: { spaceId: 'TEAM' }, body: 'Three of them.' },
  updateConfluenceContent: { contentId: 'Release Plan', body: 'All new.' },
  listConfluenceSpaces: {},
}

describe.each(confluenceToolset.tools.map((tool) => [tool.name, tool] as const))(
  '%s',
  (name, { tier, uses }) => {
    const args = happy[name] ?? {}
    let at: Stage

    beforeAll(() => {
      at = stage()
    })

    /** A world as it was, and the tool called in it. */
    async function called(
      given: Args,
      caller?: Parameters<Stage['as']>[1],
    ): Promise<Awaited<ReturnType<ReturnType<Stage['as']>>>> {
      return at.as('maya', caller)(name, given)
    }

    it('does its work, and writes once or not at all', async () => {
      await at.simulator.reset()
      const { isError, fault, text } = await called(args)
      expect(fault).toBeUndefined()
      expect(isError).toBe(false)
      expect(text).not.toBe('')
      expect(at.writes()).toHaveLength(tier === 'read' ? 0 : 1)
    })

    it('calls no operation that it does not name', async () => {
      await at.simulator.reset()
      const { calls } = await called(args)
      expect(calls.length).toBeGreaterThan(0)
      const paths = new Set(uses.map(({ path }) => path))
      expect(calls.filter(({ operation }) => !paths.has(operation.path))).toEqual([])
    })

    it('asks for a new sign-in where a scope is missing', async () => {
      await at.simulator.reset()
      const { isError, text } = await called(args, { scopes: ['read:me'] })
      expect(isError).toBe(true)
      expect(text).toContain("The person's sign-in at Atlassian does not cover this.")
      expect(text).toContain('reconnect this server')
      expect(text).toContain(tier === 'read' ? '' : 'Nothing was changed.')
      expect(at.writes()).toEqual([])
    })

    it('refuses an argument that it does not know', async () => {
      await at.simulator.reset()
      const { isError, text, calls } = await called({ ...args, colour: 'red' })
      expect(isError).toBe(true)
      expect(text).toContain('colour is not an argument of this tool. It takes cloudId')
      expect(calls).toEqual([])
    })

    it('names the nearest argument', async () => {
      await at.simulator.reset()
      const { text } = await called({ ...args, cloudID_: 'x' })
      expect(text).toContain('Did you mean cloudId?')
    })

    it('says how long to wait when Atlassian takes no more calls', async () => {
      await at.simulator.reset()
      at.simulator.faults.add({ times: 100, fault: { kind: 'rate-limited', retryAfter: 20 } })
      const { isError, text } = await called(args)
      expect(isError).toBe(true)
      expect(text).toContain('Atlassian takes no more calls')
      expect(text).toMatch(/Repeat the same call in \d+ seconds/)
      expect(text).toContain(tier === 'read' ? '' : 'Nothing was changed.')
      expect(at.writes()).toEqual([])
    })

    it('does not write twice when the answer to a write is lost', async () => {
      await at.simulator.reset()
      at.simulator.faults.add({ match: { method: 'POST' }, fault: { kind: 'lose-answer' }, times: 1 })
      at.simulator.faults.add({ match: { method: 'PUT' }, fault: { kind: 'error', status: 500 }, times: 1 })
      const { isError, text } = await called(args)
      expect(at.writes().length).toBeLessThanOrEqual(1)
      expect(isError).toBe(tier !== 'read')
      expect(text).toContain(tier === 'read' ? '' : 'It is not known whether the change was made')
    })

    it('says so when Atlassian fails', async () => {
      await at.simulator.reset()
      at.simulator.faults.add({ times: 100, fault: { kind: 'error', status: 500 } })
      const { isError, text } = await called(args)
      expect(isError).toBe(true)
      expect(text).not.toContain('fault in this server')
      expect(at.writes()).toEqual([])
    })

    it('says so when a page stands in place of an answer', async () => {
      await at.simulator.reset()
      at.simulator.faults.add({ times: 100, fault: { kind: 'html' } })
      const { isError, text } = await called(args)
      expect(isError).toBe(true)
      expect(text).toMatch(/Atlassian's answer could not be understood\.|Confluence did not confirm/)
    })

    it('stops when the caller hangs up', async () => {
      await at.simulator.reset()
      const gone = AbortSignal.abort()
      const { callTool } = await import('@telamon/tool-registry/testing')
      const tool = confluenceToolset.tools.find((one) => one.name === name)
      const answer = tool && (await callTool(tool, args, { services: at.services('maya'), signal: gone }))
      expect(answer?.isError).toBe(true)
      expect(at.writes()).toEqual([])
    })
  },
)
