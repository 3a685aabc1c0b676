import type { LimitState } from '@telamon/tool-registry'
import * as z from 'zod'

import { defineTool } from '../define.ts'

const Limit = z.object({
  policy: z.string(),
  unit: z.string(),
  limit: z.number(),
  windowSeconds: z.number(),
  remaining: z.number(),
  resetSeconds: z.number(),
})

export const getAtlassianRateLimitStatus = defineTool({
  name: 'getAtlassianRateLimitStatus',
  title: 'What is left of the limits',
  description:
    "How much of each limit is left: this server's own calls, and the points that Atlassian grants its app. Worth a look before many calls in a row.",
  tier: 'read',
  product: 'platform',
  uses: [],
  input: z.strictObject({}),
  output: z.object({ limits: z.array(Limit) }),
  async run(_input, { limits }) {
    const states = limits?.() ?? []
    return {
      text: states.length === 0 ? 'No limit of this server holds for you.' : states.map(line).join('\n'),
      data: {
        limits: states.map(({ policy, unit, limit, windowSeconds, remaining, resetSeconds }) => ({
          policy,
          unit,
          limit,
          windowSeconds,
          remaining,
          resetSeconds,
        })),
      },
    }
  },
})

function line({ policy, unit, limit, windowSeconds, remaining, resetSeconds }: LimitState): string {
  const whole = resetSeconds > 0 ? `, all of it again in ${spell(resetSeconds)}` : ''
  return `- ${policy}: ${remaining} ${unit} now; at most ${limit} in ${spell(windowSeconds)}${whole}`
}

function spell(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? 'a second' : `${seconds} s`
  return seconds === 3600 ? 'an hour' : `${Math.ceil(seconds / 60)} min`
}
