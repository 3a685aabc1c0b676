import type { Ground } from '../ground.ts'
import { addChange } from '../jira/history.ts'
import { nextRank } from '../jira/lifecycle.ts'
import type { View } from '../jira/view.ts'
import type { ChangeItem, Issue } from '../world/jira-model.ts'
import { byRank } from './board-issues.ts'

/** The custom field that holds the place of an issue (recorded). */
export const rankFieldNumber = 10_019

/** A rank is a bucket, six digits to the base of 36, and as many more after the colon as it takes (recorded: `0|i00007:`). */
const wholeDigits = 6
const base = 36

const digitsOf = (rank: string): readonly number[] => {
  const [whole = '', more = ''] = rank.replace(/^\d\|/, '').split(':')
  return `${whole.padEnd(wholeDigits, '0')}${more}`.split('').map((digit) => Number.parseInt(digit, base))
}

function textOf(digits: readonly number[]): string {
  const text = digits.map((digit) => digit.toString(base)).join('')
  return `0|${text.slice(0, wholeDigits)}:${text.slice(wholeDigits)}`
}

/**
 * A rank that sorts between two others, which are not the same. The first of two steps is as large as it can be, so that
 * there is room on both sides; a digit is added only where there is none.
 */
function rankBetween(lower: string | undefined, upper: string): string {
  if (lower !== undefined && lower >= upper) return textOf([...digitsOf(lower), base / 2])
  const [low, high] = [digitsOf(lower ?? '0|000000:'), digitsOf(upper)]
  const digits: number[] = []
  for (let place = 0; ; place += 1) {
    const bound = isAbove(digits, high) ? base : (high[place] ?? 0)
    const from = low[place] ?? 0
    if (bound - from > 1) return textOf(filled([...digits, Math.floor((from + bound) / 2)]))
    digits.push(from)
  }
}

/** Whether the digits so far already sort before the upper bound, so that the rest is free. */
function isAbove(digits: readonly number[], high: readonly number[]): boolean {
  return digits.some((digit, place) => digit < (high[place] ?? 0))
}

const filled = (digits: readonly number[]): readonly number[] => [
  ...digits,
  ...Array.from({ length: Math.max(0, wholeDigits - digits.length) }, () => 0),
]

/** Where issues are moved to: right before or right after another one. */
export interface RankPlace {
  readonly type: 'before' | 'after'
  readonly issue: Issue
}

/** The ranks on both sides of a place, among the issues that stay. */
function bounds(all: readonly Issue[], place: RankPlace): readonly [string | undefined, string | undefined] {
  const at = all.indexOf(place.issue)
  const [before, after] = place.type === 'before' ? [at - 1, at] : [at, at + 1]
  return [all[before]?.rank, all[after]?.rank]
}

const changed = (higher: boolean): ChangeItem => ({
  field: 'Rank',
  fieldtype: 'custom',
  fieldId: `customfield_${rankFieldNumber}`,
  from: '',
  fromString: '',
  to: '',
  toString: higher ? 'Ranked higher' : 'Ranked lower',
})

/** Gives issues new places, in the order given, and writes into the changelog which way they went (recorded). */
export function rankIssues(
  view: View & Pick<Ground, 'clock'>,
  issues: readonly Issue[],
  place: RankPlace,
): void {
  const { jira } = view.site
  const moving = new Set(issues.filter((issue) => issue !== place.issue))
  const staying = [...jira.issues.values()].filter((issue) => !moving.has(issue)).toSorted(byRank)
  const [before, upper] = bounds(staying, place)
  let lower = before
  for (const issue of moving) {
    const old = issue.rank
    issue.rank = upper === undefined ? nextRank(view) : rankBetween(lower, upper)
    lower = issue.rank
    addChange(view, issue, { items: [changed(issue.rank < old)], now: view.clock.now() })
  }
}
