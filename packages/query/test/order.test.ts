import { describe, expect, it } from 'vitest'

import { finds, idsBy, plain, problemsOf } from './find.ts'
import type { Ticket } from './world.ts'

describe('order', () => {
  it('is by rank, not by name', () => {
    expect(finds('priority > Low', { priority: 'Medium' })).toBe(true)
    expect(finds('priority >= High', { priority: 'Medium' })).toBe(false)
  })

  it('of keys holds within a project', () => {
    expect(finds('key > ED-9', { id: 10 })).toBe(true)
    expect(finds('key > PUB-9', { id: 10 })).toBe(false)
    expect(finds('key <= PUB-9', { id: 10 })).toBe(false)
    expect(finds('key = ed-1 AND project = 10000', {})).toBe(true)
  })

  it('puts what is empty last when ascending, and first when descending', () => {
    const tickets: readonly Ticket[] = [
      { ...plain, id: 1, due: '2026-02-01' },
      { ...plain, id: 2 },
      { ...plain, id: 3, due: '2026-01-01' },
    ]
    expect(idsBy('ORDER BY due ASC', tickets)).toEqual([3, 1, 2])
    expect(idsBy('ORDER BY due DESC', tickets)).toEqual([2, 1, 3])
    expect(idsBy('ORDER BY due', tickets)).toEqual([2, 1, 3])
    expect(idsBy('ORDER BY status, key DESC', tickets)).toEqual([3, 2, 1])
    expect(idsBy('project = ED', tickets)).toEqual([1, 2, 3])
  })

  it('of texts is that of the language, and of priorities the highest first', () => {
    const texts: readonly Ticket[] = [
      { ...plain, id: 1, summary: 'banana' },
      { ...plain, id: 2, summary: 'Äpfel' },
      { ...plain, id: 3, summary: 'apple' },
    ]
    expect(idsBy('ORDER BY summary', texts)).toEqual([2, 3, 1])
    const ranked: readonly Ticket[] = [
      { ...plain, id: 1, priority: 'Low' },
      { ...plain, id: 2, priority: 'High' },
    ]
    expect(idsBy('ORDER BY priority', ranked)).toEqual([2, 1])
    expect(idsBy('ORDER BY priority ASC', ranked)).toEqual([1, 2])
  })

  it('takes seven fields', () => {
    const eight = Array.from({ length: 8 }, () => 'key').join(', ')
    expect(problemsOf(`ORDER BY ${eight}`)).toMatchObject([{ code: 'too-many-sorts' }])
  })
})

describe('numbers and lengths of work', () => {
  it('are compared by size', () => {
    expect(finds('"Story Points" >= 2.5 AND cf[10016] = 3', { points: 3 })).toBe(true)
    expect(finds('cf[10016] in (1, "3")', { points: 3 })).toBe(true)
    expect(finds('originalEstimate > 2h AND originalEstimate = "1d"', { estimate: 28_800 })).toBe(true)
    expect(finds('originalEstimate = 90', { estimate: 5400 })).toBe(true)
  })
})
